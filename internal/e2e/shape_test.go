package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// The line lies under the pointer and the network sees the same drawing, whatever
// the density of the screen and the size of the pad.
func TestShape(t *testing.T) {
	tests := []struct {
		name          string
		width, height int64 // of the viewport, CSS pixels
		scale         float64
		style         string // of the pad's sheet
		scroll        bool   // the page is scrolled before drawing
	}{
		{"desktop", 1000, 900, 1, "", false},
		{"two pixels a pixel", 1000, 900, 2, "", false},
		{"three pixels a pixel, phone", 360, 740, 3, "", false},
		{"an odd ratio", 1000, 900, 1.25, "", false},
		{"an odd size", 1000, 900, 1, "width: 333px", false},
		{"an odd size and ratio", 900, 800, 1.5, "width: 251.5px", false},
		{"a narrow phone", 320, 568, 2, "", false},
		{"scrolled", 700, 500, 1, "margin-top: 700px; margin-bottom: 700px", true},
		{"scrolled, two pixels a pixel", 700, 500, 2, "margin-top: 333.3px; margin-bottom: 700px", true},
	}
	p := open(t)
	var want []float64
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := p.in(t)
			p.do(chromedp.EmulateViewport(test.width, test.height, chromedp.EmulateScale(test.scale)))
			p.run(`document.querySelector(".sheet").style.cssText = ` + quote(test.style))
			p.frames(2)
			p.forget()
			b := p.padBox()
			if test.scroll && eval[float64](p, `scrollY`) == 0 {
				t.Fatal("the page is not scrolled")
			}
			p.press(b, hook)
			p.release(b, hook[len(hook)-1])
			got := p.waitFinal(1)
			checkDetail(t, got)
			p.frames(2)
			checkInk(t, p, b, test.scale)
			if want == nil {
				want = got.Probabilities
			}
			if worst := furthest(got.Probabilities, want); worst > 0.1 {
				t.Errorf("probabilities: %v from those of the first size, want at most 0.1", worst)
			}
			p.click("clear")
			p.waitFinal(0)
		})
	}
}

// in returns the same page for a subtest t.
func (p *page) in(t testing.TB) *page {
	return &page{t: t, ctx: p.ctx, site: p.site, tolerate: p.tolerate}
}

// frames waits until n frames have been painted.
func (p *page) frames(n int) {
	p.t.Helper()
	p.run(fmt.Sprintf(`(async () => { for (let i = 0; i < %d; i++) await new Promise(requestAnimationFrame); })()`, n))
}

// furthest returns the largest difference between two lists of equal length.
func furthest(a, b []float64) float64 {
	worst := 0.0
	for i := range a {
		worst = max(worst, a[i]-b[i], b[i]-a[i])
	}
	return worst
}

// hook is an upright line that ends in a bow to the left. It has no corner that the
// smooth line would cut.
var hook = append(stroke{{0.7, 0.2}, {0.7, 0.3}, {0.7, 0.4}, {0.7, 0.5}}, arc(0.5, 0.5, 0.2)...)

// arc returns the lower half of a circle around (x, y), from right to left.
func arc(x, y, r float64) stroke {
	var s stroke
	for i := 1; i <= 16; i++ {
		angle := float64(i) / 16 * math.Pi
		s = append(s, point{x + r*math.Cos(angle), y + r*math.Sin(angle)})
	}
	return s
}

// checkInk checks in a picture of the screen that there is ink under every point of
// hook, and none a tenth of the pad beside it.
func checkInk(t *testing.T, p *page, b box, scale float64) {
	t.Helper()
	data, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	screen, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	dark := func(q point) bool {
		at := b.at(q)
		return luminance(screen, int(at.X*scale), int(at.Y*scale)) < 0.5
	}
	for _, q := range hook {
		if !dark(q) {
			t.Errorf("pad at %.2f %.2f: no ink under the pointer", q.X, q.Y)
		}
	}
	for _, q := range []point{{0.6, 0.3}, {0.8, 0.3}, {0.5, 0.5}, {0.5, 0.8}, {0.2, 0.5}, {0.8, 0.6}} {
		if dark(q) {
			t.Errorf("pad at %.2f %.2f: ink where nothing was drawn", q.X, q.Y)
		}
	}
	width := eval[float64](p, `document.getElementById("pad").width`)
	if got, want := width, b.Width*scale; got < want-2*scale-1 || got > want+1 {
		t.Errorf("canvas: got %v pixels across, want the screen's %v", got, want)
	}
}

// luminance returns the brightness of a pixel, 0..1.
func luminance(picture image.Image, x, y int) float64 {
	return float64(color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y) / 255
}

func TestTouch(t *testing.T) {
	p := open(t)
	p.do(chromedp.EmulateViewport(360, 500, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch))
	p.frames(2)
	b := p.padBox()
	before := eval[float64](p, `scrollY`)
	p.finger(zero)
	got := p.waitFinal(1)
	checkDetail(t, got)
	if after := eval[float64](p, `scrollY`); after != before {
		t.Errorf("drawing with a finger: the page scrolled from %v to %v", before, after)
	}
	p.forget()
	p.touch(input.DispatchTouchEventTypeTouchStart, b.at(point{0.3, 0.5}))
	p.do(chromedp.Sleep(200 * time.Millisecond)) // Two that come together are a pinch.
	p.touch(input.DispatchTouchEventTypeTouchStart, b.at(point{0.3, 0.5}), b.at(point{0.8, 0.5}))
	p.touch(input.DispatchTouchEventTypeTouchMove, b.at(point{0.3, 0.6}), b.at(point{0.8, 0.6}))
	p.touch(input.DispatchTouchEventTypeTouchEnd)
	if got := p.waitFinal(2); got.Strokes != 2 {
		t.Errorf("a second finger beside the first: got %d strokes, want the first finger's alone", got.Strokes)
	}
}

// Scripts and assistive programs send events that come from no pointer. These have no
// coalesced events and cannot be captured.
func TestDispatchedPointerEvents(t *testing.T) {
	p := open(t)
	p.run(`(() => {
		const pad = document.getElementById("pad");
		const box = pad.getBoundingClientRect();
		const send = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, {
			pointerId: 7, isPrimary: true, bubbles: true, button: type === "pointermove" ? -1 : 0, buttons: 1,
			clientX: box.left + x * box.width, clientY: box.top + y * box.height,
		}));
		send("pointerdown", 0.5, 0.2);
		for (let y = 0.25; y < 0.8; y += 0.05) send("pointermove", 0.5, y);
		send("pointerup", 0.5, 0.8);
	})()`)
	checkDetail(t, p.waitFinal(1))
}

func TestCancelledPointerDrawsNothing(t *testing.T) {
	p := open(t)
	b := p.padBox()
	p.do(chromedp.EmulateViewport(1000, 900, chromedp.EmulateTouch))
	p.touch(input.DispatchTouchEventTypeTouchStart, b.at(point{0.3, 0.5}))
	p.touch(input.DispatchTouchEventTypeTouchMove, b.at(point{0.5, 0.5}))
	p.touch(input.DispatchTouchEventTypeTouchCancel)
	if got := p.waitFinal(0); got.Label != "" {
		t.Errorf("a cancelled stroke: got %q, want nothing drawn", got.Label)
	}
}
