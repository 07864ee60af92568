package fewshot

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Nearby is what other people draw, as a trained model sees it: some features of each of
// its classes, and of what is none of them. It lies beside the model, NAME.near, and
// loads with the first answer that is put right. Features are those before the last Dense, less
// their mean, of length 1.
type Nearby struct {
	Model    uint32    // ModelSum of the model that made the features
	Mean     []float32 // (D), of the features of many drawings
	Classes  []int     // of each feature; the model's background class is the one behind its labels
	Features [][]float32
}

// nearSignature begins a .near file, as the signature of an .ink file does.
const nearSignature = "\x89NEAR\r\n\x1a\n"

// MaxNearby is the most bytes that a .near file may have.
const MaxNearby = 20_000

// fine is the largest value of a nearby feature in a file, which takes four bits.
const fine = 7

// SizeOfNearby returns the bytes of a file with count features of size values.
func SizeOfNearby(size, count int) int {
	return len(nearSignature) + 4 + 2 + 2 + 4*size + count*(1+4+(size+1)/2)
}

// Encode returns the file: the signature, uint32 Model, uint16 D and count, the mean as
// float32, and of each feature a byte for its class, a float32 scale and its values in four
// bits each, +8, the first of two in the lower ones.
func (n *Nearby) Encode() []byte {
	w := writer(nearSignature)
	w.uint32(int(n.Model))
	w.uint16(len(n.Mean))
	w.uint16(len(n.Features))
	for _, v := range n.Mean {
		w.uint32(int(math.Float32bits(v)))
	}
	for i, f := range n.Features {
		w = append(w, byte(n.Classes[i]))
		var most float32
		for _, v := range f {
			most = max(most, v, -v)
		}
		scale := most / fine
		w.uint32(int(math.Float32bits(scale)))
		packed := make([]byte, (len(f)+1)/2)
		for j, v := range f {
			step := 0
			if scale > 0 {
				step = int(math.RoundToEven(float64(v / scale)))
			}
			packed[j/2] |= byte(step+fine+1) << (4 * (j % 2))
		}
		w = append(w, packed...)
	}
	return w
}

// DecodeNearby reads a file for a model, whose ModelSum is sum. The error says that it is
// damaged or of another model.
func DecodeNearby(data []byte, m *model.Model, sum uint32) (*Nearby, error) {
	r := reader{data: data}
	if string(r.take(len(nearSignature))) != nearSignature {
		return nil, errNearby
	}
	size, classes := featuresOf(m), m.Network.Classes()
	n := &Nearby{Model: r.uint32()}
	if n.Model != sum {
		return nil, errOfOther
	}
	d, count := int(r.uint16()), int(r.uint16())
	if d != size || len(data) != SizeOfNearby(d, count) {
		return nil, errNearby
	}
	for range d {
		n.Mean = append(n.Mean, math.Float32frombits(r.uint32()))
	}
	for range count {
		class := int(r.take(1)[0])
		scale := math.Float32frombits(r.uint32())
		f := make([]float32, d)
		packed := r.take((d + 1) / 2)
		for j := range f {
			f[j] = scale * float32(int(packed[j/2]>>(4*(j%2))&15)-fine-1)
		}
		if length := unit(f); class >= classes || !(math.Abs(float64(length)-1) < 0.5) {
			return nil, errNearby
		}
		n.Classes, n.Features = append(n.Classes, class), append(n.Features, f)
	}
	if length := dot(n.Mean, n.Mean); !(length < math.MaxFloat32) {
		return nil, errNearby
	}
	return n, r.err
}

// ModelSum returns the number by which a .near file names its model: the checksum that
// ends the model's file. (A CRC-32 of the whole file, checksum included, is the same for
// all files.)
func ModelSum(file []byte) uint32 {
	r := reader{data: file[max(len(file)-4, 0):]}
	return r.uint32()
}

// lastDense returns the place of the Dense before the softmax, -1 if none stands there.
func lastDense(m *model.Model) int {
	at := len(m.Network.Layers) - 2
	if at < 1 {
		return -1
	}
	_, dense := m.Network.Layers[at].(*nn.Dense)
	_, softmax := m.Network.Layers[at+1].(*nn.Softmax)
	if !dense || !softmax {
		return -1
	}
	return at
}

// featuresOf returns the number of values before the last Dense, 0 without such a layer.
func featuresOf(m *model.Model) int {
	at := lastDense(m)
	if at < 0 {
		return 0
	}
	return m.Network.OutputShape(at - 1).Size()
}

// CanCorrect reports whether answers of a model can be put right: it reads drawings and
// ends in a Dense and a softmax.
func CanCorrect(m *model.Model) bool { return featuresOf(m) > 0 }

// NearbyOf reports whether data is a .near file that names the model whose file this is.
func NearbyOf(data, file []byte) bool {
	r := reader{data: data}
	return string(r.take(len(nearSignature))) == nearSignature && r.uint32() == ModelSum(file)
}
