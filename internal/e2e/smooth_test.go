package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// A drawingCase is a window that somebody draws in, and the longest task that may delay its
// frames.
type drawingCase struct {
	width    int64
	throttle float64 // how many times slower than this machine the page's thread is
	most     float64 // in ms
}

// drawingCases are a phone's window at a quarter of the speed, and a desktop's.
var drawingCases = []drawingCase{{360, 4, 100}, {1280, 1, 50}}

// BenchmarkDrawing measures the longest task of the page's thread while somebody draws for
// two seconds, 120 points each, with the layers shown live: by the clock, 0 for none above 50
// ms, and by the time of a processor, not throttled. On a busy machine the clock also counts
// what others do.
func BenchmarkDrawing(b *testing.B) {
	sayMachine(b)
	for _, c := range drawingCases {
		b.Run(fmt.Sprintf("%d, throttled %v", c.width, c.throttle), func(b *testing.B) {
			var clock, processor []float64
			for range b.N {
				p := openInside(b, c.width)
				processor = append(processor, p.longestTask(func() { p.drawLong(240) }))
				p.throttle(c.throttle)
				p.run(keepLongTasks)
				p.drawLong(240)
				p.throttle(1)
				clock = append(clock, eval[float64](p, `Math.max(0, ...longTasks)`))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(clock), "longest-task-ms")
			b.ReportMetric(median(processor), "longest-task-cpu-ms")
		})
	}
}

// While somebody draws with the layers shown live, no task of the page's thread takes a
// processor so long that a frame would be late, not on a phone at a quarter of the speed. It runs
// beside no other test of this package.
func TestDrawingIsSmooth(t *testing.T) {
	p := openInside(t, drawingCases[0].width)
	for _, c := range drawingCases {
		p.do(chromedp.EmulateViewport(c.width, 740))
		p.settle()
		if got, most := p.longestTask(func() { p.drawLong(60) }), c.most/c.throttle; got == 0 || got > most {
			t.Errorf("%d pixels wide: the longest task: got %.1f ms of a processor, want %.1f at most", c.width, got, most)
		}
	}
}

// openInside returns a page that shows the layers of a drawing.
func openInside(t testing.TB, width int64) *page {
	t.Helper()
	p := open(t)
	p.do(chromedp.EmulateViewport(width, 740))
	p.pressOn(`#layers-tab`)
	p.wait(`document.querySelector("#layers canvas")`)
	p.settle()
	p.draw(one)
	p.waitFinal(1)
	return p
}

// drawLong draws one stroke of this many points, 120 a second, and waits for its answer. As
// from a real mouse, a point does not wait until the page has taken the one before.
func (p *page) drawLong(points int) {
	p.t.Helper()
	strokes := p.last().Strokes
	b := p.padBox()
	whole := ellipse(0.5, 0.5, 0.3, 0.4)
	p.press(b, whole[:1])
	ticks := time.NewTicker(time.Second / 120)
	defer ticks.Stop()
	var sent sync.WaitGroup
	for i := range points {
		<-ticks.C
		sent.Go(func() {
			if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, mouseEvent(input.DispatchMouseEventTypeMouseMoved, b.at(whole[i%len(whole)]))); err != nil {
				p.t.Error(err)
			}
		})
	}
	sent.Wait()
	p.release(b, whole[0])
	p.waitFinal(strokes + 1)
}

// throttle slows the page's thread down.
func (p *page) throttle(rate float64) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: rate}); err != nil {
		p.t.Fatal(err)
	}
}

// keepLongTasks is a script that records the tasks that delay the page's frames.
const keepLongTasks = `
	window.longTasks = [];
	new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: "longtask" });
`

// A traceEvent is an event of Chromium's traces.
type traceEvent struct {
	Name      string
	PID, TID  int
	Processor float64 `json:"tdur"` // in microseconds
	Args      struct{ Name string }
}

// longestTask returns the most time of a processor, in ms, that a task on the main thread of
// a page takes while work goes on.
func (p *page) longestTask(work func()) float64 {
	p.t.Helper()
	var trace []jsonv2.Value
	complete := make(chan struct{})
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	err := chromedp.Listen(ctx, func(event any) {
		switch event := event.(type) {
		case *tracing.EventDataCollected:
			trace = append(trace, event.Value...)
		case *tracing.EventTracingComplete:
			close(complete)
		}
	})
	if err == nil {
		_, err = chromedp.Call(ctx, tracing.Start, tracing.StartParams{
			TraceConfig: &tracing.TraceConfig{IncludedCategories: []string{"disabled-by-default-devtools.timeline", "__metadata"}},
		})
	}
	if err != nil {
		p.t.Fatal(err)
	}
	work()
	if _, err := chromedp.Call(ctx, tracing.End, cdp.Empty{}); err != nil {
		p.t.Fatal(err)
	}
	select {
	case <-complete:
	case <-ctx.Done():
		p.t.Fatalf("the trace: %v", ctx.Err())
	}
	return longestOf(p.t, trace)
}

// longestOf returns the most time of a processor, in ms, that a task of a trace takes on the
// main thread of a page.
func longestOf(t testing.TB, trace []jsonv2.Value) float64 {
	t.Helper()
	events := make([]traceEvent, len(trace))
	pages := map[[2]int]bool{}
	for i, text := range trace {
		e := &events[i]
		if err := json.Unmarshal(text, e); err != nil {
			t.Fatal(err)
		}
		pages[[2]int{e.PID, e.TID}] = pages[[2]int{e.PID, e.TID}] || e.Name == "thread_name" && e.Args.Name == "CrRendererMain"
	}
	longest := 0.0
	for _, e := range events {
		if e.Name == "RunTask" && pages[[2]int{e.PID, e.TID}] {
			longest = max(longest, e.Processor/1000)
		}
	}
	return longest
}
