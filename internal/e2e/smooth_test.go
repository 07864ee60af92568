package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// keepLongTasks records what keeps the page from its frames.
const keepLongTasks = `
	window.longTasks = [];
	new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: "longtask" });
`

// Live answers delay no frame: drawing at 120 points a second makes no task of
// more than 50 ms, with the layers shown live beside it.
func TestDrawingIsSmooth(t *testing.T) {
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := open(t)
			p.do(chromedp.EmulateViewport(width, 740))
			p.pressOn(`[data-panel="layers"]`)
			p.wait(`document.querySelector("#layers canvas")`)
			p.settle()
			p.draw(one)
			p.waitFinal(1)
			p.run(keepLongTasks)
			b := p.padBox()
			whole := ellipse(0.5, 0.5, 0.3, 0.4)
			p.press(b, whole[:1])
			ticks := time.NewTicker(time.Second / 120)
			defer ticks.Stop()
			for i := range 240 {
				<-ticks.C
				p.mouse(input.DispatchMouseEventTypeMouseMoved, b.at(whole[i%len(whole)]))
			}
			p.release(b, whole[0])
			p.waitFinal(2)
			if long := eval[[]float64](p, `longTasks`); len(long) > 0 {
				t.Errorf("drawing at 120 points a second: got tasks of %.0f ms, want none over 50", long)
			}
		})
	}
}

// No layout shift that nobody asked for, from the first frame to the first answer.
func TestNothingJumps(t *testing.T) {
	for _, width := range []int64{320, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := newPage(t, newSite(t), `
				window.shift = 0, window.moved = [];
				new PerformanceObserver((list) => list.getEntries().forEach((e) => { shift += e.value; moved.push(...e.sources.map((s) => s.node?.outerHTML?.slice(0, 80))); })).observe({ type: "layout-shift", buffered: true });
			`)
			p.do(chromedp.EmulateViewport(width, 740))
			p.visit("")
			p.waitState("ready")
			p.draw(zero)
			p.waitFinal(1)
			p.frames(3)
			if shift := eval[float64](p, `shift`); shift > 0.01 {
				t.Errorf("layout shift: got %v, want at most 0.01; moved: %q", shift, eval[[]string](p, `moved.map(String)`))
			}
		})
	}
}
