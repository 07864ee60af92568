package main

import (
	"strings"

	"github.com/seed-c844a918/inkling/internal/optim"
)

// optimizers are the choices of --optimizer, as Keras orders them. Each is new
// with the flags that belong to it alone, and its learning rate, which the flag
// may replace.
var optimizers = []struct {
	name string
	new  func(f *fitFlags) (o optim.Optimizer, rate *float32)
}{
	{"sgd", func(f *fitFlags) (optim.Optimizer, *float32) {
		o := optim.NewSGD()
		o.Momentum, o.Nesterov = f.momentum, f.nesterov
		return o, &o.LearningRate
	}},
	{"rmsprop", func(f *fitFlags) (optim.Optimizer, *float32) {
		o := optim.NewRMSprop()
		o.Momentum = f.momentum
		return o, &o.LearningRate
	}},
	{"adam", func(*fitFlags) (optim.Optimizer, *float32) { o := optim.NewAdam(); return o, &o.LearningRate }},
	{"adamw", func(f *fitFlags) (optim.Optimizer, *float32) {
		o := optim.NewAdamW()
		setIfGiven(&o.WeightDecay, f.weightDecay)
		return o, &o.LearningRate
	}},
	{"adadelta", func(*fitFlags) (optim.Optimizer, *float32) { o := optim.NewAdadelta(); return o, &o.LearningRate }},
	{"adagrad", func(*fitFlags) (optim.Optimizer, *float32) { o := optim.NewAdagrad(); return o, &o.LearningRate }},
	{"nadam", func(*fitFlags) (optim.Optimizer, *float32) { o := optim.NewNadam(); return o, &o.LearningRate }},
}

// optimizerNames lists the choices of --optimizer.
func optimizerNames() string {
	var names []string
	for _, o := range optimizers {
		names = append(names, o.name)
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// newOptimizer is the optimizer of the flags.
func (f *fitFlags) newOptimizer() (optim.Optimizer, error) {
	if !(f.learningRate >= 0) || !(f.momentum >= 0 && f.momentum < 1) || !(f.weightDecay >= 0) {
		return nil, usagef("fit: got --learning-rate %v --momentum %v --weight-decay %v, want a positive rate, 0 <= momentum < 1 and no negative decay", f.learningRate, f.momentum, f.weightDecay)
	}
	switch {
	case f.momentum != 0 && f.optimizer != "sgd" && f.optimizer != "rmsprop":
		return nil, usagef("fit: --momentum belongs to --optimizer sgd or rmsprop; adam has its own")
	case f.nesterov && (f.optimizer != "sgd" || f.momentum == 0):
		return nil, usagef("fit: --nesterov belongs to --optimizer sgd with --momentum")
	case f.weightDecay != 0 && f.optimizer != "adamw":
		return nil, usagef("fit: --weight-decay belongs to --optimizer adamw")
	}
	for _, choice := range optimizers {
		if choice.name == f.optimizer {
			o, rate := choice.new(f)
			setIfGiven(rate, f.learningRate)
			return o, nil
		}
	}
	return nil, usagef("fit: got --optimizer %q, want %s", f.optimizer, optimizerNames())
}

// setIfGiven replaces a default by a flag that is not zero.
func setIfGiven(setting *float32, flag float32) {
	if flag != 0 {
		*setting = flag
	}
}
