package metrics

// Class says how one class is read. Shares are 0..1, and 0 where nothing was
// counted.
type Class struct {
	Precision float64 // share of the answers of this class that are right
	Recall    float64 // share of the images of this class that are answered so
	F1        float64 // harmonic mean of both
	Count     int     // images of this class
}

// Classes returns the precision and recall of every class.
func (c Confusion) Classes() []Class {
	classes := make([]Class, len(c))
	for i := range c {
		answered, count := 0, 0
		for j := range c {
			answered += c[j][i]
			count += c[i][j]
		}
		right := c[i][i]
		classes[i] = Class{Share(right, answered), Share(right, count), Share(2*right, answered+count), count}
	}
	return classes
}

// Share returns part as a share of total, 0 of nothing.
func Share(part, total int) float64 {
	if total == 0 {
		return 0
	}
	return float64(part) / float64(total)
}

// InTop reports whether the label is among the k largest probabilities; equal
// ones come in the order of their index, as in ArgMax.
func InTop(probabilities []float32, label, k int) bool {
	before := 0
	for i, p := range probabilities {
		if p > probabilities[label] || p == probabilities[label] && i < label {
			before++
		}
	}
	return before < k
}
