package metrics

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestCalibrationError(t *testing.T) {
	for name, c := range map[string]struct {
		confidences []float32
		right       []bool
		want        float64
	}{
		"nothing":           {nil, nil, 0},
		"as it says":        {[]float32{0.75, 0.75, 0.75, 0.75}, []bool{true, true, true, false}, 0},
		"too sure":          {[]float32{1, 1, 1, 1}, []bool{true, false, true, false}, 0.5},
		"never sure":        {[]float32{0, 0}, []bool{true, true}, 1},
		"two bins weighted": {[]float32{0.25, 1, 1, 1}, []bool{true, true, true, false}, (0.75 + 3*1.0/3) / 4},
	} {
		bins := CalibrationBins(c.confidences, c.right, 15)
		if got := CalibrationError(bins); !near(got, c.want, 1e-9) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
		count := 0
		for _, b := range bins {
			count += b.Count
		}
		if len(bins) != 15 || count != len(c.right) {
			t.Errorf("%s: got %d bins with %d answers, want 15 with %d", name, len(bins), count, len(c.right))
		}
	}
}

// A bin holds its upper bound and not its lower one.
func TestCalibrationBinsBounds(t *testing.T) {
	bins := CalibrationBins([]float32{0, 0.25, 0.5, 0.75, 1}, make([]bool, 5), 4)
	for i, want := range []int{2, 1, 1, 1} {
		if bins[i].Count != want {
			t.Errorf("bin %d: got %d answers, want %d", i, bins[i].Count, want)
		}
	}
}

func TestNegativeLogLikelihood(t *testing.T) {
	logits := []float32{0, 0, 1000, 0} // even; sure beyond what exp can hold
	if got, want := NegativeLogLikelihood(logits, []uint16{1, 0}, 2, 1), math.Ln2/2; !near(got, want, 1e-12) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := NegativeLogLikelihood(logits[2:], []uint16{1}, 2, 500), 2+math.Log1p(math.Exp(-2)); !near(got, want, 1e-12) {
		t.Errorf("at temperature 500: got %v, want %v", got, want)
	}
}

// Labels drawn from the softmax of logits, which are then multiplied by T, want
// the temperature T.
func TestFitTemperature(t *testing.T) {
	const n, classes = 20000, 10
	for _, want := range []float64{0.5, 1, 3} {
		random := rand.New(rand.NewPCG(1, 0))
		logits, labels := make([]float32, n*classes), make([]uint16, n)
		for i := range labels {
			row := logits[i*classes : (i+1)*classes]
			for j := range row {
				row[j] = float32(2 * random.NormFloat64())
			}
			labels[i] = sample(random, row)
			for j := range row {
				row[j] *= float32(want)
			}
		}
		if got := FitTemperature(logits, labels, classes); !near(got/want, 1, 0.03) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if got := FitTemperature(nil, nil, classes); got != 1 {
		t.Errorf("of nothing: got %v, want 1", got)
	}
}

// sample draws a class from the softmax of logits.
func sample(random *rand.Rand, logits []float32) uint16 {
	total := 0.0
	for _, l := range logits {
		total += math.Exp(float64(l))
	}
	at := random.Float64() * total
	for class, l := range logits {
		if at -= math.Exp(float64(l)); at < 0 {
			return uint16(class)
		}
	}
	return uint16(len(logits) - 1)
}
