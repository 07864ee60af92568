//go:build !js

package kernel

import (
	"os"
	"strings"
)

// variant is one way to compute; a greater one needs more of the CPU.
type variant uint8

const (
	portable variant = iota // Go, on every CPU
	avx2                    // amd64 assembly: AVX2, FMA, BMI1, BMI2, POPCNT (Intel since 2013, AMD since 2015)
	avx512                  // amd64 assembly: AVX-512 F, BW, DQ, VL and VBMI2 (Intel since 2019, AMD since 2022)
)

// names are INKLING_KERNEL's values, in the order of the variants.
var names = [...]string{"portable", "avx2", "avx512"}

// active is what the exported functions run; chooseErr is what was wrong with
// INKLING_KERNEL. Both are set before main and then only read.
var active, chooseErr = choose(os.Getenv("INKLING_KERNEL"), best())

// Name returns the variant in use: "portable", "avx2" or "avx512". It is the best
// that this CPU has, unless the environment's INKLING_KERNEL asks for another.
func Name() string { return names[active] }

// Err says what is wrong with INKLING_KERNEL, which then had no effect. Commands
// stop with it before they compute.
func Err() error { return chooseErr }

// choose returns the variant that was asked for, best if wanted is empty.
func choose(wanted string, best variant) (variant, error) {
	if wanted == "" {
		return best, nil
	}
	for v, name := range names {
		if name == wanted {
			if variant(v) > best {
				return best, &variantError{wanted, "this CPU has", names[:best+1]}
			}
			return variant(v), nil
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
	return "kernel: INKLING_KERNEL=" + e.wanted + ": " + e.verb + " " + strings.Join(e.have, ", ")
}
