package e2e

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// curledSeven is a 7 that the network does not read: its bar is a loop.
var curledSeven = func() []stroke {
	var loop stroke
	for i := range 15 {
		angle := 2 * math.Pi * (0.75 + 0.5*float64(i)/14)
		loop = append(loop, point{0.5 + 0.3*math.Sin(angle), 0.3 - 0.2*math.Cos(angle)})
	}
	return []stroke{loop, {{0.5, 0.5}, {0.45, 0.6}, {0.4, 0.7}, {0.35, 0.8}, {0.3, 0.9}}}
}()

// plainOne is a 1 without a doubt.
var plainOne = []stroke{{{0.5, 0.2}, {0.5, 0.3}, {0.49, 0.4}, {0.49, 0.5}, {0.48, 0.6}, {0.48, 0.7}, {0.48, 0.8}}}

// A drawing is misread, put right by a key, drawn again a little otherwise and read; so it
// is after a reload. What is read right and followed by another drawing goes to the program as left
// standing. The drawings are saved as stroke JSON, a reset brings the old answer back
// and can be undone, and another model has nothing to do with it.
func TestPutRight(t *testing.T) {
	p := newPage(t, newSite(t), `
		const make = URL.createObjectURL;
		URL.createObjectURL = (blob) => ((window.saved = blob), make(blob));
		HTMLAnchorElement.prototype.click = () => {};
		const post = Worker.prototype.postMessage;
		window.stood = 0;
		Worker.prototype.postMessage = function (message, ...more) {
			if (JSON.stringify(message).includes("leaveStanding")) window.stood++;
			return post.call(this, message, ...more);
		};`)
	p.visit("")
	p.waitState("ready")
	if p.hasAskedFor(".near") {
		t.Error("what others draw was fetched before anything was put right")
	}
	const offered = `document.getElementById("wrong").checkVisibility({ visibilityProperty: true })`
	if eval[bool](p, offered) {
		t.Error("an empty pad: the button that puts right is shown")
	}
	p.put(drawnAgain(curledSeven, 2))
	first := p.waitFinal(2)
	p.wait(offered)
	if first.Label == "7" && first.Sure {
		t.Fatalf("got %q, want it misread", first.Label)
	}
	p.forget()
	p.click("clear")
	p.draw(curledSeven)
	p.waitFinal(2)
	p.run(`document.getElementById("wrong").click()`)
	p.wait(`document.querySelectorAll("#right .symbol").length === 10`)
	p.run(`document.querySelector('#right .symbol[data-at="7"]').focus()`)
	p.key(kb.Enter)
	p.wait(`document.querySelector("#right .drawings")?.textContent.includes(", now 7")`)
	p.wait(`document.querySelector("#right .news").textContent !== ""`) // said when the browser has kept it
	asRead := func(when string, label string, sure bool) {
		t.Helper()
		p.forget()
		p.put(drawnAgain(curledSeven, 2))
		if got := p.waitFinal(2); got.Label != label || got.Sure != sure {
			t.Errorf("%s: got %q, %.3f, sure %v; want %q, sure %v", when, got.Label, got.Confidence, got.Sure, label, sure)
		}
	}
	asRead("drawn again", "7", true)
	// A drawing by hand that is read surely and followed by another one is left standing.
	for i, want := range []int{0, 1} {
		p.forget()
		p.click("clear")
		p.draw(plainOne)
		if got := p.waitFinal(1); !got.Sure {
			t.Fatalf("a plain 1: got %q, unsure", got.Label)
		}
		if got := eval[int](p, "window.stood"); got != want {
			t.Errorf("drawing %d: got %d left standing, want %d", i+1, got, want)
		}
	}
	asRead("after others were left standing", "7", true)
	p.run(`document.querySelector("#right .save").click()`)
	p.wait(`window.saved?.type === "application/json"`)
	var drawings []struct{ Label string }
	text, err := os.ReadFile(p.savedAs(t, "drawings.json"))
	if err := json.Unmarshal(text, &drawings); err != nil || len(drawings) != 1 || drawings[0].Label != "7" {
		t.Errorf("saved: got %.60s, %v", text, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.visit("")
	p.waitState("ready")
	for range 100 { // until what was put right is read again, without being asked for
		p.forget()
		p.put(drawnAgain(curledSeven, 2))
		if p.waitFinal(2).Sure {
			break
		}
	}
	asRead("after a reload", "7", true)
	p.run(`document.getElementById("wrong").click()`)
	p.wait(`document.querySelector("#right .drawings")?.textContent.includes(", now 7")`)
	p.run(`document.querySelectorAll("#right .files button")[1].click()`)
	p.wait(`document.querySelector("#right .drawings")?.hidden`)
	asRead("after a reset", first.Label, first.Sure)
	p.run(`document.querySelectorAll("#right .files button")[0].click()`)
	p.wait(`document.querySelector("#right .drawings")?.hidden === false`)
	asRead("after undoing that", "7", true)
}

// A drawing that is put right while the program that answers with it is not there yet is kept for
// its model, though another one is chosen meanwhile.
func TestPutRightThenSwitch(t *testing.T) {
	s := newSite(t)
	p := newPage(t, s)
	p.visit("")
	p.waitState("ready")
	p.draw(seven)
	p.waitFinal(1)
	release := s.hold(t, "pictures-")
	p.run(`document.getElementById("wrong").click()`)
	p.wait(`document.querySelectorAll("#right .classes button").length === 10`)
	p.run(`document.querySelector('#right .classes button[data-at="4"]').click()`)
	p.run(`document.querySelector('#reads input[value="letters"]').click()`)
	release()
	p.wait(`document.querySelectorAll("#right .classes button").length === 26`)
	p.run(`document.querySelector('#reads input[value="digits"]').click()`)
	p.wait(`document.querySelectorAll("#right .drawings li").length === 1`)
}
