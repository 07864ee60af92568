package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
)

// dataFlags choose a data set.
type dataFlags struct {
	load.Data
	labels string // "circle,cross,star"; "": the data's own
	size   string // "32x24"; "": the data's own, 28x28 of pictures and drawings

	pixels            string // "0..16"; "": by the data
	invert, transpose string // "yes", "no"; "": by the data
	noCache           bool
}

// register adds the flags; usual is whom each set's writers choose by themselves.
func (f *dataFlags) register(cmd *cobra.Command, data string, usual func(*dataset.Writers) string) {
	cmd.Flags().StringVar(&f.Name, "data", data, dataset.Forms())
	cmd.Flags().StringVar(&f.Writers, "writers", "", "of data with writers: whose drawings, such as 21-25 or 1,4,7-9"+usualWriters(usual))
}

// usualWriters says for help whom the sets of the catalogue choose by themselves.
func usualWriters(usual func(*dataset.Writers) string) string {
	var parts []string
	var last string // whom the set before chooses
	for _, s := range dataset.Catalogue() {
		if s.Writers == nil {
			continue
		}
		whom := usual(s.Writers) + " of "
		if s.Writers.By != "" {
			whom = usual(s.Writers) + ", by " + s.Writers.By + ", of "
		}
		if whom == last {
			parts[len(parts)-1] += ", " + s.Name
			continue
		}
		last, parts = whom, append(parts, whom+s.Name)
	}
	return " (default: " + strings.Join(parts, "; ") + ")"
}

// fitWriters and evaluateWriters choose whose drawings are learned from and measured
// on by default.
func fitWriters(w *dataset.Writers) string      { return w.Fit }
func evaluateWriters(w *dataset.Writers) string { return w.Evaluate }

// in returns the data as they are read by a command: from its folder of data sets,
// with messages to its standard error.
func (f *dataFlags) in(cmd *cobra.Command) *load.Data {
	f.Dir, f.Log, f.Context = dataDir(cmd), cmd.ErrOrStderr(), cmd.Context()
	return &f.Data
}

// checkWriters reports a flag that chooses writers if none of the data has any, or if
// its ranges cannot be read.
func checkWriters(cmd *cobra.Command, flag string, names ...string) error {
	if !cmd.Flags().Changed(flag) {
		return nil
	}
	return load.CheckWriters(flag, cmd.Flags().Lookup(flag).Value.String(), names...)
}
