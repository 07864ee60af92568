package e2e

import (
	"fmt"
	"testing"
)

// keepInstances keeps every wasm instance that the page makes, so that a test
// can call exports that the page does not know.
const keepInstances = `
	window.instances = [];
	for (const name of ["instantiate", "instantiateStreaming"]) {
		const real = WebAssembly[name];
		WebAssembly[name] = async (...args) => {
			const result = await real.apply(WebAssembly, args);
			instances.push(result.instance);
			return result;
		};
	}
`

// openPanicking is a ready page whose Go can be made to panic, see
// wasm/crash.go, with a drawing on it.
func openPanicking(t *testing.T) (*page, prediction) {
	t.Helper()
	p := newPage(t, siteAt(t, get(t, panickingSite), "/"), keepInstances)
	p.visit("")
	p.waitState("ready")
	p.draw(cross)
	return p, p.waitFinal(2)
}

// A panic inside a call is a status of that call, and Go lives on.
func TestPanicInACall(t *testing.T) {
	p, before := openPanicking(t)
	if got := eval[int](p, `instances[0].exports.panicInCall()`); got != -2 {
		t.Errorf("panicInCall: got %d, want the status -2", got)
	}
	if got := eval[string](p, `inklingGo.errorText()`); len(got) < 10 {
		t.Errorf("errorText after a panic: got %q, want what the panic said", got)
	}
	p.draw(one)
	p.waitFinal(3)
	p.click("undo")
	if got := p.waitFinal(2); !near(got.Probabilities, before.Probabilities) {
		t.Errorf("after the panic: got %v, want %v as before", got.Probabilities, before.Probabilities)
	}
	if got := eval[int](p, `instances.length`); got != 1 || p.state() != "ready" {
		t.Errorf("after the panic: got %d runtimes and the state %s, want the first one still ready", got, p.state())
	}
}

// A panic that ends the runtime brings a fresh one, which reads the drawing that
// is still there.
func TestPanicThatEndsTheRuntime(t *testing.T) {
	p, before := openPanicking(t)
	for death := 1; death <= 2; death++ {
		p.forget()
		p.run(`void instances.at(-1).exports.panicInProgram()`)
		p.wait(fmt.Sprintf(`instances.length === %d`, death+1))
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
