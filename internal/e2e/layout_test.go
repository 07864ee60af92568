package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// layoutSizes are the window sizes of laptops, a desktop and of phones, upright and on
// their side, without the browser's bars, in CSS pixels.
var layoutSizes = [][2]int64{
	{1280, 633}, {1366, 650}, {1440, 789}, {1920, 1080}, {390, 844}, {360, 740}, {844, 390}, {740, 360},
}

// Pad, tools, answer and ten bars are in view without scrolling, and what can be pressed
// is as large as a finger, with a mouse and without, in both languages.
func TestAllInView(t *testing.T) {
	for _, hover := range []bool{true, false} {
		t.Run(fmt.Sprintf("hover %v", hover), func(t *testing.T) {
			t.Parallel()
			p := newPage(t, newSite(t))
			p.emulateSize(1280, 633, hover)
			p.visit("")
			p.waitState("ready")
			if got := eval[bool](p, `matchMedia("(hover: hover)").matches`); got != hover {
				t.Fatalf("(hover: hover): got %v, want %v", got, hover)
			}
			p.draw(seven)
			p.waitFinal(1)
			for _, language := range []string{"en", "ko"} {
				p.speak(language)
				p.wait(`document.documentElement.lang === ` + quote(language))
				for _, size := range layoutSizes {
					p.emulateSize(size[0], size[1], hover)
					p.run(`scrollTo(0, 0)`)
					p.frames(2)
					checkInView(t, p, fmt.Sprintf("%dx%d, %s", size[0], size[1], language))
				}
			}
		})
	}
}

// emulateSize sets the size of the window and whether the device has a mouse.
func (p *page) emulateSize(width, height int64, hover bool) {
	p.t.Helper()
	if hover {
		p.do(chromedp.EmulateViewport(width, height))
		return
	}
	p.do(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch))
}

// targets and parts are what TestAllInView looks at: what can be pressed at once, and
// what is read.
const (
	targets = `:is(.tools > button, [slot="tools"]:is(button), header button, #reads span, [role="tab"])`
	parts   = `:is(#pad, #prediction, #words, #share, #bars li)`
)

// checkInView checks that parts and targets lie within the window, beside one another,
// and that targets are 44 pixels high and wide.
func checkInView(t *testing.T, p *page, where string) {
	t.Helper()
	boxes := eval[map[string]box](p, `Object.fromEntries([...document.querySelectorAll(`+quote(targets)+`), ...document.querySelectorAll(`+quote(parts)+`)]
		.map((e, i) => [e, e.getBoundingClientRect(), i]).filter(([, r]) => r.width > 1)
		.map(([e, r, i]) => [(e.matches(`+quote(targets)+`) ? "target " : "part ") + (e.id || e.textContent) + " " + i, { X: r.x, Y: r.y, Width: r.width, Height: r.height }]))`)
	if len(boxes) < 27 {
		t.Errorf("%s: found %d parts and targets, want 7 tools, 5 tabs, the header's, pad, answer and 10 bars", where, len(boxes))
	}
	window := eval[box](p, `({ Width: innerWidth, Height: innerHeight })`)
	for name, b := range boxes {
		if b.X < 0 || b.Y < 0 || b.X+b.Width > window.Width+0.5 || b.Y+b.Height > window.Height+0.5 {
			t.Errorf("%s: %s: got %.0f..%.0f across and %.0f..%.0f down, want it in the window", where, name, b.X, b.X+b.Width, b.Y, b.Y+b.Height)
		}
		if strings.HasPrefix(name, "target") && (b.Height < 43.9 || b.Width < 43.9) {
			t.Errorf("%s: %s: got %.1fx%.1f pixels, want 44 at least", where, name, b.Width, b.Height)
		}
	}
	if wide := eval[float64](p, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
		t.Errorf("%s: the page is %v pixels wider than the window", where, wide)
	}
}

// On a phone the pad stays in view, with answer and tools, while one reads a tab: what is
// drawn shows in the network at once.
func TestPadStaysBesideTabs(t *testing.T) {
	p := newPage(t, newSite(t))
	p.emulateSize(390, 844, false)
	p.visit("")
	p.waitState("ready")
	openPanel("layers")(p)
	p.run(`scrollTo(0, 10000)`)
	p.settle()
	if got := eval[float64](p, `scrollY`); got < 100 {
		t.Fatalf("inside the network: scrolled to %v, want it longer than the window", got)
	}
	p.finger(zero)
	if got := p.waitFinal(1).Label; got != "0" {
		t.Errorf("drawn on the small pad: got %q, want 0", got)
	}
	for _, part := range []string{"#pad", "#prediction", "#undo", "#clear", "#layers-tab"} {
		b := eval[box](p, `(() => { const r = document.querySelector(`+quote(part)+`).getBoundingClientRect(); return { X: r.x, Y: r.y, Width: r.width, Height: r.height }; })()`)
		if b.Y < 0 || b.Y+b.Height > 400 {
			t.Errorf("%s: got %.0f..%.0f down, want it in the upper half", part, b.Y, b.Y+b.Height)
		}
	}
	p.wait(`document.querySelector("#layers .labelled .tile").style.getPropertyValue("--share") > 0.9`)
}

// Nothing on the page jumps, from the first frame to the first answer.
func TestNothingJumps(t *testing.T) {
	for _, language := range []string{"en", "ko"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			checkNothingJumps(t, newSite(t), "", language)
		})
	}
}

// Nor does anything that is on the page already while the rest of it comes tag by tag,
// in English at first.
func TestNothingJumpsByTag(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.sendByTag(t, "index.html")
	checkNothingJumps(t, s, "index.html", "ko")
}

// checkNothingJumps checks the page at an address in windows of five sizes.
func checkNothingJumps(t *testing.T, s *site, address, language string) {
	t.Helper()
	const observe = `
		window.shift = 0, window.moved = [];
		new PerformanceObserver((list) => list.getEntries().forEach((e) => {
			if (e.hadRecentInput) return; // as the score leaves out what follows a press
			shift += e.value;
			for (const s of e.sources) moved.push((s.node?.outerHTML ?? s.node?.textContent ?? "").slice(0, 60) + JSON.stringify([s.previousRect, s.currentRect]));
		})).observe({ type: "layout-shift", buffered: true });
	`
	p := newPage(t, s, observe, `localStorage.setItem("inkling-language", `+quote(language)+`)`)
	for _, size := range [][2]int64{{320, 568}, {390, 844}, {844, 390}, {1280, 633}, {2560, 1440}} {
		p.emulateSize(size[0], size[1], size[0] > 1000)
		p.visit(address)
		p.waitState("ready")
		p.wait(`document.documentElement.lang === ` + quote(language))
		p.draw(zero)
		p.waitFinal(1)
		p.frames(3)
		if shift := eval[float64](p, `shift`); shift > 0 {
			t.Errorf("%dx%d: layout shift: got %v, want none; moved: %q", size[0], size[1], shift, eval[[]string](p, `moved`))
		}
	}
}
