package kernel

// gemmPortable computes C += A·B.
func gemmPortable(c, a, b []float32, m, k, n int) {
	gemmSteps(c, a, b, m, k, n, k, 1)
}

// gemmTAPortable does what gemmPortable does with A read down its columns.
func gemmTAPortable(c, a, b []float32, m, k, n int) {
	gemmSteps(c, a, b, k, m, n, 1, k)
}

// gemmSteps adds A·B to c (m, n), where element (i, p) of A is a[i*row+p*column]
// and b is (k, n), some steps of k at a time.
func gemmSteps(c, a, b []float32, m, k, n, row, column int) {
	var steps [256]int32
	for i := range steps[:min(k, len(steps))] {
		steps[i] = int32(i * column)
	}
	for k0 := 0; k0 < k; k0 += len(steps) {
		block := min(len(steps), k-k0)
		stridedPortable(c, n, a[k0*column:], row, steps[:block], b[k0*n:(k0+block)*n], m, n)
	}
}

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

// gemmTBPortable makes two rows of A meet four of B, eight sums at a time.
func gemmTBPortable(c, a, b []float32, m, k, n int) {
	i := 0
	for ; i+2 <= m; i += 2 {
		a0, a1 := a[i*n:(i+1)*n], a[(i+1)*n:(i+2)*n]
		j := 0
		for ; j+4 <= k; j += 4 {
			rows := b[j*n : (j+4)*n]
			dot2x4((*[4]float32)(c[i*k+j:]), (*[4]float32)(c[(i+1)*k+j:]), a0, a1, rows[:n], rows[n:2*n], rows[2*n:3*n], rows[3*n:])
		}
		for ; j < k; j++ {
			c[i*k+j] += dotPortable(a0, b[j*n:(j+1)*n])
			c[(i+1)*k+j] += dotPortable(a1, b[j*n:(j+1)*n])
		}
	}
	for ; i < m; i++ {
		for j := range k {
			c[i*k+j] += dotPortable(a[i*n:(i+1)*n], b[j*n:(j+1)*n])
		}
	}
}

// dot2x4 adds the inner products of x and y with each b to c0 and c1.
func dot2x4(c0, c1 *[4]float32, x, y, b0, b1, b2, b3 []float32) {
	y, b0, b1, b2, b3 = y[:len(x)], b0[:len(x)], b1[:len(x)], b2[:len(x)], b3[:len(x)]
	var s0, s1, s2, s3, t0, t1, t2, t3 float32
	for p, u := range x {
		v := y[p]
		s0, t0 = s0+u*b0[p], t0+v*b0[p]
		s1, t1 = s1+u*b1[p], t1+v*b1[p]
		s2, t2 = s2+u*b2[p], t2+v*b2[p]
		s3, t3 = s3+u*b3[p], t3+v*b3[p]
	}
	c0[0], c0[1], c0[2], c0[3] = c0[0]+s0, c0[1]+s1, c0[2]+s2, c0[3]+s3
	c1[0], c1[1], c1[2], c1[3] = c1[0]+t0, c1[1]+t1, c1[2]+t2, c1[3]+t3
}

// affinePortable begins y's rows as the bias.
func affinePortable(y, x, w, bias []float32, n, in, out int, floor float32) {
	for i := range n {
		copy(y[i*out:(i+1)*out], bias)
	}
	gemmPortable(y, x, w, n, in, out)
	if floor == 0 {
		reluPortable(y, y)
	}
}
