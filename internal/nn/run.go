package nn

import (
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// run is how a pass through a Sequential goes. A network of flat layers takes a
// batch in one piece. One with pictures cuts it into lanes, which may run on
// different cores and sum their gradients apart, and each lane takes a few
// samples at a time through all layers, so that what one layer writes is still
// near when the next reads it. What lies between two batch normalizations, or before
// and behind the Flatten, is a stage. A normalization needs all samples before the first
// may pass: there the lanes wait for one another, nowhere else.
type run struct {
	stages []stage
	brief  []stage     // of a pass without a Backward: see briefStages
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
	steps    []step                                              // of it
	fill     func(x []float32, at int)                           // of Await
	gather   func(l *BatchNormalization, y, x []float32, s Span) // set by Logits: the page does not link it
	settle   func(l *BatchNormalization)                         // likewise
	through  func(lane int)                                      // Sequential.throughSteps, kept so that no call allocates
	forward  func(st *step, span Span)                           // forwardPart, likewise
	backward func(st *step, span Span)                           // backwardPart, likewise
}

// pass is what all lanes do until they wait for one another: the run's steps.
type pass struct {
	n           int // samples in the batch
	piece       int // samples that go through all steps before the next; 0: all of a lane
	training    bool
	dlogits, dx []float32 // backward
}

// step is what a lane does with its samples before the next step.
type step struct {
	stage                       // whose layers, forward or backward
	waiting *BatchNormalization // that then needs the whole batch; may be nil
	do      func(st *step, span Span)
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
		lanes: 1, source: make([]int, count), silent: make([]bool, count),
		pooled: make([]int, count), output: make([][]float32, count),
	}
	if learns {
		r.passed, r.slope, r.whole, r.dout = make([]bool, count), make([]int, count), make([]bool, count), make([][]float32, count)
		for i := range r.lane {
			r.lane[i].dout = make([][]float32, count)
		}
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
		r.pooled[i] = i
		normal := isA[*BatchNormalization](s.Layers[i])
		if learns {
			r.slope[i], r.whole[i] = i, normal || i == flat-1
			r.join(s, i)
		}
		if normal || i == flat && flat > 0 {
			r.stages = append(r.stages, stage{from, i, r.samples(s, from, min(i, flat))})
			from = i
		}
	}
	r.stages = append(r.stages, stage{from, count, r.samples(s, from, flat)})
	return r
}

// briefStages returns stages that end behind a layer that halves its pictures, too: the small
// ones behind it go in larger numbers, so that the weights of many channels are read less often.
func (s *Sequential) briefStages() []stage {
	if s.run.brief != nil {
		return s.run.brief
	}
	for _, st := range s.run.stages {
		for at := max(st.from+1, 2); st.samples > 0 && at <= st.to; at++ {
			if at == st.to || 2*s.shapes[at-1].Size() <= s.shapes[at-2].Size() {
				s.run.brief = append(s.run.brief, stage{st.from, at, s.run.samples(s, st.from, at)})
				st.from = at
			}
		}
		if st.from < st.to {
			s.run.brief = append(s.run.brief, st)
		}
	}
	return s.run.brief
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
	pool, ok := s.Layers[i].(*MaxPool2D)
	if !ok || pool.Padding != windows.Valid || i < 2 || !isA[*ReLU](s.Layers[i-1]) {
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
	for i, pooled := range r.pooled[:to] {
		if i >= from && r.source[i] == i {
			values += s.shapes[pooled].Size()
		}
	}
	return max(cacheValues/max(values, 1), 1)
}

// isA reports whether a layer is of this type.
func isA[T Layer](layer Layer) bool {
	_, ok := layer.(T)
	return ok
}

// runSteps takes all lanes through the steps.
func (s *Sequential) runSteps() {
	s.parallel(s.run.lanes, s.run.through)
	s.run.steps = s.run.steps[:0]
}

// parallel calls run with 0..n-1, by Parallel where it is set.
func (s *Sequential) parallel(n int, run func(i int)) {
	if s.Parallel != nil && n > 1 {
		s.Parallel(n, run)
		return
	}
	for i := range n {
		run(i)
	}
}

// split calls run for the ranges of this size, the last perhaps smaller, that 0..n-1 falls into.
func (s *Sequential) split(n, size int, run func(from, to int)) {
	s.parallel((n+size-1)/size, func(i int) { run(i*size, min((i+1)*size, n)) })
}

// throughSteps takes one lane through the steps.
func (s *Sequential) throughSteps(lane int) {
	p := &s.run.pass
	end := (lane + 1) * p.n / s.run.lanes
	for piece := (Span{At: lane * p.n / s.run.lanes, Lane: lane, Training: p.training}); piece.next(end, p.piece); {
		for i := range s.run.steps {
			st, some := &s.run.steps[i], piece
			for some.N = 0; some.next(piece.At+piece.N, st.samples); {
				st.do(st, some)
			}
		}
	}
}

// next moves on to the next samples before end, at most this many, or all where samples is 0.
// It reports whether there are any.
func (s *Span) next(end, samples int) bool {
	s.At += s.N
	s.N = end - s.At
	if samples > 0 {
		s.N = min(s.N, samples)
	}
	return s.N > 0
}

// normalization returns layer i if it is a batch normalization before layer to.
func (s *Sequential) normalization(i, to int) *BatchNormalization {
	if i >= to {
		return nil
	}
	layer, _ := s.Layers[i].(*BatchNormalization)
	return layer
}

// forward runs the first layers and returns the output of the last: without lanes, and all
// that the page links.
func (s *Sequential) forward(x []float32, n, to int) []float32 {
	s.checkInput(x, n)
	s.run.x, s.run.pass = x, pass{n: n}
	s.prepare(n, to, false)
	for _, now := range s.run.stages {
		st := step{stage: stage{now.from, min(now.to, to), now.samples}}
		for span := (Span{}); span.next(n, st.samples); {
			s.forwardPart(&st, span)
		}
	}
	return s.out(to-1, Span{N: n})
}

// logits runs the layers from <= i < beforeSoftmax, in lanes. x is the input, nil if from > 0.
func (s *Sequential) logits(x []float32, n, from int, training bool) []float32 {
	last := s.beforeSoftmax()
	s.run.pass = pass{n: n, training: training}
	s.prepare(n, last, training)
	s.forwardSteps(x, from, last)
	s.runSteps()
	s.run.fill = nil
	return s.out(last-1, Span{N: n})
}

// forwardSteps adds the steps of forward, and runs those that others have to wait for.
func (s *Sequential) forwardSteps(x []float32, from, to int) {
	p := &s.run.pass
	if from == 0 {
		s.checkInput(x, p.n)
		s.run.x = x
	}
	if s.run.forward == nil {
		s.run.through, s.run.forward, s.run.backward = s.throughSteps, s.forwardPart, s.backwardPart
		s.run.gather, s.run.settle = (*BatchNormalization).gather, (*BatchNormalization).settle
	}
	stages := s.run.stages
	if !p.training {
		stages = s.briefStages()
	}
	for _, st := range stages {
		now := step{stage: stage{max(st.from, from), min(st.to, to), st.samples}, do: s.run.forward}
		if p.training {
			now.waiting = s.normalization(now.to, to)
		}
		s.run.steps = append(s.run.steps, now)
		if now.waiting != nil {
			s.runSteps()
			s.run.settle(now.waiting)
		}
	}
}

// forwardPart does a step of forward for some samples.
func (s *Sequential) forwardPart(st *step, span Span) {
	if learns && s.run.fill != nil && st.from == 0 {
		s.run.fill(s.out(-1, span), span.At)
	}
	for i := st.from; i < st.to; i++ {
		if !s.run.silent[i] {
			s.Layers[i].Forward(s.out(i, span), s.out(i-1, span), span)
		}
	}
	if learns && st.waiting != nil {
		s.run.gather(st.waiting, s.out(st.to, span), s.out(st.to-1, span), span)
	}
}

// prepare makes room for the outputs of n samples, or of the lanes' pieces of them, and lets
// layers make ready.
func (s *Sequential) prepare(n, to int, training bool) {
	s.Values()
	for i, shape := range s.shapes {
		if s.run.source[i] == i {
			s.run.output[i] = sized(s.run.output[i], s.room(i, n)*shape.Size())
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
	s.run.pass = pass{n: n, training: true, dlogits: dlogits, dx: dx}
	s.clearGrads(n)
	s.backwardSteps(from)
}

// backwardSteps adds the steps of backward and runs all.
func (s *Sequential) backwardSteps(from int) {
	logits := s.beforeSoftmax()
	for k := len(s.run.stages) - 1; k >= 0; k-- {
		st := s.run.stages[k]
		now := step{stage: stage{max(st.from, from), min(st.to, logits), st.samples}, do: s.run.backward}
		if s.normalization(now.to, logits) != nil {
			now.to++ // its part for some samples comes first here
		}
		first := now.from
		if k > 0 {
			now.waiting = s.normalization(first, logits)
		}
		if now.waiting != nil {
			now.from++ // its part waits for the next stage
		}
		s.run.steps = append(s.run.steps, now)
		if now.waiting != nil {
			s.runSteps()
			now.waiting.settleGradient(s.grads[s.offsets[first]:s.offsets[first+1]])
		}
	}
	s.runSteps()
	for i := 1; i < s.run.lanes; i++ {
		kernel.Axpy(s.grads, 1, s.run.lane[i].grads)
	}
}

// backwardPart does a step of backward for some samples.
func (s *Sequential) backwardPart(st *step, span Span) {
	for i := st.to - 1; i >= st.from; i-- {
		s.back(i, span)
	}
	if st.waiting != nil {
		st.waiting.gatherGradient(s.dout(st.from-1, span), s.out(st.from-1, span), s.out(st.from-2, span), span)
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
			s.run.dout[i] = sized(s.run.dout[i], s.room(i, n)*s.shapes[i].Size())
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
	size, buffer, at := s.size(i), s.run.x, span.At
	if i >= 0 {
		if from := s.run.source[i]; from >= 0 {
			buffer, at = s.run.output[from], s.place(from, span)
		}
	}
	return buffer[at*size : (at+span.N)*size]
}

// place returns where in the buffers of layer i the values of some samples begin: pieces
// leave no more than the logits.
func (s *Sequential) place(i int, span Span) int {
	if piece := s.run.pass.piece; piece > 0 && i != s.run.source[s.beforeSoftmax()-1] {
		return span.Lane * piece
	}
	return span.At
}

// room returns of how many samples the buffers of layer i have the values, of n in the batch.
func (s *Sequential) room(i, n int) int { return s.place(i, Span{At: n, Lane: s.run.lanes}) }

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
	at := span.At
	switch {
	case i < 0:
		all = s.run.pass.dx
	case i == s.beforeSoftmax()-1:
		all = s.run.pass.dlogits
	default:
		i = s.run.slope[i]
		all, at = s.run.dout[i], s.place(i, span)
	}
	size := s.size(i)
	if all != nil {
		return all[at*size : (at+span.N)*size]
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
