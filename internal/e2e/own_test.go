package e2e

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// ownSymbols are six symbols that nobody takes for one another, and one more.
var ownSymbols = []struct {
	name    string
	strokes []stroke
}{
	{"ring", []stroke{around(0.5, 0.5, 0.3, 0, 1)}},
	{"cross", []stroke{{{0.2, 0.2}, {0.5, 0.5}, {0.8, 0.8}}, {{0.8, 0.2}, {0.5, 0.5}, {0.2, 0.8}}}},
	{"bar", []stroke{{{0.5, 0.1}, {0.5, 0.5}, {0.5, 0.9}}}},
	{"zigzag", []stroke{{{0.1, 0.4}, {0.25, 0.65}, {0.4, 0.4}, {0.55, 0.65}, {0.7, 0.4}, {0.85, 0.65}}}},
	{"arrow", []stroke{{{0.1, 0.5}, {0.5, 0.5}, {0.9, 0.5}}, {{0.65, 0.25}, {0.9, 0.5}, {0.65, 0.75}}}},
	{"house", []stroke{{{0.25, 0.85}, {0.25, 0.45}, {0.5, 0.15}, {0.75, 0.45}, {0.75, 0.85}, {0.25, 0.85}}}},
}

// unknownSymbol is like none of them.
var unknownSymbol = []stroke{{{0.3, 0.15}, {0.3, 0.85}}, {{0.7, 0.15}, {0.7, 0.85}}, {{0.12, 0.35}, {0.88, 0.35}}, {{0.12, 0.65}, {0.88, 0.65}}}

// around returns a part of a circle, in turns from the top.
func around(x, y, radius, from, to float64) stroke {
	var s stroke
	for i := range 11 {
		angle := 2 * math.Pi * (from + (to-from)*float64(i)/10)
		s = append(s, point{x + radius*math.Sin(angle), y - radius*math.Cos(angle)})
	}
	return s
}

// drawnAgain returns a drawing as the same hand draws it another time.
func drawnAgain(strokes []stroke, time int) []stroke {
	lean, size := 0.06*float64(time-1), 1-0.1*float64(time)
	var again []stroke
	for _, s := range strokes {
		var t stroke
		for _, q := range s {
			x, y := q.X-0.5, q.Y-0.5
			t = append(t, point{0.5 + size*(x+lean*y), 0.5 + size*(y-lean*x)})
		}
		again = append(again, t)
	}
	return again
}

// Letters that are typed on the pad begin a name while one is wanted: an e takes up no eraser.
func TestLettersBeginName(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=symbols")
	p.waitModel("symbols")
	p.finger(unknownSymbol) // After a finger the field does not take the focus by itself.
	p.waitFinal(len(unknownSymbol))
	p.run(`document.querySelector("inkling-pad").focus()`)
	p.key("eye" + kb.Enter)
	p.wait(symbolHas("eye", 1))
}

// What the set refuses leaves it as it is, with its edits to undo, however often; of several files each is
// taken or named; a second click on what came to a button's place does nothing; and Enter begins the next
// symbol as the space bar does.
func TestRefusedEdits(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=symbols")
	p.waitModel("symbols")
	drawings := func(name string) given {
		return given{name + ".json", []byte(`{"label": "` + name + `", "strokes": [[[0,0],[0,80],[80,80]]]}`)}
	}
	p.drop(drawings("bar"), drawings("ring"), given{"odd.json", []byte(`{}`)}, drawings("hook"))
	p.wait(symbolHas("bar", 1) + "&&" + symbolHas("ring", 1) + "&&" + symbolHas("hook", 1))
	p.wait(`document.querySelector("#own .news").textContent.includes("odd.json")`)
	p.run(`document.querySelector("#own .examples").open = true`)
	const head = `document.querySelector("#own .examples .head button")`
	p.wait(head)
	for clicks := range 2 { // A double click, by whose second half the next symbol's button has come up.
		p.run(head + fmt.Sprintf(`.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: %d }))`, clicks+1))
		p.wait(`document.querySelectorAll("#own .symbol").length === 2`)
	}
	for range 4 {
		p.drop(given{"digits.ink", fileOf(t, modelPath("digits"))})
		p.wait(`document.querySelector("#own .news").textContent.includes("no symbols to add")`)
		p.run(`document.querySelector("#own .news").textContent = ""`)
	}
	if got := p.state(); got != "ready" {
		t.Errorf("after what was refused: got state %q, want ready", got)
	}
	p.undoSymbols(1)
	p.wait(symbolHas("bar", 1) + "&&" + symbolHas("ring", 1))
	p.put([]stroke{{{0.1, 0.1}, {0.9, 0.9}}})
	p.waitFinal(1)
	p.tap("bar")
	p.wait(symbolHas("bar", 2))
	p.run(`document.querySelector("inkling-pad").focus()`)
	p.key(kb.Enter)
	p.wait(`document.querySelector("inkling-pad").strokes.flat().length <= 1`)
}

// Two tabs teach one set: each goes on with what the other has left, whether it shows the symbols or not.
func TestSymbolsInTwoTabs(t *testing.T) {
	first := newPage(t, newSite(t))
	first.visit("?model=symbols")
	first.waitModel("symbols")
	second := first.beside()
	second.visit("?model=symbols")
	second.waitModel("symbols")
	first.drop(given{"ring.json", []byte(`{"label": "ring", "strokes": [[[0,0],[0,80],[80,80]]]}`)})
	first.waitSet(1)
	second.wait(symbolHas("ring", 1))
	second.wait(`document.querySelector("#own .news").textContent.includes("another tab")`)
	first.do(chromedp.Click(chromedp.CSS(`#reads input[value="digits"] + span`)))
	first.waitModel("digits")
	second.drop(given{"bar.json", []byte(`{"label": "bar", "strokes": [[[0,0],[0,80]]]}`)})
	second.waitSet(2)
	first.do(chromedp.Click(chromedp.CSS(`#reads input[value="symbols"] + span`)))
	first.waitModel("symbols")
	first.wait(symbolHas("ring", 1) + "&&" + symbolHas("bar", 1))
}

// nameHasFocus is an expression: whether a name can be written, as after a stroke of the mouse.
const nameHasFocus = `document.activeElement.id === "symbol-name"`

// Six symbols are drawn and named, drawn again and read, and a seventh is refused; a
// wrong name is put right, and edits are undone. The set is there after a reload. Its
// file answers in the command and on a site of it as it does here, and its drawings are
// stroke JSON that teach reads.
func TestOwnSymbols(t *testing.T) {
	p := newPage(t, newSite(t), `
		const make = URL.createObjectURL;
		URL.createObjectURL = (blob) => ((window.saved = blob), make(blob));
		HTMLAnchorElement.prototype.click = () => {};`)
	p.do(chromedp.EmulateViewport(360, 640)) // a small window is painted sooner
	p.visit("")
	p.waitState("ready")
	p.do(chromedp.Click(chromedp.CSS(`#reads input[value="symbols"] + span`)))
	p.waitModel("symbols")
	p.draw(unknownSymbol[:1])
	p.wait(nameHasFocus)
	p.key("z", chromedp.KeyModifiers(ctrl))
	p.wait(`document.querySelector("inkling-pad").strokes.length === 0`)
	for i, s := range ownSymbols {
		p.draw(s.strokes)
		if i < 3 { // The others may be read as one of these.
			p.wait(nameHasFocus)
		} else {
			p.do(chromedp.Click(path("#symbol-name")))
		}
		p.key(s.name + kb.Enter)
		p.wait(symbolHas(s.name, 1))
	}
	for _, s := range ownSymbols {
		p.put(drawnAgain(s.strokes, 1))
		p.tap(s.name)
		p.wait(symbolHas(s.name, 2))
	}
	var asked []string // strokes as JSON
	var want []prediction
	for i, s := range ownSymbols {
		if i > 0 {
			p.click("clear")
		}
		p.draw(drawnAgain(s.strokes, 2))
		got := p.waitFinal(len(s.strokes))
		if got.Label != s.name || !got.Sure || len(got.Classes) != len(ownSymbols) {
			t.Errorf("%s: got %q of %d, %.3f, sure %v", s.name, got.Label, len(got.Classes), got.Confidence, got.Sure)
		}
		asked, want = append(asked, eval[string](p, `JSON.stringify(document.querySelector("inkling-pad").strokes.map((s) => s.map(({ x, y }) => [x, y])))`)), append(want, got)
	}
	p.click("clear")
	p.draw(unknownSymbol)
	if got := p.waitFinal(len(unknownSymbol)); got.Sure {
		t.Errorf("a seventh symbol: got %q, %.3f, want it refused", got.Label, got.Confidence)
	}
	p.wrongNames(t)
	p.waitSet(2 * len(ownSymbols))
	p.run(`document.querySelectorAll("#own .save")[0].click()`)
	p.wait(`window.saved?.type === "application/octet-stream"`)
	model := p.savedAs(t, "my-symbols.ink")
	p.run(`document.querySelectorAll("#own .save")[1].click()`)
	p.wait(`window.saved.type === "application/json"`)
	checkCommand(t, model, p.savedAs(t, "symbols.json"), asked, want)
	p.visit("?model=symbols")
	p.waitModel("symbols")
	p.wait(symbolHas("house", 2))
	p.do(chromedp.Click(chromedp.CSS(`#reads input[value="digits"] + span`)))
	p.waitModel("digits")
	p.wait(`!document.getElementById("own")`)
	checkSite(t, model, want)
}

// checkSite checks that a site of the set reads as the page did.
func checkSite(t *testing.T, model string, want []prediction) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	if out, err := exec.Command(get(t, inklingWithPage), "site", dir, "--model", model).CombinedOutput(); err != nil {
		t.Fatalf("site: %v\n%s", err, out)
	}
	p := newPage(t, siteAt(t, serveAlone(t, exec.Command(get(t, inklingWithPage), "serve", dir, "--addr", "127.0.0.1:0")), "/"))
	p.visit("")
	p.waitState("ready")
	for i, s := range ownSymbols {
		p.forget()
		p.put(drawnAgain(s.strokes, 2))
		if got := p.waitFinal(len(s.strokes)); got.Label != s.name || math.Abs(got.Confidence-want[i].Confidence) > 0.01 {
			t.Errorf("the site: got %q, %.4f, want %q, %.4f", got.Label, got.Confidence, s.name, want[i].Confidence)
		}
	}
}

// symbolHas returns an expression: whether a symbol has a number of drawings.
func symbolHas(name string, drawings int) string {
	return fmt.Sprintf(`[...document.querySelectorAll("#own .symbol")].some((b) => b.dataset.at === %q && parseInt(b.lastChild.textContent) === %d)`, name, drawings)
}

// put puts a drawing on the pad at once.
func (p *page) put(strokes []stroke) {
	p.t.Helper()
	var points [][]map[string]float64
	for _, s := range strokes {
		var line []map[string]float64
		for _, q := range s {
			line = append(line, map[string]float64{"x": 400 * q.X, "y": 400 * q.Y})
		}
		points = append(points, line)
	}
	data, err := json.Marshal(points)
	if err != nil {
		p.t.Fatal(err)
	}
	p.run(`document.querySelector("inkling-pad").strokes = ` + string(data))
}

// tap names what is on the pad by a symbol's button.
func (p *page) tap(name string) {
	p.t.Helper()
	p.run(`document.querySelector('#own .symbol[data-at="` + name + `"]').focus()`)
	p.key(kb.Enter)
}

// waitSet waits until the browser keeps the set with a number of drawings.
func (p *page) waitSet(drawings int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`[...document.querySelectorAll("#own .symbol small")].reduce((sum, e) => sum + parseInt(e.textContent), 0) === %d`, drawings))
	p.wait(`document.querySelector("#own .warning").textContent === ""`)
}

// wrongNames names what is on the pad wrongly, puts it right by a tap and undoes both;
// renames a symbol, moves and deletes drawings by the keyboard's controls, and undoes that.
func (p *page) wrongNames(t *testing.T) {
	p.tap("ring")
	p.wait(symbolHas("ring", 3))
	p.tap("bar")
	p.wait(symbolHas("bar", 3) + `&&` + symbolHas("ring", 2))
	p.undoSymbols(2)
	p.wait(symbolHas("bar", 2) + `&&` + symbolHas("ring", 2))
	p.run(`document.querySelector("#own .examples").open = true`)
	p.wait(`document.querySelectorAll("#own .drawings li").length === 12`)
	p.run(`(() => { const name = document.querySelector("#own .head input"); name.value = "circle"; name.dispatchEvent(new Event("change")); })()`)
	p.wait(symbolHas("circle", 2))
	p.run(`(() => { const what = document.querySelector("#own .drawings select"); what.value = "bar"; what.dispatchEvent(new Event("change")); })()`)
	p.wait(symbolHas("circle", 1) + `&&` + symbolHas("bar", 3))
	p.run(`document.querySelector("#own .drawings button").focus()`)
	p.key(kb.Enter)
	p.wait(`![...document.querySelectorAll("#own .symbol")].some((b) => b.dataset.at === "circle")`)
	if got := eval[string](p, `document.activeElement.dataset.at ?? ""`); got == "" {
		t.Error("after deleting a drawing: the focus is lost, want it on what comes next")
	}
	p.undoSymbols(3)
	p.wait(symbolHas("ring", 2) + `&&` + symbolHas("bar", 2))
}

// undoSymbols undoes edits of the set.
func (p *page) undoSymbols(times int) {
	for range times {
		before := p.textOf("#own .symbols")
		p.run(`[...document.querySelectorAll("#own .files button")][0].click()`)
		p.wait(`document.querySelector("#own .symbols").textContent !== ` + quote(before))
	}
}

// textOf returns the text of the first element that a selector finds.
func (p *page) textOf(selector string) string {
	return eval[string](p, `document.querySelector(`+quote(selector)+`).textContent`)
}

// savedAs writes what the page has last offered for download to a file.
func (p *page) savedAs(t *testing.T, name string) string {
	t.Helper()
	text := eval[string](p, `saved.arrayBuffer().then((b) => btoa(Array.from(new Uint8Array(b), (c) => String.fromCharCode(c)).join("")))`)
	data, err := base64.StdEncoding.DecodeString(text)
	file := filepath.Join(t.TempDir(), name)
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// checkCommand checks that the command answers as the page did, by the file that the page
// saved and, but for the last digits, by what teach makes of the drawings.
func checkCommand(t *testing.T, model, drawings string, asked []string, want []prediction) {
	t.Helper()
	taught := filepath.Join(t.TempDir(), "taught.ink")
	if out, err := exec.Command(get(t, inklingWithPage), "teach", drawings, "--out", taught).CombinedOutput(); err != nil {
		t.Fatalf("teach: %v\n%s", err, out)
	}
	for _, model := range []string{model, taught} {
		args := []string{"predict", model, "--json"}
		for _, strokes := range asked {
			file := filepath.Join(t.TempDir(), "drawing.json")
			if err := os.WriteFile(file, []byte(strokes), 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
		out, err := exec.Command(get(t, inklingWithPage), args...).Output()
		var got []prediction
		if err == nil {
			err = json.Unmarshal(out, &got)
		}
		if err != nil || len(got) != len(want) {
			t.Fatalf("predict: got %d answers, %v, want %d", len(got), err, len(want))
		}
		for i := range want {
			if got[i].Label != want[i].Label || got[i].Sure != want[i].Sure || math.Abs(got[i].Confidence-want[i].Confidence) > 0.01 {
				t.Errorf("%s: the command says %q, %.4f, sure %v; the page %q, %.4f", filepath.Base(model), got[i].Label, got[i].Confidence, got[i].Sure, want[i].Label, want[i].Confidence)
			}
		}
	}
}

// A browser whose storage never answers, or not for some of what it is asked, holds nothing up: symbols are taught and
// answers put right all the same, and the page says that they are not kept. What could not be read is not written over.
func TestStorageNeverAnswers(t *testing.T) {
	p := newPage(t, newSite(t), `
		window.realOpen = indexedDB.open.bind(indexedDB);
		window.opened = 0;
		IDBFactory.prototype.open = () => (opened++, new EventTarget());`)
	p.visit("?model=symbols")
	p.waitModel("symbols")
	const warned = `document.querySelector("%s .warning").textContent.includes("could not keep or read")`
	p.wait(fmt.Sprintf(warned, "#own"))
	began := time.Now()
	for i, s := range ownSymbols[:3] {
		p.put(s.strokes)
		p.waitFinal(len(s.strokes))
		p.run(`document.getElementById("symbol-name").value = ` + quote(s.name) + `, document.querySelector("#own .naming").requestSubmit()`)
		p.wait(symbolHas(s.name, 1))
		p.wait(`document.querySelector("#own .news").textContent.includes(` + quote(s.name) + `)`)
		if i == 0 {
			p.wait(fmt.Sprintf(warned, "#own"))
		}
		p.forget()
	}
	if took := time.Since(began); took > 14*time.Second { // The storage is given five for each.
		t.Errorf("three symbols: took %v, want that nothing waits for the storage", took)
	}
	p.do(chromedp.Click(chromedp.CSS(`#reads input[value="digits"] + span`)))
	p.waitModel("digits")
	p.put(curledSeven)
	p.waitFinal(2)
	p.run(`document.getElementById("wrong").click()`)
	p.wait(`document.querySelectorAll("#right .symbol").length === 10`)
	p.wait(fmt.Sprintf(warned, "#right"))
	p.run(`document.querySelector('#right .symbol[data-at="7"]').click()`)
	p.wait(`document.querySelector("#right .drawings")?.textContent.includes(", now 7")`)
	if n := eval[int](p, `opened`); n != 1 {
		t.Errorf("the storage was asked %d times to open, want once", n)
	}
}

// A set that the browser keeps and does not hand over in time stays as it is kept.
func TestStorageAnswersTooLate(t *testing.T) {
	s := newSite(t)
	p := newPage(t, s)
	p.visit("?model=symbols")
	p.waitModel("symbols")
	p.drop(given{"ring.json", []byte(`{"label": "ring", "strokes": [[[0,0],[0,80],[80,80]]]}`)})
	p.waitSet(1)
	p.wait(`document.querySelector("#own .news").textContent.includes("ring")`)
	late := p.beside(`
		window.released = new Promise((resolve) => (window.release = resolve));
		const get = IDBObjectStore.prototype.get;
		IDBObjectStore.prototype.get = function (name) {
			const proxy = {};
			const request = get.call(this, name);
			request.onsuccess = () => released.then(() => proxy.onsuccess());
			Object.defineProperty(proxy, "result", { get: () => request.result });
			return proxy;
		};`)
	late.visit("?model=symbols")
	late.waitModel("symbols")
	late.wait(`document.querySelector("#own .warning").textContent.includes("could not keep or read")`)
	late.run(`release()`)
	late.drop(given{"bar.json", []byte(`{"label": "bar", "strokes": [[[0,0],[0,80]]]}`)})
	late.wait(symbolHas("bar", 1))
	late.wait(`document.querySelector("#own .news").textContent.includes("bar")`)
	p.visit("?model=symbols")
	p.waitModel("symbols")
	p.wait(symbolHas("ring", 1))
	if eval[bool](p, symbolHas("bar", 1)) {
		t.Error("what could not be read was written over")
	}
}
