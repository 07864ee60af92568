/** Keras's names of layers, in every language. */
const NAMES: Readonly<Record<string, string>> = {
  activation: "Activation",
  average_pool2d: "AveragePooling2D",
  batch_normalization: "BatchNormalization",
  conv2d: "Conv2D",
  dense: "Dense",
  max_pool2d: "MaxPooling2D",
  max_pool2d_same: "MaxPooling2D",
  relu: "ReLU",
  rescaling: "Rescaling",
  reshape: "Reshape",
};

/** Returns the name of a layer by its kind in the .ink file. */
export function layerName(kind: string): string {
  return NAMES[kind] ?? kind;
}
