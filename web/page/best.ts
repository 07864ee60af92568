/** Which classes have bars: all of few, the most probable of many. */

/** Up to this many classes each have a bar of their own. */
export const MOST_BARS = 30;

/** How many classes have bars at a time where there are more: the most probable. */
export const BEST_BARS = 10;

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
