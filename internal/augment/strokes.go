package augment

import (
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/hand"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// Strokes says how differently another hand draws the same. Lengths are parts of
// the drawing's longer side. The zero value draws it as it is, with the recipe's
// pen. Place and size are not among it: recipe drawing is blind to both.
type Strokes struct {
	Hand    hand.Style // slant, stretch, turn, bow and long waves
	Jitter  float64    // standard deviation of each point
	Drop    float64    // of the points inside a stroke at most this share is left out, 0..1
	Cut     float64    // standard deviation of what either end of a stroke loses, a share of its length
	Hook    float64    // how many ends of strokes get a hook, 0..1
	PenFrom float64    // the pen's width in pixels of 28, each width up to PenTo as likely
	PenTo   float64    // 0 is the recipe's pen
	Traced  float64    // how many drawings tell neither which way nor when they were drawn, like those found in pictures, 0..1
	Turned  float64    // how many of the others are drawn another way: strokes from their ends, and the last one first, 0..1
}

// ForDrawings returns what suits pen digits, for any network.
func ForDrawings() Strokes {
	return Strokes{
		Hand:   hand.Style{Wave: 0.018, Stretch: 0.15, Bow: 0.035, Slant: 0.18, Turn: 0.08},
		Jitter: 0.006, Drop: 0.3, Cut: 0.03, Hook: 0.06, PenFrom: 1.9, PenTo: 3.2, Traced: 0.15, Turned: 0.2,
	}
}

// A hook's measures, in parts of the drawing's longer side.
const (
	hookFrom, hookTo = 0.04, 0.12     // length
	hookLeast        = 0.35 * math.Pi // turned from where the stroke goes
	hookMost         = 0.80 * math.Pi // either way
	hookAim          = 0.06           // of the stroke's end tells where it goes
)

// Func draws drawings, each by another hand every epoch, as images of
// a form. A drawing without a point is all background.
// Indices go on past the end: image len(ds)+i is drawing i by yet another hand.
func (m Strokes) Func(ds []strokes.Drawing, form ink.Form, seed uint64) Func {
	return func(dst []uint8, image, epoch int) {
		s := seeded(seed, image, epoch)
		d := ds[image%len(ds)]
		m.redraw(s, d.Strokes)
		pen := ink.Pen
		if m.PenTo > 0 {
			pen = s.uniform(m.PenFrom, m.PenTo) / ink.Side
		}
		last := d.Step()
		switch {
		case form.Recipe != ink.Writing:
		case s.random.Float64() < m.Traced:
			last = ink.Centred
		case s.random.Float64() < m.Turned:
			s.turn()
		}
		form.DrawTo(dst, s.strokes, pen, last)
		pool.Put(s)
	}
}

// turn draws half of the strokes from their ends and, every other time, the last stroke first.
func (s *scratch) turn() {
	for _, stroke := range s.strokes {
		if s.random.IntN(2) == 0 {
			slices.Reverse(stroke)
		}
	}
	if s.random.IntN(2) == 0 {
		slices.Reverse(s.strokes)
	}
}

// redraw fills s.strokes.
func (m Strokes) redraw(s *scratch, drawn []ink.Stroke) {
	s.points, s.strokes = s.points[:0], s.strokes[:0]
	middle, scale := unit(drawn)
	bend := m.Hand.Bend(s.random)
	drop := s.uniform(0, m.Drop)
	for _, stroke := range drawn {
		from := len(s.points)
		for i, p := range stroke {
			if i > 0 && i < len(stroke)-1 && s.random.Float64() < drop {
				continue
			}
			x, y := bend.At(scale*(float64(p.X)-middle[0]), scale*(float64(p.Y)-middle[1]))
			s.points = append(s.points, ink.Point{
				X: float32(x + hand.Normal(s.random, m.Jitter)),
				Y: float32(y + hand.Normal(s.random, m.Jitter)),
			})
		}
		m.finish(s, from)
	}
}

// unit returns what brings strokes around (0, 0), their longer side 1: the middle of
// their box and a factor.
func unit(drawn []ink.Stroke) (middle [2]float64, scale float64) {
	box := strokes.BoxOf(drawn)
	long := max(box.Width(), box.Height())
	if long == 0 {
		long = 1
	}
	return [2]float64{(box.X0 + box.X1) / 2, (box.Y0 + box.Y1) / 2}, 1 / long
}

// finish makes the points since from a stroke: cut at either end, perhaps with a
// hook there.
func (m Strokes) finish(s *scratch, from int) {
	for range 2 {
		end := cut(s.points[from:], math.Abs(hand.Normal(s.random, m.Cut)))
		s.points = s.points[:from+end]
		if s.random.Float64() < m.Hook {
			s.hook(from)
		}
		slices.Reverse(s.points[from:])
	}
	s.strokes = append(s.strokes, s.points[from:len(s.points):len(s.points)])
}

// hook adds a point beside the last of the stroke that begins at from, if the
// stroke goes anywhere.
func (s *scratch) hook(from int) {
	stroke := s.points[from:]
	dx, dy, ok := heading(stroke)
	if !ok {
		return
	}
	angle := s.uniform(hookLeast, hookMost)
	if s.random.IntN(2) == 0 {
		angle = -angle
	}
	sin, cos := math.Sincos(angle)
	length := s.uniform(hookFrom, hookTo)
	last := stroke[len(stroke)-1]
	s.points = append(s.points, ink.Point{
		X: last.X + float32(length*(cos*dx-sin*dy)),
		Y: last.Y + float32(length*(sin*dx+cos*dy)),
	})
}

// heading returns where a stroke goes at its end, of length 1; false if it never gets
// hookAim away from there.
func heading(stroke []ink.Point) (dx, dy float64, ok bool) {
	for i := len(stroke) - 2; i >= 0; i-- {
		dx, dy = between(stroke[i], stroke[len(stroke)-1])
		if length := math.Hypot(dx, dy); length >= hookAim {
			return dx / length, dy / length, true
		}
	}
	return 0, 0, false
}

// cut returns how many points a stroke keeps that loses this share of its length at
// the end; its last point moves to where the stroke then ends. A stroke keeps two
// points if it has them.
func cut(stroke []ink.Point, share float64) int {
	total := 0.0
	for i := 1; i < len(stroke); i++ {
		total += math.Hypot(between(stroke[i-1], stroke[i]))
	}
	left := share * total
	for n := len(stroke); n > 1; n-- {
		dx, dy := between(stroke[n-2], stroke[n-1])
		length := math.Hypot(dx, dy)
		if left < length || n == 2 {
			t := min(left/max(length, 1e-9), 0.9)
			stroke[n-1].X -= float32(t * dx)
			stroke[n-1].Y -= float32(t * dy)
			return n
		}
		left -= length
	}
	return len(stroke)
}

// between returns the way from a to b.
func between(a, b ink.Point) (dx, dy float64) {
	return float64(b.X) - float64(a.X), float64(b.Y) - float64(a.Y)
}
