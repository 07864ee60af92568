/** All that is fetched when somebody first asks for one of its parts, with the style of it. */
import sheet from "./style.css";

export { predictImage } from "../element/image";
export { strokesOf } from "../element/strokes";
export { comparePanel } from "./compare";
export { putRight, resumeCorrections } from "./corrections";
export { postTo } from "./embed";
export { openHelp } from "./help";
export { layersPanel } from "./layers";
export { openModels } from "./models";
export { present } from "./present";
export { fillSamples } from "./samples";
export { stepsPanel } from "./steps";
export { openSymbols } from "./symbols";
export { remake, takeFiles } from "./take";
export { whyPanel } from "./why";

const style = new CSSStyleSheet();
style.replaceSync(sheet);
document.adoptedStyleSheets.push(style);
