package e2e

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// capital is an A in two strokes, which no digit looks like.
var capital = []stroke{{{0.3, 0.8}, {0.4, 0.5}, {0.5, 0.2}, {0.6, 0.5}, {0.7, 0.8}}, {{0.38, 0.57}, {0.5, 0.57}, {0.62, 0.57}}}

// The switch changes between digits and letters by mouse and by keys. What is drawn is
// read again, all words follow, and the other model is fetched only then.
func TestSwitch(t *testing.T) {
	p := open(t)
	p.wantSwitch("digits")
	p.draw(capital)
	p.waitFinal(2)
	if p.hasAskedFor("models/letters") {
		t.Error("the model of letters has been fetched before anybody asked for it")
	}
	p.do(chromedp.Click(chromedp.CSS(`#reads input[value="letters"] + span`)))
	p.waitModel("letters")
	if got := p.waitFinal(2); got.Label != "A" || !got.Sure || len(got.Classes) != 26 {
		t.Errorf("an A: got %q of %d classes, %v", got.Label, len(got.Classes), got.Confidence)
	}
	p.wantSwitch("letters")
	p.click("clear")
	p.waitFinal(0)
	said := `document.title + " | " + document.querySelector(".invitation").textContent`
	if got := eval[string](p, said); !strings.Contains(got, "draw a letter") || !strings.Contains(got, "Draw a letter") {
		t.Errorf("with letters: the page says %q", got)
	}
	beKorean(p)
	if got := eval[string](p, said); strings.Count(got, "알파벳") != 2 || strings.Contains(got, "숫자") {
		t.Errorf("with letters, in Korean: the page says %q", got)
	}
	p.speak("en")
	p.run(`document.querySelector("#reads :checked").focus()`)
	p.key(kb.ArrowLeft)
	p.waitModel("digits")
	p.wantSwitch("digits")
	if got := eval[string](p, `location.search`); got != "?model=digits" {
		t.Errorf("address: got %q, want ?model=digits", got)
	}
}

// A model that cannot be fetched leaves the page with the one in use, and of models
// that are neither the switch marks none.
func TestSwitchStays(t *testing.T) {
	s := newSite(t)
	p := newPage(t, s, `delete Navigator.prototype.serviceWorker`)
	p.expectTrouble("Failed to load resource")
	p.visit("?model=fashion")
	p.waitState("ready")
	p.wantSwitch("")
	s.answer("models/letters", status(503))
	p.do(chromedp.Click(chromedp.CSS(`#reads input[value="letters"] + span`)))
	p.wait(`document.getElementById("status").textContent.includes("503")`)
	p.wantSwitch("")
}

// The samples of letters are read as what they are.
func TestSamplesOfLetters(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=letters")
	p.waitState("ready")
	p.wantSwitch("letters")
	p.click("samples")
	p.wait(`document.querySelectorAll("#sample-list .sample").length === 12`)
	for i := range 10 {
		p.forget()
		p.run(fmt.Sprintf(`document.getElementById("sample-list").showPopover(), document.querySelectorAll("#sample-list .sample")[%d].click()`, i))
		p.wait(`predictions.at(-1)?.final`)
		got, want := p.last(), eval[string](p, fmt.Sprintf(`document.querySelectorAll("#sample-list .sample")[%d].ariaLabel`, i))
		if !strings.EqualFold("Sample: "+got.Label, want) || !got.Sure {
			t.Errorf("%s: got %q, %.3f", want, got.Label, got.Confidence)
		}
	}
}

// letterT is a T, the bar first.
var letterT = []stroke{{{0.2, 0.2}, {0.8, 0.2}}, {{0.5, 0.2}, {0.5, 0.85}}}

// A picture of a letter is read as the command reads it: nobody knows which way it was
// written, and the page does not make it up from the strokes it found.
func TestPictureOfLetter(t *testing.T) {
	file := pictureOf(t, letterT)
	want := predictedOf(t, "letters", file)
	p := newPage(t, newSite(t))
	p.visit("?model=letters")
	p.waitState("ready")
	p.choose("file", file)
	p.wait(`predictions.at(-1)?.final`)
	if got := p.last(); got.Label != "T" || got.Label != want.Label || math.Abs(got.Confidence-want.Confidence) > 1e-3 {
		t.Errorf("got %q, %.4f, want %q, %.4f as inkling predict says", got.Label, got.Confidence, want.Label, want.Confidence)
	}
	p.click("clear")
	p.forget()
	p.draw(letterT)
	if drawn := p.waitFinal(2); drawn.Label != "T" || math.Abs(drawn.Confidence-want.Confidence) < 1e-6 {
		t.Errorf("drawn: got %q, %.6f, want a T whose strokes have a way", drawn.Label, drawn.Confidence)
	}
}

// Inside the network the likeliest letters are shown, each under its own name.
func TestInsideOfLetters(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=letters")
	p.waitState("ready")
	p.draw(letterT)
	p.waitFinal(2)
	openPanel("layers")(p)
	p.wait(`[...document.querySelectorAll("#layers .labelled .tile")].find((tile) => tile.style.getPropertyValue("--share") > 0.5)?.textContent === "T"`)
	if got := eval[int](p, `document.querySelectorAll("#layers .stage:first-child canvas").length`); got != 4 {
		t.Errorf("the input shows %d images, want the ink, right, down and when", got)
	}
}

// waitModel waits until the page reads with a model.
func (p *page) waitModel(name string) {
	p.t.Helper()
	p.wait(`document.getElementById("chosen").textContent === ` + quote(name))
}

// wantSwitch checks which model the switch marks; "" stands for none.
func (p *page) wantSwitch(name string) {
	p.t.Helper()
	p.wait(`(document.querySelector("#reads :checked")?.value ?? "") === ` + quote(name))
}

// hasAskedFor reports whether the page has asked for an address that contains part.
func (p *page) hasAskedFor(part string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, address := range p.requests {
		if strings.Contains(address, part) {
			return true
		}
	}
	return false
}
