package kernel

// The transformations of Winograd's planes, 16 values at once, 8 or 4: see lanesOf. Distances
// of rows and planes are in values here and in bytes in the assembly.

//go:noescape
func winogradInputXMM(v, x *float32, tiles, channels, rowBytes, planeBytes int)

//go:noescape
func winogradInputAVX2(v, x *float32, tiles, channels, rowBytes, planeBytes int)

//go:noescape
func winogradInputAVX512(v, x *float32, tiles, channels, rowBytes, planeBytes int)

//go:noescape
func winogradOutputXMM(y, m, bias *float32, tiles, filters, rowBytes, planeBytes int, floor float32)

//go:noescape
func winogradOutputAVX2(y, m, bias *float32, tiles, filters, rowBytes, planeBytes int, floor float32)

//go:noescape
func winogradOutputAVX512(y, m, bias *float32, tiles, filters, rowBytes, planeBytes int, floor float32)

//go:noescape
func winogradGradientXMM(m, dy *float32, tiles, filters, rowBytes, planeBytes int)

//go:noescape
func winogradGradientAVX2(m, dy *float32, tiles, filters, rowBytes, planeBytes int)

//go:noescape
func winogradGradientAVX512(m, dy *float32, tiles, filters, rowBytes, planeBytes int)

//go:noescape
func winogradSpreadXMM(dx, v *float32, tiles, channels, rowBytes, planeBytes int)

//go:noescape
func winogradSpreadAVX2(dx, v *float32, tiles, channels, rowBytes, planeBytes int)

//go:noescape
func winogradSpreadAVX512(dx, v *float32, tiles, channels, rowBytes, planeBytes int)

//go:noescape
func winogradWeightsAVX2(u, w *float32, n, planeBytes int)

//go:noescape
func winogradWeightsAVX512(u, w *float32, n, planeBytes int)

//go:noescape
func winogradWeightGradientAVX2(dw, u *float32, n, planeBytes int)

//go:noescape
func winogradWeightGradientAVX512(dw, u *float32, n, planeBytes int)

func winogradInput(v, x []float32, tiles, channels, row, plane int) {
	widest(channels, winogradInputXMM, winogradInputAVX2, winogradInputAVX512)(&v[0], &x[0], tiles, channels, 4*row, 4*plane)
}

func winogradOutput(y, m, bias []float32, tiles, filters, row, plane int, floor float32) {
	widest(filters, winogradOutputXMM, winogradOutputAVX2, winogradOutputAVX512)(&y[0], &m[0], &bias[0], tiles, filters, 4*row, 4*plane, floor)
}

func winogradGradient(m, dy []float32, tiles, filters, row, plane int) {
	widest(filters, winogradGradientXMM, winogradGradientAVX2, winogradGradientAVX512)(&m[0], &dy[0], tiles, filters, 4*row, 4*plane)
}

func winogradSpread(dx, v []float32, tiles, channels, row, plane int) {
	widest(channels, winogradSpreadXMM, winogradSpreadAVX2, winogradSpreadAVX512)(&dx[0], &v[0], tiles, channels, 4*row, 4*plane)
}

// winogradWeights writes the planes of n pairs of channel and filter, always a multiple of 16.
func winogradWeights(u, w []float32, n int) {
	widest(n, nil, winogradWeightsAVX2, winogradWeightsAVX512)(&u[0], &w[0], n, 4*plane(n))
}

// winogradWeightGradient adds to dw the gradients of n pairs from those of their planes.
func winogradWeightGradient(dw, u []float32, n int) {
	widest(n, nil, winogradWeightGradientAVX2, winogradWeightGradientAVX512)(&dw[0], &u[0], n, 4*plane(n))
}
