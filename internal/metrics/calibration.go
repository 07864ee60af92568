package metrics

import "math"

// Bin gathers the answers whose confidence lies in one part of 0..1.
type Bin struct {
	Low, High  float64 // bounds of the confidence; Low itself belongs to the bin below
	Count      int
	Confidence float64 // mean; 0 where Count is 0
	Accuracy   float64 // share of right answers; 0 where Count is 0
}

// CalibrationBins sorts answers into n bins of equal width, n at least 1, and
// confidence 0 into the first one (Guo et al. 2017, section 2: bin m holds
// ((m-1)/n, m/n]). confidences are 0..1 and as many as right.
func CalibrationBins(confidences []float32, right []bool, n int) []Bin {
	bins := make([]Bin, n)
	for i := range bins {
		bins[i].Low, bins[i].High = float64(i)/float64(n), float64(i+1)/float64(n)
	}
	for i, c := range confidences {
		b := &bins[min(max(int(math.Ceil(float64(c)*float64(n)))-1, 0), n-1)]
		b.Count++
		b.Confidence += float64(c)
		if right[i] {
			b.Accuracy++
		}
	}
	for i := range bins {
		count := float64(max(bins[i].Count, 1))
		bins[i].Confidence /= count
		bins[i].Accuracy /= count
	}
	return bins
}

// CalibrationError returns the expected calibration error, 0..1: the mean distance
// of accuracy and confidence over the bins, weighted by their counts (Guo et al.
// 2017, eq. 3); 0 without any answer.
func CalibrationError(bins []Bin) float64 {
	sum, total := 0.0, 0
	for _, b := range bins {
		sum += float64(b.Count) * math.Abs(b.Accuracy-b.Confidence)
		total += b.Count
	}
	return sum / float64(max(total, 1))
}

// NegativeLogLikelihood returns the mean of -log p(label) of logits (N, classes)
// divided by the temperature before the softmax; 0 without any sample.
func NegativeLogLikelihood(logits []float32, labels []uint16, classes int, temperature float64) float64 {
	sum := 0.0
	for i, label := range labels {
		row := logits[i*classes : (i+1)*classes]
		top, total := float64(row[ArgMax(row)]), 0.0
		for _, logit := range row {
			total += math.Exp((float64(logit) - top) / temperature)
		}
		sum += math.Log(total) - (float64(row[label])-top)/temperature
	}
	return sum / float64(max(len(labels), 1))
}

// The temperatures that FitTemperature looks at, as logarithms, and how close it
// comes to the best.
const (
	coldest, hottest = -3.0, 3.0 // e^-3 = 0.05, e^3 = 20
	temperatureStep  = 1e-5
)

// FitTemperature returns the temperature of least NegativeLogLikelihood between 0.05
// and 20 (Guo et al. 2017, section 4.2), to five digits: logits (N, classes)
// are those of a validation part. Without any sample it is 1.
//
// The likelihood is convex in 1/T and so has one minimum in log T, too, which a
// golden-section search finds (Kiefer 1953).
func FitTemperature(logits []float32, labels []uint16, classes int) float64 {
	if len(labels) == 0 {
		return 1
	}
	loss := func(logT float64) float64 {
		return NegativeLogLikelihood(logits, labels, classes, math.Exp(logT))
	}
	golden := (math.Sqrt(5) - 1) / 2
	low, high := coldest, hottest
	left, right := high-golden*(high-low), low+golden*(high-low)
	atLeft, atRight := loss(left), loss(right)
	for high-low > temperatureStep {
		if atLeft < atRight {
			high, right, atRight = right, left, atLeft
			left = high - golden*(high-low)
			atLeft = loss(left)
		} else {
			low, left, atLeft = left, right, atRight
			right = low + golden*(high-low)
			atRight = loss(right)
		}
	}
	return math.Exp((low + high) / 2)
}
