// Package augment changes the images that a network is trained on from epoch to
// epoch: images are shifted, scaled, turned, sheared, bent, thickened or thinned
// and lose a corner ([Image]); drawings are drawn by another hand with another pen
// before internal/ink makes them images ([Strokes]); [Mix] unites both. The same
// machinery disturbs test images by known amounts ([Perturbations]).
//
// What comes out is a function of the seed, the epoch and the image's index, not
// of who computes it or when: see [Func].
package augment

import (
	"math/rand/v2"
	"sync"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Func fills dst, (height, width), 0..255, with an image of a set as the network
// is to see it in an epoch. It is a pure function of its arguments and of the
// seed it was made with, may be called from several goroutines at once, and
// panics if dst has another size.
type Func func(dst []uint8, image, epoch int)

// As makes images of a form of images that are ink alone.
func (f Func) As(form ink.Form) Func {
	if form.Recipe.Channels() == 1 {
		return f
	}
	return func(dst []uint8, image, epoch int) {
		f(dst[:form.Width*form.Height], image, epoch)
		form.OfInk(dst, dst[:form.Width*form.Height])
	}
}

const errSize = "augment: dst is not of the images' size"

// scratch is what one call needs beside dst.
type scratch struct {
	pcg     rand.PCG
	random  *rand.Rand // reads pcg
	padded  []uint8    // an image with one pixel of background around it
	points  []ink.Point
	strokes []ink.Stroke
}

var pool = sync.Pool{New: func() any {
	s := new(scratch)
	s.random = rand.New(&s.pcg)
	return s
}}

// seeded takes a scratch whose chance belongs to this image in this epoch.
func seeded(seed uint64, image, epoch int) *scratch {
	const odd = 0x9e3779b97f4a7c15 // 2^64 over the golden ratio: spreads epochs
	s := pool.Get().(*scratch)
	s.pcg.Seed(seed+odd*uint64(epoch), uint64(image))
	return s
}

// within returns a uniform number in -most..most.
func (s *scratch) within(most float64) float64 { return most * (2*s.random.Float64() - 1) }

// uniform returns a uniform number in from..to.
func (s *scratch) uniform(from, to float64) float64 { return from + (to-from)*s.random.Float64() }

// pad copies an image of this width into padded.
func (s *scratch) pad(image []uint8, width int) {
	height := len(image) / width
	if size := (width + 2) * (height + 2); len(s.padded) != size {
		s.padded = make([]uint8, size)
	}
	clear(s.padded[:width+2])
	clear(s.padded[(height+1)*(width+2):])
	for y := range height {
		row := s.padded[(y+1)*(width+2):][:width+2]
		row[0], row[width+1] = 0, 0
		copy(row[1:], image[y*width:(y+1)*width])
	}
}
