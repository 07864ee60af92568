declare const INKLING_PRECACHE: string[];
declare const INKLING_VERSION: string;

self.addEventListener("install", () => console.log(INKLING_VERSION, INKLING_PRECACHE));
