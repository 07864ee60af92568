/** What the peers' pages share: the image that they read, and how their answers are timed. */

/**
 * Asks for the first answer and leaves on window when it came, what it was, and a function that times more. ask makes of
 * an image (Float32Array, 28x28 pixels of one channel or several, 0..1) the probabilities of all classes, or a promise of
 * them. IMAGE is the image, 0..255; the bench puts it there, as LAYERS and BACKEND in tfjs.js.
 */
export async function measure(ask) {
  const image = Float32Array.from(IMAGE, (pixel) => pixel / 255);
  window.probabilities = Array.from(await ask(image));
  window.turns = (turns, answers) => time(() => ask(image), turns, answers);
  window.firstAnswer = performance.now();
}

/** Returns the microseconds that an answer takes in the mean of each turn, one answer after the other. */
async function time(ask, turns, answers) {
  const times = [];
  for (let i = 0; i < turns; i++) {
    const started = performance.now();
    for (let j = 0; j < answers; j++) await ask();
    times.push(((performance.now() - started) * 1000) / answers);
  }
  return times;
}
