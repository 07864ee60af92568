package photo

import (
	"image"
	"math"
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// The kinds that RenderHard makes beside those of Render.
const (
	Shadow       Kind = "hard shadow"            // an edge through the drawing, 40-60 % of the light lost behind it
	Corner       Kind = "object in a corner"     // a pen's end or a coin, under soft light
	ShadowCorner Kind = "hard shadow and object" // both
)

// HardKinds returns the kinds that RenderHard makes.
func HardKinds() []Kind { return []Kind{Shadow, Corner, ShadowCorner} }

// RenderHard draws strokes, in any unit, as a photograph that is hard to read: the
// longer side of their box becomes 35-60 % of the picture's side, anywhere clear
// of the object, with a pen of 6-13 % of that. The picture is 160-400 pixels wide
// and high, dark or coloured ink on light paper; it is a function of its arguments
// alone.
func RenderHard(strokes []ink.Stroke, kind Kind, seed uint64) *image.NRGBA {
	random := rand.New(rand.NewPCG(seed, 0x68617264)) // "hard"
	side := 160 + random.IntN(241)
	s := scene{kind: Shaded, random: random}
	if random.IntN(3) == 0 {
		s.kind = Coloured
	}
	s.paper, s.ink = s.chosen()
	s.light, s.angle, s.noise = 0.2*random.Float64(), 2*math.Pi*random.Float64(), 4*random.Float64()
	shadow, object := newShadow(random), newObject(random)
	drawn, long := placedClear(strokes, &object, random)
	s.pen = (0.03 + 0.035*random.Float64()) * long * float64(side)
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	for i := range side * side {
		x, y := (float64(i%side)+0.5)/float64(side), (float64(i/side)+0.5)/float64(side)
		under := s
		if kind != Corner {
			under.shade(shadow.light(x, y))
		}
		cover := min(max(s.pen-distance(drawn, x, y)*float64(side)+0.5, 0), 1)
		if kind != Shadow {
			if inside := min(max(object.inside(x, y)*float64(side)+0.5, 0), 1); inside > 0 {
				under.ink, cover = object.tinted(under.paper, s.paper), inside
			}
		}
		picture.SetNRGBA(i%side, i/side, under.pixel(cover, x, y))
	}
	return picture
}

// shade darkens what lies at a place to this share of its light.
func (s *scene) shade(light float64) {
	for i := range s.paper {
		s.paper[i] *= light
		s.ink[i] *= light
	}
}

// shadow darkens one side of a straight edge, in a square 0..1.
type shadow struct {
	x, y  float64 // a point on the edge
	angle float64 // of the way into the shadow
	lost  float64 // share of the light
	soft  float64 // width of the half shadow
}

func newShadow(random *rand.Rand) shadow {
	return shadow{
		x: 0.3 + 0.4*random.Float64(), y: 0.3 + 0.4*random.Float64(), angle: 2 * math.Pi * random.Float64(),
		lost: 0.4 + 0.2*random.Float64(), soft: 0.005 + 0.035*random.Float64(),
	}
}

// light returns the share of the light that falls on a place.
func (s *shadow) light(x, y float64) float64 {
	deep := (x-s.x)*math.Cos(s.angle) + (y-s.y)*math.Sin(s.angle)
	return 1 - s.lost*min(max(deep/s.soft+0.5, 0), 1)
}

// object lies in a corner of the square 0..1: a disc around the corner, or a bar
// that comes in from it.
type object struct {
	x, y   float64 // the corner
	size   float64 // how far it reaches from there
	bar    bool
	angle  float64 // of the bar
	colour [3]float64
}

func newObject(random *rand.Rand) object {
	o := object{x: float64(random.IntN(2)), y: float64(random.IntN(2)), size: 0.12 + 0.12*random.Float64(), bar: random.IntN(2) == 0}
	o.angle = math.Atan2(1-2*o.y, 1-2*o.x) + 0.5*(random.Float64()-0.5)
	dark := 20 + 90*random.Float64()
	o.colour = [3]float64{dark, dark, dark}
	if random.IntN(2) == 0 {
		o.colour = colours[random.IntN(len(colours))]
	}
	return o
}

// inside returns how far a place lies within the object; negative outside.
func (o *object) inside(x, y float64) float64 {
	const barWidth = 0.035 // half of it
	dx, dy := x-o.x, y-o.y
	if !o.bar {
		return o.size - math.Hypot(dx, dy)
	}
	along := dx*math.Cos(o.angle) + dy*math.Sin(o.angle)
	across := dy*math.Cos(o.angle) - dx*math.Sin(o.angle)
	return min(barWidth-math.Abs(across), o.size-along)
}

// tinted returns the object's colour under the light that makes paper of the bare one.
func (o *object) tinted(paper, bare [3]float64) (colour [3]float64) {
	for i := range colour {
		colour[i] = o.colour[i] * paper[i] / bare[i]
	}
	return colour
}

// placedClear scales strokes and moves them to where they are clear of the object
// and the border; long is the longer side of their box.
func placedClear(strokes []ink.Stroke, o *object, random *rand.Rand) (placed []ink.Stroke, long float64) {
	const margin = 0.06
	low, high := strokes[0][0], strokes[0][0]
	for _, stroke := range strokes {
		for _, p := range stroke {
			low.X, low.Y = min(low.X, p.X), min(low.Y, p.Y)
			high.X, high.Y = max(high.X, p.X), max(high.Y, p.Y)
		}
	}
	long = 0.35 + 0.25*random.Float64()
	scale := float32(long) / max(high.X-low.X, high.Y-low.Y)
	width, height := float64(scale*(high.X-low.X)), float64(scale*(high.Y-low.Y))
	var left, top float64
	for range 1000 {
		left = margin + (1-2*margin-width)*random.Float64()
		top = margin + (1-2*margin-height)*random.Float64()
		nearX, nearY := min(math.Abs(left-o.x), math.Abs(left+width-o.x)), min(math.Abs(top-o.y), math.Abs(top+height-o.y))
		if math.Hypot(nearX, nearY) > o.size+margin {
			break
		}
	}
	for _, stroke := range strokes {
		var moved ink.Stroke
		for _, p := range stroke {
			moved = append(moved, ink.Point{X: float32(left) + scale*(p.X-low.X), Y: float32(top) + scale*(p.Y-low.Y)})
		}
		placed = append(placed, moved)
	}
	return placed, long
}

// Image returns a rendered picture as package ink takes it.
func Image(m *image.NRGBA) ink.Picture {
	return ink.Picture{Width: m.Bounds().Dx(), Height: m.Bounds().Dy(), RGBA: m.Pix}
}
