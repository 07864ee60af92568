package augment

import (
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/hand"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// Image says how much images change. Every amount is the most in either
// direction, each as likely; pixels are the image's own. The zero value changes
// nothing.
type Image struct {
	Rotate  float64 // degrees
	Shift   float64 // pixels, across and down
	Scale   float64 // 0.1 makes either axis up to 10 % longer or shorter, 0..0.9
	Shear   float64 // tangent of the slant
	Elastic float64 // pixels: standard deviation at the points of a 5x5 grid (Simard et al. 2003)

	Keep float64 // how many images stay as they are, 0..1: those that will be read are not resampled, which blurs

	Mirror float64 // how many images are seen from behind, left and right changed, 0..1

	ThickShare float64 // how many images get thicker or thinner strokes, 0..1
	Thick      float64 // pixels of a stroke's width, less than 2
	EraseShare float64 // how many images lose a corner of the drawing, 0..1
	Erase      float64 // pixels: the longest side of what is lost
}

// ForDense returns what suits networks of Dense layers, which see each pixel by itself.
func ForDense() Image {
	return Image{Rotate: 8, Shift: 1, Scale: 0.08, Shear: 0.1}
}

// ForConv returns what suits convolutional networks, which learn from more.
func ForConv() Image {
	return Image{
		Rotate: 10, Shift: 1.5, Scale: 0.12, Shear: 0.15, Elastic: 0.6,
		Keep: 0.2, ThickShare: 0.2, Thick: 1.2, EraseShare: 0.05, Erase: 6,
	}
}

// ForPictures returns what suits photographs and the like, which may face either way.
func ForPictures() Image {
	return Image{Rotate: 5, Shift: 1.5, Scale: 0.08, Shear: 0.05, Keep: 0.2, Mirror: 0.5}
}

// Func augments the images of a set. Indices go on past its end: image Len+i is
// image i, changed otherwise.
func (m Image) Func(set *dataset.Set, seed uint64) Func {
	f := newFrame(set.Width, set.Height)
	return func(dst []uint8, image, epoch int) {
		s := seeded(seed, image, epoch)
		if own := set.Image(image % set.Len()); m.Keep > 0 && s.random.Float64() < m.Keep {
			copy(dst, own)
		} else {
			c := m.change(s)
			f.apply(s, dst, own, &c)
		}
		if m.Mirror > 0 && s.random.Float64() < m.Mirror {
			f.mirror(dst)
		}
		pool.Put(s)
	}
}

// change is what happens to one image; zero is nothing.
type change struct {
	turn          float64 // radians
	shear         float64 // tangent of the slant to the right
	wider, taller float64 // share of the width and the height, more than -1
	dx, dy        float64 // pixels
	elastic       bool
	grid          grid
	grow          float64    // pixels on each side of a stroke, more than -1, less than 1
	corner        int        // 0..3, row by row
	erase         [2]float64 // pixels across and down; 0 for none
	noise         float64    // of 255, standard deviation
}

// change draws one.
func (m Image) change(s *scratch) change {
	c := change{
		turn:  s.within(m.Rotate) * math.Pi / 180,
		shear: s.within(m.Shear),
		wider: s.within(m.Scale), taller: s.within(m.Scale),
		dx: s.within(m.Shift), dy: s.within(m.Shift),
		elastic: m.Elastic > 0,
	}
	if c.elastic {
		for i := range c.grid {
			c.grid[i] = vec{float32(hand.Normal(s.random, m.Elastic)), float32(hand.Normal(s.random, m.Elastic))}
		}
	}
	if s.random.Float64() < m.ThickShare {
		c.grow = s.within(m.Thick) / 2
	}
	if s.random.Float64() < m.EraseShare {
		c.corner = s.random.IntN(4)
		c.erase = [2]float64{s.uniform(0, m.Erase), s.uniform(0, m.Erase)}
	}
	return c
}

// apply writes the changed image to dst.
func (f *frame) apply(s *scratch, dst, image []uint8, c *change) {
	if len(dst) != f.width*f.height {
		panic(errSize)
	}
	s.pad(image, f.width)
	f.resample(dst, s.padded, c)
	if c.grow != 0 {
		s.pad(dst, f.width)
		grown(dst, s.padded, f.width, c.grow)
	}
	f.eraseCorner(dst, c)
	if c.noise > 0 {
		for i, v := range dst {
			noisy := math.Round(float64(v) + hand.Normal(s.random, c.noise))
			dst[i] = uint8(min(max(noisy, 0), 255))
		}
	}
}

// mirror changes left and right.
func (f *frame) mirror(image []uint8) {
	for row := range slices.Chunk(image, f.width) {
		slices.Reverse(row)
	}
}

// perMargin is how many margins of recipe drawing's box, 4 of 28 pixels, make the
// image's side.
const perMargin = 2 / (1 - ink.Box)

// eraseCorner clears a rectangle that reaches into recipe drawing's box from one of
// its corners.
func (f *frame) eraseCorner(dst []uint8, c *change) {
	if c.erase[0] == 0 {
		return
	}
	across := min(int(float64(f.width)/perMargin+c.erase[0]), f.width)
	down := min(int(float64(f.height)/perMargin+c.erase[1]), f.height)
	left, top := c.corner%2*(f.width-across), c.corner/2*(f.height-down)
	for y := top; y < top+down; y++ {
		clear(dst[y*f.width+left:][:across])
	}
}

// diagonal is how much darker than its straight neighbours a diagonal one must
// be to reach as far: (sqrt 2 - 1) pixels, on an edge that falls by 255 a pixel.
const diagonal = 105

// grown makes strokes wider by grow pixels on each side, less than 1: each pixel
// goes that share of the way to the darkest within a pixel. A negative grow is the
// way back, away from the darkest, and leaves the middle of a stroke as dark as it
// was. padded is the image with a border of one pixel.
func grown(dst, padded []uint8, width int, grow float64) {
	if grow < 0 {
		grow /= 1 + grow
	}
	share := int(math.Round(grow * 256))
	for y := range len(dst) / width {
		up, row, down := padded[y*(width+2):], padded[(y+1)*(width+2):], padded[(y+2)*(width+2):]
		for x := range width {
			up, row, down := up[x:][:3], row[x:][:3], down[x:][:3]
			here := int(row[1])
			straight := max(row[0], row[2], up[1], down[1])
			slant := max(up[0], up[2], down[0], down[2])
			most := max(here, int(straight), int(slant)-diagonal)
			dst[y*width+x] = uint8(max(here+(most-here)*share>>8, 0))
		}
	}
}
