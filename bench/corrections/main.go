// Command corrections measures what putting answers right does to the other answers of
// the same writer and to those of others, and writes the files of nearby drawings that
// models need for it. make bench-corrections prints the figures of docs/own-symbols.md,
// make corrections writes web/models/NAME.near.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/model"
)

func main() {
	var o options
	flag.StringVar(&o.models, "models", "web/models", "folder of digits.ink and letters.ink")
	flag.StringVar(&o.writers, "writers", "17-19", "UNIPEN's writers whose answers are put right, by their number % 20")
	flag.IntVar(&o.draws, "draws", 20, "draws of the half that comes first")
	flag.BoolVar(&o.write, "write", false, "write NAME.near beside the models instead")
	flag.BoolVar(&o.tune, "choose", false, "look for fewshot's rule on the writers instead, and print it")
	flag.StringVar(&o.dir, "data-dir", os.Getenv("INKLING_DATA"), "folder with the data sets")
	flag.Parse()
	if err := o.run(); err != nil {
		fmt.Fprintln(os.Stderr, "corrections:", err)
		os.Exit(1)
	}
}

// options are the command's flags.
type options struct {
	models, writers, dir string
	draws                int
	write, tune          bool
}

// run does what the flags say for each model.
func (o *options) run() error {
	for _, k := range kinds {
		s, err := o.open(k)
		if err != nil {
			return err
		}
		switch {
		case o.write:
			err = s.write()
		case o.tune:
			err = o.choose(s)
		default:
			err = o.print(s)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", k.name, err)
		}
	}
	return nil
}

// subject is a model that is measured.
type subject struct {
	kind
	*reader
	path string // of its file
	sum  uint32
}

// kind is a model's name and the sets that it was trained on.
type kind struct {
	name       string
	sets       []part
	background []string // sets, of which some drawings are none of its classes
}

// part is some writers of a set.
type part struct{ set, writers string }

// kinds are the models whose answers can be put right on the page.
var kinds = []kind{
	{"digits", []part{{"unipen-digits", "0-13"}, {"pen", "1-20"}, {"mnist", ""}}, []string{"unipen-upper", "unipen-lower", "unipen-signs"}},
	{"letters", []part{{"unipen-upper", "0-13"}, {"unipen-lower", "0-13"}}, []string{"unipen-digits", "unipen-signs"}},
}

// asked returns the sets whose misread drawings are put right.
func (k *kind) asked() []string {
	if k.name == "digits" {
		return []string{"unipen-digits"}
	}
	return []string{"unipen-upper", "unipen-lower"}
}

// open reads a model.
func (o *options) open(k kind) (*subject, error) {
	path := filepath.Join(o.models, k.name+".ink")
	data, err := bounded.ReadFile(path, 1<<24)
	if err != nil {
		return nil, err
	}
	m, err := model.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if !fewshot.CanCorrect(m) {
		return nil, fmt.Errorf("%s: the network does not end in a dense layer", path)
	}
	return &subject{k, newReader(m, o.dir), path, fewshot.ModelSum(data)}, nil
}

// nearPath returns where the model's file of nearby drawings lies.
func (s *subject) nearPath() string { return s.path[:len(s.path)-len(".ink")] + ".near" }

// nearby reads that file.
func (s *subject) nearby() (*fewshot.Nearby, error) {
	data, err := bounded.ReadFile(s.nearPath(), fewshot.MaxNearby)
	if err != nil {
		return nil, fmt.Errorf("%w: make corrections writes it", err)
	}
	n, err := fewshot.DecodeNearby(data, s.model, s.sum)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.nearPath(), err)
	}
	return n, nil
}
