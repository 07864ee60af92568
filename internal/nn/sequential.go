package nn

import "math/rand/v2"

// Sequential is a chain of layers. It is not safe for concurrent use: Forward
// and Backward work in buffers of its own.
type Sequential struct {
	Input  Shape // of one sample
	Layers []Layer

	shapes  []Shape     // output shape of each layer
	params  []*Param    // of all layers, in order
	size    int         // number of parameters
	values  []float32   // all parameters, nil until Values is called
	grads   []float32   // all gradients, nil until Grads is called
	outputs [][]float32 // of each layer, for the largest batch so far
	douts   [][]float32 // gradients of the outputs
}

// NewSequential builds the layers for samples of the input shape. It allocates
// no parameters, so that a reader can compare Size with what a file holds.
func NewSequential(input Shape, layers ...Layer) (*Sequential, error) {
	s := &Sequential{Input: input, Layers: layers}
	shape := input
	for _, layer := range layers {
		out, err := layer.Build(shape)
		if err != nil {
			return nil, err
		}
		shape = out
		s.shapes = append(s.shapes, out)
		for _, p := range layer.Params() {
			s.params = append(s.params, p)
			s.size += p.Shape.Size()
		}
	}
	s.outputs, s.douts = make([][]float32, len(layers)), make([][]float32, len(layers))
	return s, nil
}

// Initialize draws the first weights: a pure function of layers and seed.
func (s *Sequential) Initialize(seed uint64) {
	s.Values()
	for i, layer := range s.Layers {
		layer.Initialize(rand.New(rand.NewPCG(seed, uint64(i))))
	}
}

// Seed makes the random numbers of the next training step a function of seed
// and step, wherever training began.
func (s *Sequential) Seed(seed, step uint64) {
	for i, layer := range s.Layers {
		if d, ok := layer.(*Dropout); ok {
			d.Seed(seed^uint64(i)<<32, step)
		}
	}
}

// OutputShape is the output shape of layer i.
func (s *Sequential) OutputShape(i int) Shape { return s.shapes[i] }

// Classes is the number of values that the last layer makes of a sample.
func (s *Sequential) Classes() int {
	if len(s.shapes) == 0 {
		return s.Input.Size()
	}
	return s.shapes[len(s.shapes)-1].Size()
}

// Params are the trainable tensors of all layers, in order.
func (s *Sequential) Params() []*Param { return s.params }

// Size is the number of parameters.
func (s *Sequential) Size() int { return s.size }

// Values is the flat vector of all parameters, which Param.Value views; zeros
// until Initialize or the caller writes to it.
func (s *Sequential) Values() []float32 {
	if s.values == nil {
		s.values = s.vector(func(p *Param, view []float32) { p.Value = view })
	}
	return s.values
}

// Grads is the flat vector of all gradients, in the order of Values, which
// Param.Grad views.
func (s *Sequential) Grads() []float32 {
	if s.grads == nil {
		s.grads = s.vector(func(p *Param, view []float32) { p.Grad = view })
	}
	return s.grads
}

// vector makes room for all parameters and gives each its view.
func (s *Sequential) vector(give func(p *Param, view []float32)) []float32 {
	all := make([]float32, s.size)
	rest := all
	for _, p := range s.params {
		n := p.Shape.Size()
		give(p, rest[:n:n])
		rest = rest[n:]
	}
	return all
}

// Forward computes the outputs of all layers for n samples in x and returns the
// last, (N, Classes), valid until the next call.
func (s *Sequential) Forward(x []float32, n int) []float32 {
	return s.forward(x, n, len(s.Layers), false)
}

// Logits is Forward without a softmax at the end; training says whether a
// Backward may follow.
func (s *Sequential) Logits(x []float32, n int, training bool) []float32 {
	return s.forward(x, n, s.beforeSoftmax(), training)
}

// beforeSoftmax is the number of layers that lead to the logits.
func (s *Sequential) beforeSoftmax() int {
	last := len(s.Layers) - 1
	if last >= 0 {
		if _, ok := s.Layers[last].(*Softmax); ok {
			return last
		}
	}
	return len(s.Layers)
}

// forward runs the first layers of the chain.
func (s *Sequential) forward(x []float32, n, layers int, training bool) []float32 {
	if len(x) != n*s.Input.Size() {
		panic(ErrLength)
	}
	for i, layer := range s.Layers[:layers] {
		s.outputs[i] = sized(s.outputs[i], n*s.shapes[i].Size())
		layer.Forward(s.outputs[i], x, n, training)
		x = s.outputs[i]
	}
	return x
}

// Backward sets Grads from the gradient of the loss with respect to the logits,
// (N, Classes), for the batch x that Logits with training has just seen.
func (s *Sequential) Backward(dlogits, x []float32, n int) {
	clear(s.Grads())
	dy := dlogits
	for i := s.beforeSoftmax() - 1; i >= 0; i-- {
		input, dx := x, []float32(nil)
		if i > 0 {
			input = s.outputs[i-1]
			s.douts[i-1] = sized(s.douts[i-1], n*s.shapes[i-1].Size())
			dx = s.douts[i-1]
		}
		s.Layers[i].Backward(dx, dy, input, s.outputs[i], n)
		dy = dx
	}
}

// sized is buffer with this length, a larger one if it is too small.
func sized(buffer []float32, length int) []float32 {
	if cap(buffer) < length {
		return make([]float32, length)
	}
	return buffer[:length]
}
