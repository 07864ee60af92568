/** onnxruntime-web with its WebAssembly alone and one thread, and the model as inkling export writes it. */
import * as ort from "onnxruntime-web/wasm";
import { measure } from "./measure.js";

ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = { wasm: new URL("ort-wasm-simd-threaded.wasm", location.href).href };
const file = await fetch("model.onnx");
const session = await ort.InferenceSession.create(await file.arrayBuffer(), { executionProviders: ["wasm"] });

await measure(async (pixels) => {
  const answer = await session.run({ pixels: new ort.Tensor("float32", pixels, [1, 28, 28, pixels.length / 784]) });
  return answer.probabilities.data;
});
