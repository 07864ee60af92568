//go:build !(js && inklingsimd)

package kernel

// stridedPortable adds A·B to C (m, n), whose rows are cRow apart: element (i, p)
// of A is a[i*aRow+steps[p]], b is (len(steps), n).
//
// It updates C two rows at a time with four rows of B, so that eight products
// share six loads. Zeros of A that lie together, as a drawing's background does,
// are passed over.
func stridedPortable(c []float32, cRow int, a []float32, aRow int, steps []int32, b []float32, m, n int) {
	i := 0
	for ; i+2 <= m; i += 2 {
		c0, c1 := c[i*cRow:i*cRow+n], c[(i+1)*cRow:(i+1)*cRow+n]
		a0, a1 := a[i*aRow:], a[(i+1)*aRow:]
		steps, b := steps, b
		for ; len(steps) >= 4; steps, b = steps[4:], b[4*n:] {
			x := [4]float32{a0[steps[0]], a0[steps[1]], a0[steps[2]], a0[steps[3]]}
			y := [4]float32{a1[steps[0]], a1[steps[1]], a1[steps[2]], a1[steps[3]]}
			if x == none && y == none {
				continue
			}
			axpy2x4(c0, c1, b[:n], b[n:2*n], b[2*n:3*n], b[3*n:4*n], x, y)
		}
		for p, step := range steps {
			axpyPortable(c0, a0[step], b[p*n:(p+1)*n])
			axpyPortable(c1, a1[step], b[p*n:(p+1)*n])
		}
	}
	for ; i < m; i++ {
		for p, step := range steps {
			if x := a[i*aRow+int(step)]; x != 0 {
				axpyPortable(c[i*cRow:i*cRow+n], x, b[p*n:(p+1)*n])
			}
		}
	}
}

// none is four background pixels, most of a drawing.
var none [4]float32

// axpy2x4 adds x·b to c0 and y·b to c1, b being four rows of their length.
func axpy2x4(c0, c1, b0, b1, b2, b3 []float32, x, y [4]float32) {
	c1, b0, b1, b2, b3 = c1[:len(c0)], b0[:len(c0)], b1[:len(c0)], b2[:len(c0)], b3[:len(c0)]
	x0, x1, x2, x3 := x[0], x[1], x[2], x[3]
	y0, y1, y2, y3 := y[0], y[1], y[2], y[3]
	for j, s := range c0 {
		t := c1[j]
		s, t = s+x0*b0[j], t+y0*b0[j]
		s, t = s+x1*b1[j], t+y1*b1[j]
		s, t = s+x2*b2[j], t+y2*b2[j]
		c0[j], c1[j] = s+x3*b3[j], t+y3*b3[j]
	}
}
