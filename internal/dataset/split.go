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

// Stratified splits within each class: of the images of a class,
// round(n*fraction) are for validation, but never all. Both parts are in random
// order. It panics if fraction is not in 0..1.
func Stratified(labels []uint16, fraction float64, seed uint64) (train, validation []int) {
	if !(fraction >= 0 && fraction <= 1) {
		panic(badSplit)
	}
	count := map[uint16]int{}
	for _, label := range labels {
		count[label]++
	}
	held := map[uint16]int{}
	for label, n := range count {
		held[label] = min(int(math.Round(float64(n)*fraction)), n-1)
	}
	order, _ := Split(len(labels), 0, seed)
	for _, i := range order {
		if held[labels[i]] > 0 {
			held[labels[i]]--
			validation = append(validation, i)
		} else {
			train = append(train, i)
		}
	}
	return train, validation
}
