package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"time"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/seed-c844a918/inkling/internal/throttle"
)

// The turns of answers that one visit times, after the first answer.
const (
	turns   = 20
	answers = 100 // in a turn
)

// patience is how long a visit may take.
const patience = 2 * time.Minute

// A contestant answers in a page.
type contestant struct {
	name   string
	files  http.Handler
	script string // that runs before the page's own
	visits []visit
}

// A visit is what one visit of a page with nothing cached measured.
type visit struct {
	First         float64   // from the navigation to the first answer, ms
	Turns         []float64 // one answer in the mean of a turn, us
	Probabilities []float32 // of the image
	bytes         int64     // of all bodies until the first answer
}

// first returns the median of the times to the first answer, ms.
func (c *contestant) first() float64 {
	var all []float64
	for _, v := range c.visits {
		all = append(all, v.First)
	}
	return median(all)
}

// turns returns the turns of all visits.
func (c *contestant) turns() (all []float64) {
	for _, v := range c.visits {
		all = append(all, v.Turns...)
	}
	return all
}

// visit opens the contestant's page in a profile of its own, over a line of 10 Mbit/s and
// 40 ms, waits for the first answer, and times more of them.
func (c *contestant) visit(ctx context.Context) (v visit, err error) {
	var sent atomic.Int64
	server := httptest.NewServer(throttle.Mobile().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.files.ServeHTTP(counter{w, &sent}, r)
	})))
	defer server.Close()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ctx, closeTab := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	defer closeTab()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1000, 900)); err != nil {
		return v, err
	}
	parameters := devtools.AddScriptToEvaluateOnNewDocumentParams{Source: c.script}
	if _, err := chromedp.Call(ctx, devtools.AddScriptToEvaluateOnNewDocument, parameters); err != nil {
		return v, err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/")); err != nil {
		return v, err
	}
	for v.First == 0 {
		if v.First, err = chromedp.Run(ctx, chromedp.Evaluate[float64](`window.firstAnswer ?? 0`)); err != nil {
			return v, fmt.Errorf("no answer: %w", err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	v.bytes = sent.Load()
	v.Turns, err = chromedp.Run(ctx, chromedp.Evaluate[[]float64](fmt.Sprintf(`turns(%d, %d)`, turns, answers), chromedp.EvalAwaitPromise))
	if err == nil {
		v.Probabilities, err = chromedp.Run(ctx, chromedp.Evaluate[[]float32](`probabilities`))
	}
	return v, err
}

// A counter counts the bytes of bodies.
type counter struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (c counter) Write(data []byte) (int, error) {
	n, err := c.ResponseWriter.Write(data)
	c.sent.Add(int64(n))
	return n, err
}
