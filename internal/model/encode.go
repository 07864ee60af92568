package model

import (
	"hash/crc32"
	"math"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/float16"
	"github.com/seed-c844a918/inkling/internal/nn"
)

const (
	signature = "\x89INK\r\n\x1a\n"
	version   = 2

	prefix   = len(signature) + 2 + 4 // what stands before the header
	checksum = 4
)

// Encode is the .ink file of a model: the same model, the same bytes. It returns
// a [FormatError] for a model that version 2 cannot hold.
func Encode(m *Model) ([]byte, error) {
	if err := m.valid(); err != nil {
		return nil, err
	}
	if err := m.validVariances(); err != nil {
		return nil, err
	}
	var w writer
	w = append(w, signature...)
	w.uint16(version)
	header := m.header()
	if len(header) > maxHeader {
		return nil, &FormatError{"header", strconv.Itoa(len(header)) + " bytes", "at most " + strconv.Itoa(maxHeader)}
	}
	w.uint32(uint32(len(header)))
	w = append(w, header...)
	m.Network.Values()
	for _, p := range m.Network.Params() {
		if !w.tensor(p, m.Precision) {
			return nil, &FormatError{"tensors", "a value of a " + p.Name + " that " + m.Precision.String() + " cannot hold", "finite values"}
		}
	}
	w.uint32(crc32.ChecksumIEEE(w))
	return w, nil
}

// tensor appends a tensor and reports whether it can be held.
func (w *writer) tensor(p *nn.Param, precision Precision) bool {
	if precision.quantized(p) {
		return w.quantized(p)
	}
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

// quantized is tensor for one with scales.
func (w *writer) quantized(p *nn.Param) bool {
	list := scales(p)
	for _, scale := range list {
		if !finite(scale * largest8) {
			return false
		}
		w.float32(scale)
	}
	for i, v := range p.Value {
		if !finite(v) {
			return false
		}
		*w = append(*w, byte(quantize(v, list[i%len(list)])))
	}
	return true
}

// header is the file's header.
func (m *Model) header() []byte {
	var w writer
	for _, side := range m.Network.Input {
		w.uint32(uint32(side))
	}
	w.string(string(m.Recipe))
	w.uint16(uint16(len(m.Labels)))
	for _, label := range m.Labels {
		w.string(label)
	}
	w.float32(m.Temperature)
	w.float32(m.Threshold)
	background := byte(0)
	if m.Background {
		background = 1
	}
	w = append(w, background)
	m.Training.write(&w)
	w = append(w, byte(m.Precision), byte(len(m.Network.Layers)))
	for _, layer := range m.Network.Layers {
		w.string(layer.Kind())
		w.settings(layer)
	}
	return w
}

// write appends the header's part on training.
func (t Training) write(w *writer) {
	w.string(t.Data)
	w.uint64(t.Seed)
	w.uint64(t.SplitSeed)
	w.uint32(uint32(t.Epochs))
	w.uint32(uint32(t.Batch))
	w.string(t.Optimizer)
	w.float32(t.LearningRate)
	*w = append(*w, byte(len(t.Metrics)))
	for _, metric := range t.Metrics {
		w.string(metric.Name)
		w.float32(metric.Value)
	}
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
