// Command web-peers lets the page's network answer in a browser in turn with
// onnxruntime-web and TensorFlow.js, each in its best form and on one thread: the time to
// the first answer on an emulated line, the bytes that this takes, and what one answer
// takes then. make bench-web-peers prints the table of docs/performance.md.
//
// The peers come from npm, in pinned versions, to a folder of the user's cache. Their
// pages hold nothing but what answers: no pad, no style, no text.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/seed-c844a918/inkling/internal/browser"
	"github.com/seed-c844a918/inkling/internal/model"
)

func main() {
	var o options
	flag.StringVar(&o.site, "site", "dist", "our site, as make dist builds it")
	flag.StringVar(&o.model, "model", "web/models/digits.ink", "the model that the site answers with first")
	flag.StringVar(&o.cache, "cache", "", "folder for what npm installs (default: in the user's cache)")
	flag.IntVar(&o.visits, "visits", 9, "visits of each page, in turn")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := o.run(ctx, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "web-peers:", err)
		os.Exit(1)
	}
}

// options are the command's flags.
type options struct {
	site, model, cache string
	visits             int
}

// imageFor returns what all read: a cross, as drawn by hand darker and lighter.
func imageFor(m *model.Model) []uint8 {
	drawn := make([]uint8, 28*28)
	for i := range drawn {
		x, y := i%28, i/28
		if x > 10 && x < 14 && y > 4 && y < 24 || y == 12 && x > 4 && x < 22 {
			drawn[i] = uint8(150 + i%100)
		}
	}
	image := make([]uint8, m.Form().Size())
	m.Form().OfInk(image, drawn)
	return image
}

// run prints the table.
func (o *options) run(ctx context.Context, w io.Writer) error {
	data, err := os.ReadFile(o.model)
	if err != nil {
		return err
	}
	m, err := model.Decode(data)
	if err != nil {
		return err
	}
	if o.cache == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return err
		}
		o.cache = filepath.Join(dir, "inkling", "web-peers")
	}
	path, err := browser.Find()
	if err != nil {
		return err
	}
	contestants, err := contestants(ctx, m, o.site, o.cache)
	if err != nil {
		return err
	}
	ctx, end, err := browser.Start(ctx, path)
	if err != nil {
		return err
	}
	defer end()
	for i := range o.visits {
		for _, c := range contestants {
			v, err := c.visit(ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if err := agree(v.Probabilities, m.Predict(imageFor(m)).Probabilities); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			c.visits = append(c.visits, v)
			fmt.Fprintf(os.Stderr, "visit %d, %s: first answer %.0f ms, one answer %.0f us\n", i+1, c.name, v.First, median(v.Turns))
		}
	}
	today := time.Now().Format(time.DateOnly)
	fmt.Fprintf(w, "%s, %s/%s, %d cores, %s\n\n", today, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	return table(w, contestants)
}

// agree returns an error unless probabilities are those that Go computes natively, whose
// list ends before a background class.
func agree(got, want []float32) error {
	if len(got) < len(want) {
		return fmt.Errorf("got %d probabilities, want %d or more", len(got), len(want))
	}
	for i := range want {
		if d := got[i] - want[i]; d > 1e-4 || d < -1e-4 {
			return fmt.Errorf("probability of class %d: got %g, want %g", i, got[i], want[i])
		}
	}
	return nil
}

// table prints the medians of all visits.
func table(w io.Writer, contestants []*contestant) error {
	_, err := fmt.Fprint(w, "| | kB loaded | first answer, ms | ours to its | one answer, us | quickest turn |\n|---|---|---|---|---|---|\n")
	errs := []error{err}
	ours := contestants[0].first()
	for _, c := range contestants {
		turns := c.turns()
		_, err := fmt.Fprintf(w, "| %s | %.0f | %.0f | %.2f | %.0f | %.0f |\n",
			c.name, float64(c.visits[0].bytes)/1000, c.first(), ours/c.first(), median(turns), slices.Min(turns))
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// median returns the median of a list that is not empty.
func median[T cmp.Ordered](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
