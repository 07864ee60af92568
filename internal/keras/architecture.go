package keras

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/seed-c844a918/inkling/internal/keras/chain"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Architecture holds a model's layers, without its weights.
type Architecture struct {
	Network *nn.Sequential // takes (height, width, 1) of pixels 0..1, ends in a softmax
	Pixels  Pixels         // what the model takes: Unit or Bytes; ByModel until Load where weights decide
	Why     string         // what decided Pixels, "" if the caller did
	Logits  bool           // the model ended in logits, and the softmax was added
	LeftOut []string       // classes of the layers that only training sees
	Taken   []string       // activations that the file names as functions, without their code: "layer 2, d (Dense): swish"
	Floats  string         // what the model computed in if not in float32: "mixed_float16"

	slots         []slot
	standardizing []*standardizing
	normalized    *nn.BatchNormalization // which sees the pixels, nil if none does
	finish        []func()               // fill tensors that the file has otherwise or not at all
}

// Like returns the architecture of a network. Where its biases, gammas and betas
// change nothing, a file of weights may lack them, as Keras's use_bias=False makes it.
func Like(network *nn.Sequential) *Architecture {
	a := &Architecture{Network: network, Pixels: Unit}
	seen := map[string]int{}
	for i, layer := range network.Layers {
		if params := layer.Params(); len(params) > 0 {
			place := fmt.Sprintf("layer %d (%s)", i+1, layer.Kind())
			a.slots = append(a.slots, slot{place: place, kind: layer.Kind(), number: seen[layer.Kind()], params: params})
			seen[layer.Kind()]++
		}
	}
	return a
}

// Architecture builds the network that the file describes; its weights are zeros
// until Load. The error names the layer and the option that is not read; it is an
// [UndecidedError] where pixels must be given.
func (f *File) Architecture(pixels Pixels) (*Architecture, error) {
	steps, err := chain.Read(f.config)
	if err != nil {
		return nil, err
	}
	a := &Architecture{}
	if err := a.choosePixels(steps, pixels); err != nil {
		return nil, err
	}
	b := &builder{version: f.version, unit: unitOf(a.Pixels)}
	if first := firstChange(steps).Class; b.unit != 1 && first != "Rescaling" && first != "Normalization" {
		steps = slices.Insert(steps, 1, chain.Step{Place: "pixels", Class: "Rescaling", Settings: map[string]any{"scale": 1.0, "offset": 0.0}})
	}
	if err := b.readAll(steps); err != nil {
		return nil, err
	}
	if a.Logits, err = b.end(); err != nil {
		return nil, err
	}
	a.Network, err = nn.NewSequential(b.input, b.layers...)
	a.slots, a.standardizing, a.normalized, a.finish = b.slots, b.standardizing, b.normalized, b.finish
	a.LeftOut, a.Taken, a.Floats = b.leftOut, b.functions, b.floats
	return a, err
}

// builder makes layers of package nn from Keras's. Flatten and Reshape only change
// the shape that Keras's next layer sees; a layer of ours is put in where it is
// needed.
type builder struct {
	version int
	unit    float64  // what the model's first Rescaling or Normalization sees for a pixel that is 1 to the network
	changed bool     // whether a layer so far changed the range of pixels
	input   nn.Shape // the network's
	shape   nn.Shape // Keras's, of what the layers so far make
	have    nn.Shape // ours
	layers  []nn.Layer
	slots   []slot
	seen    map[string]int // layers by kind, with their models
	last    string         // function at the end of the last layer: "linear", "softmax", ...
	next    chain.Step     // the step that follows, but for those that only training sees
	zeros   zeros          // around the pictures, for the next convolution

	standardizing []*standardizing
	normalized    *nn.BatchNormalization
	finish        []func()
	leftOut       []string
	functions     []string
	floats        string
}

// readAll adds the steps in turn.
func (b *builder) readAll(steps []chain.Step) error {
	for i, s := range steps {
		b.next = chain.Step{}
		if next := slices.IndexFunc(steps[i+1:], func(s chain.Step) bool { return !identities[s.Class] }); next >= 0 {
			b.next = steps[i+1+next]
		}
		if err := b.read(s); err != nil {
			return err
		}
		b.changed = b.changed || !rangeKept[s.Class] && !identities[s.Class] && !leavesAlone(s)
	}
	return nil
}

// read adds one step.
func (b *builder) read(s chain.Step) error {
	read, ok := readers[s.Class]
	if !ok || s.Operation {
		return s.Refusal()
	}
	if identities[s.Class] {
		if !slices.Contains(b.leftOut, s.Class) {
			b.leftOut = append(b.leftOut, s.Class)
		}
		return nil
	}
	o := &options{place: s.Place, name: s.Name, in: s.In, values: s.Settings}
	if how := quantized(s.Settings["dtype"]); how != "" || s.Settings["quantization_config"] != nil {
		o.fail("the model is quantized (%s), want float weights: import it as it was before quantize()", cmp.Or(how, "by its config"))
	}
	read(b, o)
	if name := policyName(s.Settings["dtype"]); policies[name] {
		b.floats = name
	}
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
		b.slots = append(b.slots, slot{
			place: o.place, kind: kind, name: o.name, number: b.count(o, kind), in: o.in,
			params: b.layers[len(b.layers)-1].Params(), sure: true, absent: absent,
		})
	}
}

// count returns how many layers of a kind its model has so far, and counts one more.
func (b *builder) count(o *options, kind string) int {
	if b.seen == nil {
		b.seen = map[string]int{}
	}
	kind = o.in.Kinds + kind
	b.seen[kind]++
	return b.seen[kind] - 1
}

// end adds the layers that a network must end in and reports whether they were missing.
func (b *builder) end() (logits bool, err error) {
	if len(b.layers) == 0 {
		return false, fmt.Errorf("keras: got a model without layers")
	}
	if len(b.shape) == 1 && b.shape[0] == 1 {
		return false, fmt.Errorf("keras: last layer: got one value (binary), want one for each of at least 2 classes: " +
			"end the model in Dense(2, activation=\"softmax\") and train it by sparse_categorical_crossentropy")
	}
	if len(b.shape) != 1 {
		return false, fmt.Errorf("keras: last layer: got the shape %s, want a value for each of at least 2 classes", b.shape)
	}
	if classes := b.shape[0]; classes > model.MaxLabels {
		return false, fmt.Errorf("keras: last layer: got %d classes, at most %d are read", classes, model.MaxLabels)
	}
	switch b.last {
	case "softmax":
		return false, nil
	case "sigmoid":
		return false, fmt.Errorf("keras: last layer: got the activation sigmoid, want softmax, or logits without one: " +
			"sigmoid says yes or no to each class, softmax chooses one; train the model with softmax and categorical_crossentropy")
	case "linear":
	default:
		return false, fmt.Errorf("keras: last layer: got the activation %s, want softmax, or logits without one", b.last)
	}
	o := &options{place: "softmax"}
	b.add(o, &nn.Softmax{})
	return true, o.err
}
