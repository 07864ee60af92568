package synth

import (
	"math"
	"reflect"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

func TestSynthetic(t *testing.T) {
	ds := Digits(100, 1)
	for i, d := range ds {
		b := strokes.BoxOf(d.Strokes)
		if long := max(b.Width(), b.Height()); math.Abs(long-1) > 1e-5 || b.X0 < 0 || b.Y0 < 0 {
			t.Errorf("drawing %d: box: got %v, want in 0..1 with a side of 1", i, b)
		}
		if d.Writer != 0 || len(d.Strokes) == 0 {
			t.Errorf("drawing %d: got writer %d, %d strokes", i, d.Writer, len(d.Strokes))
		}
	}
	for i := 0; i < len(ds); i += 10 {
		var count [10]int
		for _, d := range ds[i : i+10] {
			count[d.Label]++
		}
		if count != [10]int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1} {
			t.Errorf("drawings %d..%d: got %v of each digit, want one", i, i+9, count)
		}
	}
}

// Drawing i is a function of seed and i: a longer list begins as a shorter one.
func TestSyntheticIsSeeded(t *testing.T) {
	short, long, other := Digits(13, 1), Digits(40, 1), Digits(13, 2)
	if !reflect.DeepEqual(short, long[:13]) {
		t.Error("first 13 of 40: got others than Digits(13)")
	}
	for i := range short {
		if reflect.DeepEqual(short[i].Strokes, other[i].Strokes) {
			t.Errorf("drawing %d: got the same with another seed", i)
		}
	}
}

// Every way to write a digit is drawn, and about as often as its weight says.
func TestChooseSkeleton(t *testing.T) {
	const n = 3000
	for digit, ways := range skeletons {
		total := 0.0
		for _, s := range ways {
			total += s.weight
		}
		count := map[string]float64{}
		w := newWriter(1, digit)
		for range n {
			count[w.choose(ways).name] += 1.0 / n
		}
		for _, s := range ways {
			if want := s.weight / total; math.Abs(count[s.name]-want) > 0.05 {
				t.Errorf("%d, %s: got %.3f of all, want %.3f", digit, s.name, count[s.name], want)
			}
		}
	}
}
