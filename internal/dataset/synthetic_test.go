package dataset

import (
	"math"
	"reflect"
	"testing"
)

func TestSynthetic(t *testing.T) {
	ds := Synthetic(100, 1)
	for i, d := range ds {
		b := boxOf(d.Strokes)
		if long := max(b.width(), b.height()); math.Abs(long-1) > 1e-5 || b.x0 < 0 || b.y0 < 0 {
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
	short, long, other := Synthetic(13, 1), Synthetic(40, 1), Synthetic(13, 2)
	if !reflect.DeepEqual(short, long[:13]) {
		t.Error("first 13 of 40: got others than Synthetic(13)")
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

func TestSyntheticPair(t *testing.T) {
	pair := SyntheticPair()
	for name, c := range map[string]struct {
		set  *Set
		want int
	}{"train": {pair.Train, 6000}, "test": {pair.Test, 1000}} {
		if c.set.Len() != c.want || c.set.Width != 28 || c.set.Height != 28 || c.set.Name != "synthetic" {
			t.Errorf("%s: got %d images of %s, %dx%d", name, c.set.Len(), c.set.Name, c.set.Width, c.set.Height)
		}
	}
	if got := nearestMean(pair); got < 0.85 {
		t.Errorf("accuracy of the nearest mean image: got %.3f, want at least 0.85", got)
	}
}

// nearestMean is the accuracy (0..1) on Test of taking the class whose mean
// image of Train is nearest: the plainest reader there is.
func nearestMean(pair Pair) float64 {
	var means [10][28 * 28]float64
	each := float64(pair.Train.Len()) / 10
	for i, label := range pair.Train.Labels {
		for at, ink := range pair.Train.Image(i) {
			means[label][at] += float64(ink) / each
		}
	}
	right := 0
	for i, label := range pair.Test.Labels {
		nearest, least := 0, math.Inf(1)
		for class, mean := range means {
			sum := 0.0
			for at, ink := range pair.Test.Image(i) {
				d := float64(ink) - mean[at]
				sum += d * d
			}
			if sum < least {
				nearest, least = class, sum
			}
		}
		if nearest == int(label) {
			right++
		}
	}
	return float64(right) / float64(pair.Test.Len())
}
