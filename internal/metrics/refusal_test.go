package metrics

import (
	"math/rand/v2"
	"testing"
)

func TestThreshold(t *testing.T) {
	hundred := make([]float32, 100) // 0.00, 0.01 ... 0.99, shuffled
	for i := range hundred {
		hundred[i] = float32(i*37%100) / 100
	}
	for name, c := range map[string]struct {
		confidences []float32
		share       float64
		want        float32
	}{
		"nothing":             {nil, 0.1, 1},
		"none may go":         {hundred, 0, 0},
		"two of a hundred":    {hundred, 0.02, 0.02},
		"just under three":    {hundred, 0.0299, 0.02},
		"29 despite rounding": {hundred, 0.29, 0.29},
		"all may go":          {hundred, 1, 1},
		"equal ones stay":     {[]float32{0.5, 0.5, 0.5, 0.9}, 0.5, 0.5},
	} {
		got := Threshold(c.confidences, c.share)
		if got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
		if refused := Below(c.confidences, got); refused > c.share+1e-9 {
			t.Errorf("%s: refuses a share of %v, want at most %v", name, refused, c.share)
		}
	}
}

func TestAUROC(t *testing.T) {
	for name, c := range map[string]struct {
		positives, negatives []float32
		want                 float64
	}{
		"perfect":   {[]float32{0.9, 0.8}, []float32{0.1, 0.7}, 1},
		"reversed":  {[]float32{0.1}, []float32{0.2, 0.3}, 0},
		"all equal": {[]float32{0.5, 0.5}, []float32{0.5}, 0.5},
		"empty":     {nil, []float32{0.5}, 0.5},
		"one tie":   {[]float32{0.5, 0.9}, []float32{0.5, 0.1}, 3.5 / 4},
	} {
		if got := AUROC(c.positives, c.negatives); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// TestAUROCCountsPairs compares with the definition, on few distinct values so
// that there are ties.
func TestAUROCCountsPairs(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 0))
	for range 50 {
		positives, negatives := make([]float32, 1+random.IntN(60)), make([]float32, 1+random.IntN(60))
		for i := range positives {
			positives[i] = float32(random.IntN(12)+2) / 14
		}
		for i := range negatives {
			negatives[i] = float32(random.IntN(12)) / 14
		}
		pairs := 0.0
		for _, p := range positives {
			for _, n := range negatives {
				if p > n {
					pairs++
				} else if p == n {
					pairs += 0.5
				}
			}
		}
		want := pairs / float64(len(positives)*len(negatives))
		if got := AUROC(positives, negatives); !near(got, want, 1e-12) {
			t.Fatalf("%v against %v: got %v, want %v", positives, negatives, got, want)
		}
	}
}
