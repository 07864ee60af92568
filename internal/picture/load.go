package picture

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/cache"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// seeingVersion goes up whenever Decode or a recipe makes another image of the same
// file, so that nothing stale comes from the cache.
const seeingVersion = 2

// See makes an image of width x height from a picture, by a recipe. It reports
// whether there was anything to see.
func See(dst []uint8, width, height int, recipe ink.Recipe, p ink.Picture) bool {
	if recipe == ink.Photo {
		return ink.Fit(dst, width, height, p)
	}
	return ink.Draw(dst, width, height, ink.Trace(p))
}

// Loader makes the network's input from picture files, by a recipe, and keeps the
// results in a cache. Load may be called concurrently.
type Loader struct {
	width, height int
	recipe        ink.Recipe
	kind          string
	cache         *cache.Cache
}

// NewLoader returns a loader for images of width x height. It keeps its cache in the
// folder cacheDir; "" stands for no cache.
func NewLoader(width, height int, recipe ink.Recipe, cacheDir string) *Loader {
	l := &Loader{width: width, height: height, recipe: recipe}
	l.kind = fmt.Sprintf("%s %d %dx%d", recipe, seeingVersion, width, height)
	if cacheDir != "" {
		l.cache = cache.Open(cacheDir, l.kind, 1+width*height)
	}
	return l
}

// Load fills dst, width*height bytes, from a file. It reports whether there was
// anything to see.
func (l *Loader) Load(dst []uint8, path string) (seen bool, err error) {
	data, err := ReadFile(path)
	if err != nil {
		return false, err
	}
	key := cache.KeyOf(l.kind, data)
	if value, ok := l.cache.Get(key); ok {
		copy(dst, value[1:])
		return value[0] == 1, nil
	}
	p, err := Decode(data)
	if err != nil {
		return false, fmt.Errorf("picture: %s: %w", path, err)
	}
	seen = See(dst, l.width, l.height, l.recipe, p)
	if l.cache != nil {
		value := make([]byte, 1, 1+len(dst))
		if seen {
			value[0] = 1
		}
		l.cache.Put(key, append(value, dst...))
	}
	return seen, nil
}

// Save writes the results of Load to the cache.
func (l *Loader) Save() error { return l.cache.Save() }
