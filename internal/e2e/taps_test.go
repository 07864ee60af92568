package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// saving is a script that keeps what the page offers for download in window.saved.
const saving = `
	const make = URL.createObjectURL;
	URL.createObjectURL = (blob) => ((window.saved = blob), make(blob));
	HTMLAnchorElement.prototype.click = () => {};`

// middleOf returns the middle of an element, brought into view.
func (p *page) middleOf(selector string) point {
	p.t.Helper()
	return eval[point](p, `(() => {
		const element = document.querySelector(`+quote(selector)+`);
		element.scrollIntoView({ block: "center" });
		const { x, y, width, height } = element.getBoundingClientRect();
		return { X: x + width / 2, Y: y + height / 2 };
	})()`)
}

// symbolsNow is an expression: the symbols with their numbers of drawings.
const symbolsNow = `document.querySelectorAll("#own .symbol").map((e) => e.dataset.at + " " + parseInt(e.lastChild.textContent)).join()`

// Who has changed a symbol's name and presses the symbol's button, which shows the old name still, means that symbol. It
// holds for a quick press and for a slow one, and for the other buttons.
func TestRenameThenTap(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=symbols")
	p.waitModel("symbols")
	p.drop(given{"two.json", []byte(ringAndBar)})
	p.wait(symbolsNow + `=== "ring 1,bar 1"`)
	p.run(`document.querySelector("#own .examples").open = true`)
	p.wait(`document.querySelectorAll("#own .head input").length === 2`)
	rename := func(to string) {
		t.Helper()
		p.run(`(() => { const name = document.querySelector("#own .head input"); name.focus(); name.select(); })()`)
		p.key(to)
	}
	for i, way := range []string{"quick", "slow"} {
		from, to := []string{"ring", "hoop", "tyre"}[i], []string{"ring", "hoop", "tyre"}[i+1]
		p.forget()
		p.put(ownSymbols[i].strokes)
		p.waitFinal(len(ownSymbols[i].strokes))
		p.run(`document.getElementById("symbol-name").value = "half a na"`)
		rename(to)
		at := p.middleOf(`#own .symbol[data-at="` + from + `"]`)
		p.mouse(input.DispatchMouseEventTypeMousePressed, at)
		if way == "slow" {
			p.wait(`document.querySelector("#own .news").textContent.includes("is called ` + to + ` now")`)
		}
		p.mouse(input.DispatchMouseEventTypeMouseReleased, at)
		want := to + []string{" 2", " 3"}[i] + ",bar 1"
		p.wait(`document.querySelector("#own .news").textContent.includes("learned")`)
		if got := eval[string](p, symbolsNow); got != want {
			t.Errorf("%s: got the symbols %q, want %q", way, got, want)
		}
		if got := p.textOf("#own .news"); !strings.HasPrefix(got, from+" is called "+to+" now. "+to+": ") {
			t.Errorf("%s: got %q, want the new name said", way, got)
		}
		if got := eval[string](p, `document.getElementById("symbol-name").value`); got != "" {
			t.Errorf("%s: after a tap the name to write is %q, want none", way, got)
		}
		p.run(`document.querySelector("#own .news").textContent = ""`)
	}
	// A drawing that is moved to it goes with the new name, too, and a press that a renaming falls into counts.
	rename("wheel")
	p.run(`(() => {
		const move = document.querySelectorAll("#own .drawings select")[3];
		move.value = "tyre";
		document.querySelector("#own .head input").blur();
		move.dispatchEvent(new Event("change"));
	})()`)
	p.wait(symbolsNow + `=== "wheel 4"`)
	p.undoSymbols(1)
	p.wait(symbolsNow + `=== "wheel 3,bar 1"`)
	rename("disc")
	at := p.middleOf(`#own .entry:last-child .head button`)
	p.mouse(input.DispatchMouseEventTypeMousePressed, at)
	p.wait(`document.querySelector("#own .news").textContent.includes("is called disc now")`)
	p.mouse(input.DispatchMouseEventTypeMouseReleased, at)
	p.wait(symbolsNow + `=== "disc 3"`)
	p.undoSymbols(2)
	p.wait(symbolsNow + `=== "wheel 3,bar 1"`)
	// Of a press that comes to nothing, the next one beside the buttons shows what has changed meanwhile.
	down := func(selector string) {
		t.Helper()
		p.run(`document.querySelector(` + quote(selector) + `).dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }))`)
	}
	down("#own .symbol")
	p.drop(given{"more.json", []byte(`{"label": "bar", "strokes": [[[0,0],[0,90]]]}`)})
	p.wait(`document.querySelector("#own .news").textContent.includes("more.json")`)
	if got := eval[string](p, symbolsNow); got != "wheel 3,bar 1" {
		t.Errorf("while a button is pressed: got the symbols %q, want what was shown", got)
	}
	down("#own .news")
	p.wait(symbolsNow + `=== "wheel 3,bar 2"`)
}

// What is tapped in the middle of a stroke gets the whole one, as soon as it has ended; of two taps the last one counts.
func TestTapInTheMiddleOfAStroke(t *testing.T) {
	p := newPage(t, newSite(t), saving)
	p.visit("?model=symbols")
	p.waitModel("symbols")
	p.drop(given{"two.json", []byte(ringAndBar)})
	p.wait(symbolsNow + `=== "ring 1,bar 1"`)
	line := stroke{{0.2, 0.2}, {0.4, 0.4}, {0.6, 0.6}, {0.8, 0.8}}
	press := func(selector string, then string, still string) {
		t.Helper()
		p.click("clear")
		b := p.padBox()
		p.press(b, line[:2])
		p.run(`document.querySelectorAll(` + quote(selector) + `).slice(0, 2).forEach((button) => button.click())`)
		p.frames(5)
		if !eval[bool](p, still) {
			t.Errorf("%s: half a stroke was taken", selector)
		}
		for _, q := range line[2:] {
			p.mouse(input.DispatchMouseEventTypeMouseMoved, b.at(q))
		}
		p.release(b, line[3])
		p.wait(then)
	}
	whole := func(selector string) {
		t.Helper()
		p.run(`window.saved = null, document.querySelector(` + quote(selector) + `).click()`)
		p.wait(`window.saved`)
		points := eval[[][2]float64](p, `saved.text().then((text) => JSON.parse(text).at(-1).strokes[0])`)
		if len(points) != len(line) {
			t.Errorf("%s: got %v, want a stroke of %d points", selector, points, len(line))
		}
	}
	press("#own .symbol", symbolsNow+`=== "ring 1,bar 2"`, symbolsNow+`=== "ring 1,bar 1" && document.querySelector("#own .news").textContent.includes("stroke ends")`)
	whole("#own .save:nth-of-type(3)")

	p.do(chromedp.Click(chromedp.CSS(`#reads input[value="digits"] + span`)))
	p.waitModel("digits")
	p.run(`document.getElementById("wrong").click()`)
	p.wait(`document.querySelectorAll("#right .symbol").length === 10`)
	const put = `document.querySelectorAll("#right .drawings strong").map((e) => e.textContent).join()`
	press("#right .symbol", put+` === "1"`, put+` === ""`)
	whole("#right .save")
}

// Drawings that are put right while the program that takes them starts are all kept.
func TestPutRightInHaste(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("")
	p.waitState("ready")
	p.put(curledSeven)
	p.waitFinal(2)
	p.run(`document.getElementById("wrong").click()`)
	p.wait(`document.querySelectorAll("#right .symbol").length === 10`)
	p.run(`(async () => {
		const pad = document.querySelector("inkling-pad"), tap = (name) => document.querySelector('#right .symbol[data-at="' + name + '"]').click();
		tap(7);
		await Promise.resolve();
		pad.strokes = [[{ x: 50, y: 50 }, { x: 350, y: 350 }]];
		tap(4);
	})()`)
	p.wait(`document.querySelectorAll("#right .drawings strong").map((e) => e.textContent).join() === "7,4"`)
	p.run(`document.querySelectorAll("#right .drawings button").forEach((button) => button.focus())`)
	p.key(kb.Enter)
	p.wait(`document.querySelectorAll("#right .drawings strong").map((e) => e.textContent).join() === "7"`)
}
