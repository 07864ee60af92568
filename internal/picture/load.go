package picture

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/cache"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// seeingVersion goes up whenever Decode or a recipe makes another image of the same
// file, so that nothing stale comes from the cache.
const seeingVersion = 7

// See makes an image of a form from a picture, for a network that has learned from
// pictures on this ground. It returns whether there was anything to see, and by recipe
// picture its ground: see ink.Fit.
func See(dst []uint8, form ink.Form, learned ink.Ground, p ink.Picture) (seen bool, ground ink.Ground) {
	if form.Recipe == ink.Photo {
		return ink.Fit(dst, form.Width, form.Height, p, learned)
	}
	return form.DrawTo(dst, ink.Trace(p), ink.Pen, ink.Centred), ink.AnyGround
}

// Seen says what was found in a picture's file.
type Seen struct {
	Drawn    bool       // there was anything to see
	Ground   ink.Ground // of recipe picture: what it lies on
	Several  bool       // the file holds more pages or frames, which are not read
	Coloured bool       // of recipe picture: much of it is in colour, which the network does not see
	Dim      bool       // no value is as large as the least that a set of bytes reaches: see pixels.LeastByte
	Faint    bool       // it is of more shades than one, but of few: see IsFaint
}

// The bits of a Seen in the cache; ground takes two.
const (
	drawnBit    = 1 << 0
	groundShift = 1
	severalBit  = 1 << 3
	colouredBit = 1 << 4
	dimBit      = 1 << 5
	faintBit    = 1 << 6
)

func (s Seen) byte() (b byte) {
	b = byte(s.Ground) << groundShift
	for _, one := range []struct {
		is  bool
		bit byte
	}{{s.Drawn, drawnBit}, {s.Several, severalBit}, {s.Coloured, colouredBit}, {s.Dim, dimBit}, {s.Faint, faintBit}} {
		if one.is {
			b |= one.bit
		}
	}
	return b
}

func seenOf(b byte) Seen {
	return Seen{b&drawnBit != 0, ink.Ground(b >> groundShift & 3), b&severalBit != 0, b&colouredBit != 0, b&dimBit != 0, b&faintBit != 0}
}

// coloured reports whether a tenth of a picture's pixels or more are in colour.
func coloured(p ink.Picture) bool {
	const least = 40 // between the largest and the smallest of red, green and blue
	count := 0
	for i := 0; i+3 < len(p.RGBA); i += 4 {
		r, g, b := p.RGBA[i], p.RGBA[i+1], p.RGBA[i+2]
		if p.RGBA[i+3] > 127 && max(r, g, b)-min(r, g, b) >= least {
			count++
		}
	}
	return 10*count >= p.Width*p.Height
}

// isDim reports whether all of a picture is darker than values of bytes are that use their
// range. What is transparent is not dark.
func isDim(p ink.Picture) bool {
	for i := 0; i+3 < len(p.RGBA); i += 4 {
		alpha := int(p.RGBA[i+3])
		brightest := int(max(p.RGBA[i], p.RGBA[i+1], p.RGBA[i+2]))
		if brightest*alpha/255+255-alpha >= pixels.LeastByte {
			return false
		}
	}
	return true
}

// Shades returns the grey of a picture's darkest and of its lightest pixel, over white, or over
// black where more is seen so.
func Shades(p ink.Picture) (darkest, lightest uint8) {
	for _, paper := range []int{255, 0} {
		low, high := 255, 0
		for i := 0; i+3 < len(p.RGBA); i += 4 {
			grey := (299*int(p.RGBA[i]) + 587*int(p.RGBA[i+1]) + 114*int(p.RGBA[i+2])) / 1000
			alpha := int(p.RGBA[i+3])
			grey = (grey*alpha + paper*(255-alpha)) / 255
			low, high = min(low, grey), max(high, grey)
		}
		if high-low >= int(lightest)-int(darkest) {
			darkest, lightest = uint8(max(low, 0)), uint8(high)
		}
	}
	return darkest, lightest
}

// IsFaint reports whether so few shades lie between these that a network sees little: of the
// 20,000 images to test of MNIST and Fashion-MNIST none has fewer than 254.
func IsFaint(darkest, lightest uint8) bool { return int(lightest)-int(darkest) < pixels.LeastByte }

// Loader makes the network's input from picture files, by a recipe, and keeps the
// results in a cache. Load may be called concurrently.
type Loader struct {
	form    ink.Form
	learned ink.Ground
	kind    string
	cache   *cache.Cache
}

// NewLoader returns a loader for images of a form, as See makes them. It keeps its cache in the
// folder cacheDir; "" stands for no cache.
func NewLoader(form ink.Form, learned ink.Ground, cacheDir string) *Loader {
	l := &Loader{form: form, learned: learned}
	l.kind = fmt.Sprintf("%s %d %dx%d %s", form.Recipe, seeingVersion, form.Width, form.Height, learned)
	if cacheDir != "" {
		l.cache = cache.Open(cacheDir, l.kind, 1+form.Size())
	}
	return l
}

// Load fills dst, of the form's size, from a file.
func (l *Loader) Load(dst []uint8, path string) (seen Seen, err error) {
	data, err := ReadFile(path)
	if err != nil {
		return seen, err
	}
	key := cache.KeyOf(l.kind, data)
	if value, ok := l.cache.Get(key); ok {
		copy(dst, value[1:])
		return seenOf(value[0]), nil
	}
	p, err := Decode(data)
	if err != nil {
		return seen, fmt.Errorf("picture: %s: %w", path, err)
	}
	seen.Several = Several(data)
	darkest, lightest := Shades(p)
	seen.Dim, seen.Faint = isDim(p), IsFaint(darkest, lightest) && darkest < lightest
	seen.Coloured = l.form.Recipe == ink.Photo && coloured(p)
	seen.Drawn, seen.Ground = See(dst, l.form, l.learned, p)
	if l.cache != nil {
		l.cache.Put(key, append(append(make([]byte, 0, 1+len(dst)), seen.byte()), dst...))
	}
	return seen, nil
}

// Save writes the results of Load to the cache.
func (l *Loader) Save() error { return l.cache.Save() }
