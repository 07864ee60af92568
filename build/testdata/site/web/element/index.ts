import html from "./pad.html";

/** An element with its files beside it. */
console.log(html, INKLING_ELEMENT, new URL("./worker.js", import.meta.url).href);
