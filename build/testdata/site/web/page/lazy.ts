import sheet from "./lazy.css";
import { greeting } from "./shared";

/** Loaded on demand. */
export const later = (): void => console.log(greeting("later"), sheet);
