package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// nonDigitsTrained is how many drawings of each kind of non-digit are drawn to
// train on, and how many images of a set of --background are taken.
const nonDigitsTrained = 3000

// learned is the data of a training run.
type learned struct {
	pair              dataset.Pair // all images to train on and to validate; the test part may be nil
	recipe            ink.Recipe   // what suits the data
	train, validation fit.Part
	held              []fit.Part   // the parts of validation that show classes, one for each data set
	augment           augment.Func // nil: images as they are
	background        bool         // the last class is none of the others
}

// ingredient is one data set of several, "pen*3": its name and how often an epoch
// has each of its images.
type ingredient struct {
	name  string
	times int
}

// parseData reads "mnist,pen*3".
func parseData(text string) ([]ingredient, error) {
	var list []ingredient
	for _, part := range strings.Split(text, ",") {
		name, times, repeated := strings.Cut(strings.TrimSpace(part), "*")
		one := ingredient{name, 1}
		if repeated {
			n, err := strconv.Atoi(times)
			if err != nil || n < 1 || n > 100 {
				return nil, usagef("fit: --data: got %q, want NAME*TIMES with 1..100 times", part)
			}
			one.times = n
		}
		list = append(list, one)
	}
	return list, nil
}

// learn reads the data to train on: one set as it is, or several mixed.
func (f *fitFlags) learn(cmd *cobra.Command) (*learned, error) {
	list, err := parseData(f.data.name)
	if err != nil {
		return nil, err
	}
	if len(list) > 1 || list[0] != (ingredient{f.data.name, 1}) || f.augment != "none" && f.data.isDrawings() || f.background != "" {
		return f.mix(cmd, list)
	}
	pair, err := f.data.load(cmd)
	if err != nil {
		return nil, err
	}
	l := &learned{pair: pair, recipe: f.data.recipe()}
	l.train.Set, l.validation.Set = pair.Train, pair.Train
	l.train.Index, l.validation.Index = f.data.split(pair.Train, f.split, f.splitSeed)
	l.held = []fit.Part{l.validation}
	if image, _ := f.augmentation(); image != (augment.Image{}) {
		l.augment = image.Func(pair.Train, f.seed)
	}
	return l, nil
}

// mix reads several sets and unites them.
func (f *fitFlags) mix(cmd *cobra.Command, list []ingredient) (*learned, error) {
	var sources []augment.Source
	var digits []int // the sources that are no non-digits
	classes := f.data.drawnClasses()
	width, height := f.data.drawnSize()
	l := &learned{recipe: ink.Drawing}
	for _, one := range list {
		added, set, err := f.sources(cmd, one)
		if err != nil {
			return nil, err
		}
		if set != nil {
			classes, width, height = set.Classes, set.Width, set.Height
			l.recipe = (&dataFlags{name: one.name}).recipe()
		}
		for range added {
			if one.name != nonDigitsName {
				digits = append(digits, len(digits))
			}
		}
		l.background = l.background || one.name == nonDigitsName
		sources = append(sources, added...)
	}
	if f.background != "" {
		added, err := f.backgrounds(cmd)
		if err != nil {
			return nil, err
		}
		l.background, sources = true, append(sources, added...)
	}
	mixed, err := augment.Mix(f.data.name, classes, width, height, sources...)
	if err != nil {
		return nil, err
	}
	l.pair.Train = mixed.Set
	l.train.Set, l.validation.Set = mixed.Set, mixed.Set
	l.train.Index, l.validation.Index = mixed.Split(f.split, f.splitSeed)
	for _, k := range digits {
		if _, held := mixed.SplitSource(k, f.split, f.splitSeed); len(held) > 0 {
			l.held = append(l.held, fit.Part{Set: mixed.Set, Index: held})
		}
	}
	if f.augment != "none" {
		image, strokes := f.augmentation()
		l.augment = mixed.Func(image, strokes, f.seed)
	}
	return l, nil
}

// nonDigitsName is the name of drawings that are none of the classes.
const nonDigitsName = "non-digits"

// sources reads one data set; set is its images, if it has images.
func (f *fitFlags) sources(cmd *cobra.Command, one ingredient) (sources []augment.Source, set *dataset.Set, err error) {
	data := f.data
	data.name = one.name
	switch {
	case one.name == nonDigitsName:
		var drawings []dataset.Drawing
		for _, kind := range dataset.TrainedNonDigitKinds() {
			drawings = append(drawings, dataset.NonDigits(kind, nonDigitsTrained, dataset.NonDigitTrainSeed)...)
		}
		return []augment.Source{{Drawings: drawings, Times: one.times}}, nil, nil
	case one.name == "synthetic":
		drawings, _ := dataset.SyntheticDrawings()
		return []augment.Source{{Drawings: drawings, Times: one.times}}, nil, nil
	case data.isDrawings():
		drawings, err := data.drawings(cmd)
		if err != nil || f.validationWriters == "" || one.name != "pen" {
			return []augment.Source{{Drawings: drawings, Times: one.times, Stratified: one.name != "pen"}}, nil, err
		}
		data.writers = f.validationWriters
		held, err := data.drawings(cmd)
		return []augment.Source{{Drawings: drawings, Times: one.times, Use: augment.TrainOnly}, {Drawings: held, Use: augment.ValidationOnly}}, nil, err
	}
	pair, err := data.load(cmd)
	if err != nil {
		return nil, nil, err
	}
	return []augment.Source{{Images: pair.Train, Times: one.times, Stratified: data.isOwn()}}, pair.Train, nil
}

// backgrounds reads the sets whose images show none of the classes.
func (f *fitFlags) backgrounds(cmd *cobra.Command) ([]augment.Source, error) {
	var sources []augment.Source
	for _, name := range strings.Split(f.background, ",") {
		data := f.data
		data.name, data.own.Classes = strings.TrimSpace(name), nil
		pair, err := data.load(cmd)
		if err != nil {
			return nil, fmt.Errorf("fit: --background: %w", err)
		}
		some := spread(pair.Train.Len(), nonDigitsTrained)
		sources = append(sources, augment.Source{Images: pair.Train.Select(some), Background: true})
	}
	return sources, nil
}

// spread is at most wanted of the indices below n, at even distances.
func spread(n, wanted int) []int {
	wanted = min(n, wanted)
	index := make([]int, wanted)
	for i := range index {
		index[i] = i * n / wanted
	}
	return index
}

// checkData reports flags that do not belong to the data.
func (f *fitFlags) checkData(cmd *cobra.Command) error {
	if _, err := choose("augment", f.augment, augmentations); err != nil {
		return err
	}
	list, err := parseData(f.data.name)
	if err != nil {
		return err
	}
	pen := slices.ContainsFunc(list, func(one ingredient) bool { return one.name == "pen" })
	for _, flag := range []string{"writers", "validation-writers"} {
		if cmd.Flags().Changed(flag) && !pen {
			return usagef("--%s belongs to --data pen", flag)
		}
	}
	if err := f.data.checkOwn(cmd, list); err != nil {
		return err
	}
	if nonDigits := slices.ContainsFunc(list, func(one ingredient) bool { return one.name == nonDigitsName }); nonDigits && len(list) == 1 {
		return usagef("fit: --data: got only non-digits, want a data set with classes as well, such as mnist,%s", nonDigitsName)
	}
	if f.refuse != 0 && f.split == 0 && f.validationWriters == "" {
		return usagef("fit: --refuse wants a validation part to choose the threshold on: give --split")
	}
	return nil
}
