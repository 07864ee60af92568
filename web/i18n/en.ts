/** What the page says, in English. Its fixed texts are index.html's own. */

/** Names as a list in a sentence: "a, b and c". */
function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The sentences and words; every language has the same. */
export const en = {
  language: "en",
  noInk: "No ink yet",
  notSure: "Not sure",
  doubt: "Perhaps this is no digit, or one written in a way the network has not met.",
  nearest: (label: string, share: string) => `Nearest: ${label}, ${share}.`,
  /** Of probabilities from 0.98, 0.9, 0.7, 0.5 and 0 on. */
  confidence: ["Almost certainly", "Very likely", "Probably", "Perhaps", "At a guess"],
  over: (share: string) => `over ${share}`,
  percent: (number: string) => `${number}\u00a0%`,
  perCent: (share: string) => share.replace("%", "per cent"),
  took: (duration: string) => `in ${duration}`,
  under: (duration: string) => `under ${duration}`,
  unmeasurable: "less than can be measured",
  empty: "The pad is empty.",
  spoken: (label: string, words: string, share: string) => `${label}. ${words}, ${share}.`,
  spokenDoubt: (label: string, share: string) => `Not sure. The nearest is ${label}, ${share}.`,
  drawDigit: "Draw a digit",
  drawOneOf: (first: string, last: string) => `Draw one of ${first} to ${last}`,
  drawSomething: "Draw something",
  private: "Nothing you draw leaves this page.",
  restarted: "The network stopped and was started again; your drawing was kept.",
  wantsPictures: "This model reads pictures, not drawings, so its answers here mean little.",
  model: (name: string, parameters: string, size: string) => `Model ${name}: ${parameters} parameters, ${size}.`,
  notLoadedYet: "The network has not been loaded yet.",
  notLoaded: (reason: string) => `The network could not be loaded: ${reason}`,
  stopped: (reason: string) => `The network stopped: ${reason}`,
  noWebAssembly:
    "This browser runs no WebAssembly, so it cannot read what you draw; another one can, or this one without lockdown mode.",
  unknownModel: (name: string, names: readonly string[]) => `There is no model “${name}” here, but ${list(names)}.`,
  penDown: (column: number, row: number) => `Pen down, column ${column}, row ${row}`,
  penUp: "Pen up",
  penAt: (column: number, row: number) => `Column ${column}, row ${row}`,
  penFound: "A pen draws here now; fingers and palms do not.",
  panelFailed: (reason: string) => `This part could not be loaded: ${reason}`,
  drawFirst: "Draw something first.",

  reading: "Reading the picture.",
  noInkFound: "No ink was found in that picture.",
  traced: "The picture’s ink is on the pad now, as strokes.",
  noPicture: (name: string) => `${name} is not a picture that this browser can open.`,
  falsified: "This browser falsifies the pixels of pictures to guard against tracking, so the network would read noise. Drawing works.",
  sample: (label: string) => `Sample: ${label}`,

  whyIntro: (label: string) => `Where the ink speaks for ${label}, and where against it.`,
  speaksFor: "for",
  speaksAgainst: "against",
  whyHow: "Each patch of ink is hidden in turn and the network asked again: what lowers its answer spoke for it.",
  whyText: (label: string, forIt: string, against: string) =>
    `Strongest for ${label}: ${forIt}.${against ? ` Strongest against it: ${against}.` : " No ink speaks against it."}`,
  places: [
    ["the top left", "the top", "the top right"],
    ["the left", "the middle", "the right"],
    ["the bottom left", "the bottom", "the bottom right"],
  ],
  steps: [
    ["As drawn", "The box around all points; where on the pad and how large plays no part."],
    ["Drawn anew", "Fitted into 20 of 28 pixels with a pen as wide as MNIST’s; your brush plays no part."],
    ["Centred", "Moved so that the ink’s centre of mass is in the middle. This the network reads."],
  ],
  layer: { dense: "Dense", relu: "ReLU", softmax: "Softmax", flatten: "Flatten", dropout: "Dropout" } as Readonly<Record<string, string>>,
  units: (count: number) => `${count} units`,
  maps: (count: number, side: string) => `${count} maps of ${side}`,
  layersHow: "Each cell is one unit: filled is positive, ringed is negative, pale is near zero.",
  compareWith: "Compare with",
  agree: "Both models agree.",
  disagree: "The models disagree.",
  noOther: "There is no second model here yet. Drop an .ink file on the page to compare it with this one.",

  parameters: (count: string) => `${count} parameters`,
  inUse: "In use",
  use: "Use this model",
  download: (share: string) => `Loading, ${share}`,
  refused: (name: string, reason: string) => `${name} was refused: ${reason} The model in use stays.`,
  nowReads: (name: string) => `${name} reads now.`,
  own: "From your own file; nothing more is known of it here.",
  noCard: "No card was made for this model: inkling card writes one.",
  trained: (data: string, epochs: number, seed: number) => `Trained on ${data}, ${epochs} epochs, seed ${seed}.`,
  sets: { mnist: "MNIST test images", pen: "Pen strokes", "fashion-mnist": "Fashion-MNIST test images" } as Readonly<Record<string, string>>,
  accuracyOn: (share: string, set: string, count: string) => `${share} of ${count}: ${set}`,
  curve: "Accuracy by epoch",
  training: "training",
  validation: "validation",
  confusion: "What was read as what",
  confusionHow: "Rows: what it was. Columns: what it was read as. A cell opens the pictures behind it.",
  cell: (label: string, predicted: string, count: number) =>
    label === predicted ? `${label} read right: ${count}` : `${label} read as ${predicted}: ${count}`,
  behind: (shown: number, of: number, label: string, predicted: string) =>
    label === predicted
      ? `${shown} of ${of}: ${label}, read right, the least sure first`
      : `${shown} of ${of}: ${label} read as ${predicted}, the surest first`,
};

/** What every language has. */
export type Messages = typeof en;
