package main

import (
	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/choice"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/encoder"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// losses are what training can minimise.
var losses = choice.Table[encoder.Method]{
	{Name: "crossentropy", Help: "Keras's sparse_categorical_crossentropy", Value: encoder.Crossentropy},
	{Name: "cosine", Help: "of directions, with a margin: Wang et al. 2018", Value: encoder.Cosine},
	{Name: "prototypes", Help: "of class means: Snell et al. 2017", Value: encoder.Prototypes},
}

// lossFlags are the flags of what is minimised, and of encoders.
type lossFlags struct {
	loss       string  // of losses
	margin     float32 // of cosine
	scale      float32 // of cosine and prototypes
	encoder    bool    // write the features' layers alone
	classes    string  // "first" or "union"
	symmetries int     // of union: 1, 4 or 8
	alphabets  string  // of omniglot; "": all
}

// register adds the flags.
func (l *lossFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	choiceFlag(cmd, &l.loss, "loss", "crossentropy", "what is minimised", losses)
	flags.Float32Var(&l.margin, "margin", 0.2, "for --loss cosine: how much nearer than others the own class has to be, in cosines")
	flags.Float32Var(&l.scale, "scale", 16, "for --loss cosine and prototypes: what cosines are multiplied by")
	flags.BoolVar(&l.encoder, "encoder", false, "write the layers up to the features, of length 1, for inkling teach; wants --loss cosine or prototypes")
	choiceFlag(cmd, &l.classes, "classes", "first", "the classes of several sets", classSets)
	flags.IntVar(&l.symmetries, "symmetries", 1, "for --classes union: 4 makes quarter turns classes of their own, 8 their mirror images as well")
	flags.StringVar(&l.alphabets, "alphabets", "", "of omniglot: the alphabets to learn from, such as 2,5-7 (default: all with --classes union)")
}

// classSets are the classes that a mixture of sets can have.
var classSets = choice.Table[bool]{
	{Name: "first", Help: "those of the first, which the others share", Value: false},
	{Name: "union", Help: "those of all", Value: true},
}

// checkLoss reports flags that do not go together.
func (f *fitFlags) checkLoss() error {
	l := &f.loss
	method, err := choose("loss", l.loss, losses)
	if err != nil {
		return err
	}
	union, err := choose("classes", l.classes, classSets)
	if err != nil {
		return err
	}
	switch {
	case !(l.margin >= 0 && l.margin < 1 && l.scale > 0 && l.scale <= 1000):
		return usagef("fit: got --margin %v --scale %v, want 0 <= margin < 1 and 0 < scale <= 1000", l.margin, l.scale)
	case method == encoder.Crossentropy && l.encoder:
		return usagef("fit: --encoder belongs to --loss cosine or prototypes")
	case !union && l.symmetries != 1:
		return usagef("fit: --symmetries belongs to --classes union")
	case l.symmetries != 1 && l.symmetries != 4 && l.symmetries != load.MaxSymmetries:
		return usagef("fit: got --symmetries %d, want 1, 4 or %d", l.symmetries, load.MaxSymmetries)
	case (union || method != encoder.Crossentropy) && f.background != "":
		return usagef("fit: --background belongs to --loss crossentropy and --classes first")
	case method != encoder.Crossentropy && (f.teacher.models != "" || f.callbacks.classWeights != ""):
		return usagef("fit: --teacher and --class-weights belong to --loss crossentropy")
	case l.encoder && f.refuse != "":
		return usagef("fit: --refuse chooses a threshold, which an encoder does not have")
	case method == encoder.Prototypes && (f.topK != 0 || f.smoothing != 0):
		return usagef("fit: --top-k and --label-smoothing do not belong to --loss prototypes")
	}
	return nil
}

// training returns how the network for images of a size and a number of classes is
// trained.
func (f *fitFlags) training(input nn.Shape, train fit.Part) (*encoder.Training, error) {
	method, err := losses.Lookup(f.loss.loss)
	if err != nil {
		return nil, err
	}
	weights, err := f.callbacks.weights(train)
	if err != nil {
		return nil, err
	}
	t, err := encoder.New(f.layers, input, len(train.Set.Classes), f.loss.encoder, encoder.Settings{
		Method: method, Margin: f.loss.margin, Scale: f.loss.scale, Smoothing: f.smoothing, ClassWeights: weights,
	})
	if err != nil {
		return nil, usagef("--layers: %w", err)
	}
	return t, nil
}
