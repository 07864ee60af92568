package quantize

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// normal returns a kernel of normally distributed weights, each channel's of a deviation
// of its own.
func normal(rows, channels int) []float32 {
	random := rand.New(rand.NewPCG(1, uint64(rows)))
	kernel := make([]float32, rows*channels)
	for i := range kernel {
		kernel[i] = float32(random.NormFloat64() * math.Exp(float64(i%channels%7)-2))
	}
	return kernel
}

// integers returns the integers of a kernel that 4 bits hold.
func integers(t *testing.T, kernel []float32, channels int) []int {
	t.Helper()
	scales := Held(kernel, channels, 4)
	if scales == nil {
		t.Fatal("got a kernel that 4 bits do not hold")
	}
	list := make([]int, len(kernel))
	for i, v := range kernel {
		list[i] = Integer(v, scales[i%channels], 4)
		if held := float32(list[i]) * scales[i%channels]; held != v {
			t.Fatalf("weight %d: got %g of %d, want %g", i, held, list[i], v)
		}
	}
	return list
}

func TestRound(t *testing.T) {
	for _, bits := range []Bits{4, 8} {
		t.Run(fmt.Sprint(bits), func(t *testing.T) {
			const channels = 5
			exact := normal(60, channels)
			kernel := slices.Clone(exact)
			kernel[2*channels+1] = 0
			Round(kernel, channels, bits)
			once, scales := slices.Clone(kernel), Held(kernel, channels, bits)
			for i, v := range kernel {
				scale := float64(scales[i%channels])
				off, cut := math.Abs(float64(v-exact[i])), math.Abs(float64(v)) >= scale*float64(bits.Largest())
				if off > 0.51*scale && !cut && i != 2*channels+1 {
					t.Errorf("weight %d: got %g of %g, want half a scale of %g", i, v, exact[i], scale)
				}
			}
			Round(kernel, channels, bits)
			if !slices.Equal(kernel, once) {
				t.Error("rounded twice: got other weights, want those of once")
			}
		})
	}
}

// What batch normalization multiplies a channel by does not change what was rounded.
func TestRoundThenFold(t *testing.T) {
	const channels = 4
	kernel := normal(99, channels)
	Round(kernel, channels, 4)
	want := integers(t, kernel, channels)
	for i := range kernel {
		kernel[i] *= []float32{0.3, -1.7, 1e-6, 12345.678}[i%channels]
	}
	Round(kernel, channels, 4)
	for i, q := range integers(t, kernel, channels) {
		if i%channels == 1 {
			q = -q
		}
		if q != want[i] {
			t.Fatalf("integer %d: got %d, want %d", i, q, want[i])
		}
	}
}

// roundingError returns the sum of squares that scales of 4 bits leave of a kernel, over its
// own, in the mean of the channels.
func roundingError(kernel, scales []float32) float64 {
	off, all := make([]float64, len(scales)), make([]float64, len(scales))
	for i, v := range kernel {
		scale := scales[i%len(scales)]
		rest := float64(v) - float64(scale)*float64(Integer(v, scale, 4))
		off[i%len(scales)] += rest * rest
		all[i%len(scales)] += float64(v) * float64(v)
	}
	sum := 0.0
	for ch := range off {
		sum += off[ch] / all[ch]
	}
	return sum / float64(len(scales))
}

// Of normally distributed weights 1.3 % of the variance is lost (Max 1960), of
// 576 a channel; scales that reach the largest weights lose more.
func TestFitted(t *testing.T) {
	const channels = 80
	kernel := normal(576, channels)
	scales, reach := fitted(kernel, channels), largest(kernel, channels)
	for ch := range reach {
		reach[ch] /= 7
	}
	got, reaching := roundingError(kernel, scales), roundingError(kernel, reach)
	if got > 0.013 || got > 0.7*reaching {
		t.Errorf("got an error of %.4f, %.4f where the largest weight is 7, want at most 0.013 and a third less", got, reaching)
	}
}

func TestHeld(t *testing.T) {
	for _, c := range []struct {
		name   string
		kernel []float32
		want   []float32 // of two channels
	}{
		{"zeros", []float32{0, 0, 0, 0}, []float32{0, 0}},
		{"one size", []float32{0.5, -3, -0.5, 0}, []float32{0.5, 3}},
		{"a common divisor", []float32{4, 7, 6, 1}, []float32{2, 1}},
		{"eighths", []float32{8, 1, 1, 1}, nil},
		{"long", []float32{1 + 0x1p-20, 1, 0, 0}, nil},
		{"not quite", []float32{3, 1, 1.01, 0}, nil},
		{"too small", []float32{0x1p-120, 1, 0, 0}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Held(c.kernel, 2, 4); !slices.Equal(got, c.want) || (got == nil) != (c.want == nil) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestRoundTiny(t *testing.T) {
	kernel := []float32{1e-40, 2, 3e-40, -1, 0, 0.3}
	Round(kernel, 2, 4)
	if kernel[0] != 0 || kernel[2] != 0 || kernel[1] == 0 {
		t.Errorf("got %v, want zeros in the first channel alone", kernel)
	}
	integers(t, kernel, 2)
}

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		name  string
		sizes []int
		want  []Bits
	}{
		{"none", nil, []Bits{}},
		{"one", []int{10}, []Bits{4}},
		{"digits", []int{144, 4608, 18432, 46080, 3520}, []Bits{8, 4, 4, 4, 8}},
		{"notebook", []int{784 * 64, 64 * 32, 320}, []Bits{4, 8, 8}},
		{"symbols", []int{180, 6480, 20736, 41472}, []Bits{8, 8, 4, 4}},
		{"sizes of 0 never get 4", []int{0, 50, 0, 5}, []Bits{8, 4, 8, 8}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Choose(c.sizes); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func BenchmarkRound(b *testing.B) {
	kernel := normal(576, 80)
	rounded := slices.Clone(kernel)
	for b.Loop() {
		copy(rounded, kernel)
		Round(rounded, 80, 4)
	}
}

// IsScale agrees with Held, which reads all weights.
func TestIsScale(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	right := 0
	for range 20_000 {
		bits := []Bits{4, 8}[random.IntN(2)]
		scale := short(float32(math.Exp(20*random.NormFloat64()))) * []float32{1, 1, 1, 1, 1 + 0x1p-20, -1, 0}[random.IntN(7)]
		most := 1 + random.IntN(bits.Largest()+1)
		kernel := make([]float32, 1+random.IntN(4))
		largest, sizes := 0, uint16(0)
		for i := range kernel {
			q := random.IntN(2*most+1) - most
			kernel[i] = float32(q) * scale
			largest = max(largest, q, -q)
			sizes |= 1 << max(q, -q)
		}
		held := Held(kernel, 1, bits)
		want := held != nil && math.Float32bits(held[0]) == math.Float32bits(scale) && largest <= bits.Largest() && scale != 0
		if largest == 0 {
			want = math.Float32bits(scale) == 0
		}
		if want {
			right++
		}
		if got := IsScale(scale, largest, sizes, bits); got != want {
			t.Fatalf("%d bits, scale %g of weights %g: got %v, want %v", bits, scale, kernel, got, want)
		}
	}
	if right < 2000 {
		t.Errorf("got %d right scales, too few to tell", right)
	}
}
