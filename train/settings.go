package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
)

// fitFlags are the settings of fit; their defaults repeat the notebook's run.
type fitFlags struct {
	data              dataFlags
	layers            string  // "dense 64 relu, dense 32 relu"
	initializer       string  // "glorot_uniform" or "he_normal"
	epochs            int     // 30
	batch             int     // 128
	split             float64 // share of the training images kept for validation, 0.3
	seed              uint64  // of first weights, order and dropout
	splitSeed         uint64  // of the validation split, 777
	optimizer         string  // "adam" or another of optimizers
	learningRate      float32 // 0: the optimizer's default
	momentum          float32 // of sgd and rmsprop
	nesterov          bool    // of sgd: its form of momentum
	weightDecay       float32 // of adamw
	schedule          string  // "constant" or "cosine"
	warmup            float64 // share of all steps, of cosine
	smoothing         float32 // of the labels
	callbacks         callbackFlags
	teacher           teacherFlags
	augment           string  // "none", "dense", "conv" or "picture": how much images change from epoch to epoch
	topK              int     // whose accuracy to measure as well; 0: none
	refuse            float64 // share of validation below the threshold; 0: no threshold
	background        string  // names of data sets that show none of the classes; "": none
	validationWriters string  // of data with writers; "": a share of all drawings
	best              bool    // keep the epoch of the highest val_accuracy
	precision         string  // "int8", "float16" or "float32"
	recipe            string  // "drawing" or "picture"; "": what suits the data
	out               string  // the .ink file; "": named after the data
	history           string  // .csv or .json; "": CSV beside the model
	checkpoint        string  // the file to keep the state in; "": none
	init              string  // a file of the first weights; "": drawn by initializer and seed
	resume            string  // the checkpoint to go on from; "": none
	json              bool
}

// fitSettings are the checked flags that are more than numbers.
type fitSettings struct {
	initializer nn.Initializer
	optimizer   optim.Optimizer
	schedule    optim.Schedule
	precision   model.Precision
	recipe      ink.Recipe // "" for what suits the data
}

// The precisions and recipes by the names that flags take; no recipe leaves it to
// the data.
var (
	precisions = map[string]model.Precision{"int8": model.Int8, "float16": model.Float16, "float32": model.Float32}
	recipes    = map[string]ink.Recipe{"": "", "drawing": ink.Drawing, "picture": ink.Photo}
)

// settings checks the flags.
func (f *fitFlags) settings() (s fitSettings, err error) {
	if f.epochs < 1 || f.batch < 1 {
		return s, usagef("fit: got --epochs %d --batch %d, want at least 1", f.epochs, f.batch)
	}
	if !(f.split >= 0 && f.split < 1) {
		return s, usagef("fit: got --split %v, want 0 <= split < 1", f.split)
	}
	if !(f.smoothing >= 0 && f.smoothing < 1) {
		return s, usagef("fit: got --label-smoothing %v, want 0 <= smoothing < 1", f.smoothing)
	}
	if !(f.refuse >= 0 && f.refuse < 1) {
		return s, usagef("fit: got --refuse %v, want 0 <= refuse < 1", f.refuse)
	}
	if f.topK < 0 {
		return s, usagef("fit: got --top-k %d, want at least 1", f.topK)
	}
	if err := f.checkCallbacks(); err != nil {
		return s, err
	}
	if err := f.teacher.check(); err != nil {
		return s, err
	}
	if s.schedule, err = f.newSchedule(); err != nil {
		return s, err
	}
	if s.precision, err = choose("precision", f.precision, precisions); err != nil {
		return s, err
	}
	if s.recipe, err = choose("recipe", f.recipe, recipes); err != nil {
		return s, err
	}
	if err := f.data.parseOwn(s.recipe); err != nil {
		return s, err
	}
	if s.initializer, err = choose("initializer", f.initializer, map[string]nn.Initializer{"glorot_uniform": nn.GlorotUniform, "he_normal": nn.HeNormal}); err != nil {
		return s, err
	}
	if _, err := parseLayers(f.layers); err != nil {
		return s, err
	}
	s.optimizer, err = f.newOptimizer()
	return s, err
}

// choose is the choice with this name.
func choose[T any](flag, name string, choices map[string]T) (T, error) {
	choice, ok := choices[name]
	if !ok {
		names := slices.DeleteFunc(slices.Sorted(maps.Keys(choices)), func(s string) bool { return s == "" })
		return choice, usagef("got --%s %q, want %s", flag, name, strings.Join(names, " or "))
	}
	return choice, nil
}

// newSchedule is the schedule of the flags.
func (f *fitFlags) newSchedule() (optim.Schedule, error) {
	if !(f.warmup >= 0 && f.warmup < 1) {
		return nil, usagef("fit: got --warmup %v, want 0 <= warmup < 1", f.warmup)
	}
	if f.warmup != 0 && f.schedule == "constant" {
		return nil, usagef("fit: --warmup belongs to --schedule cosine")
	}
	return choose("schedule", f.schedule, map[string]optim.Schedule{"constant": optim.Constant(), "cosine": optim.Cosine(f.warmup)})
}

// newModel is the untrained model for the images and classes of the data.
func (s fitSettings) newModel(f *fitFlags, data *learned) (*model.Model, error) {
	set := data.pair.Train
	network, err := newNetwork(f.layers, nn.Shape{set.Height, set.Width, 1}, len(set.Classes))
	if err != nil {
		return nil, err
	}
	for _, layer := range network.Layers {
		switch l := layer.(type) {
		case *nn.Dense:
			l.Init = s.initializer
		case *nn.Conv2D:
			l.Init = s.initializer
		}
	}
	network.Initialize(f.seed)
	if f.init != "" && f.resume == "" {
		if err := initialize(network, f.init); err != nil {
			return nil, fmt.Errorf("fit: --init: %w", err)
		}
	}
	if adamw, ok := s.optimizer.(*optim.AdamW); ok {
		adamw.Decays = kernels(network)
	}
	recipe := s.recipe
	if recipe == "" {
		recipe = data.recipe
	}
	labels := set.Classes
	if data.background {
		labels = labels[:len(labels)-1]
	}
	return &model.Model{
		Recipe: recipe, Labels: labels, Background: data.background, Temperature: 1, Precision: s.precision, Network: network,
		Training: model.Training{
			Data: dataNames(f.data.name), Seed: f.seed, SplitSeed: f.splitSeed, Batch: f.batch,
			Optimizer: s.optimizer.Name(), LearningRate: s.optimizer.Rate(),
		},
	}, nil
}

// kernels is where a network's weights that decay lie in the flat vector: those
// of its kernels, not biases and the like.
func kernels(network *nn.Sequential) []optim.Range {
	ranges, at := []optim.Range{}, 0
	for _, p := range network.Params() {
		end := at + p.Shape.Size()
		if p.Name == "kernel" {
			ranges = append(ranges, optim.Range{From: at, To: end})
		}
		at = end
	}
	return ranges
}
