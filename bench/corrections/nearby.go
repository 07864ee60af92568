package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"

	"github.com/seed-c844a918/inkling/internal/fewshot"
)

// rounds of k-means.
const rounds = 12

// write makes the file of nearby drawings: the means of k clusters of each class's
// features, and as many of what is none of them as the file still takes.
func (s *subject) write() error {
	byClass, mean, err := s.learned()
	if err != nil {
		return err
	}
	size, labels := len(mean), len(s.model.Labels)
	total := 0
	for fewshot.SizeOfNearby(size, total+1) <= fewshot.MaxNearby {
		total++
	}
	// A class's share: what is none of the classes has more ways to be drawn, and gets a third at least.
	each := total * 2 / 3 / labels
	n := &fewshot.Nearby{Model: s.sum, Mean: mean}
	for class, features := range byClass {
		count := each
		if class == labels {
			count = total - each*labels
		}
		for _, f := range clusters(features, count) {
			n.Classes, n.Features = append(n.Classes, class), append(n.Features, f)
		}
	}
	data := n.Encode()
	fmt.Printf("%s: %d features of %d values, %d bytes\n", s.nearPath(), len(n.Features), size, len(data))
	return os.WriteFile(s.nearPath(), data, 0o644)
}

// learned returns the features of what the model was trained on and reads right, by class, less
// their mean and of length 1.
func (s *subject) learned() (byClass [][][]float32, mean []float32, err error) {
	var all []seen
	for _, p := range s.sets {
		var some []seen
		if p.set == "mnist" {
			some, err = s.mnist(false)
		} else {
			some, err = s.drawings(p.set, p.writers)
		}
		if err != nil {
			return nil, nil, err
		}
		all = append(all, some...)
	}
	mean = meanOf(all)
	for _, set := range s.background {
		some, err := s.strangers(set, "0-13")
		if err != nil {
			return nil, nil, err
		}
		all = append(all, some...)
	}
	byClass = make([][][]float32, len(s.model.Labels)+1)
	for i := range all {
		if d := &all[i]; d.label == len(s.model.Labels) || d.answer() == d.label {
			centre(d.feature, mean)
			byClass[d.label] = append(byClass[d.label], d.feature)
		}
	}
	return byClass, mean, nil
}

// meanOf returns the mean of the drawings' features.
func meanOf(all []seen) []float32 {
	mean := make([]float32, len(all[0].feature))
	for _, d := range all {
		for j, v := range d.feature {
			mean[j] += v / float32(len(all))
		}
	}
	return mean
}

// centre takes the mean from a feature and brings it to length 1.
func centre(f, mean []float32) {
	for j, v := range mean {
		f[j] -= v
	}
	unit(f)
}

func unit(f []float32) {
	length := float32(math.Sqrt(float64(dot(f, f))))
	for j := range f {
		f[j] /= max(length, 1e-9)
	}
}

func dot(a, b []float32) (sum float32) {
	for j, v := range a {
		sum += v * b[j]
	}
	return sum
}

// clusters returns count means of features, by the spherical k-means of Dhillon & Modha
// 2001; the same for the same features.
func clusters(features [][]float32, count int) [][]float32 {
	random := rand.New(rand.NewPCG(uint64(len(features)), uint64(count)))
	var centres [][]float32
	for _, i := range random.Perm(len(features))[:min(count, len(features))] {
		centres = append(centres, append([]float32{}, features[i]...))
	}
	for range rounds {
		sums := make([][]float32, len(centres))
		for _, f := range features {
			best, most := 0, float32(-2)
			for k, c := range centres {
				if v := dot(f, c); v > most {
					best, most = k, v
				}
			}
			if sums[best] == nil {
				sums[best] = make([]float32, len(f))
			}
			for j, v := range f {
				sums[best][j] += v
			}
		}
		for k, sum := range sums {
			if sum != nil {
				unit(sum)
				centres[k] = sum
			}
		}
	}
	return centres
}
