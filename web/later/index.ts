/** All that is fetched when somebody first asks for one of its parts. */
export { predictImage } from "../element/image";
export { comparePanel } from "./compare";
export { layersPanel } from "./layers";
export { openModels } from "./models";
export { fillSamples } from "./samples";
export { stepsPanel } from "./steps";
export { remake, takeFiles } from "./take";
export { whyPanel } from "./why";
