package main

import (
	"cmp"
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

// backgroundImages is how many images of a set of --background are taken.
const backgroundImages = 3000

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
	for _, part := range dataset.SplitList(text) {
		name, times, repeated := dataset.CutTimes(part)
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
	source, err := f.data.source()
	if err != nil {
		return nil, err
	}
	pair, err := f.data.load(cmd)
	if err != nil {
		return nil, err
	}
	l := &learned{pair: pair, recipe: source.Recipe}
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
	b, err := f.gather(cmd, list)
	if err != nil {
		return nil, err
	}
	mixed, err := augment.Mix(f.data.name, b.classes, b.width, b.height, b.sources...)
	if err != nil {
		return nil, err
	}
	l := &learned{recipe: b.recipe, background: b.background}
	l.pair.Train = mixed.Set
	l.train.Set, l.validation.Set = mixed.Set, mixed.Set
	l.train.Index, l.validation.Index = mixed.Split(f.split, f.splitSeed)
	for _, k := range b.classy {
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

// blend is what the sets of a mixture give, before they are united.
type blend struct {
	sources       []augment.Source
	classy        []int    // places in sources of those that show classes
	classes       []string // those of the sets with images, or else of the drawings
	width, height int
	recipe        ink.Recipe
	background    bool // something shows none of the classes
}

// gather reads the sets of a mixture and of --background.
func (f *fitFlags) gather(cmd *cobra.Command, list []ingredient) (*blend, error) {
	b := &blend{recipe: ink.Drawing, classes: f.data.own.Classes}
	b.width, b.height = f.data.drawnSize()
	for _, one := range list {
		if err := f.add(cmd, b, one); err != nil {
			return nil, err
		}
	}
	if b.classes == nil {
		b.classes = dataset.DigitNames()
	}
	if f.background != "" {
		added, err := f.backgrounds(cmd)
		if err != nil {
			return nil, err
		}
		b.background, b.sources = true, append(b.sources, added...)
	}
	return b, nil
}

// add reads one set of a mixture.
func (f *fitFlags) add(cmd *cobra.Command, b *blend, one ingredient) error {
	data := f.data
	data.name = one.name
	source, err := data.source()
	if err != nil {
		return err
	}
	if source.NoClass {
		b.background = true
		b.sources = append(b.sources, augment.Source{Drawings: source.Refused(), Times: one.times})
		return nil
	}
	var added []augment.Source
	switch {
	case source.HasDrawings():
		var classes []string
		if added, classes, err = f.drawnSources(cmd, &data, source, one.times); err != nil {
			return err
		}
		if b.classes == nil {
			b.classes = classes
		} else if source.Own && !slices.Equal(classes, b.classes) {
			return fmt.Errorf("%s: got the classes %s, want %s as in the data before it",
				one.name, strings.Join(classes, ", "), strings.Join(b.classes, ", "))
		}
	default:
		pair, err := data.load(cmd)
		if err != nil {
			return err
		}
		set := pair.Train
		b.classes, b.width, b.height, b.recipe = set.Classes, set.Width, set.Height, source.Recipe
		added = []augment.Source{{Images: set, Times: one.times, Stratified: source.Own}}
	}
	for i := range added {
		b.classy = append(b.classy, len(b.sources)+i)
	}
	b.sources = append(b.sources, added...)
	return nil
}

// drawnSources reads one set of drawings and what its labels mean; those of
// --validation-writers are for validation alone.
func (f *fitFlags) drawnSources(
	cmd *cobra.Command, data *dataFlags, source *dataset.Source, times int,
) (sources []augment.Source, classes []string, err error) {
	drawn, err := source.Drawings(dataDir(cmd), data.own.Classes)
	if err != nil {
		return nil, nil, err
	}
	if source.Writers == nil {
		return []augment.Source{{Drawings: drawn.Train, Times: times, Stratified: source.Own}}, drawn.Classes, nil
	}
	ranges := cmp.Or(data.writers, source.Writers.Fit)
	learned, err := writtenBy(source, drawn.Train, "writers", ranges)
	if err != nil || f.validationWriters == "" {
		return []augment.Source{{Drawings: learned, Times: times, Stratified: source.Own}}, drawn.Classes, err
	}
	held, err := writtenBy(source, drawn.Train, "validation-writers", f.validationWriters)
	if err == nil && ranges == "" {
		learned, err = source.Writers.Without(learned, f.validationWriters)
	}
	return []augment.Source{
		{Drawings: learned, Times: times, Use: augment.TrainOnly},
		{Drawings: held, Use: augment.ValidationOnly},
	}, drawn.Classes, err
}

// backgrounds reads the sets whose images show none of the classes.
func (f *fitFlags) backgrounds(cmd *cobra.Command) ([]augment.Source, error) {
	var sources []augment.Source
	for _, name := range dataset.SplitList(f.background) {
		data := f.data
		data.name, data.own.Classes = name, nil
		pair, err := data.load(cmd)
		if err != nil {
			return nil, fmt.Errorf("fit: --background: %w", err)
		}
		some := spread(pair.Train.Len(), backgroundImages)
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
	var names []string
	classy := false
	for _, one := range list {
		source, err := (&dataFlags{name: one.name}).source()
		if err != nil {
			return err
		}
		names, classy = append(names, one.name), classy || !source.NoClass
	}
	if err := cmp.Or(checkWriters(cmd, "writers", names...), checkWriters(cmd, "validation-writers", names...)); err != nil {
		return err
	}
	if err := f.data.checkOwn(cmd, list); err != nil {
		return err
	}
	if !classy {
		return usagef("fit: --data: got only %s, want a data set with classes as well, such as mnist,%[1]s", f.data.name)
	}
	if f.refuse != 0 && f.split == 0 && f.validationWriters == "" {
		return usagef("fit: --refuse wants a validation part to choose the threshold on: give --split")
	}
	return nil
}
