package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

// drawnSide is the side of the images that drawings become, MNIST's.
const drawnSide = dataset.Side

// dataFlags choose a data set.
type dataFlags struct {
	name    string // of a set of the catalogue, or the path of a stroke file or of other data
	writers string // of a set with writers: "21-25", "1,4,7-9"; "": the set's own choice
	padSeed uint64 // of where on the pad and how large evaluate draws
	ownFlags
}

// register adds the flags; usual is whom each set's writers choose by themselves.
func (f *dataFlags) register(cmd *cobra.Command, data string, usual func(*dataset.Writers) string) {
	cmd.Flags().StringVar(&f.name, "data", data, dataset.Forms())
	cmd.Flags().StringVar(&f.writers, "writers", "", "of data with writers: whose drawings, such as 21-25 or 1,4,7-9"+usualWriters(usual))
}

// usualWriters says for help whom the sets of the catalogue choose by themselves.
func usualWriters(usual func(*dataset.Writers) string) string {
	var parts []string
	for _, s := range dataset.Catalogue() {
		if s.Writers == nil {
			continue
		}
		part := usual(s.Writers) + " of " + s.Name
		if s.Writers.By != "" {
			part += ", by " + s.Writers.By
		}
		parts = append(parts, part)
	}
	return " (default: " + strings.Join(parts, "; ") + ")"
}

// fitWriters and evaluateWriters choose whose drawings are learned from and measured
// on by default.
func fitWriters(w *dataset.Writers) string      { return w.Fit }
func evaluateWriters(w *dataset.Writers) string { return w.Evaluate }

// source is what the name means.
func (f *dataFlags) source() (*dataset.Source, error) {
	s, err := dataset.Lookup(f.name)
	if err != nil {
		return nil, usagef("--data: %w", err)
	}
	return s, nil
}

// isNamed reports whether inkling knows a data set by this name.
func isNamed(name string) bool { return dataset.IsNamed(name) }

// isDrawings reports whether the data are strokes rather than images.
func (f *dataFlags) isDrawings() bool {
	s, err := f.source()
	return err == nil && s.Strokes
}

// load reads the images of one data set to learn from; strokes are drawn by the
// recipe drawing and have no test part.
func (f *dataFlags) load(cmd *cobra.Command) (dataset.Pair, error) {
	s, err := f.source()
	switch {
	case err != nil:
		return dataset.Pair{}, err
	case s.Strokes:
		drawn, err := f.drawings(cmd, s, s.Writers.Fit)
		if err != nil {
			return dataset.Pair{}, err
		}
		width, height := f.drawnSize()
		return drawn.Pair(f.name, width, height)
	case s.Own:
		return f.loadOwn(cmd)
	}
	return s.Open(dataDir(cmd))
}

// drawings reads the strokes of a data set: those of --writers, or else of the usual
// ones.
func (f *dataFlags) drawings(cmd *cobra.Command, s *dataset.Source, usual string) (dataset.Drawn, error) {
	drawn, err := s.Drawings(dataDir(cmd), f.names)
	if err != nil {
		return dataset.Drawn{}, err
	}
	if f.writers != "" {
		usual = f.writers
	}
	drawn.Train, err = writtenBy(s, drawn.Train, "writers", usual)
	return drawn, err
}

// writtenBy chooses the drawings of the writers that a flag names; "" is everybody.
func writtenBy(s *dataset.Source, ds []strokes.Drawing, flag, ranges string) ([]strokes.Drawing, error) {
	if ranges == "" {
		return ds, nil
	}
	if _, err := dataset.ParseRanges(ranges); err != nil {
		return nil, usagef("--%s: %w", flag, err)
	}
	chosen, err := s.Writers.Choose(ds, ranges)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	return chosen, nil
}

// checkWriters reports a flag that chooses writers if none of the data has any.
func checkWriters(cmd *cobra.Command, flag string, names ...string) error {
	if cmd.Flags().Lookup(flag) == nil || !cmd.Flags().Changed(flag) {
		return nil
	}
	for _, name := range names {
		if s, err := dataset.Lookup(name); err == nil && s.Writers != nil {
			return nil
		}
	}
	var having []string
	for _, s := range dataset.Catalogue() {
		if s.Writers != nil {
			having = append(having, s.Name)
		}
	}
	return usagef("--%s belongs to --data %s, or a stroke file", flag, strings.Join(having, ", "))
}
