// Package belongs refuses flags that would be passed over without a word: those given
// without the flag, the data or the file that they belong to.
package belongs

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seed-c844a918/inkling/internal/choice"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/dataset/obtain"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// rule says that a flag belongs to others, or to some values of another.
type rule struct {
	flag   string
	to     []string // flags, of which one has another value than its default
	values []string // that the one flag of to may have; nil: any
}

// fitRules are those of fit, beside those of its optimizers, losses and precisions.
var fitRules = []rule{
	{"min-delta", []string{"early-stopping"}, nil},
	{"monitor", []string{"early-stopping", "reduce-on-plateau"}, nil},
	{"plateau-factor", []string{"reduce-on-plateau"}, nil},
	{"margin", []string{"loss"}, []string{"cosine"}},
	{"scale", []string{"loss"}, []string{"cosine", "prototypes"}},
	{"teacher-share", []string{"teacher"}, nil},
	{"teacher-temperature", []string{"teacher"}, nil},
	{"allow-outside", []string{"resume"}, nil},
}

// holds reports whether what a flag belongs to is given.
func (r *rule) holds(flags *pflag.FlagSet) bool {
	return slices.ContainsFunc(r.to, func(name string) bool {
		other := flags.Lookup(name)
		value := other.Value.String()
		return value != other.DefValue && (r.values == nil || slices.Contains(r.values, value))
	})
}

// Fit reports flags of fit that belong to others which are not given, or to data other than
// those learned from and their background, and rates of 0, which would be the optimizer's own.
func Fit(cmd *cobra.Command, data []load.Ingredient) error {
	flags := cmd.Flags()
	for _, r := range fitRules {
		if flags.Changed(r.flag) && !r.holds(flags) {
			to := strings.Join(r.to, " or --")
			if r.values != nil {
				to += " " + choice.Or(r.values)
			}
			return usage.Errorf("fit: --%s belongs to --%s", r.flag, to)
		}
	}
	for _, name := range []string{"learning-rate", "weight-decay"} {
		if flag := flags.Lookup(name); flag.Changed && flag.Value.String() == "0" {
			return usage.Errorf("fit: got --%s 0, want more than 0; leave it out for the optimizer's own", name)
		}
	}
	if err := firstWeights(flags); err != nil {
		return err
	}
	background := flags.Lookup("background").Value.String()
	if background != "" {
		list, err := load.Parse(background)
		if err != nil {
			return usage.Errorf("fit: --background: %w", err)
		}
		data = slices.Concat(data, list)
	}
	if err := share(flags, data); err != nil {
		return err
	}
	var names []string
	apart, noClass := false, false
	for _, one := range data {
		names = append(names, one.Name)
		if s, err := dataset.Lookup(one.Name); err == nil {
			apart, noClass = apart || s.Writers != nil && s.Writers.Apart, noClass || s.NoClass
		}
	}
	if flags.Changed("alphabets") && !apart {
		return usage.Errorf("fit: --alphabets belongs to --data omniglot")
	}
	if flags.Changed("background-classes") && background == "" && !noClass {
		return usage.Errorf("fit: --background-classes belongs to --background")
	}
	return Own(cmd, names...)
}

// firstWeights reports an initializer beside the weights of a file. Of an encoder the head,
// which no file holds, is drawn by it.
func firstWeights(flags *pflag.FlagSet) error {
	if flags.Changed("initializer") && flags.Lookup("init").Value.String() != "" && flags.Lookup("encoder").Value.String() == "false" {
		return usage.Errorf("fit: --initializer draws the first weights, which --init takes from a file: leave one of them out")
	}
	return nil
}

// share reports flags of the share that is kept for validation where none is, or where
// writers are kept in its place.
func share(flags *pflag.FlagSet, data []load.Ingredient) error {
	if flags.Changed("split-seed") && flags.Lookup("split").Value.String() == "0" {
		return usage.Errorf("fit: --split-seed chooses what --split keeps, and --split 0 keeps nothing")
	}
	keep := flags.Lookup("validation-writers").Value.String()
	if keep == "" || slices.ContainsFunc(data, func(one load.Ingredient) bool {
		s, err := dataset.Lookup(one.Name)
		return err != nil || s.Writers == nil || s.Writers.Apart || keep == load.UsualWriters && s.Writers.Evaluate == ""
	}) {
		return nil
	}
	for _, name := range []string{"split", "split-seed"} {
		if flags.Changed(name) {
			return usage.Errorf("fit: --%s belongs to data without writers: --validation-writers says which of these drawings are kept",
				name)
		}
	}
	return nil
}

// Evaluate reports flags of evaluate, and of predict --data, that neither the data nor the
// sets of a background heed. The images that fit kept are asked about as fit saw them.
func Evaluate(cmd *cobra.Command, data, background string, kept bool) error {
	names, titles := []string{data}, dataset.SplitList(background)
	if background == "" {
		titles = nil
	}
	for _, title := range titles {
		name, _, chosen := strings.Cut(title, "/")
		if !chosen || !dataset.IsNamed(name) {
			name = title
		}
		names = append(names, strings.TrimSpace(name))
	}
	drawn := names
	if kept {
		drawn = names[1:]
	}
	some := func(names []string, is func(*dataset.Source) bool) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			s, err := dataset.Lookup(name)
			return err != nil || is(s)
		})
	}
	switch flags := cmd.Flags(); {
	case flags.Changed("pad-seed") && !some(drawn, func(s *dataset.Source) bool { return s.Strokes }) && kept:
		return usage.Errorf("%s: --pad-seed does not belong to --validation: its images are those that fit saw", cmd.Name())
	case flags.Changed("pad-seed") && !some(drawn, func(s *dataset.Source) bool { return s.Strokes }):
		return usage.Errorf("%s: --pad-seed belongs to drawings, which are placed on the pad, and there are none in %s",
			cmd.Name(), strings.Join(names, ", "))
	case flags.Changed("without-noisy") && !some(names, (*dataset.Source).NamesNoisy):
		return usage.Errorf("%s: --without-noisy belongs to --data %s", cmd.Name(), strings.Join(named((*dataset.Source).NamesNoisy), ", "))
	case flags.Changed("writers"):
		if err := load.CheckWriters("writers", flags.Lookup("writers").Value.String(), data); err != nil {
			return err
		}
	}
	return Own(cmd, names...)
}

// Card reports flags of card that none of the data sets heeds.
func Card(cmd *cobra.Command, names []string) error {
	isDrawn := func(name string) bool {
		s, err := dataset.Lookup(name)
		return err != nil || s.Strokes
	}
	switch flags := cmd.Flags(); {
	case flags.Changed("writers") && !slices.Contains(names, "pen"):
		return usage.Errorf("card: --writers belongs to --data pen")
	case flags.Changed("pad-seed") && !slices.ContainsFunc(names, isDrawn):
		return usage.Errorf("card: --pad-seed belongs to drawings, which are placed on the pad, and there are none in %s",
			strings.Join(names, ", "))
	}
	return nil
}

// named returns the names of the sets of the catalogue that are so.
func named(is func(*dataset.Source) bool) []string {
	var names []string
	for _, s := range dataset.Catalogue() {
		if is(s) {
			names = append(names, s.Name)
		}
	}
	return names
}

// Data reports flags of data that do not belong to what it describes; "" is the list of all
// sets.
func Data(cmd *cobra.Command, name string) error {
	flags := cmd.Flags()
	only := map[string]string{"": "json", obtain.UnipenName: "unipen"}
	if flag, listed := only[name]; listed {
		var other string
		cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if f.Changed && f.Name != flag {
				other = f.Name
			}
		})
		switch {
		case other == "":
			return nil
		case name == "":
			return usage.Errorf("data: --%s wants the NAME of a data set; see inkling data -h", other)
		}
		return usage.Errorf("data: --%s belongs to one data set, and %s are several: give the NAME of one", other, name)
	}
	source, err := dataset.Lookup(name)
	switch {
	case err != nil:
		return usage.Errorf("--data: %w", err)
	case flags.Changed("seed") && !flags.Changed("sheet"):
		return usage.Errorf("data: --seed belongs to --sheet")
	case flags.Changed("augmented") && !flags.Changed("sheet"):
		return usage.Errorf("data: --augmented wants --sheet FILE.png; see inkling data -h")
	case flags.Changed("recipe") && (!source.Own || source.Strokes):
		return usage.Errorf("data: --recipe belongs to pictures, tables and arrays of your own, and %s is none", name)
	}
	return Own(cmd, name)
}

// ownFlags are those that only data of one's own have, and which of these.
var ownFlags = []struct{ name, of string }{
	{"labels", ""}, {"size", ""},
	{"skip-bad", "folders of pictures"}, {"no-cache", "folders of pictures"},
	{"pixels", "tables, arrays and IDX files"}, {"invert", "tables, arrays and IDX files"}, {"transpose", "tables, arrays and IDX files"},
	{"label-column", "tables"},
}

// Own reports flags that do not belong to the data of these names: all are in the
// catalogue, or none is of a kind that heeds the flag.
func Own(cmd *cobra.Command, names ...string) error {
	var paths []string
	for _, name := range names {
		if !dataset.IsNamed(name) {
			paths = append(paths, name)
		}
	}
	for _, flag := range ownFlags {
		if !cmd.Flags().Changed(flag.name) {
			continue
		}
		if len(paths) == 0 {
			path := "a PATH"
			if cmd.Flags().Lookup("data") != nil {
				path = "--data PATH"
			}
			return usage.Errorf("%s: --%s belongs to data of your own: give %s", cmd.Name(), flag.name, path)
		}
		if !slices.ContainsFunc(paths, func(path string) bool { return heeds(path, flag.name) }) {
			return usage.Errorf("%s: --%s belongs to %s, and %s is none", cmd.Name(), flag.name, flag.of, strings.Join(paths, ", "))
		}
	}
	return nil
}

// heeds reports whether data at a path heed a flag of ownFlags.
func heeds(path, flag string) bool {
	if flag == "labels" || flag == "size" {
		return true
	}
	s, err := dataset.Lookup(path)
	return err != nil || !s.Strokes && own.Heeds(path, flag)
}

// Files reports flags of predict that none of the files to predict heeds.
func Files(cmd *cobra.Command, files []string) error {
	for _, flag := range []struct{ name, of string }{
		{"writers", ""}, {"pad-seed", ""}, {"skip-bad", ""}, {"no-cache", ""},
		{"pixels", "tables and .npz files"}, {"invert", "tables and .npz files"}, {"transpose", "tables and .npz files"},
		{"label-column", "tables"},
	} {
		heeded := func(path string) bool { return flag.of != "" && own.IsNumbers(path) && own.Heeds(path, flag.name) }
		if !cmd.Flags().Changed(flag.name) || slices.ContainsFunc(files, heeded) {
			continue
		}
		if flag.of == "" {
			return usage.Errorf("%s: --%s belongs to --data", cmd.Name(), flag.name)
		}
		return usage.Errorf("%s: --%s belongs to %s, and to --data: how other files are read they say themselves", cmd.Name(), flag.name, flag.of)
	}
	return nil
}
