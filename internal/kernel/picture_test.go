package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/variant"
)

// convShapes are the sizes of test convolutions: the layers of small networks,
// odd channels and filters, kernels as large as the picture, strides that leave
// pixels over.
var convShapes = []Conv2D{
	{Height: 28, Width: 28, Channels: 1, KernelHeight: 3, KernelWidth: 3, Filters: 16, Strides: [2]int{1, 1}},
	{Height: 8, Width: 5, Channels: 1, KernelHeight: 3, KernelWidth: 3, Filters: 41, Strides: [2]int{2, 1}},
	{Height: 13, Width: 13, Channels: 16, KernelHeight: 3, KernelWidth: 3, Filters: 32, Strides: [2]int{1, 1}},
	{Height: 5, Width: 7, Channels: 3, KernelHeight: 2, KernelWidth: 4, Filters: 5, Strides: [2]int{1, 1}},
	{Height: 6, Width: 4, Channels: 2, KernelHeight: 6, KernelWidth: 4, Filters: 19, Strides: [2]int{1, 1}},
	{Height: 9, Width: 8, Channels: 17, KernelHeight: 3, KernelWidth: 2, Filters: 9, Strides: [2]int{2, 3}},
	{Height: 8, Width: 9, Channels: 8, KernelHeight: 1, KernelWidth: 1, Filters: 24, Strides: [2]int{3, 2}},
	{Height: 7, Width: 7, Channels: 4, KernelHeight: 5, KernelWidth: 5, Filters: 33, Strides: [2]int{2, 1}},
	{Height: 1, Width: 1, Channels: 1, KernelHeight: 1, KernelWidth: 1, Filters: 1, Strides: [2]int{1, 1}},
}

// each calls f with every index of x, w and y that meet in a product.
func (c *Conv2D) each(n int, f func(x, w, y int)) {
	for i := range n {
		for oy := range c.OutHeight {
			for ox := range c.OutWidth {
				for ky := range c.KernelHeight {
					for kx := range c.KernelWidth {
						for ch := range c.Channels {
							x := ((i*c.Height+oy*c.Strides[0]+ky)*c.Width+ox*c.Strides[1]+kx)*c.Channels + ch
							w := ((ky*c.KernelWidth+kx)*c.Channels + ch) * c.Filters
							y := ((i*c.OutHeight+oy)*c.OutWidth + ox) * c.Filters
							for filter := range c.Filters {
								f(x, w+filter, y+filter)
							}
						}
					}
				}
			}
		}
	}
}

func TestConv2D(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(11, 11))
		for _, shape := range convShapes {
			c := NewConv2D(shape)
			const n = 7 // more than some shapes' columns
			sizeX, sizeW, sizeY := c.sizes()
			x, w, bias, dy := random32(random, n*sizeX), random32(random, sizeW), random32(random, c.Filters), random32(random, n*sizeY)
			name := fmt.Sprint(shape.Height, shape.Width, shape.Channels, shape.Filters)

			var y []float64
			for range n * len(c.pixels) {
				y = append(y, float64s(bias)...)
			}
			c.each(n, func(i, j, k int) { y[k] += float64(x[i]) * float64(w[j]) })
			got := destination(make([]float32, n*sizeY))
			c.Forward(got, x, w, bias, n, false)
			compare(t, "Forward "+name, got, y, 1e-4)
			c.Forward(got, x, w, bias, n, true)
			for i := range y {
				y[i] = max(y[i], 0)
			}
			compare(t, "Forward with relu "+name, got, y, 1e-4)

			start := random32(random, sizeW)
			dw := float64s(start)
			c.each(n, func(i, j, k int) { dw[j] += float64(x[i]) * float64(dy[k]) })
			got = destination(start)
			c.WeightGradient(got, dy, x, n)
			compare(t, "WeightGradient "+name, got, dw, 1e-4)

			dx := make([]float64, n*sizeX)
			c.each(n, func(i, j, k int) { dx[i] += float64(w[j]) * float64(dy[k]) })
			wt := make([]float32, sizeW)
			c.Transpose(wt, w)
			got = destination(random32(random, n*sizeX))
			c.InputGradient(got, dy, wt, n)
			compare(t, "InputGradient "+name, got, dx, 1e-4)
		}
	})
}

// poolShapes are the sizes of test poolings.
var poolShapes = []Pool{
	{Height: 26, Width: 26, Channels: 16, Size: [2]int{2, 2}, Strides: [2]int{2, 2}},
	{Height: 11, Width: 11, Channels: 32, Size: [2]int{2, 2}, Strides: [2]int{2, 2}},
	{Height: 5, Width: 3, Channels: 8, Size: [2]int{2, 2}, Strides: [2]int{2, 2}},
	{Height: 4, Width: 6, Channels: 3, Size: [2]int{2, 2}, Strides: [2]int{2, 2}},
	{Height: 5, Width: 6, Channels: 12, Size: [2]int{2, 2}, Strides: [2]int{2, 2}},
	{Height: 9, Width: 8, Channels: 8, Size: [2]int{3, 2}, Strides: [2]int{2, 1}},
	{Height: 7, Width: 7, Channels: 1, Size: [2]int{7, 7}, Strides: [2]int{1, 1}},
}

func TestPool(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(12, 12))
		for _, shape := range poolShapes {
			p := NewPool(shape)
			const n = 3
			sizeX, sizeY, rowX, _ := p.sizes()
			x, dy := random32(random, n*sizeX), random32(random, n*sizeY)
			y, dx := make([]float64, n*sizeY), make([]float64, n*sizeX)
			for k := range y {
				i, oy, ox, ch := k/sizeY, k%sizeY/(p.OutWidth*p.Channels), k/p.Channels%p.OutWidth, k%p.Channels
				best := -1
				for a := range p.Size[0] {
					for b := range p.Size[1] {
						at := i*sizeX + (oy*p.Strides[0]+a)*rowX + (ox*p.Strides[1]+b)*p.Channels + ch
						if best < 0 || x[at] > x[best] {
							best = at
						}
					}
				}
				y[k] = float64(x[best])
				dx[best] += float64(dy[k])
			}
			got := destination(make([]float32, n*sizeY))
			p.Forward(got, x, n)
			compare(t, fmt.Sprint("Forward ", shape), got, y, 0)
			gradient := destination(random32(random, n*sizeX))
			p.Gradient(gradient, dy, x, got, n, false)
			compare(t, fmt.Sprint("Gradient ", shape), gradient, dx, 1e-6)
			relu := destination(random32(random, n*sizeX))
			p.Gradient(relu, dy, x, got, n, true)
			for i, v := range x {
				if v <= 0 {
					dx[i] = 0
				}
			}
			compare(t, fmt.Sprint("Gradient behind ReLU ", shape), relu, dx, 1e-6)
		}
	})
}

// TestPoolOfNormalized compares Extremes and Mix with pooling what a normalization and a ReLU
// made of x, and with the way back through all three.
func TestPoolOfNormalized(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(14, 14))
		for _, shape := range append(poolShapes,
			Pool{Height: 6, Width: 10, Channels: 48, Size: [2]int{2, 2}, Strides: [2]int{2, 2}},
			Pool{Height: 4, Width: 6, Channels: 20, Size: [2]int{2, 2}, Strides: [2]int{2, 2}}) {
			p := NewPool(shape)
			const n = 3
			sizeX, sizeY, _, _ := p.sizes()
			x, dy := random32(random, n*sizeX), random32(random, n*sizeY)
			scale, shift := random32(random, p.Channels), random32(random, p.Channels)
			b, c := random32(random, p.Channels), random32(random, p.Channels)
			for i := range scale {
				scale[i] += 0.01 // 0 would make all of a window equal
			}
			normal, want := make([]float32, n*sizeX), make([]float32, n*sizeY)
			ScaleShift(normal, x, scale, shift, false)
			p.Forward(want, normal, n)
			extremes, got := destination(make([]float32, n*sizeY)), destination(make([]float32, n*sizeY))
			p.Extremes(extremes, x, scale, n)
			ScaleShift(got, extremes, scale, shift, false)
			compare(t, fmt.Sprint("Extremes ", shape), extremes, float64s(extremes), 0)
			compare(t, fmt.Sprint("of normalized ", shape), got, float64s(want), 0)

			gradient, mixed := make([]float32, n*sizeX), make([]float32, n*sizeX)
			p.Gradient(gradient, dy, normal, want, n, false)
			Mix(mixed, gradient, x, scale, b, c)
			dx := destination(random32(random, n*sizeX))
			p.Mix(dx, dy, x, extremes, scale, b, c, n)
			compare(t, fmt.Sprint("Mix ", shape), dx, float64s(mixed), 1e-6)
		}
	})
}

func TestNorm(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(13, 13))
		for _, shape := range [][2]int{{0, 8}, {1, 1}, {5, 3}, {7, 8}, {100, 16}, {34, 48}, {33, 40}, {9, 31}, {13, 20}} {
			rows, channels := shape[0], shape[1]
			x, dy := random32(random, rows*channels), random32(random, rows*channels)
			a, b, c := random32(random, channels), random32(random, channels), random32(random, channels)

			sum, products := float64s(a), float64s(b)
			scaled, mixed := make([]float64, len(x)), make([]float64, len(x))
			for i, v := range float64s(x) {
				ch := i % channels
				sum[ch] += v
				products[ch] += v * float64(dy[i])
				scaled[i] = v*float64(a[ch]) + float64(b[ch])
				mixed[i] = float64(dy[i])*float64(a[ch]) + v*float64(b[ch]) + float64(c[ch])
			}
			gotSum, gotProducts := destination(a), destination(b)
			Moments(gotSum, gotProducts, x, dy)
			compare(t, fmt.Sprint("Moments, sum ", shape), gotSum, sum, 1e-5)
			compare(t, fmt.Sprint("Moments, products ", shape), gotProducts, products, 1e-5)

			got := destination(make([]float32, len(x)))
			ScaleShift(got, x, a, b, false)
			compare(t, fmt.Sprint("ScaleShift ", shape), got, scaled, 1e-5)
			got = destination(slices.Clone(x))
			ScaleShift(got, got, a, b, true)
			for i, v := range scaled {
				scaled[i] = math.Max(v, 0)
			}
			compare(t, fmt.Sprint("ScaleShift in place with relu ", shape), got, scaled, 1e-5)

			got = destination(dy)
			Mix(got, got, x, a, b, c)
			compare(t, fmt.Sprint("Mix ", shape), got, mixed, 1e-5)
		}
	})
}

func TestPictureLengthsPanic(t *testing.T) {
	c, p := NewConv2D(convShapes[2]), NewPool(poolShapes[3])
	two := make([]float32, 2)
	panics(t, map[string]func(){
		"kernel larger than the picture": func() {
			NewConv2D(Conv2D{Height: 2, Width: 2, Channels: 1, KernelHeight: 3, KernelWidth: 1, Filters: 1, Strides: [2]int{1, 1}})
		},
		"no stride":                      func() { NewPool(Pool{Height: 2, Width: 2, Channels: 1, Size: [2]int{1, 1}}) },
		"window larger than the picture": func() { NewPool(Pool{Height: 2, Width: 2, Channels: 1, Size: [2]int{3, 1}, Strides: [2]int{1, 1}}) },
		"Forward":                        func() { c.Forward(two, two, two, two, 1, false) },
		"WeightGradient":                 func() { c.WeightGradient(two, two, two, 1) },
		"InputGradient":                  func() { c.InputGradient(two, two, two, 1) },
		"Transpose":                      func() { c.Transpose(two, two) },
		"Pool.Forward":                   func() { p.Forward(two, two, 1) },
		"Pool.Gradient":                  func() { p.Gradient(two, two, two, two, 1, false) },
		"Pool.Extremes":                  func() { p.Extremes(two, two, two, 1) },
		"Pool.Mix":                       func() { p.Mix(two, two, two, two, two, two, two, 1) },
		"Moments":                        func() { Moments(make([]float32, 3), make([]float32, 3), two, two) },
		"ScaleShift":                     func() { ScaleShift(two, two, make([]float32, 1), two, false) },
		"Mix":                            func() { Mix(two, two, two, two, two, make([]float32, 1)) },
	})
}

// TestVectorsAgree checks that AVX2 and AVX-512 make the same bits of pictures.
func TestVectorsAgree(t *testing.T) {
	if variant.Best() < variant.AVX512 {
		t.Skip("this CPU lacks AVX-512")
	}
	chosen := variant.Active
	defer func() { variant.Active = chosen }()
	const n, rows = 7, 35
	for _, channels := range []int{8, 12, 16, 20, 48, 80} {
		random := rand.New(rand.NewPCG(16, uint64(channels)))
		c := NewConv2D(Conv2D{Height: 9, Width: 12, Channels: 16, KernelHeight: 3, KernelWidth: 3, Filters: channels, Strides: [2]int{1, 1}})
		p := NewPool(Pool{Height: 7, Width: 10, Channels: channels, Size: [2]int{2, 2}, Strides: [2]int{2, 2}})
		e := NewPool(Pool{Height: 6, Width: 10, Channels: channels, Size: [2]int{2, 2}, Strides: [2]int{2, 2}})
		evenX := 60 * channels
		sizeX, sizeW, sizeY := c.sizes()
		poolX, poolY, _, _ := p.sizes()
		x, w, dy := random32(random, n*sizeX), random32(random, sizeW), random32(random, n*poolX)
		a, b, shift := random32(random, channels), random32(random, channels), random32(random, channels)
		results := func(v variant.Variant) (all [][]float32) {
			variant.Active = v
			add := func(size int) []float32 {
				all = append(all, make([]float32, size))
				return all[len(all)-1]
			}
			y, wt, pooled := add(n*sizeY), add(sizeW), add(n*poolY)
			c.Forward(y, x, w, shift, n, true)
			c.WeightGradient(add(sizeW), dy, x, n)
			c.Transpose(wt, w)
			c.InputGradient(add(n*sizeX), dy, wt, n)
			p.Forward(pooled, y, n)
			p.Gradient(add(n*poolX), dy[:n*poolY], y, pooled, n, true)
			extremes, even := add(n*evenX/4), y[:n*evenX]
			e.Extremes(extremes, even, a, n)
			e.Mix(add(n*evenX), dy[:n*evenX/4], even, extremes, a, b, shift, n)
			Moments(add(channels), add(channels), y[:rows*channels], dy[:rows*channels])
			ScaleShift(add(n*sizeY), y, a, shift, true)
			Mix(add(n*sizeY), dy, y, a, b, shift)
			return all
		}
		narrow, wide := results(variant.AVX2), results(variant.AVX512)
		for i := range narrow {
			if !slices.Equal(narrow[i], wide[i]) {
				t.Errorf("%d channels: result %d differs", channels, i)
			}
		}
	}
}
