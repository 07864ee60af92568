package metrics

import "slices"

// Threshold returns the highest threshold, 0..1, that refuses no more than a share
// (0..1) of the answers; those below it are refused. With several sets, each
// with a bound of its own, the least of their thresholds keeps all bounds.
func Threshold(confidences []float32, share float64) float32 {
	const rounding = 1e-9 // 0.29*100 is 28.999999999999996
	refused := int(share*float64(len(confidences)) + rounding)
	if refused >= len(confidences) {
		return 1
	}
	return slices.Sorted(slices.Values(confidences))[refused]
}

// Below returns the share of confidences below a threshold, 0..1: the answers that it
// refuses; 0 of none.
func Below(confidences []float32, threshold float32) float64 {
	n := 0
	for _, c := range confidences {
		if c < threshold {
			n++
		}
	}
	return Share(n, len(confidences))
}

// AUROC returns the area under the receiver operating characteristic of telling
// positives from negatives by their confidence: the chance that one of
// positives has more than one of negatives, half of it where both are equal
// (Mann & Whitney 1947; Hanley & McNeil 1982). 1 is perfect, 0.5 is chance, which
// is also the answer where either is empty. No confidence is NaN.
func AUROC(positives, negatives []float32) float64 {
	if len(positives) == 0 || len(negatives) == 0 {
		return 0.5
	}
	p, n := slices.Sorted(slices.Values(positives)), slices.Sorted(slices.Values(negatives))
	below, notAbove := 0, 0 // of n, as seen from the running positive
	twice := 0              // won pairs count 2, equal ones 1
	for _, c := range p {
		for below < len(n) && n[below] < c {
			below++
		}
		for notAbove < len(n) && n[notAbove] <= c {
			notAbove++
		}
		twice += below + notAbove
	}
	return float64(twice) / (2 * float64(len(p)) * float64(len(n)))
}
