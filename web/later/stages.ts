/** A network as a row of stages, and which of a stage's channels to show. A channel is a map of a picture or a unit. */
import type { LayerInfo } from "../types";

/** Layers that sum up what comes in, by their weights: each begins a stage. */
const WEIGHS = ["conv2d", "dense"];

/** Layers that change what such a layer made in its place: a stage shows what comes out of the last of them. */
const IN_PLACE = ["relu", "activation", "batch_normalization", "dropout", "softmax"];

/** One layer with weights and those behind it, up to the next one. */
export interface Stage {
  /** The layer with weights. */
  readonly weighs: number;
  /** The layer whose output is shown. */
  readonly at: number;
  /** Of that output; a layer of units has one place. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Keras's classes of all its layers, in order. */
  readonly names: readonly string[];
}

/** Returns the stages of a network; layers before the first weights are part of what goes in. */
export function stagesOf(layers: readonly LayerInfo[]): Stage[] {
  const starts = layers.flatMap(({ kind }, i) => (WEIGHS.includes(kind) ? [i] : []));
  return starts.map((weighs, n) => {
    const own = layers.slice(weighs, starts[n + 1]);
    const behind = own.findIndex(({ kind }, i) => i > 0 && !IN_PLACE.includes(kind));
    const at = weighs + (behind < 0 ? own.length : behind) - 1;
    const shape = layers[at]?.shape ?? [];
    const [height, width, channels] = shape.length === 3 ? shape : [1, 1, shape.at(-1)];
    return { weighs, at, height: height ?? 1, width: width ?? 1, channels: channels ?? 1, names: own.map((layer) => layer.class) };
  });
}

/** Returns how much there is of each channel: the sum of its values without their signs; values lie place by place. */
export function strengths(values: ArrayLike<number>, channels: number): Float32Array {
  const sums = new Float32Array(channels);
  for (let i = 0; i < values.length; i++) sums[i % channels] = (sums[i % channels] ?? 0) + Math.abs(values[i] ?? 0);
  return sums;
}

/** Returns the shares of classes, those behind the first ones, which stand for none of them, as one. */
export function united(shares: Float32Array, classes: number): Float32Array {
  if (shares.length <= classes + 1) return shares;
  const none = shares.subarray(classes).reduce((sum, share) => sum + share, 0);
  return Float32Array.of(...shares.subarray(0, classes), none);
}

/** Returns the class that a place in united shares stands for, of several the most probable. */
export function likeliest(shares: Float32Array, classes: number, place: number): number {
  if (place < classes) return place;
  const rest = shares.subarray(classes);
  return classes + rest.indexOf(Math.max(...rest));
}

/** A channel takes another's place when it is this many times as strong: places should not flicker while somebody draws. */
const CLEARLY = 1.5;

/**
 * Returns which channels stand in which places: those of shown, the weakest of which give way to
 * the strongest of all where those are clearly stronger, and to all that are wanted.
 */
export function places(strength: ArrayLike<number>, shown: readonly number[], wanted: readonly number[] = []): number[] {
  const next = [...shown];
  const all = Array.from({ length: strength.length }, (_, i) => i);
  const value = (channel: number) => (wanted.includes(channel) ? Infinity : (strength[channel] ?? 0));
  const outside = all.filter((channel) => !next.includes(channel)).sort((a, b) => value(b) - value(a));
  for (const channel of outside.slice(0, next.length)) {
    const weakest = next.reduce((least, other, place) => (value(other) < value(next[least] ?? 0) ? place : least), 0);
    if (value(channel) <= CLEARLY * value(next[weakest] ?? 0)) break;
    next[weakest] = channel;
  }
  return next;
}

/** What one channel of the stage before gave, as a share of all that came in, -1..1. */
export interface Contribution {
  readonly channel: number;
  readonly share: number;
}

/**
 * Returns the n largest contributions, the largest first. given has one value per channel that
 * came in, or per place and channel, place by place, where a picture came in flattened.
 */
export function largest(given: ArrayLike<number>, channels: number, n: number): Contribution[] {
  const sums = new Float32Array(channels);
  for (let i = 0; i < given.length; i++) sums[i % channels] = (sums[i % channels] ?? 0) + (given[i] ?? 0);
  const all = sums.reduce((sum, value) => sum + Math.abs(value), 0);
  return Array.from(sums, (sum, channel) => ({ channel, share: all > 0 ? sum / all : 0 }))
    .filter(({ share }) => share !== 0)
    .sort((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .slice(0, n);
}
