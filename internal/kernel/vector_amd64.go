package kernel

// The assembly works on whole vectors, of 8 or 16 values; the functions that call
// it return how many values it has done, and portable Go does the rest.

//go:noescape
func adamAVX2(values, grads, m, v *float32, n int, s *AdamStep)

//go:noescape
func adamAVX512(values, grads, m, v *float32, n int, s *AdamStep)

// vectors updates as many values as fill vectors.
func (s AdamStep) vectors(values, grads, m, v []float32) (done int) {
	switch {
	case active == avx512 && len(grads) >= 16:
		done = len(grads) &^ 15
		adamAVX512(&values[0], &grads[0], &m[0], &v[0], done, &s)
	case active == avx2 && len(grads) >= 8:
		done = len(grads) &^ 7
		adamAVX2(&values[0], &grads[0], &m[0], &v[0], done, &s)
	}
	return done
}
