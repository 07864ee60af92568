package fewshot

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/quantize"
)

// Feature is what an encoder makes of a drawing, D values of about length 1, in a byte
// each: value i is Scale times Values[i]. The scale has 16 bits of mantissa, so that
// products are exact; it is that of the .ink file's int8 kernels.
type Feature struct {
	Scale  float32
	Values []int8
}

// scaleBits masks the bits that a scale may have.
const scaleBits = 0xffffff00

// largest is the size of the largest value of a feature.
const largest = 127

// newFeature rounds an encoder's output.
func newFeature(values []float32) Feature {
	var most float32
	for _, v := range values {
		if v > most { // min and max are calls in WebAssembly
			most = v
		} else if -v > most {
			most = -v
		}
	}
	bits := math.Float32bits(most / largest)
	f := Feature{math.Float32frombits((bits + ^uint32(scaleBits)) & scaleBits), make([]int8, len(values))}
	if f.Scale == 0 {
		return f
	}
	for i, v := range values {
		f.Values[i] = int8(quantize.Integer(v, f.Scale, 8))
	}
	return f
}

// addTo adds the feature, times a factor, to sum (D).
func (f Feature) addTo(sum []float32, factor float32) {
	factor *= f.Scale
	for i, v := range f.Values {
		sum[i] += factor * float32(v)
	}
}

// floats returns the values.
func (f Feature) floats() []float32 {
	values := make([]float32, len(f.Values))
	f.addTo(values, 1)
	return values
}

// dot returns the cosine of two vectors of length 1.
func dot(a, b []float32) (sum float32) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// unit brings a vector to length 1 and returns the length that it had. One of zeros
// stays.
func unit(v []float32) float32 {
	length := float32(math.Sqrt(float64(dot(v, v))))
	if length > 0 {
		for i := range v {
			v[i] /= length
		}
	}
	return length
}
