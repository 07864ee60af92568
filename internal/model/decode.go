package model

import (
	"math"
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/float16"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/quantize"
)

// Decode reads an .ink file of format 1, 2 or 3. It returns a [FormatError] or an
// *nn.ShapeError for anything that is not one, [ErrNotFinite] for a network that answers
// no number, never panics, and allocates no more than a few times the file's own size.
func Decode(data []byte) (*Model, error) {
	version, body, err := open(data)
	if err != nil {
		return nil, err
	}
	m := &Model{}
	var tensors []byte
	if version < 3 {
		tensors, err = m.decodeOld(data[:len(data)-checksum], version)
	} else {
		tensors, err = m.decode(body)
	}
	if err != nil {
		return nil, err
	}
	if err := m.Check(); err != nil {
		return nil, err
	}
	if err := m.readTensors(tensors); err != nil {
		return nil, err
	}
	cost := m.Network.Cost()
	if cost.Operations <= maxTrialOperations && cost.Bytes <= maxTrialBytes+trialBytesPerByte*len(data) {
		if err := m.Try(); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// open checks signature, version and checksum of a file and returns what is
// between the last two.
func open(data []byte) (version int, body []byte, err error) {
	if len(data) == 0 {
		return 0, nil, refusal("file", "nothing: it is empty", "an .ink file")
	}
	if len(data) < len(signature) || string(data[:len(signature)]) != signature {
		return 0, nil, refusal("signature", "other bytes", "an .ink file")
	}
	if len(data) < prefix+checksum {
		return 0, nil, refusal("file", strconv.Itoa(len(data))+" bytes", "at least "+strconv.Itoa(prefix+checksum)+": it is truncated")
	}
	end := len(data) - checksum
	r := &reader{data: data[len(signature):prefix]}
	if version = int(r.uint16()); version < 1 || version > Format {
		return 0, nil, refusal("version", strconv.Itoa(version), "1.."+strconv.Itoa(Format)+": a newer inkling wrote the file")
	}
	sum := reader{data: data[end:]}
	if got, want := checksumOf(data[:end]), sum.uint32(); got != want {
		return 0, nil, refusal("checksum", strconv.FormatInt(int64(got), 16),
			strconv.FormatInt(int64(want), 16)+": the file is truncated or damaged")
	}
	return version, data[prefix:end], nil
}

// decode reads the sections of format 3 but for the tensors, which it returns.
func (m *Model) decode(body []byte) (tensors []byte, err error) {
	contents, others, err := sections(body)
	if err != nil {
		return nil, err
	}
	for i, s := range others {
		if s.Type != turnSection {
			m.Sections = append(m.Sections, Section{s.Type, slices.Clone(s.Data)})
			continue
		}
		r := &reader{part: turnSection, data: s.Data}
		m.Turn = r.float32()
		if i > 0 || m.Turn == 0 {
			r.fail(turnSection, "a section behind others, or no turn", "one of more than 0 directly behind TENS")
		}
		if err := r.end(); err != nil {
			return nil, err
		}
	}
	var input nn.Shape
	readHead := func(r *reader) { input = m.readHead(r) }
	for i, read := range []func(r *reader){readHead, m.readClasses, m.Source.read, m.Training.read} {
		r := &reader{part: known[i], data: contents[i]}
		read(r)
		if err := r.end(); err != nil {
			return nil, err
		}
	}
	return contents[5], m.build(&reader{part: layersSection, data: contents[4]}, input)
}

// decodeOld reads a file of format 1 or 2 but for the tensors, which it returns.
func (m *Model) decodeOld(data []byte, version int) (tensors []byte, err error) {
	header, tensors, err := openOld(data)
	if err != nil {
		return nil, err
	}
	return tensors, m.readOld(&reader{part: "header", data: header}, version)
}

// readHead reads section HEAD and returns the input's shape.
func (m *Model) readHead(r *reader) nn.Shape {
	input := nn.Shape{int(r.uint32()), int(r.uint32()), int(r.uint32())}
	m.Recipe = ink.Recipe(r.string())
	version := int(r.uint16())
	if want := m.Recipe.Measures().Version; m.Recipe.Known() && version != want {
		r.fail("recipe "+quote(string(m.Recipe)), "version "+strconv.Itoa(version), strconv.Itoa(want)+": another inkling wrote the file")
	}
	m.Temperature = r.float32()
	m.Threshold = r.float32()
	m.Background = r.flag("background")
	m.Precision = Precision(r.byte())
	return input
}

// readClasses reads section CLSS.
func (m *Model) readClasses(r *reader) {
	m.Labels = r.strings(MaxLabels)
	if !r.flag("labels of the data") {
		return
	}
	for range m.Labels {
		m.DataLabels = append(m.DataLabels, r.string())
	}
}

// read reads section DATA.
func (s *Source) read(r *reader) {
	s.Low, s.High = r.float32(), r.float32()
	s.Inverted = r.flag("inverted")
	s.Transposed = r.flag("transposed")
	if s.Low == 0 && s.High == 0 {
		r.fail("range", "0..0", "two numbers, the lower first")
	}
}

// read reads section MADE.
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

// build reads the layers at the end of a part of the file and makes the network of
// them.
func (m *Model) build(r *reader, input nn.Shape) (err error) {
	layers := r.layers()
	if err := r.end(); err != nil {
		return err
	}
	if err := validLayers(input, m.Recipe.Channels(), layers); err != nil {
		return err
	}
	m.Network, err = nn.NewSequential(input, layers...)
	return err
}

// layers reads a list of layers.
func (r *reader) layers() []nn.Layer {
	var layers []nn.Layer
	for range r.byte() {
		name := r.string()
		kind, ok := nn.KindOf(name)
		if !ok {
			r.fail("layer "+strconv.Itoa(len(layers)), quote(name), "a layer that this version knows")
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
	r := &reader{part: tensorsSection, data: tensors}
	bits, want := m.readBits(r)
	if r.err != nil {
		return r.err
	}
	if got := len(r.data); got != want {
		return refusal("tensors", strconv.Itoa(got)+" bytes", strconv.Itoa(want))
	}
	m.Network.Values()
	for _, p := range m.Network.Params() {
		if r.err != nil {
			return r.err
		}
		if m.Precision.quantized(p) {
			r.quantized(p, bits[0])
			if m.Precision == Int4 && bits[0] == 8 && m.Precision.bits(p) == 4 {
				r.fail("bits of a kernel", "8", "4, which hold it as well")
			}
			bits = bits[1:]
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
			return refusal("tensors", "a value that is not finite at "+strconv.Itoa(i), "finite values")
		}
	}
	return m.validTensors()
}

// readBits reads the bits of each kernel, which only a file of Int4 says, and returns how
// many bytes all tensors then take.
func (m *Model) readBits(r *reader) (bits []quantize.Bits, bytes int) {
	for _, p := range m.Network.Params() {
		size := p.Shape.Size()
		switch {
		case m.Precision.quantized(p):
			b := quantize.Bits(8)
			if m.Precision == Int4 {
				b = quantize.Bits(r.byte())
			}
			if b != 4 && b != 8 {
				r.fail("bits of a kernel", strconv.Itoa(int(b)), "4 or 8")
			}
			bits, bytes = append(bits, b), bytes+4*channels(p)+packed(size, b)
		case m.Precision == Float16:
			bytes += 2 * size
		default:
			bytes += 4 * size
		}
	}
	return bits, bytes
}

// quantized reads a kernel of scales and integers of 4 or 8 bits, all of which are there.
// It refuses what Encode would write otherwise.
func (r *reader) quantized(p *nn.Param, bits quantize.Bits) {
	scales := make([]float32, channels(p))
	for ch := range scales {
		scales[ch] = r.float32()
	}
	size := packed(len(p.Value), bits)
	integers := r.data[:size]
	r.data = r.data[size:]
	largest, sizes := make([]int, len(scales)), make([]uint16, len(scales))
	for row := 0; row < len(p.Value); row += len(scales) {
		for ch, scale := range scales {
			i := row + ch
			var q int
			if bits == 4 { // the first one lower
				q = int(int8(integers[i/2]<<(4-i%2*4)) >> 4)
			} else {
				q = int(int8(integers[i]))
			}
			p.Value[i] = float32(q) * scale
			q = max(q, -q)
			largest[ch] = max(largest[ch], q)
			sizes[ch] |= 1 << q
		}
	}
	if bits == 4 && len(p.Value)%2 == 1 && integers[size-1]>>4 != 0 {
		r.fail(p.Name, "an integer behind the last", "0 in the last four bits")
	}
	for ch, scale := range scales {
		if !quantize.IsScale(scale, largest[ch], sizes[ch], bits) {
			r.fail(p.Name, "the scale "+float(scale)+" for values up to "+strconv.Itoa(largest[ch]),
				"a short scale for values up to "+strconv.Itoa(bits.Largest())+", as large as can be, or 0 and zeros")
		}
	}
}

// packed returns the bytes of n integers.
func packed(n int, bits quantize.Bits) int { return (n*int(bits) + 7) / 8 }

// reader takes little-endian values from data; after its end or a bad value it
// returns zeros and err says why.
type reader struct {
	part string // of the file, for errors
	data []byte
	err  error
}

func (r *reader) fail(place, got, want string) {
	if r.err == nil {
		r.err, r.data = refusal(place, got, want), nil
	}
}

// zeros is what a failed reader reads.
var zeros [255]byte

// take returns the next n bytes, n at most 255.
func (r *reader) take(n int) []byte {
	if len(r.data) < n {
		r.fail(r.part, "its end", "more")
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

// pair reads a height and a width.
func (r *reader) pair() [2]int {
	p := [2]int{int(r.uint16()), int(r.uint16())}
	if min(p[0], p[1]) < 1 {
		r.fail("window or stride", "0", "1.."+strconv.Itoa(MaxSide))
	}
	return p
}

func (r *reader) float32() float32 { return math.Float32frombits(r.uint32()) }

func (r *reader) string() string { return string(r.take(int(r.byte()))) }

// strings reads a count and that number of texts.
func (r *reader) strings(most int) (texts []string) {
	count := int(r.uint16())
	if count > most {
		r.fail("labels", strconv.Itoa(count), atMost(most))
		return nil
	}
	for range count {
		texts = append(texts, r.string())
	}
	return texts
}

// flag reads 0 or 1.
func (r *reader) flag(what string) bool {
	b := r.byte()
	if b > 1 {
		r.fail(what, strconv.Itoa(int(b)), "0 or 1")
	}
	return b == 1
}

// end returns the reader's error, or an error if bytes are left.
func (r *reader) end() error {
	if r.err == nil && len(r.data) > 0 {
		r.fail(r.part, strconv.Itoa(len(r.data))+" bytes after the last value", "none")
	}
	return r.err
}
