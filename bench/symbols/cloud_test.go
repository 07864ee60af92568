package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// TestGreedyMatch compares the quick matching of $P with the paper's loops.
func TestGreedyMatch(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	clouds := make([]cloud, 40)
	for i := range clouds {
		clouds[i] = drawnAtRandom(random)
	}
	for i := range clouds {
		least, want := math.Inf(1), math.Inf(1)
		for j := range clouds {
			if i == j {
				continue
			}
			plain := plainMatch(&clouds[i], &clouds[j])
			if got := greedyMatch(&clouds[i], &clouds[j], math.Inf(1)); got != plain {
				t.Fatalf("clouds %d and %d: distance %v, want %v", i, j, got, plain)
			}
			least, want = min(least, greedyMatch(&clouds[i], &clouds[j], least)), min(want, plain)
			if least != want {
				t.Fatalf("cloud %d, up to %d: least distance %v, want %v", i, j, least, want)
			}
		}
	}
}

// drawnAtRandom returns the cloud of two strokes of a few points.
func drawnAtRandom(random *rand.Rand) cloud {
	var drawn []ink.Stroke
	for range 2 {
		var s ink.Stroke
		for range 6 {
			s = append(s, ink.Point{X: random.Float32(), Y: random.Float32()})
		}
		drawn = append(drawn, s)
	}
	return newCloud(drawn)
}

// plainMatch returns what $P's GREEDY-CLOUD-MATCH does, as the paper has it.
func plainMatch(a, b *cloud) float64 {
	least := math.Inf(1)
	for start := 0; start < cloudSize; start += starts {
		least = min(least, plainDistance(a, b, start), plainDistance(b, a, start))
	}
	return least
}

// plainDistance returns what $P's CLOUD-DISTANCE does.
func plainDistance(a, b *cloud, start int) (sum float64) {
	var taken [cloudSize]bool
	for k := range cloudSize {
		i, least, best := (start+k)%cloudSize, math.Inf(1), 0
		for j := range b {
			if d := square(a[i], b[j]); !taken[j] && d < least {
				least, best = d, j
			}
		}
		taken[best] = true
		sum += (1 - float64(k)/cloudSize) * math.Sqrt(least)
	}
	return sum
}
