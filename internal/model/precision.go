package model

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/float16"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Precision is how weights are stored.
type Precision uint8

// The precisions, by their codes in the file.
const (
	Float32 Precision = 0
	Float16 Precision = 1
	Int8    Precision = 2
	int4    Precision = 3 // reserved for 4-bit weights
)

// String returns "float32", "float16" or "int8".
func (p Precision) String() string {
	switch p {
	case Float32:
		return "float32"
	case Float16:
		return "float16"
	case Int8:
		return "int8"
	}
	return "unknown"
}

// quantized reports whether a tensor is stored as int8 with scales.
func (p Precision) quantized(tensor *nn.Param) bool { return p == Int8 && tensor.Name == "kernel" }

// bytes returns the size of one tensor in the file.
func (p Precision) bytes(tensor *nn.Param) int {
	size := tensor.Shape.Size()
	switch {
	case p.quantized(tensor):
		return size + 4*channels(tensor)
	case p == Float16:
		return 2 * size
	}
	return 4 * size
}

// channels returns the last dimension of a tensor.
func channels(tensor *nn.Param) int { return tensor.Shape[len(tensor.Shape)-1] }

// Round replaces each parameter by the value that the file holds, so that the model
// that is measured is the one that is shipped.
func (m *Model) Round() { m.RoundFrom(0) }

// RoundFrom does what Round does from a layer on, where those before are rounded already.
func (m *Model) RoundFrom(layer int) {
	m.Network.Values()
	for _, l := range m.Network.Layers[layer:] {
		for _, p := range l.Params() {
			m.Precision.round(p)
		}
	}
}

// round replaces a tensor's values.
func (p Precision) round(tensor *nn.Param) {
	switch {
	case p.quantized(tensor):
		for ch, scale := range scales(tensor) {
			for i := ch; i < len(tensor.Value); i += channels(tensor) {
				tensor.Value[i] = float32(quantize(tensor.Value[i], scale)) * scale
			}
		}
	case p == Float16:
		for i, v := range tensor.Value {
			tensor.Value[i] = float16.To(float16.From(v))
		}
	}
}

// largest8 is the size of the largest quantized value of a channel.
const largest8 = 127

// scaleBits masks the bits that a scale may have. They are few enough that the
// product with an int8 is exact, so that rounding twice is rounding once.
const scaleBits = 0xffffff00

// scales returns the scales of a tensor's channels: the least that times 127 reach
// the channel's largest value; 0 where all values are 0.
func scales(tensor *nn.Param) []float32 {
	list := make([]float32, channels(tensor))
	for i, v := range tensor.Value {
		ch := i % len(list)
		list[ch] = max(list[ch], float32(math.Abs(float64(v))))
	}
	for ch, largest := range list {
		bits := math.Float32bits(largest / largest8)
		list[ch] = math.Float32frombits((bits + ^uint32(scaleBits)) & scaleBits)
	}
	return list
}

// quantize returns the int8 that times scale comes nearest to v.
func quantize(v, scale float32) int8 {
	if scale == 0 {
		return 0
	}
	return int8(min(max(math.RoundToEven(float64(v)/float64(scale)), -largest8), largest8))
}
