// Package variant chooses among the ways to compute that a CPU has.
package variant

import (
	"os"
	"strings"
)

// Variant is one way to compute; a greater one needs more of the CPU.
type Variant uint8

const (
	Portable Variant = iota // Go, on every CPU
	AVX2                    // amd64 assembly: AVX2, FMA, BMI1, BMI2, POPCNT (Intel since 2013, AMD since 2015)
	AVX512                  // amd64 assembly: AVX-512 F, BW, DQ, VL and VBMI2 (Intel since 2019, AMD since 2022)
)

// names are INKLING_KERNEL's values, in the order of the variants.
var names = [...]string{"portable", "avx2", "avx512"}

// Active is what runs; chooseErr is what was wrong with INKLING_KERNEL. Both are set before
// main and then, but by tests, only read.
var Active, chooseErr = choose(os.Getenv("INKLING_KERNEL"), Best())

// String returns the variant's name, as INKLING_KERNEL has it.
func (v Variant) String() string { return names[v] }

// Name returns the variant in use: "portable", "avx2" or "avx512". It is the best
// that this CPU has, unless the environment's INKLING_KERNEL asks for another.
func Name() string { return names[Active] }

// Err says what is wrong with INKLING_KERNEL, which then had no effect. Commands
// stop with it before they compute.
func Err() error { return chooseErr }

// choose returns the variant that was asked for, best if wanted is empty.
func choose(wanted string, best Variant) (Variant, error) {
	if wanted == "" {
		return best, nil
	}
	for v, name := range names {
		if name == wanted {
			if Variant(v) > best {
				return best, &variantError{wanted, "this CPU has", names[:best+1]}
			}
			return Variant(v), nil
		}
	}
	return best, &variantError{wanted, "want", names[:]}
}

// variantError is a value of INKLING_KERNEL that cannot be had.
type variantError struct {
	wanted, verb string
	have         []string
}

func (e *variantError) Error() string {
	return "INKLING_KERNEL=" + e.wanted + ": " + e.verb + " " + strings.Join(e.have, ", ")
}
