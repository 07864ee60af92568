package main

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/belongs"
	"github.com/seed-c844a918/inkling/internal/choice/pick"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/encoder"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/inherit"
	"github.com/seed-c844a918/inkling/internal/initial"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/layerspec"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/optim"
	"github.com/seed-c844a918/inkling/internal/rounding"
)

// fitFlags are the settings of fit; newFitCommand has their defaults, which repeat
// the notebook's run.
type fitFlags struct {
	data              dataFlags
	layers            string  // "dense 64 relu, dense 32 relu"
	initializer       string  // of initializers
	epochs            int     // passes over the training images
	batch             int     // images per step
	split             float64 // share of the training images kept for validation
	seed              uint64  // of first weights, order and dropout
	splitSeed         uint64  // of the validation split
	optimizer         string  // of optim.Kinds
	optimization      optim.Settings
	schedule          string  // of optim.Schedules
	warmup            float64 // share of all steps
	smoothing         float32 // of the labels
	loss              encoder.Flags
	callbacks         callbackFlags
	teacher           inherit.Teachers
	augment           string // of augmentations
	topK              int    // whose accuracy to measure as well; 0: none
	refuse            string // share of validation below the threshold, as load.ParseRefusal reads it; "": no threshold
	background        string // names of data sets that show none of the classes; "": none
	backgroundClasses bool   // their labels are classes of their own
	validationWriters string // of data with writers; "": a share of all drawings
	best              bool   // keep the epoch of the highest val_accuracy
	rounding          rounding.Flags
	recipe            string // of recipes; "": what suits the data
	out               string // the .ink file; "": named after the data
	history           string // .csv or .json; "": CSV beside the model
	checkpoint        string // the file to keep the state in; "": none
	init              string // a file of the first weights; "": drawn by initializer and seed
	resume            string // the checkpoint to go on from; "": none
	json              bool
}

// fitSettings are the checked flags that are more than numbers.
type fitSettings struct {
	initializer initial.Weights
	optimizer   optim.Optimizer
	schedule    optim.Schedule
	precision   model.Precision
	recipe      ink.Recipe // "" for what suits the data
	refusal     load.Refusal
	training    *encoder.Training // of newModel
}

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
	if s.refusal, err = load.ParseRefusal(f.refuse); err != nil {
		return s, err
	}
	if f.topK < 0 {
		return s, usagef("fit: got --top-k %d, want at least 1", f.topK)
	}
	if err := f.loss.Check(encoder.Given{
		"background": f.background != "", "teacher": f.teacher.Models != "", "class-weights": f.callbacks.classWeights != "",
		"refuse": f.refuse != "", "top-k": f.topK != 0, "label-smoothing": f.smoothing != 0,
	}); err != nil {
		return s, err
	}
	if err := f.checkCallbacks(); err != nil {
		return s, err
	}
	if err := f.teacher.Check(); err != nil {
		return s, err
	}
	if s.schedule, err = f.newSchedule(); err != nil {
		return s, err
	}
	if s.precision, err = f.rounding.Check(f.epochs, f.callbacks.stopping != 0); err != nil {
		return s, err
	}
	if s.recipe, err = pick.ChooseIfGiven("recipe", f.recipe, strokeRecipes); err != nil {
		return s, err
	}
	if err := f.data.parseOwn(s.recipe); err != nil {
		return s, err
	}
	if s.initializer, err = pick.Choose("initializer", f.initializer, initializers); err != nil {
		return s, err
	}
	if _, err := layerspec.Parse(f.layers); err != nil {
		return s, usagef("--layers: %w", err)
	}
	s.optimizer, err = f.newOptimizer()
	return s, err
}

// mixture returns what the checked flags choose to learn from.
func (f *fitFlags) mixture(cmd *cobra.Command) *load.Mixture {
	change, _ := augmentations.Lookup(f.augment)
	return &load.Mixture{
		Data: *f.data.in(cmd), Split: f.split, SplitSeed: f.splitSeed,
		Image: change.image, Strokes: change.strokes, Seed: f.seed,
		Background: f.background, BackgroundClasses: f.backgroundClasses, ValidationWriters: f.validationWriters,
		Union: f.loss.Classes == "union", Symmetries: f.loss.Symmetries, Alphabets: f.loss.Alphabets,
	}
}

// checkData reports flags that do not belong to the data.
func (f *fitFlags) checkData(cmd *cobra.Command) error {
	if _, err := pick.Choose("augment", f.augment, augmentations); err != nil {
		return err
	}
	list, err := load.Parse(f.data.Name)
	if err != nil {
		return fmt.Errorf("fit: --data: %w", err)
	}
	var names []string
	for _, one := range list {
		names = append(names, one.Name)
	}
	if err := cmp.Or(load.Check(list), checkWriters(cmd, "writers", names...), checkWriters(cmd, "validation-writers", names...)); err != nil {
		return err
	}
	refusal, err := load.ParseRefusal(f.refuse)
	if err := cmp.Or(err, refusal.Check(list)); err != nil {
		return err
	}
	if !refusal.IsZero() && f.split == 0 && f.validationWriters == "" {
		return usagef("fit: --refuse wants a validation part to choose the threshold on: give --split")
	}
	return belongs.Fit(cmd, list)
}

// newModel returns the untrained model for the images and classes of the data, and its
// training.
func (s *fitSettings) newModel(f *fitFlags, data *load.Learned) (*model.Model, error) {
	set := data.Pair.Train
	labels := set.Classes[:len(set.Classes)-data.Background]
	inData := set.InData()[:len(labels)]
	if f.loss.Encoder {
		labels, inData = nil, nil
	} else if err := dataset.CheckClasses(labels); err != nil {
		return nil, fmt.Errorf("%s: %w", f.data.Name, err)
	}
	if n := len(set.Classes); f.topK >= n {
		return nil, usagef("fit: got --top-k %d, want 1..%d of %d classes", f.topK, n-1, n)
	}
	weights, err := fit.ParseWeights(f.callbacks.classWeights, data.Train)
	if err != nil {
		return nil, usagef("fit: --class-weights: %w", err)
	}
	training, err := f.loss.Training(f.layers, data.Train, f.smoothing, weights)
	if err != nil {
		return nil, err
	}
	s.training = training
	recipe := s.recipe
	if recipe == "" {
		recipe = data.Recipe
	}
	m := &model.Model{
		Recipe: recipe, Labels: labels, DataLabels: inData, Source: data.Source,
		Background: data.Background > 0, Temperature: 1, Precision: s.precision, Network: training.Shipped,
		Training: model.Training{
			Data: load.Public(f.data.Name), Seed: f.seed, SplitSeed: f.splitSeed, Batch: f.batch,
			Optimizer: s.optimizer.Name(), LearningRate: s.optimizer.Rate(),
		},
	}
	data.Holdout.Put(m)
	if recipe == ink.Photo {
		m.SetGround(data.Ground)
	}
	if err := m.Check(); err != nil { // now, not after hours
		return nil, fmt.Errorf("fit: %w", err)
	}
	training.Initialize(s.initializer, f.seed)
	if decaying, ok := s.optimizer.(optim.Decaying); ok {
		decaying.DecayOnly(training.Kernels())
	}
	if f.init != "" && f.resume == "" {
		if err := initialize(m, f.init); err != nil {
			return nil, fmt.Errorf("fit: --init: %w", err)
		}
		copy(training.Network.Values(), m.Network.Values()) // what both have
	}
	return m, nil
}
