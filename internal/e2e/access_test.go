package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axeSource is axe-core, which make check installs; the test is skipped without
// it unless INKLING_REQUIRE_AXE is 1.
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

// axe-core finds no fault with the page in any state, colour scheme and size.
func TestAccessibility(t *testing.T) {
	source := axeSource(t)
	tests := []struct {
		name   string
		width  int64
		scheme string
		state  string
		draw   bool
	}{
		{"loading, light", 1000, "light", "loading", false},
		{"empty, light", 1000, "light", "ready", false},
		{"drawn, light", 1000, "light", "ready", true},
		{"drawn, dark", 1000, "dark", "ready", true},
		{"drawn, phone, light", 360, "light", "ready", true},
		{"drawn, phone, dark", 360, "dark", "ready", true},
		{"error, light", 1000, "light", "error", false},
		{"error, phone, dark", 360, "dark", "error", true},
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
			p.do(chromedp.EmulateViewport(test.width, 740))
			p.emulateScheme(test.scheme)
			p.visit("")
			p.waitState(test.state)
			if test.draw {
				p.draw(cross)
				p.frames(2)
			}
			p.run(source)
			faults := eval[[]string](p, `axe.run().then(({ violations }) => violations.flatMap((v) =>
				v.nodes.map((n) => v.id + ": " + v.help + ": " + n.html.slice(0, 120))))`)
			if len(faults) > 0 {
				t.Errorf("axe-core: got %d faults, want none:\n%s", len(faults), strings.Join(faults, "\n"))
			}
		})
	}
}

// emulateScheme makes the page light or dark.
func (p *page) emulateScheme(scheme string) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	}); err != nil {
		p.t.Fatal(err)
	}
}
