package model

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/float16"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/quantize"
)

// Format is the version of the file that Encode writes. Decode reads it and those
// before it.
const Format = 3

const (
	signature = "\x89INK\r\n\x1a\n"
	prefix    = len(signature) + 2 // signature and version
	checksum  = 4
)

// Encode returns the .ink file of a model: the same model, the same bytes. It
// returns a [FormatError] for a model that the format cannot hold.
func Encode(m *Model) ([]byte, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	if err := m.validTensors(); err != nil {
		return nil, err
	}
	if err := validSections(m.Sections); err != nil {
		return nil, err
	}
	tensors, err := m.tensors()
	if err != nil {
		return nil, err
	}
	return m.file(tensors), nil
}

// file returns the file of these tensors, unchecked.
func (m *Model) file(tensors []byte) []byte {
	var w writer
	w = append(w, signature...)
	w.uint16(Format)
	w.section(headSection, m.head())
	w.section(classesSection, m.classes())
	w.section(dataSection, m.Source.encode())
	w.section(madeSection, m.Training.encode())
	w.section(layersSection, m.layers())
	w.section(tensorsSection, tensors)
	if m.Turn != 0 {
		var turn writer
		turn.float32(m.Turn)
		w.section(turnSection, turn)
	}
	for _, s := range m.Sections {
		w.section(s.Type, s.Data)
	}
	w.uint32(checksumOf(w))
	return w
}

// head returns the content of section HEAD.
func (m *Model) head() []byte {
	var w writer
	for _, side := range m.Network.Input {
		w.uint32(uint32(side))
	}
	w.string(string(m.Recipe))
	w.uint16(uint16(m.Recipe.Measures().Version))
	w.float32(m.Temperature)
	w.float32(m.Threshold)
	w.flag(m.Background)
	return append(w, byte(m.Precision))
}

// classes returns the content of section CLSS.
func (m *Model) classes() []byte {
	var w writer
	w.strings(m.Labels)
	w.flag(m.DataLabels != nil)
	for _, label := range m.DataLabels {
		w.string(label)
	}
	return w
}

// encode returns the content of section DATA.
func (s Source) encode() []byte {
	var w writer
	low, high := s.Range()
	w.float32(low)
	w.float32(high)
	w.flag(s.Inverted)
	w.flag(s.Transposed)
	return w
}

// encode returns the content of section MADE.
func (t Training) encode() []byte {
	var w writer
	w.string(t.Data)
	w.uint64(t.Seed)
	w.uint64(t.SplitSeed)
	w.uint32(uint32(t.Epochs))
	w.uint32(uint32(t.Batch))
	w.string(t.Optimizer)
	w.float32(t.LearningRate)
	w = append(w, byte(len(t.Metrics)))
	for _, metric := range t.Metrics {
		w.string(metric.Name)
		w.float32(metric.Value)
	}
	return w
}

// layers returns the content of section LAYR.
func (m *Model) layers() []byte {
	w := writer{byte(len(m.Network.Layers))}
	for _, layer := range m.Network.Layers {
		w.string(layer.Kind())
		w.settings(layer)
	}
	return w
}

// tensors returns the content of section TENS.
func (m *Model) tensors() ([]byte, error) {
	var sizes, w writer // of kernels, and all tensors
	m.Network.Values()
	for _, p := range m.Network.Params() {
		held := true
		if m.Precision.quantized(p) {
			scales, bits := m.Precision.scales(p)
			if m.Precision == Int4 {
				sizes = append(sizes, byte(bits))
			}
			held = w.quantized(p, scales, bits)
		} else {
			held = w.tensor(p, m.Precision)
		}
		if !held {
			return nil, &FormatError{"tensors", "a value of a " + p.Name + " that " + m.Precision.String() + " cannot hold", "finite values"}
		}
	}
	return append(sizes, w...), nil
}

// scales returns by which scales, and in how many bits, a file holds a kernel.
func (p Precision) scales(kernel *nn.Param) ([]float32, quantize.Bits) {
	if p == Int4 {
		if scales := quantize.Held(kernel.Value, channels(kernel), 4); scales != nil {
			return scales, 4
		}
	}
	return quantize.Held(kernel.Value, channels(kernel), 8), 8
}

// tensor appends a tensor of floats and reports whether it can be held.
func (w *writer) tensor(p *nn.Param, precision Precision) bool {
	for _, v := range p.Value {
		if precision == Float16 {
			h := float16.From(v)
			v = float16.To(h)
			w.uint16(h)
		} else {
			w.float32(v)
		}
		if !finite(v) {
			return false
		}
	}
	return true
}

// quantized appends a kernel as scales and integers of 4 or 8 bits, and reports whether it
// can be held.
func (w *writer) quantized(p *nn.Param, scales []float32, bits quantize.Bits) bool {
	for _, scale := range scales {
		if !finite(scale * float32(bits.Largest())) {
			return false
		}
		w.float32(scale)
	}
	integers, channel := make([]byte, packed(len(p.Value), bits)), 0
	for i, v := range p.Value {
		if !finite(v) {
			return false
		}
		q := byte(quantize.Integer(v, scales[channel], bits))
		if bits == 8 {
			integers[i] = q
		} else {
			integers[i/2] |= q & 15 << (i % 2 * 4)
		}
		if channel++; channel == len(scales) {
			channel = 0
		}
	}
	*w = append(*w, integers...)
	return true
}

// writer appends little-endian values. (encoding/binary would bring reflect
// into the page's wasm.)
type writer []byte

func (w *writer) uint16(v uint16)   { *w = append(*w, byte(v), byte(v>>8)) }
func (w *writer) uint32(v uint32)   { w.uint16(uint16(v)); w.uint16(uint16(v >> 16)) }
func (w *writer) uint64(v uint64)   { w.uint32(uint32(v)); w.uint32(uint32(v >> 32)) }
func (w *writer) float32(v float32) { w.uint32(math.Float32bits(v)) }

func (w *writer) string(s string) {
	*w = append(*w, byte(len(s)))
	*w = append(*w, s...)
}

// strings appends a count and the texts.
func (w *writer) strings(texts []string) {
	w.uint16(uint16(len(texts)))
	for _, text := range texts {
		w.string(text)
	}
}

func (w *writer) flag(set bool) {
	if set {
		*w = append(*w, 1)
		return
	}
	*w = append(*w, 0)
}
