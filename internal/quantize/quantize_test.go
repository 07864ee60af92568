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
		kernel[i] = float32(random.NormFloat64() * math.Exp(float64(i%channels)-2))
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

// The scale of normally distributed weights leaves about the least error that there is,
// 1.2 % of their variance (Max 1960), and never one above that of cutting off nothing.
func TestFitted(t *testing.T) {
	const rows, channels = 40000, 2
	kernel := normal(rows, channels)
	kernel[0] = 1 // far off, in the narrow channel
	scales, widest := fitted(kernel, channels), largest(kernel, channels)
	for ch, scale := range scales {
		variance, fit, whole := 0.0, 0.0, 0.0
		for i := ch; i < len(kernel); i += channels {
			v := float64(kernel[i])
			variance += v * v
			for _, c := range []struct {
				scale float32
				sum   *float64
			}{{scale, &fit}, {widest[ch] / 7, &whole}} {
				off := v - float64(c.scale)*float64(Integer(kernel[i], c.scale, 4))
				*c.sum += off * off
			}
		}
		if share := fit / variance; share > 0.016 || fit > whole {
			t.Errorf("channel %d: got %.4f of the variance, %.4f without cutting off, want at most 0.016 and no more", ch, share, whole/variance)
		}
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
