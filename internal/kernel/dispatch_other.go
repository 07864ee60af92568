//go:build !amd64

package kernel

// Without assembly every function is the portable one.

func gemm(c, a, b []float32, m, k, n int)   { gemmPortable(c, a, b, m, k, n) }
func gemmTA(c, a, b []float32, m, k, n int) { gemmTAPortable(c, a, b, m, k, n) }
func gemmTB(c, a, b []float32, m, k, n int) { gemmTBPortable(c, a, b, m, k, n) }

func strided(c []float32, cRow int, init, a []float32, aRow int, steps []int32, b []float32, m, n int, floor float32) {
	stridedFallback(c, cRow, init, a, aRow, steps, b, m, n, floor)
}

func (s *Sparse) compact(i int) { s.compactPortable(i) }

func (s *Sparse) forward(y, w, bias []float32, from, to int, floor float32) {
	s.forwardPortable(y, w, bias, from, to, floor)
}

func (s *Sparse) gradient(dw, dy []float32, out, from, to int) {
	s.gradientPortable(dw, dy, out, from, to)
}

func (s AdamStep) vectors(values, grads, m, v []float32) (done int)  { return 0 }
func axpyVectors(dst []float32, x float32, src []float32) (done int) { return 0 }
func reluVectors(y, x []float32) (done int)                          { return 0 }
func reluGradientVectors(dx, dy, y []float32) (done int)             { return 0 }
func expVectors(dst, x []float32) (done int)                         { return 0 }
func prefetch(p []uint8)                                             {}

func (p *Pool) halves() bool                                               { return false }
func (p *Pool) gradientVectors(dx, dy, x, y []float32, floor float32) bool { return false }
func (c *Conv2D) weightGradientVectors(dw, dy, x []float32, n int) bool    { return false }
func (p *Pool) extremesVectors(y, x, scale []float32, n int) bool          { return false }
func (p *Pool) mixVectors(dx, dy, x, y, a, b, c []float32, n int) bool     { return false }
func momentsVectors(sum, squares, x, y []float32) bool                     { return false }
func scaleShiftVectors(y, x, scale, shift []float32, floor float32) bool   { return false }
func mixVectors(dx, dy, x, a, b, c []float32) bool                         { return false }
func sumRows(dst, x []float32, n int)                                      { sumRowsPortable(dst, x) }
