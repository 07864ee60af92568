package optim

import (
	"cmp"

	"github.com/seed-c844a918/inkling/internal/choice"
)

// Settings are what a command line can say about an optimizer. Zeros stand for
// Keras's defaults.
type Settings struct {
	LearningRate float32
	Momentum     float32 // 0 (none) <= Momentum < 1
	Nesterov     bool    // with momentum
	WeightDecay  float32
}

// Kind makes optimizers of one kind. Settings that it does not take are ignored.
type Kind struct {
	New func(Settings) Optimizer

	Momentum, Nesterov, WeightDecay bool // which settings it takes beside the learning rate
}

// Kinds are the optimizers by their names, as Keras's documentation orders them. A
// new one is a file of its own and a row here; Help is a few words in brackets for
// --help, needed only where the name does not say all to those who know Adam.
var Kinds = choice.Table[Kind]{
	{Name: "sgd", Help: "gradient descent", Value: Kind{Momentum: true, Nesterov: true, New: func(s Settings) Optimizer {
		o := NewSGD()
		o.Momentum, o.Nesterov = s.Momentum, s.Nesterov
		return s.rate(o, &o.LearningRate)
	}}},
	{Name: "rmsprop", Value: Kind{Momentum: true, New: func(s Settings) Optimizer {
		o := NewRMSprop()
		o.Momentum = s.Momentum
		return s.rate(o, &o.LearningRate)
	}}},
	{Name: "adam", Value: Kind{New: func(s Settings) Optimizer { o := NewAdam(); return s.rate(o, &o.LearningRate) }}},
	{Name: "adamw", Help: "adam with weight decay", Value: Kind{WeightDecay: true, New: func(s Settings) Optimizer {
		o := NewAdamW()
		o.WeightDecay = cmp.Or(s.WeightDecay, o.WeightDecay)
		return s.rate(o, &o.LearningRate)
	}}},
	{Name: "adadelta", Value: Kind{New: func(s Settings) Optimizer { o := NewAdadelta(); return s.rate(o, &o.LearningRate) }}},
	{Name: "adagrad", Value: Kind{New: func(s Settings) Optimizer { o := NewAdagrad(); return s.rate(o, &o.LearningRate) }}},
	{Name: "nadam", Help: "adam with Nesterov momentum", Value: Kind{New: func(s Settings) Optimizer {
		o := NewNadam()
		return s.rate(o, &o.LearningRate)
	}}},
}

// rate gives an optimizer the learning rate of the settings, if they have one.
func (s Settings) rate(o Optimizer, rate *float32) Optimizer {
	*rate = cmp.Or(s.LearningRate, *rate)
	return o
}

// ScheduleKind makes schedules of one kind.
type ScheduleKind struct {
	New    func(warmup float64) Schedule
	Warmup bool // whether it takes a warmup, the share of all steps in which the rate rises; others ignore it
}

// Schedules are the schedules of the learning rate by their names.
var Schedules = choice.Table[ScheduleKind]{
	{Name: "constant", Value: ScheduleKind{New: func(float64) Schedule { return Constant() }}},
	{Name: "cosine", Help: "falls to 0", Value: ScheduleKind{New: Cosine, Warmup: true}},
}
