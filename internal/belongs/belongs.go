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
	background := flags.Lookup("background").Value.String()
	if background != "" {
		list, err := load.Parse(background)
		if err != nil {
			return usage.Errorf("fit: --background: %w", err)
		}
		data = slices.Concat(data, list)
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
			return usage.Errorf("%s: --%s belongs to data of your own: give --data PATH", cmd.Name(), flag.name)
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
