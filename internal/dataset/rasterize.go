package dataset

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Rasterize draws every drawing by recipe drawing into a set of images of the
// given size. strokes(i) is what to draw for ds[i], for example its own strokes
// or those that Place gives; it is called from several goroutines at once. The
// set does not depend on how many there are.
//
// A label outside classes and a drawing in which nothing is drawn are errors.
func Rasterize(name string, classes []string, ds []Drawing, strokes func(i int) []ink.Stroke, width, height int) (*Set, error) {
	size := width * height
	set := &Set{
		Name: name, Width: width, Height: height, Classes: classes,
		Pixels: make([]uint8, len(ds)*size), Labels: make([]uint16, len(ds)),
	}
	for i, d := range ds {
		if d.Label < 0 || d.Label >= len(classes) {
			return nil, fmt.Errorf("%s: drawing %d: label is %d, want 0..%d", name, i+1, d.Label, len(classes)-1)
		}
		set.Labels[i] = uint16(d.Label)
	}
	err := inParts(len(ds), func(i int) error {
		if !ink.Draw(set.Image(i), width, height, strokes(i)) {
			return fmt.Errorf("%s: drawing %d: nothing is drawn, want a point at least", name, i+1)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return set, nil
}

// inParts calls each for 0..n-1, one goroutine a processor, and returns the
// error of the lowest index.
func inParts(n int, each func(i int) error) error {
	parts := min(runtime.GOMAXPROCS(0), n)
	failed := make([]error, parts)
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			for i := part * n / parts; i < (part+1)*n/parts && failed[part] == nil; i++ {
				failed[part] = each(i)
			}
		})
	}
	wait.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}
