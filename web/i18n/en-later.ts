/** What the parts in web/later say in English; fetched with them. */

/** The sentences and words; every language has the same. */
export const en = {
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
  units: (count: number) => `${count} units`,
  maps: (count: number, side: string) => `${count} maps of ${side}`,
  cellsHow: "Each cell is one unit: filled is positive, ringed is negative, pale is near zero.",
  mapsHow: "Each small picture is one map: the stronger the colour, the more of what it looks for the network found there.",
  compareWith: "Compare with",
  agree: "Both models agree.",
  disagree: "The models disagree.",
  otherSize: "The other model reads pictures of another size.",
  noOther: "There is no second model here yet. Drop an .ink file on the page to compare it with this one.",

  embedNowhere: (address: string) => `?embed=${address} is no address of a site, so predictions go nowhere.`,

  parameters: (count: string) => `${count} parameters`,
  inUse: "In use",
  use: "Use this model",
  download: (share: string) => `Loading, ${share}`,
  refused: (reason: string) => `${reason} The model in use stays.`,
  tooLarge: (name: string, size: string) => `${name} is no model: ${size} is too much.`,
  nowReads: (name: string) => `Now reading with ${name}.`,
  own: "From your own file; nothing more is known of it here.",
  noCard: "No card was made for this model: inkling card writes one.",
  trained: (data: string, epochs: number, seed: number) => `Trained on ${data}, ${epochs} epochs, seed ${seed}.`,
  sets: {
    mnist: "MNIST test images",
    pen: "Pen strokes",
    "unipen-letters": "Letters of people in many countries",
    "fashion-mnist": "Fashion-MNIST test images",
  } as Readonly<Record<string, string>>,
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
