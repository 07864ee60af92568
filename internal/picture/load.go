package picture

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/cache"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// seeingVersion goes up whenever Decode or a recipe makes another image of the same
// file, so that nothing stale comes from the cache.
const seeingVersion = 3

// See makes an image of a form from a picture, for a network that has learned from
// pictures on this ground. It returns whether there was anything to see, and by recipe
// picture its ground: see ink.Fit.
func See(dst []uint8, form ink.Form, learned ink.Ground, p ink.Picture) (seen bool, ground ink.Ground) {
	if form.Recipe == ink.Photo {
		return ink.Fit(dst, form.Width, form.Height, p, learned)
	}
	return form.DrawTo(dst, ink.Trace(p), ink.Pen, ink.Centred), ink.AnyGround
}

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

// Load fills dst, of the form's size, from a file. It returns what See does.
func (l *Loader) Load(dst []uint8, path string) (seen bool, ground ink.Ground, err error) {
	data, err := ReadFile(path)
	if err != nil {
		return false, ink.AnyGround, err
	}
	key := cache.KeyOf(l.kind, data)
	if value, ok := l.cache.Get(key); ok {
		copy(dst, value[1:])
		return value[0]&1 == 1, ink.Ground(value[0] >> 1), nil
	}
	p, err := Decode(data)
	if err != nil {
		return false, ink.AnyGround, fmt.Errorf("picture: %s: %w", path, err)
	}
	seen, ground = See(dst, l.form, l.learned, p)
	if l.cache != nil {
		value := append(make([]byte, 0, 1+len(dst)), byte(ground)<<1)
		if seen {
			value[0] |= 1
		}
		l.cache.Put(key, append(value, dst...))
	}
	return seen, ground, nil
}

// Save writes the results of Load to the cache.
func (l *Loader) Save() error { return l.cache.Save() }
