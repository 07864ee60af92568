package photo

import (
	"errors"
	"fmt"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// SymbolNames returns the made-up symbols, sorted.
func SymbolNames() []string { return []string{"fork", "spiral", "wave"} }

// Symbol draws one of the symbols by a hand that is a function of seed, in the
// square 0..1.
func Symbol(name string, seed uint64) []ink.Stroke {
	random := rand.New(rand.NewPCG(seed, 0))
	lean, wide, high := 0.3*random.NormFloat64(), 0.5+0.4*random.Float64(), 0.5+0.4*random.Float64()
	at := func(x, y float64) ink.Point {
		x, y = wide*x+0.01*random.Float64(), high*y
		return ink.Point{X: float32(0.5 + 0.8*(x+0.3*lean*y)), Y: float32(0.5 + 0.8*y)}
	}
	line := func(points int, f func(t float64) (x, y float64)) ink.Stroke {
		var s ink.Stroke
		for i := range points {
			s = append(s, at(f(float64(i)/float64(points-1))))
		}
		return s
	}
	switch name {
	case "fork":
		return []ink.Stroke{
			line(8, func(t float64) (float64, float64) { return 0, 0.5 - t }),
			line(12, func(t float64) (float64, float64) { return 0.4 * math.Cos(math.Pi*t), -0.5 + 0.4*math.Sin(math.Pi*t) }),
		}
	case "spiral":
		return []ink.Stroke{line(40, func(t float64) (float64, float64) {
			return 0.5 * t * math.Cos(13*t), 0.5 * t * math.Sin(13*t)
		})}
	}
	return []ink.Stroke{line(30, func(t float64) (float64, float64) { return t - 0.5, 0.3 * math.Sin(4*math.Pi*t) })}
}

// WriteSymbols writes perClass pictures of each symbol into a folder a symbol
// below dir, of all kinds in turn.
func WriteSymbols(dir string, perClass int, seed uint64) error {
	for class, name := range SymbolNames() {
		folder := filepath.Join(dir, name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		for i := range perClass {
			one := seed + uint64(class*perClass+i)
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("%03d.png", i)))
			if err != nil {
				return err
			}
			err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(file, Render(Symbol(name, one), Kinds()[i%len(Kinds())], one))
			if err = errors.Join(err, file.Close()); err != nil {
				return err
			}
		}
	}
	return nil
}
