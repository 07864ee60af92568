package augment

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
)

func TestImageOfNothing(t *testing.T) {
	_, set := digits(t, 30)
	f := Image{}.Func(set, 1)
	for i := range set.Len() {
		if !bytes.Equal(run(f, i, 1), set.Image(i)) {
			t.Errorf("image %d: got other pixels, want the same", i)
		}
	}
}

// Any size and content is augmented, the empty image to an empty one.
func TestImageSizes(t *testing.T) {
	wild := Image{Rotate: 180, Shift: 40, Scale: 0.9, Shear: 3, Elastic: 9, ThickShare: 1, Thick: 1.9, EraseShare: 1, Erase: 50}
	random := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][2]int{{1, 1}, {2, 3}, {31, 32}, {32, 31}, {64, 28}, {28, 28}} {
		set := &dataset.Set{Width: size[0], Height: size[1], Labels: make([]uint16, 2), Pixels: make([]uint8, 2*size[0]*size[1])}
		for i := range set.Image(1) {
			set.Image(1)[i] = uint8(random.IntN(256))
		}
		dst := make([]uint8, size[0]*size[1])
		for epoch := range 300 {
			wild.Func(set, 1)(dst, 1, epoch)
			wild.Func(set, 1)(dst, 0, epoch)
			if sum(dst) != 0 {
				t.Fatalf("%v: empty image: got ink", size)
			}
		}
	}
}

// What an image of another shape left behind does not show at the edges.
func TestPadOfAnotherShape(t *testing.T) {
	s := new(scratch)
	s.pad(bytes.Repeat([]uint8{255}, 31*32), 31)
	s.pad(make([]uint8, 32*31), 32)
	if got := sum(s.padded); got != 0 {
		t.Errorf("ink: got %d, want none", got)
	}
}

// A change moves what is in the image as its field says.
func TestChange(t *testing.T) {
	f := newFrame(side, side)
	for name, c := range map[string]struct {
		change   change
		from, to [2]float64 // pixels from the middle of the image
	}{
		"shift":  {change{dx: 3, dy: -2}, [2]float64{1, 1}, [2]float64{4, -1}},
		"turn":   {change{turn: math.Pi / 2}, [2]float64{6, 2}, [2]float64{-2, 6}},
		"shear":  {change{shear: 0.5}, [2]float64{1, -4}, [2]float64{3, -4}},
		"wider":  {change{wider: 0.5}, [2]float64{4, 3}, [2]float64{6, 3}},
		"taller": {change{taller: -0.5}, [2]float64{4, 6}, [2]float64{4, 3}},
		"all":    {change{turn: math.Pi / 2, wider: 1, dx: 1}, [2]float64{2, 3}, [2]float64{-2, 4}},
	} {
		t.Run(name, func(t *testing.T) {
			m := f.inverse(&c.change)
			const middle = (side - 1) / 2.0
			x, y := float32(c.to[0]+middle), float32(c.to[1]+middle)
			gotX := float64(m.xx*x+m.xy*y+m.x0) - 1 - middle
			gotY := float64(m.yx*x+m.yy*y+m.y0) - 1 - middle
			if math.Hypot(gotX-c.from[0], gotY-c.from[1]) > 1e-4 {
				t.Errorf("%v comes from (%.3f, %.3f), want %v", c.to, gotX, gotY, c.from)
			}
		})
	}
}

// The columns left out are those that would show nothing.
func TestColumnsWithin(t *testing.T) {
	for name, c := range map[string]struct {
		at, step, low, high float32
		from, to            int
	}{
		"all":             {0, 1, -5, 50, 0, 10},
		"some":            {0, 1, 2, 5, 2, 6},
		"backwards":       {10, -2, 1, 5, 2, 5},
		"none, beside":    {0, 1, 20, 30, 0, 0},
		"none, before":    {0, 1, -9, -3, 0, 0},
		"standing inside": {3, 0, 2, 5, 0, 10},
		"standing beside": {3, 0, 4, 5, 0, 0},
		"empty box":       {0, 1, 30, 0, 0, 0},
		"hardly moving":   {3, 1e-30, 2, 5, 0, 10},
	} {
		t.Run(name, func(t *testing.T) {
			if from, to := columnsWithin(c.at, c.step, c.low, c.high, 0, 10); from != c.from || to != c.to {
				t.Errorf("got %d..%d, want %d..%d", from, to, c.from, c.to)
			}
		})
	}
}

// The elastic grid moves no pixel farther than its points may go, 2.5 deviations,
// with what the cubic curve adds, a quarter at most along either axis.
func TestElasticIsBounded(t *testing.T) {
	const sigma = 0.6
	f := newFrame(side, side)
	for epoch := range 200 {
		s := seeded(1, 0, epoch)
		c := Image{Elastic: sigma}.change(s)
		most := 0.0
		for y := range side {
			points := c.grid.bend(&f.rows[y])
			for x := range side {
				v := f.columns[x].of(&points)
				most = max(most, math.Abs(float64(v.x)), math.Abs(float64(v.y)))
			}
		}
		limit := min(2.5*sigma*1.25*1.25, float64(c.grid.reach()))
		if most > limit || most < sigma/2 {
			t.Errorf("epoch %d: farthest: got %.2f px, want %.2f..%.2f", epoch, most, sigma/2, limit)
		}
	}
}

// A grid whose points all move alike moves the image so.
func TestElasticWeights(t *testing.T) {
	for _, n := range []int{1, 5, 28, 33} {
		for i, w := range weightsAlong(n) {
			total := float32(0)
			for _, v := range w {
				total += v
			}
			if math.Abs(float64(total)-1) > 1e-6 {
				t.Errorf("pixel %d of %d: weights add up to %v, want 1", i, n, total)
			}
		}
	}
}

// A bar of three pixels gets wider and thinner by what was asked for.
func TestGrown(t *testing.T) {
	const width = 9
	row := []uint8{0, 0, 0, 255, 255, 255, 0, 0, 0}
	image := bytes.Repeat(row, width)
	for name, c := range map[string]struct {
		grow, want float64 // pixels on each side; the bar's width
	}{
		"nothing":       {0, 3},
		"half a pixel":  {0.5, 4},
		"a quarter":     {0.25, 3.5},
		"thin and back": {-0.25, 3},
	} {
		t.Run(name, func(t *testing.T) {
			s := seeded(1, 0, 0)
			got := bytes.Clone(image)
			s.pad(image, width)
			if c.grow < 0 {
				grown(got, s.padded, width, -c.grow)
				s.pad(got, width)
			}
			grown(got, s.padded, width, c.grow)
			middle := got[4*width : 5*width]
			if ink := float64(sum(middle)) / 255; math.Abs(ink-c.want) > 0.05 {
				t.Errorf("width: got %.2f, want %.2f", ink, c.want)
			}
		})
	}
}

// One corner of the drawing's box is lost, and nothing elsewhere.
func TestErase(t *testing.T) {
	full := &dataset.Set{Width: side, Height: side, Labels: []uint16{0}, Pixels: bytes.Repeat([]uint8{255}, side*side)}
	f := Image{EraseShare: 1, Erase: 6}.Func(full, 1)
	for epoch := range 50 {
		got := run(f, 0, epoch)
		lost := side*side - sum(got)/255
		if lost < 4*4 || lost > 10*10 {
			t.Errorf("epoch %d: lost: got %d pixels, want 16..100", epoch, lost)
		}
		for y := 10; y < side-10; y++ {
			for x := 10; x < side-10; x++ {
				if got[y*side+x] != 255 {
					t.Fatalf("epoch %d: pixel (%d, %d): got %d, want 255", epoch, x, y, got[y*side+x])
				}
			}
		}
	}
}

// TestMirror checks how many images are mirrored, also of those that stay as they are.
func TestMirror(t *testing.T) {
	const n = 1000
	_, set := digits(t, n)
	f := Image{Keep: 1, Mirror: 0.5}.Func(set, 1)
	mirrored := 0
	for i := range n {
		got := run(f, i, 1)
		if bytes.Equal(got, set.Image(i)) {
			continue
		}
		for row := range slices.Chunk(got, side) {
			slices.Reverse(row)
		}
		if !bytes.Equal(got, set.Image(i)) {
			t.Fatalf("image %d: got something else than its mirror image", i)
		}
		mirrored++
	}
	if mirrored < 440 || mirrored > 560 {
		t.Errorf("got %d of %d images mirrored, want about 500", mirrored, n)
	}
}

// TestKeep checks how many images stay as they are, other ones each epoch.
func TestKeep(t *testing.T) {
	const n = 1000
	_, set := digits(t, n)
	f := Image{Shift: 2, Keep: 0.2}.Func(set, 1)
	kept, twice := 0, 0
	for i := range n {
		first, second := bytes.Equal(run(f, i, 1), set.Image(i)), bytes.Equal(run(f, i, 2), set.Image(i))
		if first {
			kept++
		}
		if first && second {
			twice++
		}
	}
	if kept < 150 || kept > 250 || twice > 80 {
		t.Errorf("got %d of %d images as they are, %d of them twice, want about 200 and 40", kept, n, twice)
	}
}
