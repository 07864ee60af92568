package e2e

import (
	"math"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// point is a place on the pad, 0..1 from its top left, or in CSS pixels of the
// viewport.
type point struct{ X, Y float64 }

// stroke is a line of the pen.
type stroke []point

// Drawings that every reader of MNIST tells apart, in pad units.
var (
	one = []stroke{{{0.55, 0.2}, {0.53, 0.4}, {0.51, 0.6}, {0.49, 0.8}}}
	// seven has a bar and a leg in one go.
	seven = []stroke{{{0.3, 0.25}, {0.45, 0.25}, {0.6, 0.24}, {0.7, 0.25}, {0.62, 0.42}, {0.54, 0.6}, {0.48, 0.78}}}
	zero  = []stroke{ellipse(0.5, 0.5, 0.2, 0.3)}
	// cross is two strokes.
	cross = []stroke{{{0.3, 0.3}, {0.5, 0.5}, {0.7, 0.7}}, {{0.7, 0.3}, {0.5, 0.5}, {0.3, 0.7}}}
)

// ellipse returns a closed line around (x, y).
func ellipse(x, y, rx, ry float64) stroke {
	var s stroke
	for i := range 25 {
		angle := float64(i)/24*2*math.Pi - math.Pi/2
		s = append(s, point{x + rx*math.Cos(angle), y + ry*math.Sin(angle)})
	}
	return s
}

// box is the pad's content on the screen, in CSS pixels of the viewport.
type box struct{ X, Y, Width, Height float64 }

// padBox brings the pad into view and returns where it is.
func (p *page) padBox() box {
	p.t.Helper()
	return eval[box](p, `(() => {
		const pad = document.getElementById("pad");
		let r = pad.getBoundingClientRect();
		if (r.top < 0 || r.bottom > innerHeight) pad.scrollIntoView({ block: "center" });
		r = pad.getBoundingClientRect();
		return { X: r.x, Y: r.y, Width: r.width, Height: r.height };
	})()`)
}

// at returns the place on the screen of a point of the pad, in whole CSS pixels,
// because Chromium rounds the place of the mouse to them.
func (b box) at(q point) point {
	return point{math.Round(b.X + q.X*b.Width), math.Round(b.Y + q.Y*b.Height)}
}

// mouse sends one mouse event with the left button down or just up.
func (p *page) mouse(kind input.DispatchMouseEventType, q point) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, mouseEvent(kind, q)); err != nil {
		p.t.Fatal(err)
	}
}

// mouseEvent returns such an event.
func mouseEvent(kind input.DispatchMouseEventType, q point) input.DispatchMouseEventParams {
	event := input.DispatchMouseEventParams{Type: kind, X: q.X, Y: q.Y, Button: input.MouseButtonLeft, ClickCount: 1, Buttons: 1}
	if kind == input.DispatchMouseEventTypeMouseReleased {
		event.Buttons = 0
	}
	return event
}

// press draws a stroke to its last point and keeps the button down.
func (p *page) press(b box, s stroke) {
	p.t.Helper()
	p.mouse(input.DispatchMouseEventTypeMousePressed, b.at(s[0]))
	for _, q := range s[1:] {
		p.mouse(input.DispatchMouseEventTypeMouseMoved, b.at(q))
	}
}

// release ends a stroke at a point.
func (p *page) release(b box, q point) {
	p.t.Helper()
	p.mouse(input.DispatchMouseEventTypeMouseReleased, b.at(q))
}

// draw draws strokes with the mouse.
func (p *page) draw(strokes []stroke) {
	p.t.Helper()
	b := p.padBox()
	for _, s := range strokes {
		p.press(b, s)
		p.release(b, s[len(s)-1])
	}
}

// touch sends one touch event. fingers are those that are down after it.
func (p *page) touch(kind input.DispatchTouchEventType, fingers ...point) {
	p.t.Helper()
	points := []*input.TouchPoint{}
	for i, q := range fingers {
		id := float64(i)
		points = append(points, &input.TouchPoint{X: q.X, Y: q.Y, ID: &id})
	}
	if _, err := chromedp.Call(p.ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points}); err != nil {
		p.t.Fatal(err)
	}
}

// finger draws strokes with one finger.
func (p *page) finger(strokes []stroke) {
	p.t.Helper()
	b := p.padBox()
	for _, s := range strokes {
		p.touch(input.DispatchTouchEventTypeTouchStart, b.at(s[0]))
		for _, q := range s[1:] {
			p.touch(input.DispatchTouchEventTypeTouchMove, b.at(q))
		}
		p.touch(input.DispatchTouchEventTypeTouchEnd)
	}
}
