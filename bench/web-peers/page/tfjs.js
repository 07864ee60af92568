/**
 * TensorFlow.js's operations on one backend ("backend" is its package), with no kernels but those of the network; bias and
 * ReLU are fused, as its converter does. LAYERS says what the network consists of; the weights come one after the other.
 */
import { fused, maxPool, registerKernel, reshape, setBackend, softmax, tensor, tensor4d, tidy } from "@tensorflow/tfjs-core";
import * as base from "backend/dist/base";
import { _fusedMatMulConfig } from "backend/dist/kernels/_FusedMatMul";
import { fusedConv2DConfig } from "backend/dist/kernels/FusedConv2D";
import { identityConfig } from "backend/dist/kernels/Identity";
import { maxPoolConfig } from "backend/dist/kernels/MaxPool";
import { reshapeConfig } from "backend/dist/kernels/Reshape";
import { softmaxConfig } from "backend/dist/kernels/Softmax";
import { measure } from "./measure.js";

const file = fetch("weights.bin");
const kernels = [_fusedMatMulConfig, fusedConv2DConfig, identityConfig, maxPoolConfig, reshapeConfig, softmaxConfig];
for (const kernel of kernels) registerKernel(kernel);
base.setWasmPaths?.("./"); // there is none to set for the backend in JavaScript
await setBackend(BACKEND);
const weights = new Float32Array(await (await file).arrayBuffer());

let read = 0;
const steps = LAYERS.map(step);
await measure((image) => tidy(() => steps.reduce((x, step) => step(x), tensor4d(image, [1, 28, 28, image.length / 784])).dataSync()));

/** Returns the next weights, of a shape. */
function next(shape) {
  const from = read;
  read += shape.reduce((size, side) => size * side, 1);
  return tensor(weights.slice(from, read), shape);
}

/** Returns what a layer makes of a tensor. */
function step({ kind, kernel, relu, same, size, strides }) {
  const activation = relu ? "relu" : "linear";
  const pad = same ? "same" : "valid";
  if (kind === "conv2d") {
    const [filter, bias] = [next(kernel), next(kernel.slice(3))];
    return (x) => fused.conv2d({ x, filter, bias, strides, pad, activation });
  }
  if (kind === "dense") {
    const [b, bias] = [next(kernel), next(kernel.slice(1))];
    return (a) => fused.matMul({ a, b, bias, activation });
  }
  if (kind === "max_pool2d") return (x) => maxPool(x, size, strides, pad);
  if (kind === "flatten") return (x) => reshape(x, [1, -1]);
  return (x) => softmax(x);
}
