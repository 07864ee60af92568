package background

import (
	"math/rand/v2"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// slightCharacters are those whose strokes are dots or bars, which make nothing.
const slightCharacters = `ij!:;?"%=`

// Assemblable reports whether a character has strokes of some size to assemble:
// several, and not those of dots.
func Assemblable(label string, strokes []ink.Stroke) bool {
	return len(strokes) > 1 && !strings.Contains(slightCharacters, label)
}

// Assembled returns three or four strokes of different characters in one place.
// character returns those of one, at random.
func Assembled(character func() []ink.Stroke, random *rand.Rand) []ink.Stroke {
	var out []ink.Stroke
	for range 3 + random.IntN(2) {
		of := character()
		dx, dy := between(random, -0.25, 0.25), between(random, -0.25, 0.25)
		scale, i := between(random, smallest, largest), random.IntN(len(of))
		out = append(out, strokes.Map(of[i:i+1], func(x, y float64) (float64, float64) {
			return scale*(x-0.5) + 0.5 + dx, scale*(y-0.5) + 0.5 + dy
		})...)
	}
	return out
}
