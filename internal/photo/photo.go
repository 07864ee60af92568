// Package photo makes pictures of drawings as people hand them in, for tests:
// photographed under uneven light, written in coloured ink, light on dark, or
// cut out with a transparent background.
package photo

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Kind is what a picture looks like.
type Kind string

// The kinds.
const (
	Shaded      Kind = "shaded"        // dark ink on paper under light from one side, with noise
	Coloured    Kind = "coloured"      // the same in a strong colour
	LightOnDark Kind = "light on dark" // chalk
	Transparent Kind = "transparent"   // ink on nothing
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{Shaded, Coloured, LightOnDark, Transparent} }

// colours are inks of Coloured, red, green and blue, 0..255.
var colours = [][3]float64{{200, 30, 40}, {20, 110, 50}, {40, 60, 200}, {150, 30, 150}, {210, 100, 0}}

// Render draws strokes that lie in the square 0..1 with a pen of 2.5-6 % of it.
// The picture is 120-400 pixels wide and a little more or less high; it is a
// function of its arguments alone.
func Render(strokes []ink.Stroke, kind Kind, seed uint64) *image.NRGBA {
	random := rand.New(rand.NewPCG(seed, 0x70686f746f)) // "photo"
	side := 120 + random.IntN(281)
	s := scene{kind: kind, random: random, pen: (0.0125 + 0.0175*random.Float64()) * float64(side)}
	s.paper, s.ink = s.chosen()
	s.light, s.angle, s.noise = 0.45*random.Float64(), 2*math.Pi*random.Float64(), 6*random.Float64()
	area := image.Rect(0, 0, side, side*(8+random.IntN(5))/10)
	picture := image.NewNRGBA(area)
	scale := float64(min(area.Dx(), area.Dy()))
	left, top := (float64(area.Dx())-scale)/2, (float64(area.Dy())-scale)/2
	for y := range area.Dy() {
		for x := range area.Dx() {
			gap := distance(strokes, (float64(x)+0.5-left)/scale, (float64(y)+0.5-top)/scale) * scale
			cover := min(max(s.pen-gap+0.5, 0), 1)
			picture.SetNRGBA(x, y, s.pixel(cover, float64(x)/float64(area.Dx()), float64(y)/float64(area.Dy())))
		}
	}
	return picture
}

// scene is what a picture's pixels share.
type scene struct {
	kind       Kind
	random     *rand.Rand
	pen        float64    // half its width in pixels
	paper, ink [3]float64 // 0..255
	light      float64    // the share of light that is lost on the dark side
	angle      float64    // of where that is
	noise      float64    // standard deviation, 0..255
}

// chosen returns the colours of paper and ink.
func (s *scene) chosen() (paper, ink [3]float64) {
	white := 215 + 40*s.random.Float64()
	paper = [3]float64{white, white - 8*s.random.Float64(), white - 25*s.random.Float64()}
	dark := 20 + 60*s.random.Float64()
	ink = [3]float64{dark, dark, dark + 20}
	switch s.kind {
	case Coloured:
		ink = colours[s.random.IntN(len(colours))]
	case LightOnDark:
		paper, ink = [3]float64{dark, dark + 10, dark}, paper
	}
	return paper, ink
}

// pixel returns the colour where the pen covers this share, at x, y in 0..1.
func (s *scene) pixel(cover, x, y float64) color.NRGBA {
	if s.kind == Transparent {
		return color.NRGBA{uint8(s.ink[0]), uint8(s.ink[1]), uint8(s.ink[2]), uint8(255*cover + 0.5)}
	}
	lit := 1 - s.light*(0.5+0.5*math.Cos(s.angle)*(2*x-1)+0.5*math.Sin(s.angle)*(2*y-1))
	grain := s.noise * s.random.NormFloat64()
	var rgb [3]uint8
	for i := range rgb {
		v := lit*(s.paper[i]+(s.ink[i]-s.paper[i])*0.9*cover) + grain
		rgb[i] = uint8(min(max(v, 0), 255))
	}
	return color.NRGBA{rgb[0], rgb[1], rgb[2], 255}
}

// distance returns the distance of a point from the nearest stroke.
func distance(strokes []ink.Stroke, x, y float64) float64 {
	nearest := math.Inf(1)
	for _, stroke := range strokes {
		for i, p := range stroke {
			q := stroke[max(i-1, 0)]
			nearest = min(nearest, fromSegment(x, y, p, q))
		}
	}
	return math.Sqrt(nearest)
}

// fromSegment returns the squared distance of a point from a line between two others.
func fromSegment(x, y float64, p, q ink.Point) float64 {
	px, py := float64(p.X), float64(p.Y)
	dx, dy := float64(q.X)-px, float64(q.Y)-py
	along := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		along = min(max(((x-px)*dx+(y-py)*dy)/length, 0), 1)
	}
	x, y = x-px-along*dx, y-py-along*dy
	return x*x + y*y
}
