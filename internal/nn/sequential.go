package nn

import (
	"math/rand/v2"
	"slices"

	"github.com/seed-c844a918/inkling/internal/kernel"
)

// Sequential is a chain of layers. It is not safe for concurrent use: Forward
// and Backward work in buffers of its own.
type Sequential struct {
	Input  Shape // of one sample
	Layers []Layer
	// Parallel calls run with 0..n-1, on as many cores as it likes, and returns when
	// all are done; nil runs them in turn. A network with convolutions cuts the batches of
	// Logits and Train into lanes for it; results do not depend on it.
	Parallel func(n int, run func(i int))

	shapes  []Shape   // output shape of each layer
	params  []*Param  // of all layers, in order
	offsets []int     // of each layer's parameters in the flat vectors; one more for the end
	values  []float32 // all parameters, nil until Values is called
	grads   []float32 // all gradients, nil until Grads is called
	run     run       // how a pass goes, and its buffers
}

// NewSequential builds the layers for samples of the input shape. It allocates
// no parameters, so that a reader can compare Size with what a file holds.
func NewSequential(input Shape, layers ...Layer) (*Sequential, error) {
	s := &Sequential{Input: input, Layers: layers, offsets: []int{0}}
	if !input.Fits() {
		return nil, &ShapeError{"sequential", input, wantFits}
	}
	shape, size := input, 0
	for _, layer := range layers {
		out, err := layer.Build(shape)
		if err != nil {
			return nil, err
		}
		if !out.Fits() {
			return nil, &ShapeError{layer.Kind(), shape, wantFits + " in its output " + out.String()}
		}
		shape = out
		s.shapes = append(s.shapes, out)
		for _, p := range layer.Params() {
			if !p.Shape.Fits() {
				return nil, &ShapeError{layer.Kind(), shape, wantFits + " in its " + p.Name + " " + p.Shape.String()}
			}
			s.params = append(s.params, p)
			size += p.Shape.Size()
		}
		s.offsets = append(s.offsets, size)
	}
	s.run = newRun(s)
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
		if d, ok := layer.(seeder); ok {
			d.Seed(seed^uint64(i)<<32, step)
		}
	}
}

// OutputShape returns the output shape of layer i.
func (s *Sequential) OutputShape(i int) Shape { return s.shapes[i] }

// Classes returns the number of values that the last layer makes of a sample.
func (s *Sequential) Classes() int {
	if len(s.shapes) == 0 {
		return s.Input.Size()
	}
	return s.shapes[len(s.shapes)-1].Size()
}

// Params returns the tensors of all layers, in order, moving statistics among them.
func (s *Sequential) Params() []*Param { return s.params }

// Size returns the number of parameters.
func (s *Sequential) Size() int { return s.offsets[len(s.Layers)] }

// Values returns the flat vector of all parameters, which Param.Value views; zeros
// until Initialize or the caller writes to it.
func (s *Sequential) Values() []float32 {
	if s.values == nil {
		s.values = s.vector(func(p *Param, view []float32) { p.Value = view })
	}
	return s.values
}

// Grads returns the flat vector of all gradients, in the order of Values, which
// Param.Grad views.
func (s *Sequential) Grads() []float32 {
	if s.grads == nil {
		s.grads = s.vector(func(p *Param, view []float32) { p.Grad = view })
	}
	return s.grads
}

// vector makes room for all parameters and gives each its view.
func (s *Sequential) vector(give func(p *Param, view []float32)) []float32 {
	all := make([]float32, s.Size())
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
func (s *Sequential) Forward(x []float32, n int) []float32 { return s.forward(x, n, len(s.Layers)) }

// Predict does what Forward does, without a softmax at the end.
func (s *Sequential) Predict(x []float32, n int) []float32 { return s.forward(x, n, s.beforeSoftmax()) }

// Logits does what Predict does, in lanes; training says whether a Backward may follow. The
// page, which asks Predict, does not link what only training needs.
func (s *Sequential) Logits(x []float32, n int, training bool) []float32 {
	return s.logits(x, n, 0, training)
}

// Hasten makes all passes compute convolutions as training does: quicker, and rounded otherwise.
func (s *Sequential) Hasten() {
	for _, layer := range s.Layers {
		if c, ok := layer.(*Conv2D); ok {
			c.hasty = true
		}
	}
}

// Output returns what layer i made of sample j in the last pass, (OutputShape), valid
// until the next. A ReLU shares its values with the layer before it.
func (s *Sequential) Output(i, j int) []float32 { return s.out(i, Span{At: j, N: 1}) }

// Backward sets Grads from the gradient of the loss with respect to the logits,
// (N, Classes), for the batch x that Logits with training has just seen.
func (s *Sequential) Backward(dlogits, x []float32, n int) {
	s.checkInput(x, n)
	s.backward(dlogits, nil, n, 0)
}

// Await lets fill write the input of the next pass, sample at and those behind it, when a
// lane comes to it, perhaps on several goroutines.
func (s *Sequential) Await(fill func(x []float32, at int)) { s.run.fill = fill }

// Train does what Logits with training and Backward do, where the gradient of some samples
// depends on their logits alone: differentiate writes it to dlogits, which is a part of the
// batch's. A network of pictures without batch normalization then takes a few samples
// at a time to the gradients, while all that its layers wrote of them is near.
func (s *Sequential) Train(x, dlogits []float32, n int, differentiate func(dlogits, logits []float32, span Span)) (logits []float32) {
	last := s.beforeSoftmax()
	s.run.pass = pass{n: n, piece: s.piece(), training: true, dlogits: dlogits}
	s.prepare(n, last, true)
	s.clearGrads(n)
	s.forwardSteps(x, 0, last)
	s.run.steps = append(s.run.steps, step{do: func(_ *step, span Span) {
		differentiate(s.dout(last-1, span), s.out(last-1, span), span)
	}})
	s.backwardSteps(0)
	s.run.fill = nil
	return s.out(last-1, Span{N: n})
}

// pieceValues bounds the flat layers' parameters for pieces, each of which adds to all gradients.
const pieceValues = 1 << 15

// piece returns how many samples Train takes from the input to the gradients at once; 0,
// all of a lane, where they wait for others on the way, or there are no pictures.
func (s *Sequential) piece() int {
	first, last := s.run.stages[0], len(s.run.stages)-1
	if last > 1 || s.Size()-s.offsets[s.run.stages[last].from] > pieceValues || slices.ContainsFunc(s.Layers, isA[*BatchNormalization]) {
		return 0
	}
	return first.samples
}

// InputGradient does what Backward does and also writes the gradient of x to dx.
func (s *Sequential) InputGradient(dx, dlogits, x []float32, n int) {
	s.checkInput(x, n)
	s.checkInput(dx, n)
	s.backward(dlogits, dx, n, 0)
}

// checkInput panics unless x holds n samples.
func (s *Sequential) checkInput(x []float32, n int) {
	if len(x) != n*s.Input.Size() {
		panic(ErrLength)
	}
}

// beforeSoftmax returns the number of layers that lead to the logits.
func (s *Sequential) beforeSoftmax() int {
	last := len(s.Layers) - 1
	if last >= 0 {
		if _, ok := s.Layers[last].(*Softmax); ok {
			return last
		}
	}
	return len(s.Layers)
}

// firstDense returns the Dense that sees the pixels themselves, behind a Flatten; nil
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

// sparseImages and sparsePixels are how many of the two a core takes at once in the first layer.
const (
	sparseImages = 16
	sparsePixels = 64
)

// SparseLogits does what Logits does for n images as lists of their nonzero pixels, scaled
// by [Scale]: the first layer then costs only as much as there is ink.
func (s *Sequential) SparseLogits(images *kernel.Sparse, n int, training bool) []float32 {
	s.prepare(n, 2, training)
	y, first := s.out(1, Span{N: n}), s.firstDense()
	s.split(n, sparseImages, func(from, to int) { first.forwardSparse(y, images, from, to) })
	return s.logits(nil, n, 2, training)
}

// SparseBackward does what Backward does for the images that SparseLogits has just seen.
func (s *Sequential) SparseBackward(dlogits []float32, images *kernel.Sparse, n int) {
	s.backward(dlogits, nil, n, 2)
	dy, first, grads := s.dout(1, Span{N: n}), s.firstDense(), s.grads[s.offsets[1]:s.offsets[2]]
	s.split(s.Input.Size(), sparsePixels, func(from, to int) { first.backwardSparse(grads, dy, images, from, to) })
	kernel.SumRows(grads[first.kernel.Shape.Size():], dy)
}
