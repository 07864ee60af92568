package e2e

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// workers is a script that keeps the workers that were made; while isDeaf is true, they hear
// nothing.
const workers = `
	window.workers = [];
	window.isDeaf = false;
	window.Worker = class extends Worker {
		constructor(...how) { super(...how); workers.push(this); }
		postMessage(...message) { if (!isDeaf) super.postMessage(...message); }
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

// slowModel has the address slow.ink hold the element's model as soon as come is called.
func (p *page) slowModel() (come func()) {
	gate := make(chan struct{})
	p.site.answer("/slow.ink", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-gate:
			http.Redirect(w, r, "element/model.ink", http.StatusFound)
		case <-r.Context().Done():
		}
	})
	come = sync.OnceFunc(func() { close(gate) })
	p.t.Cleanup(come)
	return come
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
	come := p.slowModel()
	p.run(`a.model = "slow.ink"`)
	nothing("not been read yet")
	p.run(putCross)
	p.frames(2)
	nothing("not been read yet")
	come()
	p.wait(`a.prediction?.final && a.prediction.model === "slow" && a.prediction.strokes === 2`)
	p.run(`a.undo()`)
	read()

	// The program dies, and the next one, which never gets ready, as it starts.
	p.run(`isDeaf = true`)
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

// A change is what somebody did, told once: not what another network reads, or the pad
// after it was away, be it that the handler of the change took it away.
func TestFormTellsAChangeOnce(t *testing.T) {
	p := formOf(t, formPage)
	p.waitPads()
	p.run(`window.told = [], ["input", "change"].forEach((type) => a.addEventListener(type, () => told.push(type + a.value))),
		window.changes = () => told.filter((t) => t.startsWith("change")).join(),
		window.form = a.form, a.addEventListener("change", () => a.remove(), { once: true })`)
	p.draw(seven)
	p.wait(`told.at(-1) === "change7"`)
	p.wait(`!a.isConnected && a.state === "loading" && a.value === "7"`)
	p.checkAll(`a.predict().then(() => false, () => true)`)
	p.run(`form.prepend(a)`)
	p.wait(`a.state === "ready" && a.value === "7"`)
	p.checkAll(`changes() === "change7"`)
	p.run(`told.length = 0, a.model = "element/model.ink?again"`)
	p.wait(`a.state === "ready" && a.value === "7"`)
	p.run(`a.accept = "0-6"`)
	p.wait(`a.value === ""`)
	p.run(`a.accept = ""`)
	p.wait(`a.value === "7"`)
	p.run(`a.remove()`)
	p.frames(2)
	p.checkAll(`a.state === "loading" && a.value === "7" && a.prediction.label === "7"`)
	p.run(putCross)
	p.checkAll(`a.value === "" && a.prediction === null`)
	p.run(`a.undo(), form.prepend(a)`)
	p.wait(`a.state === "ready" && a.value === "7"`)
	p.checkAll(`told.length === 0`)

	// What is drawn before the network is there is told when it is.
	come := p.slowModel()
	p.run(`a.clear(), a.model = "slow.ink"`)
	p.draw(one)
	p.frames(2)
	p.checkAll(`told.length === 0`)
	come()
	p.wait(`changes() === "change1"`)
	p.click("undo")
	p.wait(`changes() === "change1,change"`)
	p.click("redo")
	p.wait(`changes() === "change1,change,change1"`)
}

// scribble is a script: lines at random, the same each time, from one to three.
const scribble = `
	window.seed = 7;
	window.random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
	window.within = (v) => Math.min(395, Math.max(5, v));
	window.scribble = () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
		let x = 80 + random() * 240, y = 80 + random() * 240, way = random() * 6.28, bend = (random() - 0.5) * 0.4;
		return Array.from({ length: 25 }, () => {
			way += bend + (random() - 0.5) * 0.2;
			return { x: within(x += 9 * Math.cos(way)), y: within(y += 9 * Math.sin(way)) };
		});
	});
`

// What is shown and what is sent agree: the form takes the sign where it has no question
// mark, and asks again where none of the classes is likelier.
func TestFormTakesWhatIsShown(t *testing.T) {
	p := formOf(t, formPage, scribble)
	p.waitPads()
	type reading struct {
		Sign, Value, Sent string
		Sure              bool
		Confidence, None  float64
	}
	readings := eval[[]reading](p, `(async () => {
		const found = [];
		for (let i = 0; i < 300; i++) {
			const read = new Promise((resolve) => a.addEventListener("inkling:prediction", resolve, { once: true }));
			a.strokes = scribble();
			const { sure, confidence, probabilities } = (await read).detail;
			found.push({ sign: document.getElementById("prediction").textContent, value: a.value, sent: sent(),
				sure, confidence, none: 1 - probabilities.reduce((sum, p) => sum + p) });
		}
		return found;
	})()`)
	torn := 0
	for _, r := range readings {
		want := r.Sign
		if strings.Contains(r.Sign, "?") {
			want = ""
		}
		if r.Sure && r.None > r.Confidence {
			torn++
			want = ""
		}
		if r.Value != want || r.Sent != "a="+want+" "+strconv.FormatBool(want != "") {
			t.Errorf("got %+v, want the value %q", r, want)
		}
	}
	if torn == 0 {
		t.Error("no scribble is more likely none than a class that is sure: take others")
	}
}

// An address that is none is an error with a reason, as a file that does not come, and one
// with a per cent sign that escapes nothing is asked for.
func TestFormModelAddresses(t *testing.T) {
	p := formOf(t, formPage)
	p.waitPads()
	p.run(`window.told = [], document.addEventListener("inkling:error", ({ detail }) => told.push(detail.reason))`)
	p.run(`a.model = "http://["`)
	p.wait(`a.state === "error" && told.length === 1 && told[0].includes("“http://[”")`)
	p.run(`a.form.innerHTML = '<inkling-pad id="a" model="http://["></inkling-pad>', window.a = document.querySelector("inkling-pad")`)
	p.wait(`a.state === "error" && told.length === 2`)
	// Go's server refuses such names: the pad has asked for it.
	p.expectTrouble("Failed to load resource")
	p.run(`a.model = "100%.ink"`)
	p.wait(`a.state === "error" && told.length === 3 && told[2].includes("100%.ink: the server answered 400")`)
	p.run(`a.model = ""`)
	p.wait(`a.state === "ready"`)
	p.checkAll(`told.length === 3`)
}

// A pad that is switched off under the pen ends the stroke where it is, and tells nobody
// of a change. Who changes the strokes that he gets changes a copy.
func TestFormOfAPadSwitchedOff(t *testing.T) {
	p := formOf(t, formPage)
	p.waitPads()
	p.run(`window.told = 0, a.addEventListener("change", () => told++)`)
	for i, off := range []string{"disabled", "readOnly"} {
		b := p.padBox()
		p.press(b, one[0])
		p.wait(`a.prediction && !a.prediction.final`)
		p.run(`a.` + off + ` = true, window.points = a.strokes[0].length`)
		p.release(b, one[0][len(one[0])-1])
		p.wait(`a.prediction.final`)
		p.checkAll(`told === `+strconv.Itoa(i), `a.strokes.length === 1 && a.strokes[0].length === points`)
		p.run(`a.` + off + ` = false, a.clear()`)
		p.draw(one)
		p.wait(`told === ` + strconv.Itoa(i+1) + ` && a.value === "1"`)
		p.run(`a.clear()`)
	}
	p.draw(one)
	p.wait(`a.value === "1"`)
	p.run(`window.before = JSON.stringify(a.strokes)`)
	p.run(`a.strokes[0][0].x = -999, a.strokes[0].push({ x: 1, y: 1 }), a.strokes.push([])`)
	p.checkAll(`JSON.stringify(a.strokes) === before`)
	p.run(`window.mine = [[{ x: 10, y: 10 }, { x: 20, y: 300 }]], a.strokes = mine, mine[0][0].x = 300`)
	p.checkAll(`a.strokes[0][0].x === 10`)
}

// A pad in a shadow root speaks the language of the elements around that, however the tag
// is written. A second script of the element says that it does nothing.
func TestFormLanguagesAndSecondScripts(t *testing.T) {
	p := formOf(t, formPage, `Object.defineProperty(navigator, "languages", { value: ["ko-KR"] });
		window.warned = [];
		console.warn = (text) => warned.push(text);`)
	p.waitPads()
	p.checkAll(`a.shadowRoot.getElementById("undo").textContent.trim() === "Undo"`)
	p.run(`a.lang = "ko", a.lang = "en"`) // The words of the first come later than the second.
	p.run(`window.outer = window.document.createElement("div"), document.body.append(outer), outer.attachShadow({ mode: "open" }).innerHTML =
		"<p><inkling-pad></inkling-pad></p><p lang='KO'><inkling-pad></inkling-pad></p>", window.inner = outer.shadowRoot.querySelectorAll("inkling-pad")`)
	p.wait(`inner[1].shadowRoot.getElementById("undo").textContent.trim() === "되돌리기"`)
	p.checkAll(`a.shadowRoot.getElementById("undo").textContent.trim() === "Undo"`)
	p.checkAll(`inner[0].shadowRoot.getElementById("undo").textContent.trim() === "Undo"`, `warned.length === 0`)
	p.run(`import("./element/inkling-pad.js?again").then(() => {})`)
	p.checkAll(`warned.length === 1 && warned[0].includes("inkling-pad.js?again does nothing")`)
}

// Fields that stand in a pad are no part of the form while the pad is: nothing is sent
// twice, and nobody has to fill in what is not seen. Where the pad cannot read, they take
// its place.
func TestFormFallback(t *testing.T) {
	const inside = `<p><label>Number <input id="field" name="a" required></label> <input id="off" name="b" disabled></p>
		<input slot="tools" id="added" name="added" value="x">`
	p := formOf(t, strings.Replace(formPage, "required></inkling-pad>", "required>"+inside+"</inkling-pad>", 1))
	p.waitPads()
	p.checkAll(`sent() === "a=&added=x false"`, `!field.checkVisibility()`)
	p.draw(seven)
	p.wait(`sent() === "a=7&added=x true"`)
	p.run(`a.insertAdjacentHTML("beforeend", "<select id='late' name='late'><option>y</option></select>")`)
	p.frames(2)
	p.checkAll(`sent() === "a=7&added=x true"`, `late.matches(":disabled")`)
	p.run(`a.after(late)`) // What goes elsewhere is a field like others.
	p.frames(2)
	p.checkAll(`sent() === "a=7&added=x&late=y true"`)
	p.run(`a.append(late)`)
	p.frames(2)
	p.checkAll(`sent() === "a=7&added=x true"`)

	p.expectTrouble("Failed to load resource")
	p.run(`a.model = "none.ink"`)
	p.wait(`a.state === "error"`)
	p.checkAll(
		`sent() === "a=&added=x&late=y false"`, `a.checkValidity() && !field.checkValidity()`,
		`field.checkVisibility() && !document.getElementById("pad").checkVisibility()`, `off.matches(":disabled")`,
	)
	p.run(`a.focus()`)
	p.do(chromedp.SendKeys(path("#field"), "4", chromedp.NodeEnabled))
	p.checkAll(`document.activeElement === field`, `sent() === "a=4&added=x&late=y true"`)
	p.run(`a.disabled = true`)
	p.checkAll(`sent() === "added=x true"`)
	p.run(`a.disabled = false`)
	p.checkAll(`sent() === "a=4&added=x&late=y true"`)
	p.run(`a.model = ""`)
	p.wait(`sent() === "a=7&added=x true"`)
	p.checkAll(`!field.checkVisibility() && document.getElementById("pad").checkVisibility()`, `field.matches(":disabled")`)
	p.run(`a.disabled = true`)
	p.checkAll(`sent() === "added=x true"`)

	// Whoever is asked to try again stays where he was.
	p.run(`a.disabled = false, field.closest("p").remove(), late.remove(), a.model = "none.ink"`)
	p.wait(`a.state === "error" && document.getElementById("pad").checkVisibility() && sent() === "a=&added=x false"`)
	p.click("retry")
	p.checkAll(`document.activeElement.id === "pad"`)
}

// heard returns what a screen reader hears of the pads of a page: each one's name,
// description, and whether it is invalid.
func (p *page) heard() []string {
	p.t.Helper()
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		p.t.Fatal(err)
	}
	text := func(v *accessibility.Value) (s string) {
		if v == nil {
			return ""
		}
		if err := json.Unmarshal(v.Value, &s); err != nil {
			p.t.Fatal(err)
		}
		return s
	}
	var pads []string
	for _, node := range tree.Nodes {
		if text(node.Role) != "application" {
			continue
		}
		said := text(node.Name) + " | " + text(node.Description)
		for _, property := range node.Properties {
			if property.Name == "invalid" {
				said += " | invalid " + text(property.Value)
			}
		}
		pads = append(pads, said)
	}
	return pads
}

// Screen readers hear how the page calls a pad, that a form requires it, and, once
// somebody has asked in vain, what is missing.
func TestFormIsHeard(t *testing.T) {
	p := formOf(t, `<!doctype html><html lang="en"><meta charset="utf-8"><title>Names</title>
		<script type="module" src="element/inkling-pad.js"></script><form><h2 id="heading">The heading</h2>
		<label id="label" for="a">How many?</label><inkling-pad id="a" required></inkling-pad>
		<label>Wrapped <inkling-pad><input value="x"><b>inside</b></inkling-pad></label>
		<inkling-pad aria-label="Third"></inkling-pad>
		<inkling-pad aria-label="Fourth" aria-labelledby="heading"></inkling-pad><inkling-pad></inkling-pad></form>`)
	p.waitPads()
	const keys = "By keyboard: go to the sheet with Tab; arrow keys move the pen, space puts it down and lifts it."
	check := func(want ...string) {
		t.Helper()
		got := p.heard()
		for i := range got {
			got[i] = strings.Replace(got[i], keys, "", 1)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got\n%q\nwant\n%q", got, want)
		}
	}
	rest := []string{"Wrapped Drawing pad |  | invalid false", "Third Drawing pad |  | invalid false",
		"The heading Drawing pad |  | invalid false", "Drawing pad |  | invalid false"}
	check(slices.Concat([]string{"How many? Drawing pad |  Required. | invalid false"}, rest)...)
	p.run(`a.form.requestSubmit(), label.textContent = "How much?"`)
	check(slices.Concat([]string{"How much? Drawing pad |  Required. Draw an answer here. | invalid true"}, rest)...)
	p.run(`a.form.reset()`)
	check(slices.Concat([]string{"How much? Drawing pad |  Required. | invalid false"}, rest)...)
	p.run(`a.form.requestSubmit()`)
	p.draw(seven)
	p.wait(`a.value === "7"`)
	check(slices.Concat([]string{"How much? Drawing pad |  Required. | invalid false"}, rest)...)
	p.run(`a.required = false, a.lang = "ko"`)
	p.wait(`a.shadowRoot.getElementById("pad").ariaLabel !== "Drawing pad"`)
	if got := p.heard(); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "How much? 그리는 종이 | ") }) {
		t.Errorf("in Korean: got %q", got)
	}
}

// A worker's script that comes and is not run: the pad names the policy where one forbids
// it, and else what browsers want of such a file.
func TestFormNamesWhatBarsTheWorker(t *testing.T) {
	page := []byte(formPage)
	plain := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Write([]byte("0"))
	}
	tests := []struct {
		name, header, value string
		worker              http.HandlerFunc // nil: the site's own
		want                string
	}{
		{"another type", "", "", plain, "JavaScript's Content-Type"},
		{"an embedder policy of the page's alone", "Cross-Origin-Embedder-Policy", "require-corp", nil, "Cross-Origin-Embedder-Policy"},
		{"a policy against workers", "Content-Security-Policy", "worker-src 'none'", nil, "content security policy of this site forbids"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t)
			s.answer("/favicon.ico", content("image/x-icon", nil))
			s.answer("/form.html", func(w http.ResponseWriter, r *http.Request) {
				if test.header != "" {
					w.Header().Set(test.header, test.value)
				}
				content("text/html", page)(w, r)
			})
			if test.worker != nil {
				s.answer("/worker.js", test.worker)
			}
			p := newPage(t, s)
			p.expectTrouble("Refused to")
			p.expectTrouble("Content Security Policy")
			p.expectTrouble("ERR_BLOCKED_BY_RESPONSE")
			p.visit("form.html")
			p.wait(`document.querySelector("inkling-pad").state === "error"`)
			if got := p.text("reason"); !strings.Contains(got, test.want) || !strings.Contains(got, "worker.js") {
				t.Errorf("reason: got %q, want %q and the file in it", got, test.want)
			}
			p.run(`window.breaches = []`)
		})
	}
}

// The element works where a policy asks for trusted types. Where it allows none of the
// element's, the fields in the pad stay.
func TestFormUnderTrustedTypes(t *testing.T) {
	const policy = "script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'"
	p := host(t, formPage, policy+"; trusted-types inkling-pad")
	p.waitPads()
	p.draw(seven)
	p.wait(`document.querySelector("inkling-pad").value === "7"`)

	p.site.answer("/barred.html", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy+"; trusted-types another")
		content("text/html", []byte(strings.Replace(formPage, "required></", "required><input id=field></", 1)))(w, r)
	})
	p.expectTrouble("Trusted")
	p.visit("barred.html")
	p.wait(`window.breaches?.some((breach) => breach.startsWith("require-trusted-types-for"))`)
	p.run(`window.breaches = []`)
	p.checkAll(`!customElements.get("inkling-pad")`, `field.checkVisibility() && field.matches(":enabled")`)
}
