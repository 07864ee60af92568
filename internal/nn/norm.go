package nn

import (
	"math"
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/kernel"
)

// BatchNormalization brings each channel (the last dimension) to mean beta and
// standard deviation gamma (Ioffe & Szegedy 2015): over the batch while training,
// with moving averages of its statistics when predicting.
//
//	y = gamma * (x - mean)/sqrt(variance + Epsilon) + beta
//
// A training pass needs the whole batch before it can begin: Sequential calls
// gather for each span and settle once before Forward, and the same of the
// gradient before Backward.
//
// While training, a MaxPool2D behind the layer and its ReLU goes before both: neither
// changes the order of a channel's values, except that a negative gamma reverses it. Only
// what pooling leaves is scaled then, and x is read again for its gradient alone. The
// layer's y has the pooling's shape and holds what [kernel.Pool.Extremes] takes of x; the
// pooling's Forward scales it.
type BatchNormalization struct {
	Momentum float32 // of the moving averages; 0: Keras's 0.99
	Epsilon  float32 // added to the variance; 0: Keras's 0.001

	gamma, beta, mean, variance Param
	scale, shift                []float32 // y = x*scale + shift
	inverse, centre             []float32 // of the batch: 1/sqrt(variance + Epsilon), mean
	a, b, c                     []float32 // dx = dy*a + x*b + c
	lane                        [Lanes]moments
	relu                        bool         // the layer behind is a ReLU, which Forward applies
	values                      float64      // in a channel of the batch
	pool                        *kernel.Pool // of the pooling that goes before the layer while training; nil: none
}

// moments are one lane's sums over the values of each channel.
type moments struct {
	sum, products []float64
	part1, part2  []float32 // of one span
	values        int       // in a channel
}

func init() {
	Register("batch_normalization", "BatchNormalization", func() Layer { return new(BatchNormalization) })
}

// Kind returns "batch_normalization".
func (*BatchNormalization) Kind() string { return "batch_normalization" }

// Settings returns Momentum and Epsilon.
func (l *BatchNormalization) Settings() []any { return []any{&l.Momentum, &l.Epsilon} }

// Build keeps the input's shape.
func (l *BatchNormalization) Build(input Shape) (Shape, error) {
	if len(input) == 0 || input.Size() < 1 {
		return nil, &ShapeError{"batch_normalization", input, "at least one channel"}
	}
	if l.Momentum == 0 {
		l.Momentum = 0.99
	}
	if l.Epsilon == 0 {
		l.Epsilon = 0.001
	}
	if !(l.Momentum > 0 && l.Momentum < 1 && l.Epsilon > 0) {
		return nil, &ShapeError{"batch_normalization", input, "a momentum of 0..1 and a positive epsilon"}
	}
	channels := Shape{input[len(input)-1]}
	l.gamma, l.beta = Param{Name: "gamma", Shape: channels}, Param{Name: "beta", Shape: channels}
	l.mean, l.variance = Param{Name: "moving_mean", Shape: channels}, Param{Name: "moving_variance", Shape: channels}
	return input, nil
}

// roomPerChannel is what the vectors of a normalization take, in bytes: seven of
// float32, and of each lane two of float64 and two of float32.
const roomPerChannel = 7*4 + Lanes*(2*8+2*4)

// Cost counts the vectors of the channels.
func (l *BatchNormalization) Cost(output Shape) (operations, bytes int) {
	return output.Size(), roomPerChannel * output[len(output)-1]
}

// Params returns gamma, beta and the moving statistics.
func (l *BatchNormalization) Params() []*Param {
	return []*Param{&l.gamma, &l.beta, &l.mean, &l.variance}
}

// Initialize sets gamma and the variance to 1, beta and the mean to 0.
func (l *BatchNormalization) Initialize(*rand.Rand) {
	for i := range l.gamma.Value {
		l.gamma.Value[i], l.beta.Value[i], l.mean.Value[i], l.variance.Value[i] = 1, 0, 0, 1
	}
}

func (l *BatchNormalization) rectify() { l.relu = true }

func (l *BatchNormalization) prepare(training bool) {
	channels := len(l.gamma.Value)
	for _, v := range []*[]float32{&l.scale, &l.shift, &l.inverse, &l.centre, &l.a, &l.b, &l.c} {
		*v = sized(*v, channels)
	}
	if learns {
		for i := range l.lane {
			l.lane[i].reset(channels)
		}
	}
	if !training {
		l.standardize(l.mean.Value, l.variance.Value)
	}
}

// standardize sets scale and shift for these statistics.
func (l *BatchNormalization) standardize(mean, variance []float32) {
	for i, gamma := range l.gamma.Value {
		l.inverse[i] = float32(1 / math.Sqrt(float64(variance[i]+l.Epsilon)))
		l.scale[i] = gamma * l.inverse[i]
		l.shift[i] = l.beta.Value[i] - mean[i]*l.scale[i]
	}
}

// reset begins new sums.
func (m *moments) reset(channels int) {
	if m.sum == nil {
		m.sum, m.products = make([]float64, channels), make([]float64, channels)
		m.part1, m.part2 = make([]float32, channels), make([]float32, channels)
	}
	clear(m.sum)
	clear(m.products)
	m.values = 0
}

// add sums x, and x*y, over the rows of a span.
func (m *moments) add(x, y []float32) {
	clear(m.part1)
	clear(m.part2)
	kernel.Moments(m.part1, m.part2, x, y)
	for i := range m.sum {
		m.sum[i] += float64(m.part1[i])
		m.products[i] += float64(m.part2[i])
	}
	m.values += len(x) / len(m.sum)
}

// gather sees a span of the batch before Forward.
func (l *BatchNormalization) gather(y, x []float32, s Span) {
	l.lane[s.Lane].add(x, x)
	if l.pool != nil {
		l.pool.Extremes(y, x, l.gamma.Value, s.N)
	}
}

// gatherGradient sees a span of the batch before Backward.
func (l *BatchNormalization) gatherGradient(dy, y, x []float32, s Span) {
	if l.pool != nil {
		x = y
	}
	l.lane[s.Lane].add(dy, x)
}

// total adds up the Lanes, in their order, and begins new sums.
func (l *BatchNormalization) total() (sum, products []float64, values float64) {
	first := &l.lane[0]
	sum, products = append(sum, first.sum...), append(products, first.products...)
	count := first.values
	for i := 1; i < Lanes; i++ {
		for ch := range sum {
			sum[ch] += l.lane[i].sum[ch]
			products[ch] += l.lane[i].products[ch]
		}
		count += l.lane[i].values
	}
	for i := range l.lane {
		l.lane[i].reset(len(sum))
	}
	return sum, products, float64(count)
}

// settle takes the statistics of the batch that gather has seen, and moves the
// averages towards them.
func (l *BatchNormalization) settle() {
	sum, squares, values := l.total()
	l.values = values
	variance := l.a // free until Backward
	for i := range sum {
		mean := sum[i] / values
		l.centre[i], variance[i] = float32(mean), float32(max(squares[i]/values-mean*mean, 0))
		l.mean.Value[i] += (1 - l.Momentum) * (l.centre[i] - l.mean.Value[i])
		l.variance.Value[i] += (1 - l.Momentum) * (variance[i] - l.variance.Value[i])
	}
	l.standardize(l.centre, variance)
}

// settleGradient adds the gradients of gamma and beta, and takes what that of x
// needs of the batch that gatherGradient has seen.
func (l *BatchNormalization) settleGradient(grads []float32) {
	sum, products, _ := l.total()
	values, channels := l.values, len(sum)
	for i := range sum {
		inverse, mean := float64(l.inverse[i]), float64(l.centre[i])
		dgamma := inverse * (products[i] - mean*sum[i])
		a := float64(l.scale[i])
		b := -a * inverse * dgamma / values
		l.a[i], l.b[i], l.c[i] = float32(a), float32(b), float32(-a*sum[i]/values-b*mean)
		grads[i] += float32(dgamma)
		grads[channels+i] += float32(sum[i])
	}
}

// Forward computes y = x*scale + shift, by the batch's statistics or the moving
// ones.
func (l *BatchNormalization) Forward(y, x []float32, s Span) {
	if l.pool == nil || !s.Training {
		kernel.ScaleShift(y, x, l.scale, l.shift, l.relu)
	}
}

// Backward computes dx, which depends on the whole batch through its mean and
// variance.
func (l *BatchNormalization) Backward(_, dx, dy, x, y []float32, s Span) {
	switch {
	case dx == nil:
	case l.pool != nil:
		l.pool.Mix(dx, dy, x, y, l.a, l.b, l.c, s.N)
	default:
		kernel.Mix(dx, dy, x, l.a, l.b, l.c)
	}
}
