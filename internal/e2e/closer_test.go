package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
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
	p.pressOn(`#bars-tab`)
	p.wait(`document.getElementById("why").hidden && !document.getElementById("likely").hidden`)
}

// The steps of the recipe end in the picture that the network saw, and lead into the network.
func TestSteps(t *testing.T) {
	p := open(t)
	p.draw(seven)
	p.waitFinal(1)
	p.pressOn(`[data-panel="steps"]`)
	p.wait(`document.querySelectorAll("#steps canvas").length === 2 && document.querySelector("#steps .stroke")`)
	const pixels = `(id) => [...document.querySelector(id).getContext("2d").getImageData(0, 0, 28, 28).data].filter((_, i) => i % 4 === 3)`
	// The last step is what the network saw, and the one before another picture.
	p.wait(`(() => {
		const pixels = ` + pixels + `;
		const [drawn, centred, saw] = ["#steps figure:nth-child(2) canvas", "#steps figure:nth-child(3) canvas", "#seen"].map(pixels);
		return String(centred) === String(saw) && String(drawn) !== String(saw) && drawn.some((v) => v > 200);
	})()`)
	p.pressOn(`#steps .onward`)
	p.wait(`document.activeElement.id === "layers" && document.querySelectorAll("#layers .stage").length === 6`)
}

// The layers follow the drawing while it is drawn.
func TestLayersAreLive(t *testing.T) {
	p := open(t)
	p.pressOn(`[data-panel="layers"]`)
	p.wait(`document.querySelectorAll("#layers canvas").length >= 4`)
	p.run(`window.inked = () => document.querySelector("#layers .stage:nth-child(2) canvas").toDataURL()`)
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

// Of each layer the strongest maps are shown, all on demand. The one under the pointer, the
// focus or a finger is larger, says what it is, and is linked with the five that gave
// most to it, which are there to be seen with their numbers; afterwards the maps are
// those of before.
func TestInside(t *testing.T) {
	p := open(t)
	p.do(chromedp.EmulateViewport(1366, 650))
	p.draw(seven)
	p.waitFinal(1)
	p.pressOn(`#layers-tab`)
	p.wait(`document.querySelectorAll("#layers .stage").length === 6`)
	p.settle()
	if got := eval[[]int](p, `[...document.querySelectorAll("#layers .stage")].map((stage) => stage.querySelectorAll(".tile").length)`); fmt.Sprint(got) != "[4 12 12 12 12 11]" {
		t.Errorf("tiles of the stages: got %v, want the ink, right, down and when, 12 maps each, and 10 digits and none", got)
	}
	if got := eval[string](p, `[...document.querySelectorAll("#layers .labelled .tile")].map((tile) => tile.textContent).join(" ")`); got != "0 1 2 3 4 5 6 7 8 9 none" {
		t.Errorf("the last stage: got %q", got)
	}
	const headings = `[...document.querySelectorAll("#layers .head")].map(({ innerText, title }) => innerText + ":" + title).join("; ")`
	if got := eval[string](p, headings); !strings.Contains(got, "Patterns 1\n\n12 maps:Conv2D, ReLU") || !strings.HasSuffix(got, ":Dense, Softmax") {
		t.Errorf("headings with their layers: got %q", got)
	}
	const third = `#layers .stage:nth-child(4) .tile:nth-child(3)`
	linked := `document.querySelectorAll("#layers line").length === 5 && document.querySelectorAll("#layers .stage:nth-child(3) .gives").length === 5 &&
		document.querySelectorAll("#layers .looked").length === 1 && /Conv2D, ReLU: map \d+ of 64, 4×4\. It comes most from (\d+ \([+−][\d.]+%\)(, )?){5}/.test(document.querySelector("#layers .told").textContent)`
	const (
		shown   = `[...document.querySelectorAll("#layers .stage:nth-child(3) .tile")].map((tile) => tile.ariaLabel).join()`
		numbers = `[...document.querySelectorAll("#layers [data-number]")].map((tile) => tile.dataset.number).sort().join()`
		named   = `[...document.querySelector("#layers .told").textContent.matchAll(/(\d+) \(/g)].map((match) => match[1]).sort().join()`
	)
	before := eval[string](p, shown)
	b := p.boxOf(third)
	p.mouse(input.DispatchMouseEventTypeMouseMoved, b.at(point{0.5, 0.5}))
	p.wait(linked)
	p.wait(`document.querySelector("#layers .looked canvas").getBoundingClientRect().width > 2 * ` + fmt.Sprint(b.Width))
	if got, want := eval[string](p, numbers), eval[string](p, named); got != want {
		t.Errorf("numbers on the tiles: got %s, want %s as the sentence says", got, want)
	}
	p.mouse(input.DispatchMouseEventTypeMouseMoved, point{5, 5})
	p.wait(`document.querySelectorAll("#layers line, #layers [data-number]").length === 0`)
	if got := eval[string](p, shown); got != before {
		t.Errorf("after looking: got the maps %s, want those of before: %s", got, before)
	}
	p.run(`document.querySelector("#layers-tab").focus()`)
	p.key("\r")   // into the panel
	p.key("\t")   // the flow's one stop
	for range 5 { // over two tiles of each stage
		p.key(kb.ArrowRight)
	}
	p.wait(linked)
	p.key(kb.Escape)
	if got := eval[string](p, `document.activeElement.id`); got != "layers-tab" {
		t.Errorf("Escape in the panel: got the focus on %q, want its tab", got)
	}
	p.wait(`document.querySelectorAll("#layers line").length === 0`)
	p.pressOn(third)
	p.draw([]stroke{{{0.35, 0.5}, {0.65, 0.5}}}) // what is pressed stays while one draws
	p.waitFinal(2)
	p.wait(linked)
	p.run(`document.querySelector("#layers .all").click()`)
	p.wait(`document.querySelectorAll("#layers .stage:nth-child(3) .tile").length === 32`)
	if got := eval[string](p, `document.querySelector("#layers .all").textContent`); got != "Strongest 12" {
		t.Errorf("the button of all that are shown: got %q", got)
	}
}

// The arrow keys open tab after tab, one panel at a time, and a dense network's unit
// shows what it makes of the image.
func TestTabs(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=notebook-plain")
	p.waitState("ready")
	p.draw(seven)
	p.waitFinal(1)
	p.run(`document.querySelector("#bars-tab").focus()`)
	for _, want := range []string{"why", "steps", "layers", "compare", "likely"} {
		p.key(kb.ArrowRight)
		if got := eval[[]string](p, `[...document.querySelectorAll("[role=tabpanel]")].filter((panel) => !panel.hidden).map((panel) => panel.id)`); fmt.Sprint(got) != "["+want+"]" {
			t.Errorf("panels in view: got %v, want %s", got, want)
		}
	}
	p.key(kb.ArrowLeft)
	p.key(kb.ArrowLeft)
	p.wait(`document.querySelectorAll("#layers .stage").length === 4`)
	p.settle()
	p.pressOn(`#layers .stage:nth-child(2) .tile`)
	p.wait(`document.querySelector("#layers .looked canvas")?.width === 28 && document.querySelectorAll("#layers line").length === 1`)
}

// The help has the tabs, the keys and snippets to copy; a projector gets a large answer until Escape.
func TestHelpAndPresent(t *testing.T) {
	p := open(t)
	p.do(chromedp.EmulateViewport(1280, 720))
	p.click("help")
	p.wait(`document.querySelector("dialog#guide")?.open`)
	if got := eval[string](p, `document.querySelector("dialog").textContent`); !strings.Contains(got, "<inkling-pad") || !strings.Contains(got, "inkling fit") || !strings.Contains(got, "Ctrl+Z") {
		t.Errorf("help: got %q, want keys and snippets", got)
	}
	const terms = `[...document.querySelectorAll("dialog .keymap")[0].children].map((e) => e.textContent).filter((text) => text).join("|")`
	if got := eval[string](p, terms); strings.Count(got, "|") != 11 || !strings.HasPrefix(got, "Bars|") || !strings.Contains(got, "|Present|") {
		t.Errorf("help: got %q, want a sentence for each tab and for Present", got)
	}
	p.key(kb.Escape)
	p.draw(seven)
	p.waitFinal(1)
	p.click("present")
	p.wait(`document.documentElement.hasAttribute("data-present")`)
	for _, size := range [][2]int64{{1280, 720}, {1920, 1080}, {1024, 768}, {768, 1024}, {390, 844}, {740, 360}} {
		p.emulateSize(size[0], size[1], true)
		p.frames(2)
		if got := eval[float64](p, `document.querySelector("#prediction").getBoundingClientRect().height / innerHeight`); got < 0.25 {
			t.Errorf("presenting at %v: the answer takes %.2f of the height, want a quarter", size, got)
		}
		if hidden := eval[[]string](p, `[...document.querySelectorAll("#pad, #clear, #words, #share, #bars li, #present")].filter((e) => {
			const r = e.getBoundingClientRect();
			return r.width < 44 || r.top < 0 || r.left < 0 || r.bottom > innerHeight + 0.5 || r.right > innerWidth + 0.5;
		}).map((e) => e.id || e.textContent)`); len(hidden) > 0 {
			t.Errorf("presenting at %v: %q out of the window, or too narrow", size, hidden)
		}
	}
	p.click("present")
	p.wait(`!document.documentElement.hasAttribute("data-present")`)
	p.emulateSize(1280, 720, true)
	p.run(`document.documentElement.requestFullscreen = undefined`) // where there is one, Escape is the browser's
	p.click("present")
	p.wait(`document.documentElement.hasAttribute("data-present")`)
	p.click("help")
	p.wait(`document.querySelector("dialog#guide")?.open`)
	p.key(kb.Escape)
	p.wait(`!document.querySelector("dialog[open]")`)
	const title = `document.documentElement.hasAttribute("data-present") + " " + document.getElementById("present").title`
	if got := eval[string](p, title); !strings.HasPrefix(got, "true Leave") {
		t.Errorf("after the help, which Escape closed: got %q, want to present still, with a way to leave", got)
	}
	p.key(kb.Escape)
	p.wait(`!document.documentElement.hasAttribute("data-present")`)
	if got := eval[string](p, title); !strings.HasPrefix(got, "false Present") {
		t.Errorf("after Escape: got %q, want not to present, and the button's own title", got)
	}
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
	if said := p.text("status"); !strings.Contains(said, "broken.ink") || !strings.Contains(said, "damaged") || strings.Contains(said, "checksum") {
		t.Errorf("a damaged model: got %q, want the file and that it is damaged", said)
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
	const shares = `[...document.querySelectorAll("#compare .said span:last-child, #compare .top .value")].map((e) => e.textContent).join(" ")`
	if got := strings.Fields(eval[string](p, shares)); len(got) != 4 || got[0] != got[1] || got[2] != got[3] {
		t.Errorf("shares: got %q, want each model's beside its sign and in its bar alike", got)
	}
}

// The menu shows the card of each model, opens the pictures behind a cell, and loads
// a model. The old one answers until the new one has arrived.
func TestModelMenu(t *testing.T) {
	p := open(t)
	p.transfer("DragEvent", "drop", "dataTransfer", get(t, mine))
	p.wait(`document.getElementById("chosen").textContent === "mine"`)
	p.click("choose")
	p.wait(`document.getElementById("models")?.open && document.querySelectorAll("#models .entry").length > 2`)
	p.wait(`document.querySelector("#models .entry:last-child .reads").textContent.includes("strangers")`)
	p.pressOn(`#models .entry:last-child summary`)
	p.wait(`document.querySelector("#models .figures")?.children.length === 2`)
	if got := eval[[]string](p, `[...document.querySelectorAll("#models .curve text")].map((t) => t.textContent)`); len(got) < 6 || !strings.HasSuffix(got[0], "%") {
		t.Errorf("the curve's axes: got the numbers %q, want shares and epochs", got)
	}
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
