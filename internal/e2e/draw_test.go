package e2e

import (
	"math"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestLiveThenFinal(t *testing.T) {
	p := open(t)
	b := p.padBox()
	p.press(b, zero[0])
	p.wait(`predictions.some((d) => !d.final)`)
	live := p.last()
	if live.Final || live.Strokes != 0 || live.Label == "" {
		t.Errorf("while drawing: got %+v, want a live prediction of no finished stroke", live)
	}
	p.release(b, zero[0][0])
	final := p.waitFinal(1)
	checkDetail(t, final)
	if got := p.text("prediction"); got != final.Label {
		t.Errorf("output#prediction: got %q, want the event's label %q", got, final.Label)
	}
	if got := eval[float64](p, `Number(document.getElementById("prediction").dataset.confidence)`); math.Abs(got-final.Confidence) > 1e-3 {
		t.Errorf("data-confidence: got %v, want the event's %v", got, final.Confidence)
	}
	if got := eval[string](p, `document.getElementById("prediction").getAttribute("aria-live")`); got != "off" {
		t.Errorf("output#prediction aria-live: got %q, want off", got)
	}
}

// checkDetail checks what must hold for every prediction of a drawing.
func checkDetail(t *testing.T, d prediction) {
	t.Helper()
	sum, top := 0.0, 0
	for i, v := range d.Probabilities {
		sum += v
		if v > d.Probabilities[top] {
			top = i
		}
	}
	switch {
	case len(d.Classes) < 2 || len(d.Classes) != len(d.Probabilities):
		t.Errorf("prediction: got %d classes and %d probabilities, want as many of each", len(d.Classes), len(d.Probabilities))
	case d.Label != d.Classes[top]:
		t.Errorf("prediction: got the label %q, want the top class %q", d.Label, d.Classes[top])
	case math.Abs(d.Confidence-d.Probabilities[top]) > 1e-6:
		t.Errorf("prediction: got the confidence %v, want the top probability %v", d.Confidence, d.Probabilities[top])
	case sum > 1.001:
		t.Errorf("prediction: probabilities sum to %v, want at most 1", sum)
	case d.Model == "" || d.MS < 0:
		t.Errorf("prediction: got model %q, %v ms", d.Model, d.MS)
	}
}

func TestReadsPlainDigits(t *testing.T) {
	tests := []struct {
		want    string
		strokes []stroke
	}{{"0", zero}, {"1", one}, {"7", seven}}
	p := open(t)
	for _, test := range tests {
		p.forget()
		p.draw(test.strokes)
		if got := p.waitFinal(len(test.strokes)); got.Label != test.want {
			t.Errorf("a plain %s: got %q (%v)", test.want, got.Label, got.Probabilities)
		}
		p.click("clear")
		p.waitFinal(0)
	}
}

func TestUndoRedoClear(t *testing.T) {
	ways := []struct {
		name              string
		undo, redo, clear func(p *page)
	}{
		{"buttons",
			func(p *page) { p.click("undo") }, func(p *page) { p.click("redo") }, func(p *page) { p.click("clear") }},
		{"keys",
			func(p *page) { p.key("z", chromedp.KeyModifiers(ctrl)) },
			func(p *page) { p.key("Z", chromedp.KeyModifiers(ctrl|shift)) },
			func(p *page) { p.key(deleteKey) }},
	}
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			p := open(t)
			p.draw(cross[:1])
			first := p.waitFinal(1)
			p.draw(cross[1:])
			both := p.waitFinal(2)
			way.undo(p)
			if got := p.waitFinal(1); !near(got.Probabilities, first.Probabilities) {
				t.Errorf("undo: got %v, want those of the first stroke %v", got.Probabilities, first.Probabilities)
			}
			way.redo(p)
			if got := p.waitFinal(2); !near(got.Probabilities, both.Probabilities) {
				t.Errorf("redo: got %v, want those of both strokes %v", got.Probabilities, both.Probabilities)
			}
			way.clear(p)
			if got := p.waitFinal(0); got.Label != "" || got.Confidence != 0 || p.text("prediction") != "" {
				t.Errorf("clear: got %q at %v and %q shown, want nothing", got.Label, got.Confidence, p.text("prediction"))
			}
			way.undo(p)
			if got := p.waitFinal(2); got.Label != both.Label {
				t.Errorf("undo of clear: got %q, want %q again", got.Label, both.Label)
			}
		})
	}
}

// near reports whether two lists agree to within 1e-5.
func near(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if math.Abs(a[i]-b[i]) > 1e-5 {
			return false
		}
	}
	return true
}

// No event of a drawing comes after the drawing has been cleared.
func TestNothingAfterClear(t *testing.T) {
	p := open(t)
	b := p.padBox()
	p.press(b, zero[0])
	p.release(b, zero[0][0])
	p.run(`document.getElementById("clear").click()`)
	p.run(`new Promise((done) => setTimeout(done, 300))`)
	all := p.predictions()
	cleared := false
	for _, d := range all {
		if cleared && d.Label != "" {
			t.Fatalf("after the clear: got a prediction of %q", d.Label)
		}
		cleared = cleared || d.Label == "" && d.Final
	}
	if !cleared {
		t.Errorf("the clear: got no empty prediction among %d", len(all))
	}
}

func TestADotIsNoCrash(t *testing.T) {
	p := open(t)
	p.draw([]stroke{{{0.5, 0.5}}})
	checkDetail(t, p.waitFinal(1))
	if p.state() != "ready" {
		t.Errorf("after a dot: the page is %s, want ready", p.state())
	}
}

// A stroke that leaves the pad ends at its edge and goes on where it comes back, on the page
// and on others' pages: what is read is what is seen.
func TestStrokeLeavesThePad(t *testing.T) {
	hosts := map[string]func() *page{
		"page":    func() *page { p := newPage(t, newSite(t)); p.visit(""); p.waitState("ready"); return p },
		"element": func() *page { p := host(t, document(t, "Three lines"), ""); p.waitPads(); return p },
	}
	for name, open := range hosts {
		t.Run(name, func(t *testing.T) {
			p := open().in(t)
			p.draw([]stroke{
				{{0.5, 0.25}, {0.75, 0.5}, {1.1, 0.5}, {1.2, 0.75}, {0.75, 0.75}},
				{{0.5, 0.9}, {0.9, 0.9}, {1.2, 0.9}, {1.1, 0.5}},
			})
			p.wait(`document.querySelector("inkling-pad").strokes.length === 2`)
			got := eval[string](p, `JSON.stringify(document.querySelector("inkling-pad").strokes.map((s) => s.map(({ x, y }) => [Math.round(x / 20), Math.round(y / 20)])))`)
			if want := `[[[10,5],[15,10],[20,10],[20,15],[15,15]],[[10,18],[18,18],[20,18]]]`; got != want {
				t.Errorf("got points %s, want %s, in twentieths of the pad", got, want)
			}
		})
	}
}
