package variant

import "testing"

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		name, wanted string
		best, want   Variant
		err          string
	}{
		{"nothing asked", "", AVX2, AVX2, ""},
		{"less than the best", "portable", AVX512, Portable, ""},
		{"the best", "avx512", AVX512, AVX512, ""},
		{"more than the CPU has", "avx512", AVX2, AVX2, "INKLING_KERNEL=avx512: this CPU has portable, avx2"},
		{"unknown", "sse", AVX2, AVX2, "INKLING_KERNEL=sse: want portable, avx2, avx512"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := choose(c.wanted, c.best)
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if err == nil && c.err != "" || err != nil && err.Error() != c.err {
				t.Errorf("error: got %v, want %s", err, c.err)
			}
		})
	}
}
