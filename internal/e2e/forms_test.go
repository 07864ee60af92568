package e2e

import (
	"net/http"
	"testing"
)

// workers is a script that keeps the workers that were made.
const workers = `
	window.workers = [];
	window.Worker = class extends Worker {
		constructor(...how) { super(...how); workers.push(this); }
	};
`

// formPage is a form around one pad.
const formPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A form</title>
<script type="module" src="element/inkling-pad.js"></script>
<form id="form"><inkling-pad id="a" name="a" required></inkling-pad><button>Send</button></form>`

// formOf returns a page with a form around one pad that is ready. The script sent() of the
// page returns what the form would send, and whether it can.
func formOf(t *testing.T, html string, scripts ...string) *page {
	t.Helper()
	p := host(t, html, "", scripts...)
	p.run(`window.a = document.querySelector("inkling-pad"), window.sent = () =>
		new URLSearchParams(new FormData(document.querySelector("form"))) + " " + document.querySelector("form").matches(":valid")`)
	return p
}

// putCross is a script that puts two strokes on the pad a, which are no digit.
const putCross = `a.strokes = [[{x: 100, y: 100}, {x: 300, y: 300}], [{x: 300, y: 100}, {x: 100, y: 300}]]`

// An answer holds as long as there is what gave it: without a network the form has none,
// whatever is drawn, and what is on the pad is read again as soon as there is one.
func TestFormWithoutANetwork(t *testing.T) {
	p := formOf(t, formPage, workers)
	p.waitPads()
	read := func() {
		t.Helper()
		p.wait(`a.state === "ready" && sent() === "a=7 true"`)
	}
	nothing := func(why string) {
		t.Helper()
		p.checkAll(`sent() === "a= false" && a.value === "" && a.prediction === null`,
			`document.getElementById("prediction").textContent === ""`,
			`a.validationMessage.includes(`+quote(why)+`)`)
	}
	p.draw(seven)
	read()

	p.expectTrouble("Failed to load resource")
	p.run(`a.model = "models/none.ink"`)
	p.wait(`a.state === "error"`)
	nothing("none.ink")
	p.draw(one)
	p.frames(2)
	nothing("none.ink")
	p.run(`a.model = "", a.undo()`)
	read()

	// Another network is on its way.
	come := make(chan struct{})
	p.site.answer("/slow.ink", func(w http.ResponseWriter, r *http.Request) {
		<-come
		http.Redirect(w, r, "element/model.ink", http.StatusFound)
	})
	p.run(`a.model = "slow.ink"`)
	nothing("not been read yet")
	p.run(putCross)
	p.frames(2)
	nothing("not been read yet")
	close(come)
	p.wait(`a.prediction?.final && a.prediction.model === "slow" && a.prediction.strokes === 2`)
	p.run(`a.undo()`)
	read()

	// The program dies, and the next one as it starts.
	die := `workers.at(-1).dispatchEvent(new ErrorEvent("error", { message: "out of memory", cancelable: true }))`
	p.run(die)
	p.wait(`a.state === "loading"`)
	nothing("not been read yet")
	p.run(die)
	p.wait(`a.state === "error"`)
	nothing("could not be loaded")
	p.run(putCross)
	p.frames(2)
	nothing("could not be loaded")
}
