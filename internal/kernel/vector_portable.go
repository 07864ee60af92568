package kernel

func axpyPortable(dst []float32, x float32, src []float32) {
	for len(dst) >= 8 && len(src) >= 8 {
		d, s := (*[8]float32)(dst), (*[8]float32)(src)
		d[0] += x * s[0]
		d[1] += x * s[1]
		d[2] += x * s[2]
		d[3] += x * s[3]
		d[4] += x * s[4]
		d[5] += x * s[5]
		d[6] += x * s[6]
		d[7] += x * s[7]
		dst, src = dst[8:], src[8:]
	}
	src = src[:len(dst)]
	for i, s := range src {
		dst[i] += x * s
	}
}

// axpy4 adds x0*s0 + x1*s1 + x2*s2 + x3*s3 to dst, the slices being as long.
func axpy4(dst, s0, s1, s2, s3 []float32, x0, x1, x2, x3 float32) {
	s0, s1, s2, s3 = s0[:len(dst)], s1[:len(dst)], s2[:len(dst)], s3[:len(dst)]
	for j, y := range dst {
		y += x0 * s0[j]
		y += x1 * s1[j]
		y += x2 * s2[j]
		dst[j] = y + x3*s3[j]
	}
}

func dotPortable(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		x, y := (*[4]float32)(a), (*[4]float32)(b)
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
		a, b = a[4:], b[4:]
	}
	b = b[:len(a)]
	for i, x := range a {
		s0 += x * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

func reluPortable(y, x []float32) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] = max(v, 0)
	}
}

func reluGradientPortable(dx, dy, y []float32) {
	dx, dy = dx[:len(y)], dy[:len(y)]
	for i, v := range y {
		g := dy[i]
		if !(v > 0) {
			g = 0
		}
		dx[i] = g
	}
}

func sumRowsPortable(dst, x []float32) {
	for ; len(x) > 0; x = x[len(dst):] {
		axpyPortable(dst, 1, x[:len(dst)])
	}
}
