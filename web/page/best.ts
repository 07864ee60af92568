/** Which classes have bars: all of few, the most probable of many. */

/** Up to this many classes each have a bar of their own. */
export const MOST_BARS = 10;

/** How many classes have bars at a time where there are more: the most probable. */
export const BEST_BARS = 5;

/** Returns the indices of the n largest probabilities, the largest first; of equal ones the first. */
export function best(probabilities: readonly number[], n: number): number[] {
  const found: number[] = [];
  probabilities.forEach((probability, i) => {
    let at = found.length;
    while (at > 0 && probability > (probabilities[found[at - 1] ?? 0] ?? 0)) at--;
    if (at === n) return;
    found.splice(at, 0, i);
    found.length = Math.min(found.length, n);
  });
  return found;
}

/**
 * Returns the indices of shown in their order, so that bars do not change their places while
 * somebody draws; the largest probability, if it is not among them, has the place of the smallest.
 */
export function steady(probabilities: readonly number[], shown: readonly number[]): number[] {
  const [largest] = best(probabilities, 1);
  if (largest === undefined || shown.includes(largest)) return [...shown];
  const value = (i: number | undefined) => probabilities[i ?? 0] ?? 0;
  const smallest = shown.reduce((least, i, place) => (value(i) < value(shown[least]) ? place : least), 0);
  return shown.map((i, place) => (place === smallest ? largest : i));
}
