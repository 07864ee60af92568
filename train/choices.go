package main

import (
	"slices"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/choice"
	"github.com/seed-c844a918/inkling/internal/choice/pick"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/initial"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/keras"
	"github.com/seed-c844a918/inkling/internal/optim"
)

// The tables of what flags choose from, beside optim.Kinds, optim.Schedules and
// fit.Monitors. Help, completion and errors come from them.
var (
	initializers = choice.Table[initial.Weights]{
		{Name: "glorot_uniform", Help: "Keras's default", Value: initial.GlorotUniform},
		{Name: "he_normal", Help: "for relu", Value: initial.HeNormal},
	}
	recipes = choice.Table[ink.Recipe]{
		{Name: "drawing", Help: "strokes drawn with one pen", Value: ink.Drawing},
		{Name: "picture", Help: "fitted and scaled", Value: ink.Photo},
	}
	strokeRecipes = append(slices.Clone(recipes), // fit's
		choice.Option[ink.Recipe]{Name: "writing", Help: "as drawing, and which way and when the pen went", Value: ink.Writing})
	pixelRanges = choice.Table[keras.Pixels]{
		{Name: string(keras.Unit), Value: keras.Unit},
		{Name: string(keras.Bytes), Value: keras.Bytes},
	}
	decisions = choice.Table[own.Decision]{
		{Name: "yes", Value: own.Yes},
		{Name: "no", Value: own.No},
	}
	augmentations = choice.Table[augmentation]{
		{Name: "none", Value: augmentation{}},
		{Name: "dense", Help: "a little", Value: augmentation{augment.ForDense(), augment.ForDrawings()}},
		{Name: "conv", Help: "more, for convolutions", Value: augmentation{augment.ForConv(), augment.ForDrawings()}},
		{Name: "picture", Help: "mirrored as well", Value: augmentation{augment.ForPictures(), augment.ForDrawings()}},
	}
)

// augmentation says how images, and drawings before they become images, change
// from epoch to epoch.
type augmentation struct {
	image   augment.Image
	strokes augment.Strokes
}

// newOptimizer returns the optimizer of the flags.
func (f *fitFlags) newOptimizer() (optim.Optimizer, error) {
	s := f.optimization
	if !(s.LearningRate >= 0) || !(s.Momentum >= 0 && s.Momentum < 1) || !(s.WeightDecay >= 0) {
		return nil, usagef("fit: got --learning-rate %v --momentum %v --weight-decay %v, "+
			"want a positive rate, 0 <= momentum < 1 and no negative decay", s.LearningRate, s.Momentum, s.WeightDecay)
	}
	kind, err := pick.Choose("optimizer", f.optimizer, optim.Kinds)
	if err != nil {
		return nil, err
	}
	for _, setting := range []struct {
		flag, with    string // what the flag goes with, beside the optimizer
		given, useful bool
		taken         func(optim.Kind) bool
	}{
		{"momentum", "", s.Momentum != 0, true, func(k optim.Kind) bool { return k.Momentum }},
		{"nesterov", " with --momentum", s.Nesterov, s.Momentum != 0, func(k optim.Kind) bool { return k.Nesterov }},
		{"weight-decay", "", s.WeightDecay != 0, true, func(k optim.Kind) bool { return k.WeightDecay }},
	} {
		if setting.given && !(setting.useful && setting.taken(kind)) {
			return nil, usagef("fit: --%s belongs to --optimizer %s%s", setting.flag, choice.Or(optim.Kinds.Names(setting.taken)), setting.with)
		}
	}
	return kind.New(s), nil
}

// newSchedule returns the schedule of the flags.
func (f *fitFlags) newSchedule() (optim.Schedule, error) {
	if !(f.warmup >= 0 && f.warmup < 1) {
		return nil, usagef("fit: got --warmup %v, want 0 <= warmup < 1", f.warmup)
	}
	kind, err := pick.Choose("schedule", f.schedule, optim.Schedules)
	if err != nil {
		return nil, err
	}
	if f.warmup != 0 && !kind.Warmup {
		warming := optim.Schedules.Names(func(k optim.ScheduleKind) bool { return k.Warmup })
		return nil, usagef("fit: --warmup belongs to --schedule %s", choice.Or(warming))
	}
	return kind.New(f.warmup), nil
}
