package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axeSource returns the source of axe-core, which make check installs. Without it
// the test is skipped, or fails if INKLING_REQUIRE_AXE is 1.
func axeSource(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(checkout, "web", "node_modules", "axe-core", "axe.min.js"))
	if err == nil {
		return string(data)
	}
	if os.Getenv("INKLING_REQUIRE_AXE") == "1" {
		t.Fatal(err)
	}
	t.Skip("no axe-core; make check installs it")
	return ""
}

// What the tests of accessibility do to a page with a drawing on it.
var (
	openPanel = func(name string) func(p *page) {
		return func(p *page) {
			p.run(`document.querySelector('[data-panel="` + name + `"]').click()`)
			p.wait(`document.querySelector("#` + name + ` .content").childElementCount > 0`)
			p.settle()
		}
	}
	openPopover = func(button, list string) func(p *page) {
		return func(p *page) {
			p.click(button)
			p.wait(`document.getElementById("` + list + `").matches(":popover-open") && document.getElementById("` + list + `").childElementCount > 1`)
		}
	}
	openMenu = func(p *page) {
		p.click("choose")
		unfold(p)
		p.run(`document.querySelectorAll("#models details").forEach((d) => (d.open = true)), document.querySelector("#models .matrix .wrong").click()`)
		p.wait(`document.querySelector("#models .tiles span")`)
	}
	openSymbols = func(p *page) {
		p.run(`document.querySelector('#reads [value="symbols"]').click()`)
		p.wait(`document.getElementById("own")`)
		p.run(`document.getElementById("symbol-name").value = "ring", document.querySelector("#own form").requestSubmit()`)
		p.wait(symbolHas("ring", 1))
		p.run(`document.querySelectorAll("#own details").forEach((d) => (d.open = true))`)
		p.wait(`document.querySelector("#own .drawings path")`)
	}
	putRight = func(p *page) {
		p.put(curledSeven)
		p.run(`document.getElementById("wrong").click()`)
		p.wait(`document.querySelectorAll("#right .symbol").length === 10`)
		p.run(`document.querySelector('#right .symbol[data-at="7"]').click()`)
		p.wait(`document.querySelector("#right .drawings path")`)
	}
	openHelp = func(p *page) {
		p.click("help")
		p.wait(`document.querySelector("dialog#guide")?.open`)
	}
	beKorean = func(p *page) {
		p.speak("ko")
		p.wait(`document.documentElement.lang === "ko"`)
	}
	both = func(steps ...func(p *page)) func(p *page) {
		return func(p *page) {
			for _, step := range steps {
				step(p)
			}
		}
	}
)

// axe-core finds no fault with the page in any state, colour scheme and size.
func TestAccessibility(t *testing.T) {
	source := axeSource(t)
	tests := []struct {
		name   string
		width  int64
		scheme string
		state  string
		then   func(p *page) // after drawing; nil draws nothing
	}{
		{"loading, light", 1000, "light", "loading", nil},
		{"empty, light", 1280, "light", "ready", nil},
		{"empty, phone, dark", 320, "dark", "ready", nil},
		{"drawn, light", 1280, "light", "ready", both()},
		{"drawn, dark", 1000, "dark", "ready", both()},
		{"drawn, phone, light", 360, "light", "ready", both()},
		{"drawn, phone, dark", 360, "dark", "ready", both()},
		{"drawn, projector", 2560, "light", "ready", both()},
		{"error, light", 1000, "light", "error", nil},
		{"error, phone, dark", 360, "dark", "error", both()},
		{"eraser", 1000, "light", "ready", func(p *page) { p.click("eraser") }},
		{"brush, phone, dark", 360, "dark", "ready", openPopover("brush", "brush-options")},
		{"samples, light", 1000, "light", "ready", openPopover("samples", "sample-list")},
		{"samples, phone, dark", 320, "dark", "ready", openPopover("samples", "sample-list")},
		{"picture, phone, light", 360, "light", "ready", openPopover("picture", "picture-options")},
		{"why, light", 1280, "light", "ready", openPanel("why")},
		{"why, phone, dark", 360, "dark", "ready", openPanel("why")},
		{"steps, dark", 1280, "dark", "ready", openPanel("steps")},
		{"steps, phone, light", 360, "light", "ready", openPanel("steps")},
		{"layers, light", 1280, "light", "ready", openPanel("layers")},
		{"layers, phone, dark", 360, "dark", "ready", openPanel("layers")},
		{"two models, light", 1280, "light", "ready", both(useMine, openPanel("compare"))},
		{"two models, phone, dark", 360, "dark", "ready", both(useMine, openPanel("compare"))},
		{"inside, light", 1366, "light", "ready", both(openPanel("layers"), lookInside)},
		{"models, light", 1280, "light", "ready", openMenu},
		{"help, light", 1280, "light", "ready", openHelp},
		{"help, phone, dark", 320, "dark", "ready", openHelp},
		{"present, dark", 1280, "dark", "ready", present},
		{"models, phone, dark", 360, "dark", "ready", openMenu},
		{"symbols, light", 1280, "light", "ready", openSymbols},
		{"symbols, phone, dark, Korean", 320, "dark", "ready", both(openSymbols, beKorean)},
		{"put right, phone, light", 320, "light", "ready", putRight},
		{"Korean, light", 1280, "light", "ready", both(beKorean, openPanel("why"))},
		{"Korean, phone, dark", 320, "dark", "ready", both(beKorean, openPanel("steps"))},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t)
			switch test.state {
			case "loading":
				s.hold(t, ".wasm")
			case "error":
				s.answer(".wasm", status(404))
			}
			p := newPage(t, s)
			p.expectTrouble("Failed to load resource")
			p.do(chromedp.EmulateViewport(test.width, max(740, test.width*9/16)))
			p.emulateScheme(test.scheme)
			p.visit("")
			p.waitState(test.state)
			if test.then != nil {
				p.draw(zero)
				p.frames(2)
				test.then(p)
			}
			p.run(source)
			// Preloading, axe would copy the sheets of shadow roots into inline styles, which the page's policy forbids.
			faults := eval[[]string](p, `axe.run({ preload: false }).then(({ violations }) => violations.flatMap((v) =>
				v.nodes.map((n) => v.id + ": " + v.help + ": " + n.html.slice(0, 120))))`)
			if len(faults) > 0 {
				t.Errorf("axe-core: got %d faults, want none:\n%s", len(faults), strings.Join(faults, "\n"))
			}
			if wide := eval[float64](p, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("the page is %v CSS pixels wider than the window", wide)
			}
		})
	}
}

// useMine loads a model of the user's own.
func useMine(p *page) {
	p.transfer("DragEvent", "drop", "dataTransfer", get(p.t, mine))
	p.wait(`document.getElementById("chosen").textContent === "mine"`)
}

// emulateScheme sets the preferred colour scheme to light or dark.
func (p *page) emulateScheme(scheme string) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	}); err != nil {
		p.t.Fatal(err)
	}
}
