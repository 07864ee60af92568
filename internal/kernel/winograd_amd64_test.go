package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/variant"
)

// winogradShapes are pictures of even and odd sides, one tile alone, and channels of
// which vectors take 16, 8 or 4 at once.
var winogradShapes = []Conv2D{
	{Height: 14, Width: 14, Channels: 16, Filters: 32},
	{Height: 13, Width: 13, Channels: 16, Filters: 32},
	{Height: 6, Width: 9, Channels: 32, Filters: 64},
	{Height: 9, Width: 6, Channels: 24, Filters: 8},
	{Height: 4, Width: 4, Channels: 64, Filters: 72},
	{Height: 4, Width: 5, Channels: 40, Filters: 48},
	{Height: 7, Width: 8, Channels: 20, Filters: 36},
	{Height: 9, Width: 8, Channels: 20, Filters: 36},
	{Height: 13, Width: 13, Channels: 8, Filters: 16},
}

// winogradOf returns a shape's convolution both ways.
func winogradOf(shape Conv2D) (*Conv2D, *Winograd) {
	shape.KernelHeight, shape.KernelWidth, shape.Strides = 3, 3, [2]int{1, 1}
	c := NewConv2D(shape)
	return c, NewWinograd(c)
}

// TestWinograd compares with the convolution as defined.
func TestWinograd(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		if _, w := winogradOf(Conv2D{Height: 3, Width: 4, Channels: 16, Filters: 16}); w != nil {
			t.Error("16 products for the 18 of two pixels: got a Winograd, want none")
		}
		if variant.Active == variant.Portable {
			if _, w := winogradOf(winogradShapes[0]); w != nil {
				t.Error("portable: got a Winograd, want none")
			}
			return
		}
		random := rand.New(rand.NewPCG(17, 17))
		room := map[int]*Room{}
		for _, n := range []int{2, 5, 1} { // rooms that grow, and that are larger than needed
			for i, shape := range winogradShapes {
				c, w := winogradOf(shape)
				if room[i] == nil {
					room[i] = new(Room)
				}
				name := fmt.Sprint(n, shape.Height, shape.Width, shape.Channels, shape.Filters)
				sizeX, sizeW, sizeY := c.sizes()
				x, weights, bias, dy := random32(random, n*sizeX), random32(random, sizeW), random32(random, c.Filters), random32(random, n*sizeY)
				w.Weights(weights)
				for _, relu := range []bool{false, true} {
					want, got := make([]float32, n*sizeY), destination(make([]float32, n*sizeY))
					c.Forward(want, x, weights, bias, n, relu)
					w.Forward(room[i], got, x, bias, n, relu)
					compare(t, "Forward "+name, got, float64s(want), 1e-4)
				}
				dw := random32(random, sizeW)
				gotW, gotX := destination(dw), destination(make([]float32, n*sizeX))
				c.WeightGradient(dw, dy, x, n)
				wantX, wt := make([]float32, n*sizeX), make([]float32, sizeW)
				c.Transpose(wt, weights)
				c.InputGradient(wantX, dy, wt, n)
				w.Backward(room[i], gotW, gotX, dy, x, n)
				compare(t, "weight gradient "+name, gotW, float64s(dw), 1e-4)
				compare(t, "input gradient "+name, gotX, float64s(wantX), 1e-4)
			}
		}
	})
}

// TestWinogradVariantsAgree checks that AVX2 and AVX-512 make the same bits.
func TestWinogradVariantsAgree(t *testing.T) {
	if variant.Best() < variant.AVX512 {
		t.Skip("this CPU lacks AVX-512")
	}
	chosen := variant.Active
	defer func() { variant.Active = chosen }()
	const n = 3
	for _, shape := range winogradShapes {
		random := rand.New(rand.NewPCG(18, 18))
		c, _ := winogradOf(shape)
		sizeX, sizeW, sizeY := c.sizes()
		x, weights, bias, dy := random32(random, n*sizeX), random32(random, sizeW), random32(random, c.Filters), random32(random, n*sizeY)
		results := func(v variant.Variant) []float32 {
			variant.Active = v
			w, room := NewWinograd(c), new(Room)
			y, dw, dx := make([]float32, n*sizeY), make([]float32, sizeW), make([]float32, n*sizeX)
			w.Weights(weights)
			w.Forward(room, y, x, bias, n, true)
			w.Backward(room, dw, dx, dy, x, n)
			return slices.Concat(y, dw, dx)
		}
		if !slices.Equal(results(variant.AVX2), results(variant.AVX512)) {
			t.Errorf("%v: other bits", shape)
		}
	}
}

// BenchmarkWinograd measures the layers of digits beside the direct way, a few pictures
// at a time as a lane takes them; its operations are those of the definition.
func BenchmarkWinograd(b *testing.B) {
	for i, n := range map[int]int{0: 2, 1: 8, 2: 5, 4: 27, 8: 6} {
		c, w := winogradOf(winogradShapes[i])
		random := rand.New(rand.NewPCG(19, 19))
		sizeX, sizeW, sizeY := c.sizes()
		x, weights, bias, y := aligned32(random, n*sizeX), aligned32(random, sizeW), aligned32(random, c.Filters), aligned32(random, n*sizeY)
		dw, dx, wt, room := make([]float32, sizeW), make([]float32, n*sizeX), make([]float32, sizeW), new(Room)
		w.Weights(weights)
		operations := 2 * n * sizeY * len(c.window)
		for _, way := range []struct {
			name              string
			forward, backward func()
		}{
			{"Direct", func() { c.Forward(y, x, weights, bias, n, true) }, func() {
				c.WeightGradient(dw, y, x, n)
				c.InputGradient(dx, y, wt, n)
			}},
			{"Winograd", func() { w.Forward(room, y, x, bias, n, true) }, func() { w.Backward(room, dw, dx, y, x, n) }},
		} {
			name := fmt.Sprintf("%dx%dx%d-%d/%s", c.Height, c.Width, c.Channels, c.Filters, way.name)
			b.Run(name+"/Forward", func(b *testing.B) { measure(b, operations, way.forward) })
			b.Run(name+"/Backward", func(b *testing.B) { measure(b, 2*operations, way.backward) })
		}
	}
}
