package kernel

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
)

// scale255 returns the notebook's scale, pixels as 0..1.
func scale255() *[256]float32 {
	var scale [256]float32
	for i := range scale {
		scale[i] = float32(i) / 255
	}
	return &scale
}

// images draws n images of this many pixels with this share of ink; every fourth
// is empty or full.
func images(random *rand.Rand, n, features int, ink float64) [][]uint8 {
	list := make([][]uint8, n)
	for i := range list {
		list[i] = make([]uint8, features)
		for p := range list[i] {
			switch {
			case i%8 == 3:
			case i%8 == 7 || random.Float64() < ink:
				list[i][p] = uint8(1 + random.IntN(255))
			}
		}
	}
	return list
}

func batchOf(list [][]uint8, features int) *Sparse {
	s := NewSparse(features, scale255())
	s.Reset(len(list))
	for i, pixels := range list {
		s.Set(i, pixels)
	}
	return s
}

// sparseShapes are N, Features, Out.
var sparseShapes = [][3]int{
	{0, 5, 3}, {1, 1, 1}, {2, 3, 0}, {3, 7, 15}, {8, 31, 16}, {9, 32, 17}, {15, 63, 24}, {16, 64, 33}, {17, 65, 64},
	{31, 100, 65}, {33, 129, 80}, {40, 784, 64}, {128, 784, 64}, {64, 200, 128}, {65, 300, 130},
}

func TestSparse(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(3, 3))
		for _, shape := range sparseShapes {
			n, features, out := shape[0], shape[1], shape[2]
			list := images(random, n, features, 0.2)
			x := make([]float32, 0, n*features)
			for _, pixels := range list {
				for _, v := range pixels {
					x = append(x, float32(v)/255)
				}
			}
			s := batchOf(list, features)
			w, bias, dy := random32(random, features*out), random32(random, out), random32(random, n*out)

			var rows []float64
			for range n {
				rows = append(rows, float64s(bias)...)
			}
			want := reference64(rows, x, w, n, features, out, features, 1, out, 1)
			y := destination(make([]float32, n*out))
			s.Forward(y, w, bias, 0, n, false)
			compare(t, fmt.Sprint("Forward ", shape), y, want, 1e-4)
			for i, v := range want {
				want[i] = max(v, 0)
			}
			s.Forward(y, w, bias, 0, n, true)
			compare(t, fmt.Sprint("Forward with relu ", shape), y, want, 1e-4)

			dw := random32(random, features*out)
			got := destination(dw)
			s.Gradient(got, dy, out, 0, features)
			compare(t, fmt.Sprint("Gradient ", shape), got, reference64(float64s(dw), x, dy, features, n, out, 1, features, out, 1), 1e-4)
		}
	})
}

// TestSparseParts checks that goroutines that share a batch make the bytes that
// one makes.
func TestSparseParts(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(4, 4))
		const n, features, out = 50, 784, 64
		list := images(random, n, features, 0.2)
		whole, parts := batchOf(list, features), NewSparse(features, scale255())
		parts.Reset(n)
		w, bias, dy := random32(random, features*out), random32(random, out), random32(random, n*out)
		y, dw := make([]float32, n*out), make([]float32, features*out)
		whole.Forward(y, w, bias, 0, n, true)
		whole.Gradient(dw, dy, out, 0, features)

		gotY, gotDW := destination(make([]float32, n*out)), destination(make([]float32, features*out))
		var group sync.WaitGroup
		for i, pixels := range list {
			group.Go(func() { parts.Set(i, pixels) })
		}
		group.Wait()
		for i := 0; i < n; i += 7 {
			group.Go(func() { parts.Forward(gotY, w, bias, i, min(i+7, n), true) })
		}
		for p := 0; p < features; p += 100 {
			group.Go(func() { parts.Gradient(gotDW, dy, out, p, min(p+100, features)) })
		}
		group.Wait()
		compare(t, "Forward", gotY, float64s(y), 0)
		compare(t, "Gradient", gotDW, float64s(dw), 0)
	})
}

// TestSparseReset uses one Sparse for batches of growing and shrinking size.
func TestSparseReset(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(5, 5))
		const features, out = 70, 20
		s := NewSparse(features, scale255())
		w, bias := random32(random, features*out), random32(random, out)
		for _, n := range []int{5, 40, 3, 0, 41} {
			list := images(random, n, features, 0.3)
			fresh := batchOf(list, features)
			s.Reset(n)
			for i, pixels := range list {
				s.Set(i, pixels)
			}
			got, want := destination(make([]float32, n*out)), make([]float32, n*out)
			s.Forward(got, w, bias, 0, n, false)
			fresh.Forward(want, w, bias, 0, n, false)
			compare(t, fmt.Sprint("Forward ", n), got, float64s(want), 0)
			dy := random32(random, n*out)
			gotDW, wantDW := destination(make([]float32, features*out)), make([]float32, features*out)
			s.Gradient(gotDW, dy, out, 0, features)
			fresh.Gradient(wantDW, dy, out, 0, features)
			compare(t, fmt.Sprint("Gradient ", n), gotDW, float64s(wantDW), 0)
		}
	})
}

func TestSparseMisusePanics(t *testing.T) {
	s := NewSparse(4, scale255())
	s.Reset(2)
	panics(t, map[string]func(){
		"no features":       func() { NewSparse(0, scale255()) },
		"too many features": func() { NewSparse(1<<16+1, scale255()) },
		"zero counts":       func() { NewSparse(4, &[256]float32{1}) },
		"short image":       func() { s.Set(0, make([]uint8, 3)) },
		"image outside":     func() { s.Set(2, make([]uint8, 4)) },
		"range outside":     func() { s.Forward(make([]float32, 2), make([]float32, 4), make([]float32, 1), 0, 3, false) },
		"pixels outside":    func() { s.Gradient(make([]float32, 4), make([]float32, 2), 1, 0, 5) },
	})
}
