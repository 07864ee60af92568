package nn

import (
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/kernel"
)

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
	s.checkInput(x, n)
	return s.forward(x, n, 0, len(s.Layers), false)
}

// Logits is Forward without a softmax at the end; training says whether a
// Backward may follow.
func (s *Sequential) Logits(x []float32, n int, training bool) []float32 {
	s.checkInput(x, n)
	return s.forward(x, n, 0, s.beforeSoftmax(), training)
}

// checkInput panics unless x holds n samples.
func (s *Sequential) checkInput(x []float32, n int) {
	if len(x) != n*s.Input.Size() {
		panic(ErrLength)
	}
}

// firstDense is the Dense that sees the pixels themselves, behind a Flatten; nil
// if the network begins otherwise.
func (s *Sequential) firstDense() *Dense {
	if len(s.Layers) < 2 {
		return nil
	}
	if _, ok := s.Layers[0].(*Flatten); !ok {
		return nil
	}
	dense, _ := s.Layers[1].(*Dense)
	return dense
}

// TakesSparse reports whether SparseLogits and SparseBackward can be used: the
// network begins with a Flatten and a Dense.
func (s *Sequential) TakesSparse() bool { return s.firstDense() != nil }

// SparseLogits is Logits for n images as lists of their nonzero pixels, scaled
// by [Scale]: the first layer then costs only as much as there is ink.
func (s *Sequential) SparseLogits(images *kernel.Sparse, n int, training bool) []float32 {
	y := s.output(1, n)
	s.firstDense().forwardSparse(y, images, n)
	return s.forward(y, n, 2, s.beforeSoftmax(), training)
}

// SparseBackward is Backward for the images that SparseLogits has just seen.
func (s *Sequential) SparseBackward(dlogits []float32, images *kernel.Sparse, n int) {
	clear(s.Grads())
	dy := s.backward(dlogits, nil, n, 2)
	s.firstDense().backwardSparse(dy, images, n)
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

// forward runs the layers from <= i < to.
func (s *Sequential) forward(x []float32, n, from, to int, training bool) []float32 {
	for i := from; i < to; i++ {
		y := s.output(i, n)
		s.Layers[i].Forward(y, x, n, training)
		x = y
	}
	return x
}

// output is room for the output of layer i.
func (s *Sequential) output(i, n int) []float32 {
	s.outputs[i] = sized(s.outputs[i], n*s.shapes[i].Size())
	return s.outputs[i]
}

// Backward sets Grads from the gradient of the loss with respect to the logits,
// (N, Classes), for the batch x that Logits with training has just seen.
func (s *Sequential) Backward(dlogits, x []float32, n int) {
	clear(s.Grads())
	s.backward(dlogits, x, n, 0)
}

// backward runs the layers back to from and returns the gradient of that one's
// input, nil for the first.
func (s *Sequential) backward(dy, x []float32, n, from int) []float32 {
	for i := s.beforeSoftmax() - 1; i >= from; i-- {
		input, dx := x, []float32(nil)
		if i > 0 {
			input = s.outputs[i-1]
			s.douts[i-1] = sized(s.douts[i-1], n*s.shapes[i-1].Size())
			dx = s.douts[i-1]
		}
		s.Layers[i].Backward(dx, dy, input, s.outputs[i], n)
		dy = dx
	}
	return dy
}

// sized is buffer with this length, a larger one if it is too small.
func sized(buffer []float32, length int) []float32 {
	if cap(buffer) < length {
		return make([]float32, length)
	}
	return buffer[:length]
}
