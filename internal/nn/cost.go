package nn

import "math"

// maxSize is how many values a shape may have: a convolution keeps places in its
// picture as int32.
const maxSize = math.MaxInt32

// wantFits is what [Shape.Fits] wants.
const wantFits = "sides of at least 1 and at most 2147483647 values"

// Cost is what one pass for one image takes, beside the parameters.
type Cost struct {
	Bytes      int // of the input, all layers' outputs, shared ones too, and the layers' scratch
	Operations int // multiplications, and what takes as long: see Coster
}

// Coster is a layer that takes more than one operation a value of its output, or
// room of its own. It returns both for one image, the room in bytes.
type Coster interface {
	Cost(output Shape) (operations, bytes int)
}

// Cost returns what a pass for one image takes. Its numbers do not overflow where
// each output and each tensor has at most 2^31 values, as NewSequential sees to.
func (s *Sequential) Cost() Cost {
	total := Cost{Bytes: 4 * s.Input.Size()}
	for i, layer := range s.Layers {
		operations, bytes := s.shapes[i].Size(), 0
		if l, ok := layer.(Coster); ok {
			operations, bytes = l.Cost(s.shapes[i])
		}
		total.Operations = saturated(total.Operations, operations)
		total.Bytes = saturated(total.Bytes, 4*s.shapes[i].Size()+bytes)
	}
	return total
}

// saturated returns the sum of two numbers of 0 or more, the largest int where it is
// larger.
func saturated(a, b int) int {
	if b > math.MaxInt-a {
		return math.MaxInt
	}
	return a + b
}

// Fits reports whether all sides are at least 1 and their product at most maxSize.
func (s Shape) Fits() bool {
	size := 1
	for _, side := range s {
		if side < 1 || side > maxSize/size {
			return false
		}
		size *= side
	}
	return true
}
