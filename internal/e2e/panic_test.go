package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// crashing is a script that keeps the page's workers. It lets a test call exports
// that the page does not know in the latest worker, now (crash) or when the page next
// asks about a drawing (instead).
const crashing = `
	window.workers = [];
	window.Worker = class extends Worker {
		constructor(...how) {
			super(...how);
			workers.push(this);
		}
	};
	window.instead = (name) => workers.at(-1).postMessage({ instead: name });
	window.crash = (name) => new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => resolve(data);
		workers.at(-1).postMessage({ crash: name, port: port2 }, [port2]);
	});
`

// crashable is the worker's half of crashing.
const crashable = `
	let instance, instead;
	for (const name of ["instantiate", "instantiateStreaming"]) {
		const real = WebAssembly[name];
		WebAssembly[name] = async (...args) => {
			const result = await real.apply(WebAssembly, args); // of a module the instance alone
			instance = result.instance ?? result;
			const predict = (strokes) => instance.exports[instead ?? "predict"](strokes);
			const exports = { ...instance.exports, predict };
			const replaced = Object.create(instance, { exports: { value: exports } });
			return result.instance ? { ...result, instance: replaced } : replaced;
		};
	}
	addEventListener("message", (event) => {
		const { crash, port } = event.data;
		instead = event.data.instead ?? instead;
		if (event.data.instead) event.stopImmediatePropagation();
		if (!crash) return;
		event.stopImmediatePropagation();
		port.postMessage({ status: instance.exports[crash]() ?? 0, text: inklingGo.errorText() });
	});
`

// openPanicking returns a ready page with a drawing on it, whose Go can be made to
// panic (see wasm/crash.go), and the prediction for the drawing.
func openPanicking(t *testing.T) (*page, prediction) {
	t.Helper()
	server := get(t, panickingSite)
	s := siteAt(t, server, "/")
	s.prepend(t, "worker-", server, crashable)
	p := newPage(t, s, crashing)
	p.visit("")
	p.waitState("ready")
	p.draw(cross)
	return p, p.waitFinal(2)
}

// A panic inside a call becomes a status of that call, and Go keeps running.
func TestPanicInACall(t *testing.T) {
	p, before := openPanicking(t)
	got := eval[struct {
		Status int
		Text   string
	}](p, `crash("panicInCall")`)
	if got.Status != -2 || len(got.Text) < 10 {
		t.Errorf("panicInCall: got %+v, want the status -2 and what the panic said", got)
	}
	p.draw(one)
	p.waitFinal(3)
	p.click("undo")
	if got := p.waitFinal(2); !near(got.Probabilities, before.Probabilities) {
		t.Errorf("after the panic: got %v, want %v as before", got.Probabilities, before.Probabilities)
	}
	if got := eval[int](p, `workers.length`); got != 1 || p.state() != "ready" {
		t.Errorf("after the panic: got %d workers and the state %s, want the first one still ready", got, p.state())
	}
}

// After a panic that ends the runtime, the page starts a fresh one in a fresh worker,
// which reads the drawing that is still there.
func TestPanicThatEndsTheRuntime(t *testing.T) {
	p, before := openPanicking(t)
	for death := 1; death <= 2; death++ {
		p.forget()
		p.run(`crash("panicInProgram")`)
		p.wait(fmt.Sprintf(`workers.length === %d`, death+1))
		p.waitState("ready")
		if got := p.waitFinal(2); !near(got.Probabilities, before.Probabilities) {
			t.Errorf("after death %d: got %v, want %v as before", death, got.Probabilities, before.Probabilities)
		}
		p.draw(one)
		p.waitFinal(3)
		p.click("undo")
		p.waitFinal(2)
	}
}

// A runtime that dies while it answers, or leaves a question open for five seconds, is
// replaced. The drawing stays. A model that does so before it has given any answer
// makes place for the last one that did.
func TestRuntimeThatGivesNoAnswer(t *testing.T) {
	p, before := openPanicking(t)
	p.run(`instead("dieInCall")`)
	p.draw(one)
	p.wait(`workers.length === 2`)
	p.waitFinal(3)
	if said := p.text("status"); !strings.Contains(said, "started again") {
		t.Errorf("after a death: got %q", said)
	}
	p.forget()
	p.run(`instead("hangInCall")`)
	p.click("undo")
	p.wait(`workers.length === 3`)
	if got := p.waitFinal(2); !near(got.Probabilities, before.Probabilities) {
		t.Errorf("after a question left open: got %v, want %v as before", got.Probabilities, before.Probabilities)
	}
	p.forget()
	p.run(`instead("dieInCall")`)
	p.transfer("DragEvent", "drop", "dataTransfer", modelPath("notebook-plain"))
	p.wait(`workers.length === 4`)
	if got := p.waitFinal(2); got.Model != before.Model || !near(got.Probabilities, before.Probabilities) {
		t.Errorf("after a model that ends the runtime: got %s and %v, want %s and %v", got.Model, got.Probabilities, before.Model, before.Probabilities)
	}
	if said := p.text("status"); !strings.Contains(said, "digits reads again") {
		t.Errorf("after a model that ends the runtime: got %q", said)
	}
}
