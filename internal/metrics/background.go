package metrics

import "math"

// Group is the logits of answers, (N, Classes+1), the background's last, and a
// share of them, 0..1: of drawings of the classes, how many may be refused; of
// others, how many are hoped to be answered at most.
type Group struct {
	Logits []float32
	Share  float64
}

// Boundary says what is refused: Bias is added to the background's logit, and a
// confidence below Threshold, 0..1, is not sure.
type Boundary struct {
	Bias      float32
	Threshold float32
	Worst     float64 // the largest of the shares of others answered surely, in parts of what was hoped
}

// The biases that FitBoundary looks at: at the least the background counts for
// nothing, at the most nearly everything is refused unless the threshold falls.
const biasLeast, biasMost, biasStep = -4.0, 8.0, 0.25

// FitBoundary chooses, among biases at even distances, the one that refuses others
// best: for each bias the threshold is the highest that keeps what may be refused
// of every group of known drawings, and then the groups of others count by the
// worst of them. Bias and threshold differ in what they refuse of the known: a low
// threshold leaves in peace those that could be one class or another, a bias
// refuses what looks like none of the classes. Equal ones are decided by the bias
// nearest to 0. Without unknown groups the bias is 0.
func FitBoundary(known, unknown []Group, classes int, temperature float64) Boundary {
	best := boundaryAt(0, known, unknown, classes, temperature)
	if len(unknown) == 0 {
		return best
	}
	for bias := biasLeast; bias <= biasMost; bias += biasStep {
		b := boundaryAt(bias, known, unknown, classes, temperature)
		if b.Worst < best.Worst || b.Worst == best.Worst && math.Abs(float64(b.Bias)) < math.Abs(float64(best.Bias)) {
			best = b
		}
	}
	return best
}

// boundaryAt returns the boundary of one bias.
func boundaryAt(bias float64, known, unknown []Group, classes int, temperature float64) Boundary {
	b := Boundary{Bias: float32(bias), Threshold: 1}
	for _, g := range known {
		b.Threshold = min(b.Threshold, Threshold(g.confidences(classes, bias, temperature), g.Share))
	}
	for _, g := range unknown {
		answered := 1 - Below(g.confidences(classes, bias, temperature), b.Threshold)
		b.Worst = max(b.Worst, answered/g.Share)
	}
	return b
}

// confidences returns the largest probabilities of a class after the bias.
func (g Group) confidences(classes int, bias, temperature float64) []float32 {
	confidences := make([]float32, 0, len(g.Logits)/(classes+1))
	for at := 0; at < len(g.Logits); at += classes + 1 {
		row := g.Logits[at : at+classes+1]
		top := float64(row[ArgMax(row[:classes])])
		total := math.Exp((float64(row[classes]) + bias - top) / temperature)
		for _, logit := range row[:classes] {
			total += math.Exp((float64(logit) - top) / temperature)
		}
		confidences = append(confidences, float32(1/total))
	}
	return confidences
}
