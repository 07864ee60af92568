package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// layoutSizes are the window sizes of small and large laptops, desktops, a projector
// and two phones, without the browser's bars, in CSS pixels.
var layoutSizes = [][2]int64{
	{1280, 633}, {1280, 720}, {1366, 650}, {1440, 789}, {1536, 730}, {1920, 1080}, {2560, 1440}, {390, 844}, {360, 740},
}

// Pad and tools are in view without scrolling, and buttons are as high as a finger
// and not much higher, with a mouse (and so with the keyboard map) and without.
func TestPadAndToolsInView(t *testing.T) {
	for _, size := range layoutSizes {
		for _, hover := range []bool{true, false} {
			t.Run(fmt.Sprintf("%dx%d, hover %v", size[0], size[1], hover), func(t *testing.T) {
				t.Parallel()
				p := newPage(t, newSite(t))
				p.emulateSize(size[0], size[1], hover)
				p.visit("")
				p.waitState("ready")
				if got := eval[bool](p, `matchMedia("(hover: hover)").matches`); got != hover {
					t.Fatalf("(hover: hover): got %v, want %v", got, hover)
				}
				checkPadAndTools(t, p)
				beKorean(p)
				checkPadAndTools(t, p)
			})
		}
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

// checkPadAndTools checks the places of pad and tool buttons and the height of the
// buttons. In a window as wide as a computer's, all of the page must be in view.
func checkPadAndTools(t *testing.T, p *page) {
	t.Helper()
	p.frames(2)
	window := eval[box](p, `({ X: scrollX, Y: scrollY, Width: innerWidth, Height: innerHeight })`)
	if window.X != 0 || window.Y != 0 {
		t.Errorf("the page is scrolled to %v %v", window.X, window.Y)
	}
	em := eval[float64](p, `parseFloat(getComputedStyle(document.documentElement).fontSize)`)
	boxes := eval[map[string]box](p, `Object.fromEntries([...document.querySelectorAll("#pad, .tools > button:not([hidden]), button[slot=tools]:not([hidden])")].map((e) => {
		const r = e.getBoundingClientRect();
		return [e.id, { X: r.x, Y: r.y, Width: r.width, Height: r.height }];
	}))`)
	if len(boxes) < 7 {
		t.Errorf("pad and tool buttons: found %d, want 7 at least", len(boxes))
	}
	for id, b := range boxes {
		if b.X < 0 || b.Y < 0 || b.X+b.Width > window.Width || b.Y+b.Height > window.Height {
			t.Errorf("#%s: got %.0f..%.0f across and %.0f..%.0f down, want it within %v x %v",
				id, b.X, b.X+b.Width, b.Y, b.Y+b.Height, window.Width, window.Height)
		}
		if id != "pad" && (b.Height < 44 || b.Height > 3.5*em) {
			t.Errorf("#%s: got %.0f pixels of height, want 44 to %.0f", id, b.Height, 3.5*em)
		}
	}
	if height := eval[float64](p, `document.documentElement.scrollHeight`); window.Width >= 1280 && height > window.Height {
		t.Errorf("the page: got %.0f pixels of height, want the window's %.0f at most", height, window.Height)
	}
}
