package metrics

import "testing"

// rows returns logits of two classes and a background, each drawing as often as said.
func rows(n int, logits ...float32) (out []float32) {
	for range n {
		out = append(out, logits...)
	}
	return out
}

// Half of the known drawings could be either class; what is neither has a clear
// first class, so that no threshold alone tells them apart.
func TestFitBoundary(t *testing.T) {
	known := Group{append(rows(10, 5, 5, 0), rows(10, 9, 0, 0)...), 0}
	unknown := Group{rows(10, 4, 0, 3.5), 0.5}
	plain := FitBoundary([]Group{known}, nil, 2, 1)
	if plain.Bias != 0 || plain.Threshold < 0.45 || plain.Threshold > 0.5 {
		t.Errorf("without others: got %+v, want bias 0 and a threshold under 0.5", plain)
	}
	got := FitBoundary([]Group{known}, []Group{unknown}, 2, 1)
	if got.Bias <= 0 || got.Worst != 0 {
		t.Errorf("got %+v, want a positive bias that refuses all others", got)
	}
	for _, g := range []struct {
		group Group
		want  float64
	}{{known, 0}, {unknown, 1}} {
		if refused := Below(g.group.confidences(2, float64(got.Bias), 1), got.Threshold); refused != g.want {
			t.Errorf("refused: got %v, want %v", refused, g.want)
		}
	}
}

func TestFitBoundaryEqual(t *testing.T) {
	known, unknown := Group{rows(4, 9, 0, 0), 0}, Group{rows(4, 0, 0, 9), 1}
	if got := FitBoundary([]Group{known}, []Group{unknown}, 2, 1); got.Bias != 0 || got.Worst != 0 {
		t.Errorf("got %+v, want bias 0: it is as good as any", got)
	}
}

// A temperature changes how sure answers are, and no threshold refuses more than
// was allowed.
func TestFitBoundaryShare(t *testing.T) {
	known := Group{append(rows(1, 1, 0, 0), rows(99, 4, 0, 0)...), 0.01}
	for _, temperature := range []float64{0.5, 1, 3} {
		b := FitBoundary([]Group{known}, []Group{{rows(5, 2, 0, 1), 0.1}}, 2, temperature)
		if refused := Below(known.confidences(2, float64(b.Bias), temperature), b.Threshold); refused > 0.01 {
			t.Errorf("temperature %v: refused %v of the known, want at most 0.01", temperature, refused)
		}
		if b.Worst != 0 {
			t.Errorf("temperature %v: got %+v, want all others refused", temperature, b)
		}
	}
}
