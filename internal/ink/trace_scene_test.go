package ink

import (
	"math"
	"math/rand/v2"
	"testing"
)

// traced returns what Trace and Draw make of a picture at the network's size.
func traced(t *testing.T, p Picture) []uint8 {
	t.Helper()
	image := make([]uint8, side*side)
	if !draw(image, side, side, Trace(p)) {
		t.Fatal("got nothing drawn")
	}
	return image
}

// cover fills the rectangle from (x0, y0) up to (x1, y1) with a grey.
func (p Picture) cover(x0, y0, x1, y1 int, grey uint8) {
	for y := max(y0, 0); y < min(y1, p.Height); y++ {
		for x := max(x0, 0); x < min(x1, p.Width); x++ {
			copy(p.RGBA[4*(y*p.Width+x):], []uint8{grey, grey, grey, 255})
		}
	}
}

// frame draws black lines of this width along the border.
func (p Picture) frame(width int) {
	p.cover(0, 0, p.Width, width, 0)
	p.cover(0, p.Height-width, p.Width, p.Height, 0)
	p.cover(0, 0, width, p.Height, 0)
	p.cover(p.Width-width, 0, p.Width, p.Height, 0)
}

// onto lays the picture on larger paper.
func (p Picture) onto(width, height, x, y int, grey uint8) Picture {
	out := Picture{width, height, make([]uint8, 4*width*height)}
	out.cover(0, 0, width, height, grey)
	for row := range p.Height {
		copy(out.RGBA[4*((y+row)*width+x):], p.RGBA[4*row*p.Width:4*(row+1)*p.Width])
	}
	return out
}

// An edge of a shadow across a drawing must not matter, whichever way it runs and
// whichever of ink and paper is the lighter.
func TestTraceHardShadow(t *testing.T) {
	chalk := plain.with(func(s *scene) { s.ink, s.paper = [4]uint8{230, 230, 220, 255}, [4]uint8{50, 60, 55, 255} })
	pencil := plain.with(func(s *scene) { s.ink, s.paper = [4]uint8{70, 70, 80, 255}, [4]uint8{235, 230, 220, 255} })
	for name, s := range map[string]scene{"dark ink": pencil, "light ink": chalk} {
		for turn := range 8 {
			s := s.with(func(s *scene) { s.noise, s.light = 3, shadowAt(math.Pi*(0.1+float64(turn)/4)) })
			for _, digit := range []string{"four", "seven", "zero", "bar", "two-strokes"} {
				if like := correlation(traced(t, s.paint(drawings[digit])), render(t, drawings[digit])); like < 0.85 {
					t.Errorf("%s, %s, turn %d: correlation with the strokes themselves: got %.2f, want at least 0.85", name, digit, turn, like)
				}
			}
		}
	}
}

// shadowAt takes 55 % of the light from what lies in this direction from the middle.
func shadowAt(angle float64) func(x, y float64) float64 {
	return func(x, y float64) float64 {
		deep := (x-0.45)*math.Cos(angle) + (y-0.55)*math.Sin(angle)
		return 1 - 0.55*min(max(deep/0.02+0.5, 0), 1)
	}
}

// What lies around a drawing must not be taken for it.
func TestTraceLeavesOutWhatIsNoDrawing(t *testing.T) {
	for name, add := range map[string]func(p Picture){
		"frame":      func(p Picture) { p.frame(4) },
		"ruled line": func(p Picture) { p.cover(0, 180, 200, 183, 60) },
		"table":      func(p Picture) { p.cover(0, 0, 14, 200, 40) },
		"corner":     func(p Picture) { p.cover(160, 0, 200, 30, 70) },
		"specks":     func(p Picture) { p.cover(20, 20, 23, 23, 0); p.cover(150, 190, 153, 192, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			p := plain.paint(drawings["zero"])
			want := traced(t, p)
			add(p)
			if like := correlation(traced(t, p), want); like < 0.9 {
				t.Errorf("correlation with the drawing alone: got %.2f, want at least 0.9", like)
			}
		})
	}
}

// A drawing that reaches a frame is still told from it.
func TestTraceTouchingFrame(t *testing.T) {
	p := plain.paint(drawings["zero"])
	want := traced(t, p)
	const from, size = 33, 134 // the zero's pen goes from 34 to 166
	framed := Picture{size, size, nil}
	for y := from; y < from+size; y++ {
		framed.RGBA = append(framed.RGBA, p.RGBA[4*(y*p.Width+from):4*(y*p.Width+from+size)]...)
	}
	framed.frame(3)
	if like := correlation(traced(t, framed), want); like < 0.9 {
		t.Errorf("correlation with the drawing alone: got %.2f, want at least 0.9", like)
	}
}

// Where the drawing lies, how large the picture is and which of ink and paper
// is the lighter must not matter.
func TestTraceIgnoresPlaceSizeAndPolarity(t *testing.T) {
	for _, digit := range []string{"four", "seven", "zero", "two-strokes"} {
		p := plain.paint(drawings[digit])
		want := traced(t, p)
		inverted := Picture{p.Width, p.Height, make([]uint8, len(p.RGBA))}
		for i, v := range p.RGBA {
			inverted.RGBA[i] = v ^ 255
			if i%4 == 3 {
				inverted.RGBA[i] = v
			}
		}
		for name, other := range map[string]Picture{
			"moved":    p.onto(640, 480, 410, 30, 255),
			"larger":   plain.with(func(s *scene) { s.side = 900 }).paint(drawings[digit]),
			"smaller":  plain.with(func(s *scene) { s.side = 64 }).paint(drawings[digit]),
			"inverted": inverted,
		} {
			if like := correlation(traced(t, other), want); like < 0.93 {
				t.Errorf("%s, %s: correlation: got %.3f, want at least 0.93", digit, name, like)
			}
		}
	}
}

// Both pieces of a drawing stay, and so does a dot.
func TestTraceKeepsPieces(t *testing.T) {
	for digit, want := range map[string]int{"two-strokes": 2, "far-left-i": 2, "dot": 1, "zero": 1, "seven": 1} {
		if got := len(Trace(plain.paint(drawings[digit]))); got != want {
			t.Errorf("%s: got %d strokes, want %d", digit, got, want)
		}
	}
}

// The strokes lie in the picture, in its pixels.
func TestTraceUnit(t *testing.T) {
	p := plain.paint(drawings["bar"]).onto(500, 400, 250, 150, 255)
	box, ok := boundsOf(Trace(p))
	want := bounds{348.6, 190, 351.4, 310}
	for i, d := range []float64{box.minX - want.minX, box.minY - want.minY, box.maxX - want.maxX, box.maxY - want.maxY} {
		if !ok || max(d, -d) > 4 {
			t.Errorf("side %d of the box: got %+v, want %+v", i, box, want)
		}
	}
}

// Whatever the options, points are finite and inside the picture.
func TestTraceRandomScenes(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	colour := func() (c [4]uint8) {
		for k := range c {
			c[k] = uint8(random.IntN(256))
		}
		return c
	}
	names := []string{"dot", "four", "zero", "zigzag", "far-left-i"}
	for range 60 {
		s := scene{2 + random.IntN(90), 0.2 * random.Float64(), colour(), colour(), nil, 40 * random.Float64()}
		p := s.paint(drawings[names[random.IntN(len(names))]])
		for _, stroke := range Trace(p) {
			for _, at := range stroke {
				if !at.finite() || at.X < -1 || at.Y < -1 || at.X > float32(p.Width+1) || at.Y > float32(p.Height+1) {
					t.Fatalf("%+v: got the point %v", s, at)
				}
			}
		}
	}
}
