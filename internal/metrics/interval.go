package metrics

import "math"

// z95 is the normal quantile that leaves 2.5 % on either side.
const z95 = 1.959963984540054

// Wilson returns the 95 % score interval of a share measured as right of total
// (Wilson 1927, in the form of Brown, Cai & DasGupta 2001, eq. 4): both ends lie
// in 0..1, at a measured 0 or 1 too. Without any answer it is 0..1.
func Wilson(right, total int) (low, high float64) {
	if total == 0 {
		return 0, 1
	}
	n, p := float64(total), float64(right)/float64(total)
	middle := p + z95*z95/(2*n)
	half := z95 * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	scale := 1 + z95*z95/n
	return max((middle-half)/scale, 0), min((middle+half)/scale, 1)
}
