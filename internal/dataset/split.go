package dataset

import (
	"math"
	"math/rand/v2"
)

const badSplit = "dataset: split needs n >= 0 and a fraction in 0..1"

// Split divides the numbers 0..n-1 at random into those to train on and
// round(n*fraction) for validation, both in random order. It depends on nothing
// but its arguments. It panics if n is negative or fraction is not in 0..1.
func Split(n int, fraction float64, seed uint64) (train, validation []int) {
	if n < 0 || !(fraction >= 0 && fraction <= 1) {
		panic(badSplit)
	}
	order := rand.New(rand.NewPCG(seed, 0)).Perm(n)
	at := n - int(math.Round(float64(n)*fraction))
	return order[:at:at], order[at:]
}
