package model

import (
	"github.com/seed-c844a918/inkling/internal/float16"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/quantize"
	"github.com/seed-c844a918/inkling/internal/similarity"
)

// Precision is how weights are stored.
type Precision uint8

// The precisions, by their codes in the file.
const (
	Float32 Precision = 0
	Float16 Precision = 1
	Int8    Precision = 2
	Int4    Precision = 3 // of kernels that 4 bits hold exactly; the others are as with Int8
)

// String returns "float32", "float16", "int8" or "int4".
func (p Precision) String() string {
	if p > Int4 {
		return "unknown"
	}
	return [...]string{"float32", "float16", "int8", "int4"}[p]
}

// quantized reports whether a tensor is stored as integers with scales.
func (p Precision) quantized(tensor *nn.Param) bool { return p >= Int8 && tensor.Name == "kernel" }

// bits returns the size of a kernel's integers in the file.
func (p Precision) bits(kernel *nn.Param) quantize.Bits {
	if p == Int4 && quantize.Held(kernel.Value, channels(kernel), 4) != nil {
		return 4
	}
	return 8
}

// channels returns the last dimension of a tensor.
func channels(tensor *nn.Param) int { return tensor.Shape[len(tensor.Shape)-1] }

// Stored returns how the file holds a tensor of the model: its precision, which with Int4
// is Int8 for some kernels and Float32 for what is no kernel, as with Int8.
func (m *Model) Stored(tensor *nn.Param) Precision {
	switch {
	case m.Precision < Int8:
		return m.Precision
	case !m.Precision.quantized(tensor):
		return Float32
	case m.Precision.bits(tensor) == 4:
		return Int4
	}
	return Int8
}

// Round replaces each parameter by the value that the file holds, so that the model
// that is measured is the one that is shipped. With Int4 kernels get the bits of Bits, but
// those that 4 bits hold already keep them.
func (m *Model) Round() {
	m.Network.Values()
	bits := m.Bits()
	for _, l := range m.Network.Layers {
		for _, p := range l.Params() {
			quantized := m.Precision.quantized(p)
			switch {
			case quantized && m.Precision.bits(p) == 8:
				quantize.Round(p.Value, channels(p), bits[0])
			case m.Precision == Float16:
				for i, v := range p.Value {
					p.Value[i] = float16.To(float16.From(v))
				}
			}
			if quantized {
				bits = bits[1:]
			}
		}
	}
}

// Bits returns the size of the integers that Round makes of each kernel, in order: 8, but
// with Int4 those that quantize.Choose says for the kernels of Conv2D and Dense. Float32
// and Float16 have none.
func (m *Model) Bits() []quantize.Bits {
	var sizes []int
	for _, layer := range m.Network.Layers {
		for _, p := range layer.Params() {
			if m.Precision.quantized(p) {
				size := p.Shape.Size()
				if _, ok := layer.(*similarity.Prototypes); ok || m.Precision == Int8 {
					size = 0 // always with 8
				}
				sizes = append(sizes, size)
			}
		}
	}
	return quantize.Choose(sizes)
}
