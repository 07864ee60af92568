// Package simd holds the side module: the two inner loops of the page's network in
// WebAssembly's fixed-width SIMD, which Go's compiler does not write.
//
//	product(y, bias, x, rows, m, steps, k, w, n, floor)
//	pool(y, x, height, width, channels, rowX)
//
// The module has no memory, stack or data of its own. It imports Go's memory, so that
// its arguments are addresses of Go's slices. Package kernel imports both functions
// (internal/kernel/simd_js.go). The host (web/worker/simd.ts, or exec.cjs for tests in
// node) passes such a call on to the module, which returns 1. Where there is no SIMD the
// host returns 0, and kernel computes by itself.
//
// The module is part of the page's binary, as its custom section [Section]. Every sum
// adds the same products in the same order as portable Go, with a rounding after each
// multiplication and each addition, so that both have the same bits: all but the sign of
// a zero where the bias is -0.
package simd

import _ "embed"

// Section is the name of the custom section that holds the module.
const Section = "simd"

// Module is the side module, simd.wasm. go test -update writes it again after a change to
// the generator.
//
//go:embed simd.wasm
var Module []byte

// generate returns the module.
func generate() []byte { return encode([]*function{product(), pool()}) }
