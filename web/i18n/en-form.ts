/** What pads on others' pages say in English beside what they say on ours. */

/** The sentences; every language has the same. */
export const en = {
  draw: "Draw an answer here.",
  drawAgain: "This was not read for certain. Draw it once more.",
  /** What a screen reader says of a pad that a form requires. */
  required: "Required.",
  unread: "This has not been read yet. Wait a moment.",
  noAddress: (model: string) => `The attribute model of this pad, “${model}”, is not the address of a file.`,
  sandboxed: "This frame is sandboxed without allow-same-origin, and browsers run no workers there, so the pad cannot read.",
  fromFile: "This page was opened as a file, and browsers run no workers from files, so the pad cannot read. Open it from a web server.",
  otherOrigin: (origin: string) =>
    `The files of this pad lie on ${origin}, and browsers run workers of a page’s own site only. Copy the folder element to this site.`,
};
