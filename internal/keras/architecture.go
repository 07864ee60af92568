package keras

import (
	"fmt"
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Pixels is what a model takes pixels for.
type Pixels string

// What pixels can be; the zero value leaves it to the model.
const (
	ByModel Pixels = ""       // 0..255 where it begins with Rescaling, else 0..1
	Unit    Pixels = "0..1"   // divided by 255
	Bytes   Pixels = "0..255" // as they are
)

// Architecture is a model's layers, without its weights.
type Architecture struct {
	Network *nn.Sequential // takes (height, width, 1) of pixels 0..1, ends in a softmax
	Pixels  Pixels         // what the model takes: Unit or Bytes
	Logits  bool           // the model ended in logits, and the softmax was added
	slots   []slot
}

// Like is the architecture of a network. Where its biases, gammas and betas change
// nothing, a file of weights may lack them, as Keras's use_bias=False makes it.
func Like(network *nn.Sequential) *Architecture {
	a := &Architecture{Network: network, Pixels: Unit}
	for i, layer := range network.Layers {
		if params := layer.Params(); len(params) > 0 {
			a.slots = append(a.slots, slot{place: fmt.Sprintf("layer %d (%s)", i+1, layer.Kind()), kind: layer.Kind(), params: params})
		}
	}
	return a
}

// Architecture builds the network that the file describes; its weights are zeros
// until Load. The error names the layer and the option that is not read.
func (f *File) Architecture(pixels Pixels) (*Architecture, error) {
	steps, err := chain(f.config)
	if err != nil {
		return nil, err
	}
	a := &Architecture{Pixels: pixels}
	if pixels == ByModel {
		a.Pixels = Unit
		if rescales(steps) {
			a.Pixels = Bytes
		}
	}
	b := &builder{version: f.version, unit: 1}
	if a.Pixels == Bytes {
		b.unit = math.MaxUint8
	}
	if b.unit != 1 && !rescales(steps) {
		steps = slices.Insert(steps, 1, step{place: "pixels", class: "Rescaling", settings: map[string]any{"scale": 1.0, "offset": 0.0}})
	}
	for _, s := range steps {
		if err := b.read(s); err != nil {
			return nil, err
		}
	}
	if a.Logits, err = b.end(); err != nil {
		return nil, err
	}
	a.Network, err = nn.NewSequential(b.input, b.layers...)
	a.slots = b.slots
	return a, err
}

// rescales reports whether the first layer that changes values is a Rescaling.
func rescales(steps []step) bool {
	for _, s := range steps {
		if s.class != "InputLayer" && s.class != "Flatten" && s.class != "Reshape" && !identities[s.class] {
			return s.class == "Rescaling"
		}
	}
	return false
}

// builder makes layers of package nn from Keras's. Flatten and Reshape only change
// the shape that Keras's next layer sees; a layer of ours is put in where it is
// needed.
type builder struct {
	version int
	unit    float64  // what the model's first Rescaling sees for a pixel that is 1 to the network
	input   nn.Shape // the network's
	shape   nn.Shape // Keras's, of what the layers so far make
	have    nn.Shape // ours
	layers  []nn.Layer
	slots   []slot
	last    string // function at the end of the last layer: "linear", "softmax", ...
}

// read adds one step.
func (b *builder) read(s step) error {
	read, ok := readers[s.class]
	if !ok {
		return fmt.Errorf("keras: %s: this layer is not read", s.place)
	}
	o := &options{place: s.place, name: s.name, values: s.settings}
	read(b, o)
	return o.check()
}

// add appends a layer of ours.
func (b *builder) add(o *options, layer nn.Layer) {
	if !b.have.Equal(b.shape) {
		if len(b.shape) == 1 {
			b.layers = append(b.layers, &nn.Flatten{})
		} else {
			b.layers = append(b.layers, &nn.Reshape{Target: b.shape})
		}
	}
	out, err := layer.Build(b.shape)
	if err != nil {
		o.fail("%v", err)
		return
	}
	if !out.Fits() || out.Size() > model.MaxValues {
		o.fail("got %s values an image, want at most %d", out, model.MaxValues)
		return
	}
	b.layers = append(b.layers, layer)
	b.shape, b.have, b.last = out, out, "linear"
}

// weigh notes that the layer just added has tensors, but for the absent.
func (b *builder) weigh(o *options, kind string, absent map[string]bool) {
	if o.err == nil {
		b.slots = append(b.slots, slot{o.place, kind, o.name, b.layers[len(b.layers)-1].Params(), true, absent})
	}
}

// end adds what a network must end in and reports whether that was missing.
func (b *builder) end() (logits bool, err error) {
	if len(b.layers) == 0 {
		return false, fmt.Errorf("keras: got a model without layers")
	}
	if len(b.shape) != 1 || b.shape.Size() < 2 {
		return false, fmt.Errorf("keras: last layer: got the shape %s, want a value for each of at least 2 classes", b.shape)
	}
	if b.last == "softmax" {
		return false, nil
	}
	if b.last != "linear" {
		return false, fmt.Errorf("keras: last layer: got the activation %s, want softmax, or logits without one", b.last)
	}
	o := &options{place: "softmax"}
	b.add(o, &nn.Softmax{})
	return true, o.err
}
