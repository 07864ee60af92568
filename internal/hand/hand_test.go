package hand

import (
	"math"
	"math/rand/v2"
	"testing"
)

// No style leaves every point where it is, but for the middle at the origin.
func TestBendOfNoStyle(t *testing.T) {
	bend := Style{Middle: [2]float64{0.5, 0.25}}.Bend(rand.New(rand.NewPCG(1, 2)))
	for _, p := range [][2]float64{{0, 0}, {0.5, 0.25}, {-3, 7}} {
		x, y := bend.At(p[0], p[1])
		if x != p[0]-0.5 || y != p[1]-0.25 {
			t.Errorf("%v: got (%v, %v), want (%v, %v)", p, x, y, p[0]-0.5, p[1]-0.25)
		}
	}
}

// Each field alone does what its comment says, at most 2.5 deviations of it.
func TestBendOfOneField(t *testing.T) {
	const n = 200
	for name, c := range map[string]struct {
		style    Style
		from, to [2]float64 // the longest way that (x, y) may have come
		atMost   float64
	}{
		"waves":   {Style{Wave: 0.02}, [2]float64{0.3, 0.4}, [2]float64{0.3, 0.4}, 3 * 2.5 * 0.02 * math.Sqrt2},
		"bow":     {Style{Bow: 0.05}, [2]float64{0, 0.5}, [2]float64{0, 0.5}, 2.5 * 0.05 * 1.1},
		"slant":   {Style{Slant: 0.2}, [2]float64{0, 0.5}, [2]float64{0, 0.5}, 2.5 * 0.2 * 0.5},
		"turn":    {Style{Turn: 0.1}, [2]float64{0, 0.5}, [2]float64{0, 0.5}, 2.5 * 0.1 * 0.5},
		"stretch": {Style{Stretch: 0.1}, [2]float64{0.5, 0}, [2]float64{0.5, 0}, 0.5 * (math.Exp(0.25) - 1)},
	} {
		t.Run(name, func(t *testing.T) {
			random, most := rand.New(rand.NewPCG(3, 4)), 0.0
			for range n {
				bend := c.style.Bend(random)
				x, y := bend.At(c.from[0], c.from[1])
				most = max(most, math.Hypot(x-c.to[0], y-c.to[1]))
			}
			if most > c.atMost || most < c.atMost/10 {
				t.Errorf("farthest of %d: got %.4f, want %.4f..%.4f", n, most, c.atMost/10, c.atMost)
			}
		})
	}
}

func TestNormal(t *testing.T) {
	random, squares := rand.New(rand.NewPCG(5, 6)), 0.0
	const n = 20000
	for range n {
		v := Normal(random, 2)
		if math.Abs(v) > 5 {
			t.Fatalf("got %v, want at most 5", v)
		}
		squares += v * v
	}
	// Cutting off at 2.5 leaves 0.956 of the deviation.
	if got := math.Sqrt(squares / n); math.Abs(got-2*0.956) > 0.05 {
		t.Errorf("deviation: got %.3f, want 1.91", got)
	}
}
