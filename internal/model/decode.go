package model

import (
	"hash/crc32"
	"math"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/float16"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Decode reads an .ink file. It returns a [FormatError] or an *nn.ShapeError for
// anything that is not one, never panics, and allocates no more than a few times
// the file's own size.
func Decode(data []byte) (*Model, error) {
	header, tensors, err := open(data)
	if err != nil {
		return nil, err
	}
	r := &reader{data: header}
	m := &Model{}
	input := m.read(r)
	layers := r.layers()
	if r.err != nil {
		return nil, r.err
	}
	if len(r.data) > 0 {
		return nil, &FormatError{"header", strconv.Itoa(len(r.data)) + " bytes after the last layer", "none"}
	}
	if m.Network, err = nn.NewSequential(input, layers...); err != nil {
		return nil, err
	}
	if err := m.valid(); err != nil {
		return nil, err
	}
	return m, m.readTensors(tensors)
}

// open checks the frame of a file and returns its header and tensors.
func open(data []byte) (header, tensors []byte, err error) {
	if len(data) == 0 {
		return nil, nil, &FormatError{"file", "nothing: it is empty", "an .ink file"}
	}
	if len(data) < len(signature) || string(data[:len(signature)]) != signature {
		return nil, nil, &FormatError{"signature", "other bytes", "an .ink file"}
	}
	if len(data) < prefix+checksum {
		return nil, nil, &FormatError{"file", strconv.Itoa(len(data)) + " bytes", "at least " + strconv.Itoa(prefix+checksum) + ": it is truncated"}
	}
	end := len(data) - checksum
	r := &reader{data: data[len(signature):prefix]}
	if v := r.uint16(); v != version {
		return nil, nil, &FormatError{"version", strconv.Itoa(int(v)), strconv.Itoa(version) + "; another inkling wrote it"}
	}
	length := r.uint32()
	sum := reader{data: data[end:]}
	if got, want := crc32.ChecksumIEEE(data[:end]), sum.uint32(); got != want {
		return nil, nil, &FormatError{"checksum", strconv.FormatUint(uint64(got), 16), strconv.FormatUint(uint64(want), 16) + ": the file is truncated or damaged"}
	}
	if length > maxHeader || int(length) > end-prefix {
		return nil, nil, &FormatError{"header", strconv.Itoa(int(length)) + " bytes", "at most " + strconv.Itoa(min(maxHeader, end-prefix))}
	}
	at := prefix + int(length)
	return data[prefix:at], data[at:end], nil
}

// read reads the header up to the layers and returns the input's shape.
func (m *Model) read(r *reader) nn.Shape {
	input := nn.Shape{int(r.uint32()), int(r.uint32()), int(r.uint32())}
	m.Recipe = ink.Recipe(r.string())
	labels := int(r.uint16())
	if labels > MaxLabels {
		r.fail(&FormatError{"labels", strconv.Itoa(labels), "at most " + strconv.Itoa(MaxLabels)})
	}
	for range min(labels, MaxLabels) {
		m.Labels = append(m.Labels, r.string())
	}
	m.Temperature = r.float32()
	m.Threshold = r.float32()
	background := r.byte()
	if background > 1 {
		r.fail(&FormatError{"background", strconv.Itoa(int(background)), "0 or 1"})
	}
	m.Background = background == 1
	m.Training.read(r)
	m.Precision = Precision(r.byte())
	return input
}

// read reads the header's part on training.
func (t *Training) read(r *reader) {
	t.Data = r.string()
	t.Seed = r.uint64()
	t.SplitSeed = r.uint64()
	t.Epochs = int(r.uint32())
	t.Batch = int(r.uint32())
	t.Optimizer = r.string()
	t.LearningRate = r.float32()
	for range r.byte() {
		t.Metrics = append(t.Metrics, Metric{r.string(), r.float32()})
	}
}

// layers reads the header's layers.
func (r *reader) layers() []nn.Layer {
	var layers []nn.Layer
	for range r.byte() {
		name := r.string()
		kind, ok := nn.KindOf(name)
		if !ok {
			r.fail(&FormatError{"layer " + strconv.Itoa(len(layers)), quote(name), "a layer of version 2"})
			return nil
		}
		layer := kind.New()
		r.settings(layer)
		layers = append(layers, layer)
	}
	return layers
}

// readTensors fills the network's parameters.
func (m *Model) readTensors(tensors []byte) error {
	want := 0
	for _, p := range m.Network.Params() {
		want += m.Precision.bytes(p)
	}
	if got := len(tensors); got != want {
		return &FormatError{"tensors", strconv.Itoa(got) + " bytes", strconv.Itoa(want)}
	}
	r := &reader{data: tensors}
	m.Network.Values()
	for _, p := range m.Network.Params() {
		if m.Precision.quantized(p) {
			r.quantized(p)
			continue
		}
		for i := range p.Value {
			if m.Precision == Float16 {
				p.Value[i] = float16.To(r.uint16())
			} else {
				p.Value[i] = r.float32()
			}
		}
	}
	if r.err != nil {
		return r.err
	}
	for i, v := range m.Network.Values() {
		if !finite(v) {
			return &FormatError{"tensors", "a value that is not finite at " + strconv.Itoa(i), "finite values"}
		}
	}
	return m.validVariances()
}

// quantized reads a tensor with scales.
func (r *reader) quantized(p *nn.Param) {
	list, largest := make([]float32, channels(p)), make([]int, channels(p))
	for ch := range list {
		list[ch] = r.float32()
	}
	for i := range p.Value {
		ch, q := i%len(list), int(int8(r.byte()))
		largest[ch] = max(largest[ch], q, -q)
		p.Value[i] = float32(q) * list[ch]
	}
	for ch, scale := range list {
		bits := math.Float32bits(scale)
		if whole := largest[ch] == largest8 && bits&scaleBits == bits && scale > 0; !whole && (largest[ch] != 0 || bits != 0) {
			r.fail(&FormatError{p.Name, "the scale " + float(scale) + " for values up to " + strconv.Itoa(largest[ch]), "a short scale for values up to 127, or 0 and zeros"})
		}
	}
}

// reader takes little-endian values from data; after its end or a bad value it
// gives zeros and err says why.
type reader struct {
	data []byte
	err  error
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err, r.data = err, nil
	}
}

// zeros is what a failed reader reads.
var zeros [255]byte

// take is the next n bytes, n at most 255.
func (r *reader) take(n int) []byte {
	if len(r.data) < n {
		r.fail(&FormatError{"header", "its end", "more"})
		return zeros[:n]
	}
	taken := r.data[:n]
	r.data = r.data[n:]
	return taken
}

func (r *reader) byte() byte { return r.take(1)[0] }

func (r *reader) uint16() uint16 {
	b := r.take(2)
	return uint16(b[0]) | uint16(b[1])<<8
}

func (r *reader) uint32() uint32 {
	b := r.take(4)
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func (r *reader) uint64() uint64 { return uint64(r.uint32()) | uint64(r.uint32())<<32 }

// pair is a height and a width.
func (r *reader) pair() [2]int {
	p := [2]int{int(r.uint16()), int(r.uint16())}
	if min(p[0], p[1]) < 1 {
		r.fail(&FormatError{"window or stride", "0", "1.." + strconv.Itoa(MaxSide)})
	}
	return p
}

func (r *reader) float32() float32 { return math.Float32frombits(r.uint32()) }

func (r *reader) string() string { return string(r.take(int(r.byte()))) }
