/** All that is fetched when somebody first asks for one of its parts. */
export { predictImage } from "../element/image";
export { comparePanel } from "./compare";
export { postTo } from "./embed";
export { layersPanel } from "./layers";
export { openModels, useFile } from "./models";
export { readPicture } from "./picture";
export { fillSamples } from "./samples";
export { stepsPanel } from "./steps";
export { whyPanel } from "./why";
