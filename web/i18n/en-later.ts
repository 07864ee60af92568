/** What the parts in web/later say in English; fetched with them. */

/** The sentences and words; every language has the same. */
export const en = {
  reading: "Reading the picture.",
  kept: (name: string) => `${name} is read as soon as the network is here.`,
  leftOut: (names: readonly string[]) => `One at a time; left out: ${names.join(", ")}.`,
  heic: (name: string) => `${name} is a HEIC photo, which this browser cannot open. Export it as JPEG, or take a photo here.`,
  pdf: (name: string) => `${name} is a PDF document. Take a screenshot of it and paste that.`,
  noInkFound: "No ink was found in that picture.",
  emptyPicture: "That picture is empty.",
  traced: "The picture’s ink is on the pad now, as strokes.",
  noPicture: (name: string) => `${name} is not a picture that this browser can open.`,
  unreadable: (name: string) => `${name} could not be opened; of a folder, drop the files.`,
  falsified: "This browser falsifies the pixels of pictures to guard against tracking, so the network would read noise. Drawing works.",
  sample: (label: string) => `Sample: ${label}`,
  noSamples: "There are no samples for this model.",

  whyIntro: (label: string) => `What speaks for ${label}, and what against it.`,
  /** label: the likeliest class, where none is sure. */
  whyUnsure: (label: string) => `Nothing is sure. What speaks for ${label}, the likeliest, and what against it.`,
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
    ["Centred", "Moved so that the ink’s centre of mass is in the middle. This is what the network reads."],
  ],
  /** What follows the steps where a network sees how the pen went. */
  alsoHow: "It also sees which way the pen went, and when.",
  /** Where the steps end: leads to the tab with the layers. */
  onward: "Inside the network",
  fitted: ["Fitted", "Turned to grey, scaled to the pixels that the network reads, and inverted where it learned from the other ground."],
  input: "Input",
  output: "Answer",
  saw: "What the network saw.",
  /** The same where it sees how the pen went: a tile each. */
  sawWriting: [
    "The ink.",
    "The ink, the stronger the further right the pen went.",
    "The ink, the stronger the further down the pen went.",
    "The ink, the stronger the later.",
  ],
  /** What a layer of maps finds, before its number; what a layer of units does with all that comes in. */
  patterns: "Patterns",
  together: "All together",
  units: (count: number) => `${count} units`,
  maps: (count: number) => `${count} maps`,
  allOf: (count: number) => `All ${count}`,
  strongest: (count: number) => `Strongest ${count}`,
  /** What a tile shows; layers names those that made it, as Keras does. */
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

  /** Of the button Present, while one presents. */
  leave: "Leave: back to the page as it was (Esc)",

  help: "Help",
  drawing: "Draw",
  drawingHow: "Use mouse, finger or pen, any size, anywhere on the pad; the answer follows while you draw. A picture can be chosen, pasted or dropped.",
  teach: "Teach it",
  /** How symbols are taught, and answers put right. */
  teachHow: [
    "Symbols: choose them at the top, draw one and write its name: from then on it is read. Three drawings of each read better.",
    "Digits and letters: where one is read wrong, press “Wrong? Put it right” below the bars and tap what it is.",
  ],
  closer: "Look closer",
  /** What the tabs show, in their order, and what Present does. */
  closerMap: [
    "how probable each answer is",
    "which ink speaks for the answer, and which against it",
    "how your drawing becomes the picture that the network reads",
    "what each layer of the network makes of it, up to the answer",
    "what another model makes of the same drawing",
    "full screen with a large answer, for a class; Esc leaves it",
  ],
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

  corrections: {
    title: "Put right",
    draw: "Draw something that is read wrong, then tap what it is.",
    ask: "What did you draw? Tap it.",
    askToKeep: "What did you draw? This model’s answers do not change; the drawings are kept for inkling fit.",
    find: "Find a name",
    nothingFound: (part: string) => `There is no name with ${part} in it.`,
    onlyDrawings: "Only drawings can be put right, not pictures.",
    isKept: (name: string) => `Put right: ${name}. Draw it again, or the next one.`,
    mended: (name: string) => `This drawing and what is like it are read as ${name} now.`,
    agreed: (name: string) => `It was read as ${name} already; it is kept all the same.`,
    /** answer: what is read still. */
    stays: (name: string, answer: string) => `Kept as ${name}, but the answer stays ${answer}: you or others draw ${answer} just so.`,
    /** The network is not sure of any class, still. */
    unsure: (name: string) => `Kept as ${name}, but the answer stays "?": the network takes it for none of these.`,
    collected: (name: string) => `Kept as ${name}.`,
    /** Of one drawing: what it was read as, and what it is read as now. */
    change: (before: string, after: string) => `${before}, now ${after}`,
    drawings: "Drawings put right",
    saveTitle: "The drawings with their names as JSON, for inkling fit --data",
    reset: "Reset",
    resetTitle: "Forgets all that was put right for this model",
    wasReset: "The model answers as it came; Undo change brings everything back.",
    removeTitle: (name: string, i: number) => `Forget drawing ${i}, ${name}`,
    removed: "The drawing is forgotten; Undo change brings it back.",
    notKept: "The browser could not keep or read what you put right, as in some private windows. Save the drawings before you close the page.",
  },
  symbols: {
    title: "Your symbols",
    drawFirst: "Draw a symbol, then write its name.",
    ask: "What is it? Write its name.",
    askAgain: "What is it? Tap a name or write one.",
    isLearned: (name: string) => `Learned: ${name}. It goes when you draw the next.`,
    /** Of a drawing whose answer is sure. */
    isRead: "Not right? Tap its name or write it. Else clear, and draw the next.",
    drawNext: "Draw, and it is read; or draw a new symbol.",
    learn: "Learn",
    tap: (name: string) => `What is drawn is ${name}`,
    count: (examples: number) => (examples === 1 ? "1 drawing" : `${examples} drawings`),
    /** After a drawing was learned; examples counts those of its symbol. */
    learned: (name: string, examples: number) =>
      examples < 3 ? `${name}: ${examples} learned. From three drawings on it is read better.` : `${name}: ${examples} learned.`,
    /** After a tap in the middle of a stroke. */
    afterStroke: "Taken as soon as the stroke ends.",
    noName: "Write a name for it.",
    noDrawing: "Draw it first; then tap or write its name.",
    undo: "Undo change",
    undone: "The last change was taken back.",
    elsewhere: "Changed in another tab or window; this is what it left.",
    save: "Save .ink",
    saveTitle: "A model that this page, the element and the command inkling read; it holds the drawings",
    saveDrawings: "Save drawings",
    saveDrawingsTitle: "The drawings with their names as JSON, for inkling teach and inkling fit",
    saved: (file: string) => `Saved: ${file}.`,
    open: "Add a file",
    openTitle: "Adds the symbols of an .ink file, or drawings as JSON, to these",
    added: (what: string) => `Added: ${what}.`,
    /** Before the reason why the rest was not. */
    addedInPart: "A part was added; Undo change takes it back.",
    refused: (reason: string) => `That did not work. ${reason}`,
    tooLarge: (file: string, most: string) => `${file} is too large: ${most} is the most that a file may hold, unpacked.`,
    /** what: the name of the file that was to be added, or the number that is the most. */
    refusals: {
      trained: (what: string) =>
        `${what} has classes of its own and no symbols to add. To read with it, choose another model at the top, then open it.`,
      encoder: (what: string) =>
        `${what} is an encoder, without symbols to add. It is taken while there are none: save yours, delete them, add it, then yours.`,
      fixed: (what: string) =>
        `${what} only reads (--fixed), without drawings to add. To read with it, choose another model at the top, then open it.`,
      foreign: (what: string) =>
        `${what} has another encoder and lacks its drawings, which these symbols need. Save it with them: inkling teach --drawings.`,
      many: (what: string) => `There are ${what} symbols, and no more fit in. Delete one first.`,
      full: (what: string) => `This symbol has ${what} drawings, and no more fit in. Delete some first.`,
      plenty: (what: string) => `${what} drawings have been put right, and no more fit in. Forget some first.`,
      longName: (_: string) => "That name is too long: use 80 letters at most.",
      sameName: (_: string) => "Another symbol has that name.",
      gone: (_: string) => "It is no longer there.",
    },
    /** at: counted from 1; 0: the whole file. */
    badDrawings: (at: number, why?: "pen" | "times" | "rows") => {
      if (at === 0) return "The file is no list of drawings in JSON.";
      if (why === "pen") return `Drawing ${at} of the file lifts the pen within a stroke; each wants a list of its own. Nothing was added.`;
      if (why === "times") return "The points of the file begin with the time: x and y must come first. Nothing was added.";
      if (why === "rows") {
        return `Drawing ${at} of the file may hold points, or all x and all y: put points under the key strokes. Nothing was added.`;
      }
      return `Drawing ${at} of the file has no name, or no strokes that are lists of points; nothing was added.`;
    },
    notHere: "Choose Symbols at the top first; then a file of drawings can be added.",
    encoderNotHere: (file: string) =>
      `${file} is an encoder: it reads nothing until it has been taught. Choose Symbols at the top first, then add it.`,
    full: "The browser’s storage is full: the last change is lost when you close the page. Save the file.",
    notKept: "The browser could not keep or read your symbols, as in some private windows. Save the file before you close the page.",
    alike: (one: string, other: string) => `${one} and ${other} are hard to tell apart: draw three more of each, or make them less alike.`,
    examples: "Look at the drawings, rename, move, delete",
    nameOf: (name: string) => `Name of ${name}`,
    taken: (name: string) => `There is a symbol ${name} already.`,
    renamed: (from: string, to: string) => `${from} is called ${to} now.`,
    moveTitle: (name: string, i: number) => `What drawing ${i} of ${name} is`,
    moved: (to: string) => `Moved to ${to}.`,
    removeTitle: (name: string, i: number) => `Delete drawing ${i} of ${name}`,
    removed: (name: string, i: number) => `Drawing ${i} of ${name} is deleted; Undo change brings it back.`,
    deleteSymbol: "Delete",
    deleteTitle: (name: string) => `Delete ${name} with its drawings`,
    deleted: (name: string) => `${name} is deleted; Undo change brings it back.`,
    startFrom: "Start from a ready set",
    ready: { arrows: "Arrows", shapes: "Shapes", cards: "Cards", notes: "Notes" },
    figures: {
      left: "left", right: "right", up: "up", down: "down",
      circle: "circle", square: "square", triangle: "triangle", star: "star", cross: "cross",
      hearts: "hearts", diamonds: "diamonds", clubs: "clubs", spades: "spades",
      whole: "whole note", half: "half note", quarter: "quarter note", eighth: "eighth note",
    },
  },
};
