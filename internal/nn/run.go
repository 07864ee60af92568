package nn

import "github.com/seed-c844a918/inkling/internal/kernel"

// run is how a pass through a Sequential goes. A network of flat layers takes a
// batch in one piece. One with pictures cuts it into lanes, which may run on
// different cores and sum their gradients apart, and each lane takes a few
// samples at a time through all layers, so that what one layer writes is still
// near when the next reads it. Batch normalization needs all samples before the
// first may pass: what lies between two of them is a stage, which all lanes
// finish before the next begins.
type run struct {
	stages []stage
	lanes  int         // 1 or lanes
	source []int       // of each layer, the layer whose buffer holds its output; -1: the input
	silent []bool      // of each layer, whether it has nothing to do: a Flatten, or a ReLU that the layer before applies
	passed []bool      // of each layer, whether the layer behind does its backward pass: a ReLU before pooling
	slope  []int       // of each layer, the layer whose buffer holds its output's gradient
	whole  []bool      // of each layer, whether its output's gradient passes from stage to stage
	pooled []int       // of each layer, the layer whose output's shape its own has while training: see BatchNormalization
	x      []float32   // input of the last pass
	output [][]float32 // of each layer, for the largest batch so far
	dout   [][]float32 // gradients of the outputs that pass from stage to stage
	lane   [Lanes]struct {
		dout  [][]float32 // gradients of the other outputs, for some samples
		grads []float32   // of all parameters; lane 0's are the Sequential's
	}
	pass     pass                                                // what the lanes do now
	gather   func(l *BatchNormalization, y, x []float32, s Span) // set by Logits: the page does not link it
	settle   func(l *BatchNormalization)                         // likewise
	forward  func(lane int)                                      // Sequential.forwardLane, kept so that no call allocates
	backward func(lane int)                                      // backwardLane, once it is asked for: the page does not link it
}

// pass is what all lanes do with one stage.
type pass struct {
	n           int // samples in the batch
	samples     int // at a time, 0: all
	from, to    int // layers from <= i < to, forward or backward
	training    bool
	waiting     *BatchNormalization // that then needs the whole batch; may be nil
	dlogits, dx []float32           // backward
}

// stage is the layers from <= i < to, which take a number of samples at a time.
type stage struct {
	from, to int
	samples  int // 0: all
}

// cacheValues is how many output values of a stage fit in the L2 cache beside its
// weights.
const cacheValues = 1 << 16

// newRun plans the passes through a network.
func newRun(s *Sequential) run {
	count := len(s.Layers)
	r := run{
		forward: s.forwardLane, lanes: 1, source: make([]int, count), silent: make([]bool, count),
		passed: make([]bool, count), slope: make([]int, count), whole: make([]bool, count), pooled: make([]int, count),
		output: make([][]float32, count), dout: make([][]float32, count),
	}
	for i := range r.lane {
		r.lane[i].dout = make([][]float32, count)
	}
	flat, from := 0, 0
	for flat < count && len(s.shapes[flat]) == 3 {
		flat++
	}
	if flat > 0 {
		r.lanes = Lanes
	}
	for i := range s.Layers {
		r.share(s, i)
		r.join(s, i)
		r.whole[i] = isA[*BatchNormalization](s.Layers[i]) || i == flat-1
		if isA[*BatchNormalization](s.Layers[i]) || i == flat && flat > 0 {
			r.stages = append(r.stages, stage{from, i, r.samples(s, from, min(i, flat))})
			from = i
		}
	}
	r.stages = append(r.stages, stage{from, count, r.samples(s, from, flat)})
	return r
}

// share lets a ReLU or Flatten use the buffer of the layer before it, and lets
// that layer apply the ReLU if it can.
func (r *run) share(s *Sequential, i int) {
	r.source[i] = i
	relu := isA[*ReLU](s.Layers[i])
	switch {
	case !relu && !isA[*Flatten](s.Layers[i]):
	case i == 0 && !relu:
		r.source[i], r.silent[i] = -1, true
	case i > 0 && !isA[*Softmax](s.Layers[i-1]) && r.source[i-1] >= 0:
		r.source[i], r.silent[i] = r.source[i-1], !relu
		if before, ok := s.Layers[i-1].(rectifier); ok && relu {
			before.rectify()
			r.silent[i] = true
		}
	}
}

// join lets a pooling do the backward pass of the ReLU before it, and go before a
// normalization while training.
func (r *run) join(s *Sequential, i int) {
	r.slope[i], r.pooled[i] = i, i
	pool, ok := s.Layers[i].(*MaxPool2D)
	if !ok || pool.Padding != Valid || i < 2 || !isA[*ReLU](s.Layers[i-1]) {
		return
	}
	pool.relu = true
	r.passed[i-1], r.slope[i-1] = true, r.slope[i-2]
	if norm, ok := s.Layers[i-2].(*BatchNormalization); ok {
		norm.pool, pool.norm = pool.geometry, norm
		r.pooled[i-2], r.pooled[i-1] = i, i
	}
}

// samples returns how many samples the layers from <= i < to, all of pictures, take at
// a time; 0, all of them, if there are none.
func (r *run) samples(s *Sequential, from, to int) int {
	if from >= to {
		return 0
	}
	values := 0
	for _, i := range r.pooled[from:to] {
		values += s.shapes[i].Size()
	}
	return max(cacheValues/values, 1)
}

// isA reports whether a layer is of this type.
func isA[T Layer](layer Layer) bool {
	_, ok := layer.(T)
	return ok
}

// each runs a function for all lanes.
func (s *Sequential) each(lane func(lane int)) {
	if s.Parallel != nil && s.run.lanes > 1 {
		s.Parallel(s.run.lanes, lane)
		return
	}
	for i := range s.run.lanes {
		lane(i)
	}
}

// first returns a span of no samples where those of a lane begin.
func (s *Sequential) first(lane int) Span {
	return Span{At: lane * s.run.pass.n / s.run.lanes, Lane: lane, Training: s.run.pass.training}
}

// next moves on to the lane's next samples and reports whether there are any.
func (s *Sequential) next(span *Span) bool {
	p := &s.run.pass
	span.At += span.N
	span.N = (span.Lane+1)*p.n/s.run.lanes - span.At
	if p.samples > 0 {
		span.N = min(span.N, p.samples)
	}
	return span.N > 0
}

// normalization returns layer i if it is a batch normalization before layer to.
func (s *Sequential) normalization(i, to int) *BatchNormalization {
	if i >= to {
		return nil
	}
	layer, _ := s.Layers[i].(*BatchNormalization)
	return layer
}

// forward runs the layers from <= i < to and returns the output of the last. x is
// the input, nil if from > 0.
func (s *Sequential) forward(x []float32, n, from, to int, training bool) []float32 {
	if from == 0 {
		s.checkInput(x, n)
		s.run.x = x
	}
	s.prepare(n, to, training)
	for _, stage := range s.run.stages {
		p := pass{n: n, samples: stage.samples, from: max(stage.from, from), to: min(stage.to, to), training: training}
		if training {
			p.waiting = s.normalization(p.to, to)
		}
		s.run.pass = p
		s.each(s.run.forward)
		if p.waiting != nil {
			s.run.settle(p.waiting)
		}
	}
	return s.out(to-1, Span{N: n})
}

// forwardLane does one lane's part of a pass.
func (s *Sequential) forwardLane(lane int) {
	p := &s.run.pass
	for span := s.first(lane); s.next(&span); {
		for i := p.from; i < p.to; i++ {
			if !s.run.silent[i] {
				s.Layers[i].Forward(s.out(i, span), s.out(i-1, span), span)
			}
		}
		if p.waiting != nil {
			s.run.gather(p.waiting, s.out(p.to, span), s.out(p.to-1, span), span)
		}
	}
}

// prepare makes room for the outputs of n samples and lets layers make ready.
func (s *Sequential) prepare(n, to int, training bool) {
	s.Values()
	for i, shape := range s.shapes {
		if s.run.source[i] == i {
			s.run.output[i] = sized(s.run.output[i], n*shape.Size())
		}
	}
	for _, layer := range s.Layers[:to] {
		if p, ok := layer.(preparer); ok {
			p.prepare(training)
		}
	}
}

// backward sets Grads by running the layers back to from, and writes the gradient
// of the input to dx unless that is nil.
func (s *Sequential) backward(dlogits, dx []float32, n, from int) {
	logits := s.beforeSoftmax()
	s.clearGrads(n)
	if s.run.backward == nil {
		s.run.backward = s.backwardLane
	}
	for k := len(s.run.stages) - 1; k >= 0; k-- {
		stage := s.run.stages[k]
		p := pass{n: n, samples: stage.samples, from: max(stage.from, from), to: min(stage.to, logits), training: true, dlogits: dlogits, dx: dx}
		if s.normalization(p.to, logits) != nil {
			p.to++ // its part for some samples comes first here
		}
		first := p.from
		if k > 0 {
			p.waiting = s.normalization(first, logits)
		}
		if p.waiting != nil {
			p.from++ // its part waits for the next stage
		}
		s.run.pass = p
		s.each(s.run.backward)
		if p.waiting != nil {
			p.waiting.settleGradient(s.grads[s.offsets[first]:s.offsets[first+1]])
		}
	}
	for i := 1; i < s.run.lanes; i++ {
		kernel.Axpy(s.grads, 1, s.run.lane[i].grads)
	}
}

// backwardLane does one lane's part of a pass.
func (s *Sequential) backwardLane(lane int) {
	p := &s.run.pass
	for span := s.first(lane); s.next(&span); {
		for i := p.to - 1; i >= p.from; i-- {
			s.back(i, span)
		}
		if p.waiting != nil {
			p.waiting.gatherGradient(s.dout(p.from-1, span), s.out(p.from-1, span), s.out(p.from-2, span), span)
		}
	}
}

// clearGrads makes room for the gradients of n samples and sets the parameters'
// to 0.
func (s *Sequential) clearGrads(n int) {
	s.run.lane[0].grads = s.Grads()
	for i := range s.run.lanes {
		lane := &s.run.lane[i]
		lane.grads = sized(lane.grads, s.Size())
		clear(lane.grads)
	}
	for i, whole := range s.run.whole {
		if whole {
			s.run.dout[i] = sized(s.run.dout[i], n*s.shapes[i].Size())
		}
	}
}

// back runs layer i back for some samples.
func (s *Sequential) back(i int, span Span) {
	if s.run.passed[i] {
		return
	}
	var dx []float32
	if i > 0 || s.run.pass.dx != nil {
		dx = s.dout(i-1, span)
	}
	grads := s.run.lane[span.Lane].grads[s.offsets[i]:s.offsets[i+1]]
	s.Layers[i].Backward(grads, dx, s.dout(i, span), s.out(i-1, span), s.out(i, span), span)
}

// out returns layer i's output for some samples; i may be -1, the input.
func (s *Sequential) out(i int, span Span) []float32 {
	size, buffer := s.size(i), s.run.x
	if i >= 0 {
		if from := s.run.source[i]; from >= 0 {
			buffer = s.run.output[from]
		}
	}
	return buffer[span.At*size : (span.At+span.N)*size]
}

// size returns how many values of a sample layer i hands on in this pass; i may be -1, the
// input.
func (s *Sequential) size(i int) int {
	switch {
	case i < 0:
		return s.Input.Size()
	case s.run.pass.training:
		i = s.run.pooled[i]
	}
	return s.shapes[i].Size()
}

// dout returns the gradient of layer i's output for some samples; i may be -1, the
// input.
func (s *Sequential) dout(i int, span Span) []float32 {
	var all []float32
	switch {
	case i < 0:
		all = s.run.pass.dx
	case i == s.beforeSoftmax()-1:
		all = s.run.pass.dlogits
	default:
		i = s.run.slope[i]
		all = s.run.dout[i]
	}
	size := s.size(i)
	if all != nil {
		return all[span.At*size : (span.At+span.N)*size]
	}
	some := &s.run.lane[span.Lane].dout[i]
	*some = sized(*some, span.N*size)
	return *some
}

// sized returns buffer with this length, a larger one if it is too small.
func sized(buffer []float32, length int) []float32 {
	if cap(buffer) < length {
		return make([]float32, length)
	}
	return buffer[:length]
}
