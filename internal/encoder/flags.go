package encoder

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/choice"
	"github.com/seed-c844a918/inkling/internal/choice/pick"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// Losses are what fit's flag --loss chooses from.
var Losses = choice.Table[Method]{
	{Name: "crossentropy", Help: "Keras's sparse_categorical_crossentropy", Value: Crossentropy},
	{Name: "cosine", Help: "of directions, with a margin: Wang et al. 2018", Value: Cosine},
	{Name: "prototypes", Help: "of class means: Snell et al. 2017", Value: Prototypes},
}

// ClassSets are the classes that a mixture of sets can have, fit's flag --classes: those
// of all sets, or not.
var ClassSets = choice.Table[bool]{
	{Name: "first", Help: "those of the first, which the others share", Value: false},
	{Name: "union", Help: "those of all", Value: true},
}

// Flags are fit's flags of what is minimised, and of encoders.
type Flags struct {
	Loss          string  // of Losses
	Margin, Scale float32 // of Settings
	Encoder       bool    // write the features' layers alone
	Classes       string  // of ClassSets
	Symmetries    int     // of load.Mixture: 1, 4 or 8
	Alphabets     string  // of load.Mixture
	Merge         string  // the file of an encoder, see Merge; "": classes stay as they are
}

// Register adds the flags to a command.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	pick.Flag(cmd, &f.Loss, "loss", "crossentropy", "what is minimised", Losses)
	flags.Float32Var(&f.Margin, "margin", 0.2, "for --loss cosine: how much nearer than others the own class has to be, in cosines")
	flags.Float32Var(&f.Scale, "scale", 16, "for --loss cosine and prototypes: what cosines are multiplied by")
	flags.BoolVar(&f.Encoder, "encoder", false,
		"write the layers up to the features, of length 1, for inkling teach; wants --loss cosine or prototypes")
	pick.Flag(cmd, &f.Classes, "classes", "first", "the classes of several sets", ClassSets)
	flags.IntVar(&f.Symmetries, "symmetries", 1,
		"for --classes union: 4 makes quarter turns classes of their own, 8 their mirror images as well")
	flags.StringVar(&f.Alphabets, "alphabets", "",
		"of omniglot: the alphabets to learn from, such as 2,5-7 (default: all with --classes union)")
	flags.StringVar(&f.Merge, "merge", "",
		"for --classes union: an encoder by which classes that look the same become one, such as a ring and its turns")
}

// MergeClasses merges the classes of a set by the encoder's file that the flag names, opened
// by read, and returns a line that says how many are left. Without the flag it does nothing.
func (f *Flags) MergeClasses(set *dataset.Set, read func(path string) (*model.Model, error)) (string, error) {
	if f.Merge == "" {
		return "", nil
	}
	m, err := read(f.Merge)
	if err != nil {
		return "", err
	}
	if input := (nn.Shape{set.Height, set.Width, set.Recipe.Channels()}); !m.IsEncoder() || !slices.Equal(m.Network.Input, input) {
		return "", fmt.Errorf("fit: --merge: got %s, want an encoder of images %v, as fit --encoder writes it", f.Merge, input)
	}
	before := len(set.Classes)
	return fmt.Sprintf("%d classes, of which %d look different\n", before, Merge(m.Network, set)), nil
}

// Given says of further flags of fit, by their names, whether they are given.
type Given map[string]bool

// Check returns a usage error for flags that do not go together.
func (f *Flags) Check(given Given) error {
	method, err := pick.Choose("loss", f.Loss, Losses)
	if err != nil {
		return err
	}
	union, err := pick.Choose("classes", f.Classes, ClassSets)
	if err != nil {
		return err
	}
	switch {
	case !(f.Margin >= 0 && f.Margin < 1 && f.Scale > 0 && f.Scale <= 1000):
		return usage.Errorf("fit: got --margin %v --scale %v, want 0 <= margin < 1 and 0 < scale <= 1000", f.Margin, f.Scale)
	case method == Crossentropy && f.Encoder:
		return usage.Errorf("fit: --encoder belongs to --loss cosine or prototypes")
	case !union && f.Symmetries != 1:
		return usage.Errorf("fit: --symmetries belongs to --classes union")
	case !union && f.Merge != "":
		return usage.Errorf("fit: --merge belongs to --classes union")
	case !slices.Contains([]int{1, 4, load.MaxSymmetries}, f.Symmetries):
		return usage.Errorf("fit: got --symmetries %d, want 1, 4 or %d", f.Symmetries, load.MaxSymmetries)
	case (union || method != Crossentropy) && given["background"]:
		return usage.Errorf("fit: --background belongs to --loss crossentropy and --classes first")
	case method != Crossentropy && (given["teacher"] || given["class-weights"]):
		return usage.Errorf("fit: --teacher and --class-weights belong to --loss crossentropy")
	case f.Encoder && given["refuse"]:
		return usage.Errorf("fit: --refuse chooses a threshold, which an encoder does not have")
	case method == Prototypes && (given["top-k"] || given["label-smoothing"]):
		return usage.Errorf("fit: --top-k and --label-smoothing do not belong to --loss prototypes")
	}
	return nil
}

// Training returns how a network of hidden layers is trained on a part of images. The
// flags have been checked; a mistake in the layers is a usage error.
func (f *Flags) Training(layers string, train fit.Part, smoothing float32, weights []float32) (*Training, error) {
	method, err := Losses.Lookup(f.Loss)
	if err != nil {
		return nil, err
	}
	set := train.Set
	t, err := New(layers, nn.Shape{set.Height, set.Width, set.Recipe.Channels()}, len(set.Classes), f.Encoder, Settings{
		Method: method, Margin: f.Margin, Scale: f.Scale, Smoothing: smoothing, ClassWeights: weights,
	})
	if err != nil {
		return nil, usage.Errorf("--layers: %w", err)
	}
	return t, nil
}
