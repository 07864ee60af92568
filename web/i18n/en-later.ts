/** What the parts in web/later say in English; fetched with them. */

/** The sentences and words; every language has the same. */
export const en = {
  reading: "Reading the picture.",
  kept: (name: string) => `${name} is read as soon as the network is here.`,
  leftOut: (names: readonly string[]) => `One at a time: ${names.join(", ")} was left out.`,
  heic: (name: string) => `${name} is a HEIC photo, which this browser cannot open. Export it as JPEG, or take a photo here.`,
  pdf: (name: string) => `${name} is a PDF document. Take a screenshot of it and paste that.`,
  noInkFound: "No ink was found in that picture.",
  emptyPicture: "That picture is empty.",
  traced: "The picture’s ink is on the pad now, as strokes.",
  noPicture: (name: string) => `${name} is not a picture that this browser can open.`,
  falsified: "This browser falsifies the pixels of pictures to guard against tracking, so the network would read noise. Drawing works.",
  sample: (label: string) => `Sample: ${label}`,
  noSamples: "There are no samples for this model.",

  whyIntro: (label: string) => `What speaks for ${label}, and what against it.`,
  speaksFor: "for",
  speaksAgainst: "against",
  whyHow: "Patches are hidden one by one and the network is asked again. Where that makes it less sure, the ink spoke for the answer.",
  whyText: (label: string, forIt: string, against: string) =>
    `Strongest for ${label}: ${forIt}.${against ? ` Strongest against it: ${against}.` : " Hardly anything speaks against it."}`,
  places: [
    ["the top left", "the top", "the top right"],
    ["the left", "the middle", "the right"],
    ["the bottom left", "the bottom", "the bottom right"],
  ],
  /** box: pixels that the ink is fitted into, out of across. */
  steps: (box: number, across: number) => [
    ["As drawn", "The box around all points; where on the pad and how large plays no part."],
    ["Redrawn", `Fitted into ${box} of ${across} pixels with a pen as wide as MNIST’s; your brush plays no part.`],
    ["Centred", "Moved so that the ink’s centre of mass is in the middle. This the network reads."],
  ],
  fitted: ["Fitted", "Turned to grey, and scaled to the pixels that the network reads, light on dark as it came."],
  input: "Input",
  output: "Answer",
  saw: "What the network saw.",
  units: (count: number) => `${count} units`,
  maps: (count: number) => `${count} maps`,
  allOf: (count: number) => `All ${count}`,
  /** What a tile shows; layers are Keras's names of those that made it. */
  mapOf: (layers: string, number: number, count: number, side: string) => `${layers}: map ${number} of ${count}, ${side}.`,
  unitOf: (layers: string, number: number, count: number) => `${layers}: unit ${number} of ${count}.`,
  classOf: (label: string) => `The answer ${label}.`,
  noneOfThem: "none",
  comesFrom: (numbers: string) => `It comes most from ${numbers}: weight times activation, as shares of all that comes in.`,
  fromImage: "It comes from the image itself.",
  flowHow:
    "Each step is a layer, with its strongest maps or units: the stronger the colour, the more of what it looks for was found there. Point at one, or press it, to see what it is made of.",
  compareWith: "Compare with",
  agree: "Both models agree.",
  disagree: "The models disagree.",
  otherSize: "The other model reads pictures of another size.",
  noOther: "There is no second model here yet. Drop an .ink file on the page to compare it with this one.",

  close: "Close",
  models: "Models",
  /** What each shipped model is for. */
  purposes: {
    digits: "Digits as people draw them, and whether something is a digit at all.",
    letters: "The letters A to Z, capital or small.",
    notebook: "The notebook’s small network, trained on what pens draw as well.",
    "notebook-plain": "The network of the notebook that many courses begin with, trained on MNIST alone.",
    fashion: "Pictures of clothes, light on dark.",
  } as Readonly<Record<string, string>>,
  details: "Details",
  embedNowhere: (address: string) => `?embed=${address} is no address of a site, so predictions go nowhere.`,

  parameters: (count: string) => `${count} parameters`,
  inUse: "In use",
  use: "Use",
  ownFile: "your file",
  offline: "Needs a connection",
  download: (share: string) => `Loading, ${share}`,
  refused: (reason: string) => `${reason} The model in use stays.`,
  tooLarge: (name: string, size: string) => `${name} is no model: ${size} is too much.`,
  nowReads: (name: string) => `Now reading with ${name}.`,
  own: "From your own file; nothing more is known of it here.",
  noCard: "No card was made for this model: inkling card writes one.",
  trained: (data: string, epochs: number, seed: number) => `Trained on ${data}, ${epochs} epochs, seed ${seed}.`,
  /** Behind accuracyOn. */
  sets: {
    mnist: "MNIST’s test images",
    pen: "strangers’ digits, by pen",
    "unipen-letters": "letters of strangers from many countries",
    "fashion-mnist": "Fashion-MNIST’s test images",
  } as Readonly<Record<string, string>>,
  accuracyOn: (share: string, set: string, count: string) => `Reads ${share} of ${count} right: ${set}`,
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

  help: "Help",
  drawing: "Draw",
  drawingHow: "Use mouse, finger or pen, any size, anywhere on the pad; the answer follows while you draw. A picture can be chosen, pasted or dropped.",
  keys: "Keys",
  /** The key’s name. */
  space: "Space",
  /** What the keys of web/later/help.ts do. */
  keyMap: [
    "to the pad, the tools and the tabs",
    "move the pen on the pad; with Shift by less",
    "puts the pen down, and lifts it",
    "calls off the stroke; leads from a panel back to its tab",
    "undo, redo",
    "clears the pad",
    "takes up the eraser on the pad, and lays it down",
    "go from tab to tab, and into the panel",
  ],
  embed: "Put it on your page",
  embedHow: "Copy the folder element and a model from a site like this one to yours, then write this into the page:",
  copy: "Copy",
  copied: "Copied.",
  copyByHand: "Copying is not allowed here; the text is selected.",
  train: "Train your own",
  trainHow: "One command trains a network on your pictures or drawings, a folder for each class. Drop the file that it writes on this page.",
  about: "About",
  aboutHow: "Inkling is a small neural network and the page around it, both in Go and TypeScript. Everything runs in your browser.",
  source: "Source code",
  licences: "Licences",
};
