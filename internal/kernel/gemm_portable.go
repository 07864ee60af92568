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
