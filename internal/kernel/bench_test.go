package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// gemmShapes are M, K, N of what a network multiplies: the shape that compares
// with others, the notebook's layers, and a small CNN's convolutions as matrices.
var gemmShapes = []struct {
	name    string
	m, k, n int
}{
	{"reference", 128, 784, 512},
	{"notebook-2", 128, 64, 32},
	{"notebook-3", 128, 32, 10},
	{"conv-1", 676, 9, 16},
	{"conv-2", 121, 144, 32},
	{"conv-3", 121, 288, 32},
	{"dense-800", 128, 800, 10},
}

func BenchmarkGemm(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	for _, s := range gemmShapes {
		for _, f := range []struct {
			name    string
			c, a, b int
			run     func(c, a, b []float32, m, k, n int)
		}{
			{"Gemm", s.m * s.n, s.m * s.k, s.k * s.n, Gemm},
			{"GemmTA", s.k * s.n, s.m * s.k, s.m * s.n, GemmTA},
			{"GemmTB", s.m * s.k, s.m * s.n, s.k * s.n, GemmTB},
		} {
			x, y, z := aligned32(random, f.c), aligned32(random, f.a), aligned32(random, f.b)
			b.Run(fmt.Sprintf("%s/%s", s.name, f.name), func(b *testing.B) {
				measure(b, 2*s.m*s.k*s.n, func() { f.run(x, y, z, s.m, s.k, s.n) })
			})
		}
	}
}

// BenchmarkSparse measures the notebook's first layer on a batch of 128: lists from
// bytes, forward with ReLU, gradient.
func BenchmarkSparse(b *testing.B) {
	random := rand.New(rand.NewPCG(2, 2))
	const n, features, out = 128, 784, 64
	list := drawings(random, n)
	s := batchOf(list, features)
	ink := 0
	for _, count := range s.count {
		ink += int(count)
	}
	w, bias, dy := aligned32(random, features*out), aligned32(random, out), aligned32(random, n*out)
	y, dw := make([]float32, n*out), make([]float32, features*out)
	b.Run("Set", func(b *testing.B) {
		measure(b, 0, func() {
			for i, pixels := range list {
				s.Set(i, pixels)
			}
		})
		b.ReportMetric(float64(ink)/n, "pixels/image")
	})
	b.Run("Forward", func(b *testing.B) {
		measure(b, 2*ink*out, func() { s.Forward(y, w, bias, 0, n, true) })
	})
	b.Run("Gradient", func(b *testing.B) {
		measure(b, 2*ink*out, func() { s.Gradient(dw, dy, out, 0, features) })
	})
}

// BenchmarkAdam updates the notebook's 52,650 parameters; its operations are
// eleven a value, square root and division counted as one each.
func BenchmarkAdam(b *testing.B) {
	random := rand.New(rand.NewPCG(3, 3))
	const n = 784*64 + 64 + 64*32 + 32 + 32*10 + 10
	values, grads, m, v := aligned32(random, n), aligned32(random, n), aligned32(random, n), aligned32(random, n)
	for i := range v {
		v[i] *= v[i]
	}
	measure(b, 11*n, func() { adamStep.Update(values, grads, m, v) })
}

// aligned32 draws values of N(0, 1) where the allocator puts a layer's buffer.
func aligned32(random *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(random.NormFloat64())
	}
	return v
}

// drawings draws n images of 28x28 pixels with about the ink of MNIST's, 150
// pixels in the middle 20x20, along lines three pixels wide.
func drawings(random *rand.Rand, n int) [][]uint8 {
	list := make([][]uint8, n)
	for i := range list {
		list[i] = make([]uint8, 28*28)
		for range 2 {
			x, y := 6+16*random.Float64(), 5+18*random.Float64()
			dx, dy := random.Float64()-0.5, random.Float64()-0.5
			for range 40 {
				dx, dy = dx+0.3*random.NormFloat64(), dy+0.3*random.NormFloat64()
				length := math.Hypot(dx, dy)
				x, y = min(max(x+dx/length, 5), 22), min(max(y+dy/length, 5), 22)
				for j := range 9 {
					list[i][(int(y)+j/3-1)*28+int(x)+j%3-1] = uint8(50 + random.IntN(206))
				}
			}
		}
	}
	return list
}

// BenchmarkPeak measures the fused multiply-adds that the core can do, all in
// registers; the portable variant's are separate multiplications and additions.
func BenchmarkPeak(b *testing.B) {
	measure(b, int(peak(1000)), func() { peak(1000) })
}

// batch is how long measure runs f before it reads the clock again: long beside
// reading it, short beside the system's time slices.
const batch = 50 * time.Microsecond

// measure reports the median time of f, so that other programs on the same core
// move it little, and for f's floating-point operations GFLOP/s and their share
// of the peak, measured at once.
func measure(b *testing.B, operations int, f func()) {
	b.Helper()
	runs, times := 1, []float64(nil)
	timed := func() time.Duration {
		start := time.Now()
		for range runs {
			f()
		}
		return time.Since(start)
	}
	for fastest := timed(); fastest < batch && runs < 1<<20; runs *= 2 {
		fastest = min(timed(), timed(), timed())
	}
	for b.Loop() {
		times = append(times, timed().Seconds()/float64(runs))
	}
	slices.Sort(times)
	median := times[len(times)/2]
	b.ReportMetric(median*1e9, "ns/op")
	if operations > 0 {
		b.ReportMetric(float64(operations)/median/1e9, "GFLOP/s")
		b.ReportMetric(100*float64(operations)/median/measuredPeak(), "%peak")
	}
}

// measuredPeak returns the best of many short runs, in operations a second.
func measuredPeak() float64 {
	best := 0.0
	for range 50 {
		start := time.Now()
		operations := peak(10000)
		best = max(best, operations/time.Since(start).Seconds())
	}
	return best
}

// peakPortable runs n rounds of eight independent multiply-adds.
func peakPortable(n int) float64 {
	var s0, s1, s2, s3, s4, s5, s6, s7 float32
	x := float32(n) / float32(n+1)
	for range n {
		s0, s1, s2, s3 = s0*x+x, s1*x+x, s2*x+x, s3*x+x
		s4, s5, s6, s7 = s4*x+x, s5*x+x, s6*x+x, s7*x+x
	}
	if s0+s1+s2+s3+s4+s5+s6+s7 == 1 {
		panic("never")
	}
	return float64(n) * 16
}

// BenchmarkConv2D measures a small CNN's convolutions, for eight pictures.
func BenchmarkConv2D(b *testing.B) {
	random := rand.New(rand.NewPCG(4, 4))
	const n = 8
	for i, name := range []string{"28x28x1-3x3x16", "13x13x16-3x3x32"} {
		c := NewConv2D(convShapes[i])
		sizeX, sizeW, sizeY := c.sizes()
		x, w, y, dx, wt := aligned32(random, n*sizeX), aligned32(random, sizeW), aligned32(random, n*sizeY), make([]float32, n*sizeX), make([]float32, sizeW)
		bias, dw := aligned32(random, c.Filters), make([]float32, sizeW)
		c.Transpose(wt, w)
		operations := 2 * n * sizeY * len(c.window)
		b.Run(name+"/Forward", func(b *testing.B) {
			measure(b, operations, func() { c.Forward(y, x, w, bias, n, true) })
		})
		b.Run(name+"/WeightGradient", func(b *testing.B) {
			measure(b, operations, func() { c.WeightGradient(dw, y, x, n) })
		})
		b.Run(name+"/InputGradient", func(b *testing.B) {
			measure(b, operations, func() { c.InputGradient(dx, y, wt, n) })
		})
	}
}

// BenchmarkPictures measures the loops of pooling and batch normalization over eight
// pictures of 26x26x16.
func BenchmarkPictures(b *testing.B) {
	random := rand.New(rand.NewPCG(5, 5))
	const n = 8
	p := NewPool(poolShapes[0])
	sizeX, sizeY, _, _ := p.sizes()
	x, y, dx := aligned32(random, n*sizeX), make([]float32, n*sizeY), make([]float32, n*sizeX)
	a, sums := aligned32(random, p.Channels), make([]float32, p.Channels)
	for _, loop := range []struct {
		name string
		run  func()
	}{
		{"Pool", func() { p.Forward(y, x, n) }},
		{"PoolGradient", func() { p.Gradient(dx, y, x, y, n, false) }},
		{"Moments", func() { Moments(sums, sums, x, x) }},
		{"ScaleShift", func() { ScaleShift(dx, x, a, a, true) }},
		{"Mix", func() { Mix(dx, dx, x, a, a, a) }},
	} {
		b.Run(loop.name, func(b *testing.B) { measure(b, n*sizeX, loop.run) })
	}
}
