package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// pressOn clicks the first element that a selector finds, with the mouse.
func (p *page) pressOn(selector string) {
	p.t.Helper()
	p.do(chromedp.Click(path(selector), chromedp.NodeVisible))
}

// settle waits until the page no longer scrolls.
func (p *page) settle() {
	p.t.Helper()
	p.run(`(async () => {
		for (let still = 0, last = -1; still < 5; still = scrollY === last ? still + 1 : 0) {
			last = scrollY;
			await new Promise(requestAnimationFrame);
		}
	})()`)
}

// Why shows which ink speaks for the answer, for each finished drawing.
func TestWhy(t *testing.T) {
	p := open(t)
	p.draw(zero)
	p.waitFinal(1)
	p.pressOn(`[data-panel="why"]`)
	p.wait(`document.querySelector("#why canvas")?.width === 28`)
	p.wait(`document.querySelector("#why [aria-live]").textContent.startsWith("Strongest for 0")`)
	p.settle()
	p.draw([]stroke{{{0.1, 0.1}, {0.2, 0.2}}})
	label := p.waitFinal(2).Label
	p.wait(fmt.Sprintf(`document.querySelector("#why [aria-live]").textContent.startsWith("Strongest for %s")`, label))
	p.click("clear")
	p.wait(`document.querySelector("#why .lead").textContent === "The pad is empty."`)
	p.pressOn(`[data-panel="why"]`)
	p.wait(`document.getElementById("why").hidden`)
}

// The steps of the recipe end in the picture that the network saw.
func TestSteps(t *testing.T) {
	p := open(t)
	p.draw(seven)
	p.waitFinal(1)
	p.pressOn(`[data-panel="steps"]`)
	p.wait(`document.querySelectorAll("#steps canvas").length === 2 && document.querySelector("#steps .stroke")`)
	const pixels = `(id) => [...document.querySelector(id).getContext("2d").getImageData(0, 0, 28, 28).data].filter((_, i) => i % 4 === 3)`
	if !eval[bool](p, `(() => {
		const pixels = `+pixels+`;
		const [drawn, centred, saw] = ["#steps figure:nth-child(2) canvas", "#steps figure:nth-child(3) canvas", "#seen"].map(pixels);
		return String(centred) === String(saw) && String(drawn) !== String(saw) && drawn.some((v) => v > 200);
	})()`) {
		t.Error("the last step: is not what the network saw, or the one before is the same or empty")
	}
}

// The layers follow the drawing while it is drawn.
func TestLayersAreLive(t *testing.T) {
	p := open(t)
	p.pressOn(`[data-panel="layers"]`)
	p.wait(`document.querySelectorAll("#layers canvas").length >= 4`)
	p.run(`window.inked = () => document.querySelector("#layers canvas").toDataURL()`)
	before := eval[string](p, `inked()`)
	p.settle()
	b := p.padBox()
	p.press(b, zero[0])
	p.wait(`predictions.some((d) => !d.final)`)
	if live := eval[string](p, `inked()`); live == before {
		t.Error("while drawing: the first layer shows what it showed before")
	}
	p.release(b, zero[0][0])
	p.waitFinal(1)
}

// mine trains a small model of synthetic digits, once, and returns its path.
var mine = sync.OnceValues(func() (string, error) {
	path := filepath.Join(workDir, "mine.ink")
	inkling, err := inklingCommand()
	if err != nil {
		return "", err
	}
	return path, command(inkling, "fit", "--data", "synthetic", "--epochs", "3", "--out", path)
})

// The page uses a model file of the user's own, and refuses a damaged one with the
// reason.
func TestOwnModel(t *testing.T) {
	p := open(t)
	p.draw(one)
	p.waitFinal(1)
	p.transfer("DragEvent", "drop", "dataTransfer", get(t, mine))
	p.wait(`predictions.at(-1).model === "mine"`)
	checkDetail(t, p.waitFinal(1))
	data, err := os.ReadFile(get(t, mine))
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 0x40
	broken := filepath.Join(t.TempDir(), "broken.ink")
	if err := os.WriteFile(broken, data, 0o644); err != nil {
		t.Fatal(err)
	}
	p.transfer("DragEvent", "drop", "dataTransfer", broken)
	p.wait(`document.getElementById("status").textContent.includes("stays")`)
	if said := p.text("status"); !strings.Contains(said, "broken.ink") || !strings.Contains(said, "checksum") {
		t.Errorf("a damaged model: got %q, want the file and the reason", said)
	}
	p.draw(zero)
	if got := p.waitFinal(2); got.Model != "mine" || p.state() != "ready" {
		t.Errorf("after a damaged model: got the model %q, want mine still", got.Model)
	}
}

// The same drawing is read by two models.
func TestTwoModels(t *testing.T) {
	p := open(t)
	p.transfer("DragEvent", "drop", "dataTransfer", get(t, mine))
	p.wait(`document.getElementById("chosen").textContent === "mine"`)
	p.pressOn(`[data-panel="compare"]`)
	p.wait(`document.querySelector("#compare select")`)
	p.settle()
	p.draw(zero)
	p.waitFinal(1)
	p.wait(`document.querySelectorAll("#compare .glyph")[1]?.textContent === "0"`)
	if got := eval[[]string](p, `[...document.querySelectorAll("#compare h3")].map((h) => h.textContent)`); fmt.Sprint(got) != "[mine notebook-plain]" {
		t.Errorf("two models: got %v, want mine and notebook-plain", got)
	}
}

// The menu shows the card of each model, opens the pictures behind a cell, and loads
// a model. The old one answers until the new one has arrived.
func TestModelMenu(t *testing.T) {
	p := open(t)
	p.transfer("DragEvent", "drop", "dataTransfer", get(t, mine))
	p.wait(`document.getElementById("chosen").textContent === "mine"`)
	p.click("choose")
	p.wait(`document.getElementById("models").open && document.querySelectorAll("#models .entry").length > 2`)
	p.pressOn(`#models .entry:last-child summary`)
	p.wait(`document.querySelector("#models .figures")?.children.length === 2`)
	p.pressOn(`#models .card details summary`)
	p.pressOn(`#models .matrix .wrong`)
	p.wait(`document.querySelectorAll("#models .tiles span").length > 0`)
	p.site.answer(".ink", status(http.StatusServiceUnavailable))
	p.expectTrouble("Failed to load resource")
	p.run(`caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))`)
	p.pressOn(`#models .entry:last-child > .used button`)
	p.wait(`predictions.at(-1)?.model === "notebook-plain" || document.querySelector("#models .reason") || !document.getElementById("models").open`)
	p.site.heal()
	if eval[bool](p, `document.getElementById("models").open`) {
		p.pressOn(`#models .entry:last-child > .used button`)
	}
	p.wait(`document.getElementById("chosen").textContent === "notebook-plain" && !document.getElementById("models").open`)
	p.draw(one)
	if got := p.waitFinal(1); got.Model != "notebook-plain" {
		t.Errorf("after choosing: got the model %q", got.Model)
	}
}
