package ink

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// scene is how a test paints a drawing as a picture.
type scene struct {
	side       int                        // of the picture, in pixels
	pen        float64                    // width, as a fraction of the side
	ink, paper [4]uint8                   // red, green, blue, alpha
	light      func(x, y float64) float64 // factor on the colours at 0..1, 0..1; nil: 1
	noise      float64                    // standard deviation, 0..255
}

// plain is a black pen on white paper.
var plain = scene{side: 200, pen: 0.06, ink: [4]uint8{0, 0, 0, 255}, paper: [4]uint8{255, 255, 255, 255}}

// paint draws strokes into the middle six tenths of a picture.
func (s scene) paint(strokes []Stroke) Picture {
	side := float64(s.side)
	cover := make([]uint8, s.side*s.side)
	if box, ok := boundsOf(strokes); ok {
		scale := box.scaleTo(0.6 * side)
		c := canvas{cover, s.side, s.side, s.pen * side / 2}
		c.draw(strokes, place{scale, side/2 - scale*(box.minX+box.maxX)/2, side/2 - scale*(box.minY+box.maxY)/2})
	}
	random := rand.New(rand.NewPCG(1, 1))
	p := Picture{s.side, s.side, make([]uint8, 4*len(cover))}
	for i, ink := range cover {
		light := 1.0
		if s.light != nil {
			light = s.light(float64(i%s.side)/side, float64(i/s.side)/side)
		}
		grain := s.noise * random.NormFloat64()
		for k := range 4 {
			v := float64(s.paper[k]) + (float64(s.ink[k])-float64(s.paper[k]))*float64(ink)/255
			if k < 3 {
				v = v*light + grain
			}
			p.RGBA[4*i+k] = uint8(min(max(v, 0), 255))
		}
	}
	return p
}

// with returns the scene with a change.
func (s scene) with(change func(*scene)) scene {
	change(&s)
	return s
}

// scenes are pictures of the same drawing that must read alike.
var scenes = map[string]scene{
	"plain":                    plain,
	"large":                    plain.with(func(s *scene) { s.side = 700 }),
	"small":                    plain.with(func(s *scene) { s.side, s.pen = 40, 0.08 }),
	"thin":                     plain.with(func(s *scene) { s.pen = 0.02 }),
	"thick":                    plain.with(func(s *scene) { s.pen = 0.1 }),
	"white on black":           plain.with(func(s *scene) { s.ink, s.paper = s.paper, s.ink }),
	"white on black, enlarged": plain.with(func(s *scene) { s.side, s.ink, s.paper = 112, s.paper, s.ink }),
	"grey on black, enlarged": plain.with(func(s *scene) {
		s.side = 150
		s.ink, s.paper = [4]uint8{120, 120, 120, 255}, [4]uint8{0, 0, 0, 255}
	}),
	"blue on yellow": plain.with(func(s *scene) { s.ink, s.paper = [4]uint8{30, 40, 160, 255}, [4]uint8{240, 225, 120, 255} }),
	"red on grey of the same brightness": plain.with(func(s *scene) {
		s.ink, s.paper = [4]uint8{220, 60, 60, 255}, [4]uint8{113, 113, 113, 255}
	}),
	"dark ink on nothing":  plain.with(func(s *scene) { s.paper = [4]uint8{} }),
	"light ink on nothing": plain.with(func(s *scene) { s.ink, s.paper = [4]uint8{250, 250, 250, 255}, [4]uint8{} }),
	"noise": plain.with(func(s *scene) {
		s.noise = 25
		s.ink = [4]uint8{40, 40, 40, 255}
		s.paper = [4]uint8{200, 200, 200, 255}
	}),
	"shaded paper": plain.with(func(s *scene) {
		s.light = func(x, y float64) float64 { return 1 - 0.5*x - 0.2*y*y }
		s.noise = 4
	}),
}

func TestTraceReadsEveryScene(t *testing.T) {
	for name, s := range scenes {
		for _, digit := range []string{"four", "seven", "zero", "bar", "dash", "two-strokes"} {
			t.Run(name+"/"+digit, func(t *testing.T) {
				want := render(t, drawings[digit])
				got := make([]uint8, side*side)
				if !draw(got, side, side, Trace(s.paint(drawings[digit]))) {
					t.Fatal("got nothing drawn")
				}
				if like := correlation(got, want); like < 0.85 {
					t.Errorf("correlation with the strokes themselves: got %.2f, want at least 0.85\n%s%s", like, asText(got), asText(want))
				}
			})
		}
	}
}

// A picture whose paper was made transparent afterwards, with the edges of its ink as they
// were, reads as before.
func TestTraceKeyed(t *testing.T) {
	for name, s := range map[string]scene{
		"dark ink":       plain,
		"dark, thin ink": plain.with(func(s *scene) { s.side, s.pen = 50, 0.03 }),
		"light ink":      plain.with(func(s *scene) { s.ink, s.paper = s.paper, s.ink }),
		"light, thin":    plain.with(func(s *scene) { s.side, s.pen, s.ink, s.paper = 50, 0.03, s.paper, s.ink }),
		"pale ink":       plain.with(func(s *scene) { s.ink = [4]uint8{170, 170, 170, 255} }),
		"dull ink":       plain.with(func(s *scene) { s.ink, s.paper = [4]uint8{90, 90, 90, 255}, [4]uint8{0, 0, 0, 255} }),
	} {
		for _, digit := range []string{"four", "bar", "two-strokes"} {
			p := s.paint(drawings[digit])
			want := traced(t, p)
			for i := 0; i < len(p.RGBA); i += 4 {
				if p.RGBA[i] == s.paper[0] {
					p.RGBA[i+3] = 0
				}
			}
			if like := correlation(traced(t, p), want); like < 0.95 {
				t.Errorf("%s, %s: correlation with the opaque picture: got %.2f, want at least 0.95", name, digit, like)
			}
		}
	}
}

func TestTraceGolden(t *testing.T) {
	for _, digit := range []string{"four", "zero", "dot"} {
		t.Run(digit, func(t *testing.T) {
			got := make([]uint8, side*side)
			draw(got, side, side, Trace(plain.paint(drawings[digit])))
			golden(t, "traced-"+digit, got)
		})
	}
}

func TestTraceNothing(t *testing.T) {
	for name, p := range map[string]Picture{
		"no pixels":    {},
		"negative":     {Width: -3, Height: 2, RGBA: make([]uint8, 100)},
		"no bytes":     {Width: 9, Height: 9},
		"one pixel":    {1, 1, []uint8{9, 9, 9, 255}},
		"transparent":  {30, 30, make([]uint8, 4*900)},
		"white":        plain.paint(nil),
		"noisy paper":  plain.with(func(s *scene) { s.noise = 20; s.paper = [4]uint8{180, 180, 180, 255} }).paint(nil),
		"shaded paper": scenes["shaded paper"].paint(nil),
	} {
		if got := Trace(p); got != nil {
			t.Errorf("%s: got %d strokes, want none", name, len(got))
		}
	}
}

// A picture whose rows end early is read as far as it goes.
func TestTraceShortPicture(t *testing.T) {
	p := plain.paint(drawings["bar"])
	p.RGBA = p.RGBA[:len(p.RGBA)/2+5]
	if Trace(p) == nil {
		t.Error("the upper half of a bar: got nothing drawn")
	}
}

func TestFit(t *testing.T) {
	grey := func(w, h int, v ...uint8) Picture {
		p := Picture{Width: w, Height: h}
		for _, v := range v {
			p.RGBA = append(p.RGBA, v, v, v, 255)
		}
		return p
	}
	for _, c := range []struct {
		name   string
		in     Picture
		want   []uint8 // 2x2
		wantOK bool
	}{
		{"its own size", grey(2, 2, 0, 80, 160, 255), []uint8{0, 80, 160, 255}, true},
		{"wide", grey(2, 1, 100, 200), nil, true},
		{"area average", grey(4, 4, 10, 20, 30, 30, 30, 40, 30, 30, 0, 0, 80, 80, 0, 0, 80, 80), []uint8{25, 30, 0, 80}, true},
		{"one colour of luma 0.299", Picture{1, 1, []uint8{255, 0, 0, 255}}, []uint8{76, 76, 76, 76}, true},
		{"over white", Picture{1, 1, []uint8{0, 0, 0, 128}}, []uint8{127, 127, 127, 127}, true},
		{"over white, partly", Picture{2, 2, []uint8{0, 0, 0, 255, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 255}}, []uint8{0, 255, 255, 0}, true},
		{"white ink on transparent paper", Picture{2, 1, []uint8{255, 255, 255, 255, 0, 0, 0, 0}}, []uint8{255, 0, 0, 0}, true},
		{"transparent", Picture{1, 1, []uint8{255, 255, 255, 0}}, []uint8{0, 0, 0, 0}, false},
		{"no pixels", Picture{}, []uint8{0, 0, 0, 0}, false},
	} {
		dst := []uint8{7, 7, 7, 7}
		if got, _ := Fit(dst, 2, 2, c.in, AnyGround); got != c.wantOK {
			t.Errorf("%s: got %v, want %v", c.name, got, c.wantOK)
		}
		if c.want != nil && !slices.Equal(dst, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, dst, c.want)
		}
	}
}

// FuzzTrace draws whatever small pictures show: no panic, only finite points.
func FuzzTrace(f *testing.F) {
	f.Add(uint8(3), []byte{0, 0, 0, 255, 255, 255, 255, 255, 9, 9, 9, 200})
	f.Add(uint8(16), plain.with(func(s *scene) { s.side, s.pen = 16, 0.15 }).paint(drawings["four"]).RGBA)
	f.Fuzz(func(t *testing.T, width uint8, rgba []byte) {
		if len(rgba) > 1<<14 || width == 0 {
			return
		}
		p := Picture{int(width), len(rgba) / 4 / int(width), rgba}
		strokes := Trace(p)
		for _, s := range strokes {
			for _, point := range s {
				if !point.finite() {
					t.Fatalf("got the point %v", point)
				}
			}
		}
		dst := make([]uint8, side*side)
		if drawn := draw(dst, side, side, strokes); drawn != (strokes != nil) {
			t.Errorf("drawn: got %v of %d strokes", drawn, len(strokes))
		}
		Fit(dst, side, side, p, AnyGround)
	})
}

// correlation returns Pearson's correlation of two images: 1 where they are alike.
func correlation(a, b []uint8) float64 {
	meanA, meanB := float64(sum(a))/float64(len(a)), float64(sum(b))/float64(len(b))
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i])-meanA, float64(b[i])-meanB
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}
