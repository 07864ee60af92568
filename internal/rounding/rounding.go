// Package rounding has the flags of how weights are stored, and what training does for it.
package rounding

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/choice"
	"github.com/seed-c844a918/inkling/internal/choice/pick"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// Precisions are what the flag --precision chooses from.
var Precisions = choice.Table[model.Precision]{
	{Name: "int4", Help: "half a byte per weight", Value: model.Int4},
	{Name: "int8", Help: "a byte per weight", Value: model.Int8},
	{Name: "float16", Value: model.Float16},
	{Name: "float32", Help: "as trained", Value: model.Float32},
}

// Flags are fit's flags of how weights are stored.
type Flags struct {
	Precision string // of Precisions
	Epochs    int    // that train with weights of 4 bits; 0: a fifth of all, rounded up
}

// Register adds the flags to a command.
func (f *Flags) Register(cmd *cobra.Command) {
	pick.Flag(cmd, &f.Precision, "precision", "float16", "weights in the file", Precisions)
	cmd.Flags().IntVar(&f.Epochs, "int4-epochs", 0,
		"for --precision int4: how many of the last epochs train with weights of 4 bits (default: a fifth of all)")
}

// Check returns the precision, or a usage error for flags that do not go together. all is
// the number of epochs.
func (f *Flags) Check(all int, earlyStopping bool) (model.Precision, error) {
	precision, err := pick.Choose("precision", f.Precision, Precisions)
	switch {
	case err != nil:
		return 0, err
	case f.Epochs < 0 || f.Epochs > all:
		return 0, usage.Errorf("fit: got --int4-epochs %d, want 1 to the %d of --epochs", f.Epochs, all)
	case f.Epochs != 0 && precision != model.Int4:
		return 0, usage.Errorf("fit: --int4-epochs belongs to --precision int4")
	case precision == model.Int4 && earlyStopping && f.Epochs != all:
		return 0, usage.Errorf("fit: with --early-stopping nobody knows the last epochs, which --precision int4 wants to train: "+
			"leave it out, or give --int4-epochs %d to train all so", all)
	}
	return precision, nil
}

// Training returns how a model is trained for its precision in all epochs, and says so;
// nil if the precision asks for nothing. The kernels of the model's network come first in
// the one that is trained.
func (f *Flags) Training(m *model.Model, all int, stderr io.Writer) *fit.Rounding {
	if m.Precision != model.Int4 {
		return nil
	}
	epochs := f.Epochs
	if epochs == 0 {
		epochs = (all + 4) / 5
	}
	fmt.Fprintf(stderr, "from epoch %d on, training is with weights as the file holds them\n", all-epochs+1)
	return &fit.Rounding{Epochs: epochs, Bits: m.Bits()}
}
