package ink

// Form is what a network takes: the recipe of its images and their size.
type Form struct {
	Recipe        Recipe
	Width, Height int // pixels
}

// Size returns the number of bytes of an image: Width*Height pixels, row by row, each
// of as many as the recipe has channels.
func (f Form) Size() int { return f.Width * f.Height * f.Recipe.Channels() }

// Step is one of the steps that strokes take to be an image, in this order.
type Step int

// The steps.
const (
	Boxed   Step = iota // redrawn with the pen, the box of the points in the middle of the image
	Centred             // the ink's centre of mass in the middle instead
	Written             // by recipe writing: each pixel says how the pen went
)

// Draw makes the network's input from strokes, by recipe drawing or writing, and reports
// whether anything was drawn; if not, dst is all background.
//
// The box of all points is scaled, aspect kept, so that ink and pen fit 20/28
// of the shorter side; the strokes are drawn again, anti-aliased, with a pen of
// 2.4/28; the centre of mass of the ink comes to the centre of the image, as
// far as no ink leaves it (LeCun, Cortes, Burges: the MNIST database). Where
// the strokes were drawn, how large and how thick therefore plays no part.
//
// dst holds Size bytes, row by row, 0 background to 255 ink; Draw
// panics if its length differs. Points that are not finite are passed over; a
// stroke of one point is a dot.
func (f Form) Draw(dst []uint8, strokes []Stroke) bool { return f.DrawTo(dst, strokes, Pen, Written) }

// DrawTo does what Draw does, with a pen of another width, a fraction 0..20/28 of the
// image's shorter side, and up to a step: Centred is for strokes of which nobody knows which
// way and when they were drawn, those of Trace.
func (f Form) DrawTo(dst []uint8, strokes []Stroke, pen float64, last Step) bool {
	if len(dst) != f.Size() {
		panic(ErrLength)
	}
	clear(dst)
	box, ok := boundsOf(strokes)
	if !ok {
		return false
	}
	short := float64(min(f.Width, f.Height))
	pen *= short
	ink := dst[:f.Width*f.Height]
	says := last == Written && len(ink) < len(dst)
	if says {
		ink = make([]uint8, len(ink))
	}
	c := canvas{ink, f.Width, f.Height, pen / 2}
	scale := box.scaleTo(Box*short - pen)
	middle := place{
		scale: scale,
		dx:    float64(f.Width)/2 - scale*(box.minX+box.maxX)/2,
		dy:    float64(f.Height)/2 - scale*(box.minY+box.maxY)/2,
	}
	c.draw(strokes, middle)
	if last > Boxed {
		middle = c.centreMass(middle, box)
		clear(ink)
		if says {
			c.write(dst, strokes, middle)
			return true
		}
		c.draw(strokes, middle)
	}
	f.OfInk(dst, ink)
	return true
}

// OfInk makes the network's input from an image of ink, a byte a pixel, of which nobody
// knows how it was drawn: a pixel of recipe writing says neither which way nor when. ink
// may be the beginning of dst.
func (f Form) OfInk(dst, ink []uint8) {
	channels := f.Recipe.Channels()
	if len(dst) != f.Size() || len(ink)*channels != len(dst) {
		panic(ErrLength)
	}
	for i := len(dst) - 1; i >= 0; i-- { // from the end: nothing is written over before it is read
		v := ink[i/channels]
		if i%channels > 0 {
			v /= 2
		}
		dst[i] = v
	}
}

// Ink returns the ink of an image, a byte a pixel: the image itself if it holds nothing
// else.
func (f Form) Ink(image []uint8) []uint8 {
	channels := f.Recipe.Channels()
	if channels == 1 {
		return image
	}
	ink := make([]uint8, len(image)/channels)
	for i := range ink {
		ink[i] = image[channels*i]
	}
	return ink
}
