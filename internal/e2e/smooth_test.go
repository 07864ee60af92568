package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// keepLongTasks is a script that records the tasks that delay the page's frames.
const keepLongTasks = `
	window.longTasks = [];
	new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: "longtask" });
`

// BenchmarkDrawing measures the longest task while somebody draws at 120 points per
// second with the layers shown live, on the viewports of a phone and a desktop.
// Above 50 ms a frame would be late. It is no test, because other work on the
// machine causes long tasks, too.
func BenchmarkDrawing(b *testing.B) {
	sayMachine(b)
	for _, width := range []int64{360, 1280} {
		b.Run(fmt.Sprint(width), func(b *testing.B) {
			var longest []float64
			for range b.N {
				longest = append(longest, longestTask(b, width))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(longest), "longest-task-ms")
		})
	}
}

// longestTask draws for two seconds and returns the longest task of more than 50
// ms, or 0 if there is none.
func longestTask(t testing.TB, width int64) float64 {
	p := open(t)
	p.do(chromedp.EmulateViewport(width, 740))
	p.pressOn(`#layers-tab`)
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
	return eval[float64](p, `Math.max(0, ...longTasks)`)
}
