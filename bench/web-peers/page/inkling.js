/**
 * Runs in our page before its own scripts: draws a stroke as soon as the pad can take it, and leaves on window what
 * measure.js leaves in the peers' pages. A second worker like the page's own answers IMAGE.
 */
document.addEventListener("inkling:prediction", ({ detail }) => {
  if (detail.label) window.firstAnswer ??= performance.now();
});

document.addEventListener("DOMContentLoaded", () => {
  const pad = document.querySelector("inkling-pad").shadowRoot.getElementById("pad");
  const { left, top, width, height } = pad.getBoundingClientRect();
  const send = (type, y) => {
    const button = type === "pointermove" ? -1 : 0;
    const place = { clientX: left + width / 2, clientY: top + y * height };
    pad.dispatchEvent(new PointerEvent(type, { pointerId: 7, isPrimary: true, bubbles: true, button, buttons: 1, ...place }));
  };
  send("pointerdown", 0.2);
  for (let y = 0.25; y < 0.8; y += 0.05) send("pointermove", y);
  send("pointerup", 0.8);
});

window.turns = async (turns, answers) => {
  const kept = await (await fetch("sw.js")).text();
  const [wasm, model, script] = [/inkling-\w+\.wasm/, /models\/\w+-\w+\.ink/, /worker-\w+\.js/].map((name) => kept.match(name)[0]);
  const worker = new Worker(script);
  const call = (name, ...args) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if (data.error ?? data.problem) reject(new Error(data.error ?? data.problem));
        if (data.id === name) resolve(data.value);
      };
      worker.postMessage([name, name, 1, ...args]);
    });
  await call("start", wasm, "default");
  await call("load", new Uint8Array(await (await fetch(model)).arrayBuffer()));
  const images = new Uint8Array(answers * IMAGE.length);
  for (let i = 0; i < answers; i++) images.set(IMAGE, i * IMAGE.length);
  window.probabilities = Array.from(await call("probabilities", Uint8Array.from(IMAGE)));
  const times = [];
  for (let i = 0; i < turns; i++) {
    const started = performance.now();
    await call("probabilities", images);
    times.push(((performance.now() - started) * 1000) / answers);
  }
  worker.terminate();
  return times;
};
