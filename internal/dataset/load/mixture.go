package load

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/holdout"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/pixels"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// backgroundImages is how many images of a set of Background are taken.
const backgroundImages = 3000

// Ingredient is one data set of several, "pen*3": its name and how often an epoch
// has each of its images.
type Ingredient struct {
	Name  string
	Times int
}

// Parse reads "mnist,pen*3".
func Parse(text string) ([]Ingredient, error) {
	var list []Ingredient
	for _, part := range dataset.SplitList(text) {
		name, times, repeated := dataset.CutTimes(part)
		one := Ingredient{name, 1}
		if repeated {
			n, err := strconv.Atoi(times)
			if err != nil || n < 1 || n > 100 {
				return nil, usage.Errorf("got %q, want NAME*TIMES with 1..100 times", part)
			}
			one.Times = n
		}
		list = append(list, one)
	}
	return list, nil
}

// Check returns an error if a name of the mixture is unknown, or if no set of it
// shows classes.
func Check(list []Ingredient) error {
	var names []string
	classy := false
	for _, one := range list {
		source, err := (&Data{Name: one.Name}).Source()
		if err != nil {
			return err
		}
		names, classy = append(names, one.Name), classy || !source.NoClass
	}
	if classy {
		return nil
	}
	return usage.Errorf("fit: --data: got only %s, want a data set with classes as well, such as mnist,%[1]s", strings.Join(names, ","))
}

// Public returns the names of the data a model was trained on as the model shows them:
// without folders, which are private.
func Public(data string) string {
	list := dataset.SplitList(data)
	for i, part := range list {
		path, times, repeated := dataset.CutTimes(part)
		if absolute, err := filepath.Abs(path); err == nil {
			path = filepath.Base(absolute)
		}
		list[i] = path
		if repeated {
			list[i] += "*" + times
		}
	}
	return strings.Join(list, ",")
}

// Mixture says what a training run learns from.
type Mixture struct {
	Data              Data            // Name may be several, as Parse reads them
	Split             float64         // the share of the images that is kept for validation, 0 <= Split < 1
	SplitSeed         uint64          // of the choice of those
	Image             augment.Image   // how images change from epoch to epoch; the zero value: not at all
	Strokes           augment.Strokes // and drawings, before they become images
	Seed              uint64          // of those changes
	Background        string          // several as Parse reads them, that show none of the classes; "": none
	BackgroundClasses bool            // what shows none of the classes is of classes of its own: the labels of its sets
	Union             bool            // the classes are those of all sets, not of the first; all are drawings
	Symmetries        int             // of Union: 4 makes quarter turns classes of their own, 8 mirror images as well; 0 and 1: none
	Alphabets         string          // of sets whose writers draw different classes: which alphabets, such as "2,5-7"; "": all of them
	ValidationWriters string          // of data with writers: who draws for validation alone; UsualWriters; "": nobody
}

// UsualWriters are, as ValidationWriters, those that each set of the catalogue keeps
// to choose by.
const UsualWriters = "usual"

// Held is images of one data set that a model is chosen by.
type Held struct {
	Name string // as the data name the set
	fit.Part
}

// Learned is the data of a training run.
type Learned struct {
	Pair              dataset.Pair // all images to train on and to validate; the test part may be nil
	Recipe            ink.Recipe   // what suits the data
	Source            model.Source // how numbers of somebody's own data became pixels; of several sets, those of the first with images
	Train, Validation fit.Part
	Held              []Held          // the parts of Validation that show classes, one for each data set
	Augment           augment.Func    // nil: images as they are
	Background        int             // how many classes, the last ones, are none of the others
	Ground            ink.Ground      // of nearly all pictures to train on
	Holdout           *holdout.Record // which images of which sets Held are, for the model's file; nil: too many kinds to tell
}

// augmented reports whether images change from epoch to epoch.
func (m *Mixture) augmented() bool {
	return m.Image != (augment.Image{}) || m.Strokes != (augment.Strokes{})
}

// Learn reads the data to train on: one set as it is, or several mixed.
func (m *Mixture) Learn() (*Learned, error) {
	l, err := m.learn()
	if err != nil || m.Union {
		return l, err
	}
	l.Holdout = &holdout.Record{Share: m.Split, Writers: m.Data.Writers, ValidationWriters: m.ValidationWriters}
	for _, h := range l.Held {
		if len(h.Index) > 0 {
			l.Holdout.Digests = append(l.Holdout.Digests, holdout.DigestOf(h.Set, h.Index))
		}
	}
	return l, nil
}

// learn does the work of Learn but for the record.
func (m *Mixture) learn() (*Learned, error) {
	list, err := Parse(m.Data.Name)
	if err != nil {
		return nil, fmt.Errorf("fit: --data: %w", err)
	}
	alone := len(list) == 1 && list[0] == (Ingredient{m.Data.Name, 1}) && m.Background == "" && !m.Union && m.ValidationWriters == ""
	if !alone || m.augmented() && m.Data.IsStrokes() || m.Data.drawnForm().Recipe != ink.Drawing {
		return m.mix(list)
	}
	source, err := m.Data.Source()
	if err != nil {
		return nil, err
	}
	pair, read, err := m.Data.pair()
	if err != nil {
		return nil, err
	}
	l := &Learned{Pair: pair, Recipe: source.Recipe}
	l.Ground = groundOf(pair.Train, read)
	if read != nil {
		l.Source = read.Source
	}
	if pair.Validation != nil {
		m.Data.sayValidation(pair.Validation)
		l.Train, l.Validation = fit.All(pair.Train), fit.All(pair.Validation)
	} else {
		l.Train.Set, l.Validation.Set = pair.Train, pair.Train
		l.Train.Index, l.Validation.Index = m.Data.Split(pair.Train, m.Split, m.SplitSeed)
	}
	l.Held = []Held{{list[0].Name, l.Validation}}
	if m.augmented() {
		l.Augment = m.Image.Func(pair.Train, m.Seed)
	}
	return l, nil
}

// mix reads several sets and unites them.
func (m *Mixture) mix(list []Ingredient) (*Learned, error) {
	b, err := m.gather(list)
	if err != nil {
		return nil, err
	}
	mixed, err := augment.Mix(m.Data.Name, b.classes, b.background, b.form, b.sources...)
	if err != nil {
		return nil, err
	}
	l := &Learned{Recipe: b.recipe, Background: len(b.background)}
	mixed.Set.DataLabels = append(slices.Clone(b.labels), mixed.Set.Classes[len(b.labels):]...)
	if b.source != nil {
		l.Source = *b.source
	}
	l.Ground = b.grounds.Common()
	l.Pair.Train = mixed.Set
	if len(list) == 1 && b.background == nil && b.test != nil {
		l.Pair.Test = b.test.As(b.form.Recipe) // as the set alone would have it
	}
	l.Train.Set, l.Validation.Set = mixed.Set, mixed.Set
	l.Train.Index, l.Validation.Index = mixed.Split(m.Split, m.SplitSeed)
	m.sayTwins(list, b, l)
	for k, name := range b.classy {
		if _, held := mixed.SplitSource(k, m.Split, m.SplitSeed); name != "" && len(held) > 0 {
			l.Held = append(l.Held, Held{name, fit.Part{Set: mixed.Set, Index: held}})
		}
	}
	if m.augmented() {
		l.Augment = mixed.Func(m.Image, m.Strokes, m.Seed)
	}
	return l, nil
}

// blend is what the sets of a mixture give, before they are united.
type blend struct {
	sources    []augment.Source
	classy     []string      // of each of sources its name, if it shows classes, else ""
	of         []int         // and which of the sets joined it comes from
	joined     int           // how many sets
	classes    []string      // those of the first set, by name
	labels     []string      // and as they stand in its data
	named      bool          // the first set is one of the catalogue
	form       ink.Form      // of the images
	recipe     ink.Recipe    // what suits the last set of images
	source     *model.Source // of the first set whose images are numbers; nil: none yet
	background []string      // the classes of what shows none of those
	kinds      bool          // each label of such a set is a class of its own, else all are one
	grounds    ink.Grounds   // of the sets of images
	test       *dataset.Set  // to test, of the last set; nil: it has none
}

// gather reads the sets of a mixture and of Background.
func (m *Mixture) gather(list []Ingredient) (*blend, error) {
	b := &blend{recipe: ink.Drawing, kinds: m.BackgroundClasses}
	b.form = m.Data.drawnForm()
	for _, one := range list {
		if err := m.add(b, one); err != nil {
			return nil, err
		}
	}
	if m.Union {
		b.classes = symmetric(b.classes, m.Symmetries)
		b.labels = b.classes
	}
	if m.Background != "" {
		if err := m.addBackgrounds(b); err != nil {
			return nil, fmt.Errorf("fit: --background: %w", err)
		}
	}
	return b, nil
}

// add reads one set of a mixture.
func (m *Mixture) add(b *blend, one Ingredient) error {
	data := m.Data
	data.Name, data.Names, data.Own.Named = one.Name, nil, m.Data.Names != nil
	source, err := data.Source()
	if err != nil {
		return err
	}
	if source.NoClass {
		drawn, err := source.Refused(m.Data.Dir)
		if err != nil {
			return err
		}
		b.join("", augment.Source{Drawings: b.asBackground(drawn.Classes, drawn.Train), Times: one.Times})
		return nil
	}
	if m.Union {
		return m.addUnion(b, &data, source, one.Times)
	}
	var added []augment.Source
	if source.HasDrawings() {
		added, err = m.drawnSources(b, &data, source, one.Times)
	} else {
		added, err = m.images(b, &data, source, one.Times)
	}
	if err != nil {
		return err
	}
	b.join(one.Name, added...)
	return nil
}

// join adds sources of one name, "" where they show no classes.
func (b *blend) join(name string, added ...augment.Source) {
	for _, source := range added {
		b.sources, b.classy, b.of = append(b.sources, source), append(b.classy, name), append(b.of, b.joined)
	}
	b.joined++
}

// groundOf returns what nearly all images of a set lie on; read is nil for a set of the
// catalogue.
func groundOf(set *dataset.Set, read *own.Data) ink.Ground {
	if read != nil {
		return read.Ground()
	}
	return pixels.Ground(set.As(ink.Drawing).Pixels, set.Width, set.Height)
}

// keep records how the first set of images was read. read is nil for a set of the
// catalogue.
func (b *blend) keep(read *own.Data) {
	switch {
	case b.source != nil:
	case read == nil:
		b.source = &model.Source{}
	case read.Numbers:
		b.source = &read.Source
	}
}

// sayValidation says that the data have a validation part of their own.
func (d *Data) sayValidation(set *dataset.Set) {
	fmt.Fprintf(d.Log, "%s: its validation part of %d images is used instead of --split\n", set.Name, set.Len())
}

// images reads one set of images, and those to validate with where the data have some.
func (m *Mixture) images(b *blend, data *Data, source *dataset.Source, times int) ([]augment.Source, error) {
	pair, read, err := data.pair()
	if err != nil {
		return nil, err
	}
	b.keep(read)
	b.grounds[groundOf(pair.Train, read)]++
	test := pair.Test
	if pair, err = m.classed(b, pair, source); err != nil {
		return nil, err
	}
	set := pair.Train
	b.test = test
	b.form.Width, b.form.Height, b.recipe = set.Width, set.Height, source.Recipe
	added := []augment.Source{{Images: set, Times: times, Stratified: source.Own}}
	if pair.Validation != nil {
		data.sayValidation(pair.Validation)
		added[0].Use = augment.TrainOnly
		added = append(added, augment.Source{Images: pair.Validation, Use: augment.ValidationOnly})
	}
	return added, nil
}

// classed returns the images to train on and to validate with the mixture's classes.
// Its first set says which there are, the labels of the others are found among them.
func (m *Mixture) classed(b *blend, pair dataset.Pair, source *dataset.Source) (dataset.Pair, error) {
	pair.Test = nil
	if b.classes == nil {
		var err error
		if m.Data.Names != nil {
			if pair, err = pair.Name(m.Data.Names); err != nil {
				return pair, err
			}
		}
		b.classes, b.labels, b.named = pair.Train.Classes, pair.Train.InData(), !source.Own
		return pair, nil
	}
	for _, part := range []**dataset.Set{&pair.Train, &pair.Validation} {
		if *part == nil {
			continue
		}
		set, labels := **part, b.labels
		if b.named && !source.Own {
			labels, set.DataLabels = b.classes, nil // the 0 of MNIST is no T-shirt
		}
		matched, _, err := dataset.Match(&set, b.classes, labels)
		if err != nil {
			return pair, err
		}
		*part = matched
	}
	return pair, nil
}

// strokes reads one set of drawings, classed as images are.
func (m *Mixture) strokes(b *blend, data *Data, source *dataset.Source) (drawn dataset.Drawn, err error) {
	if drawn, err = source.Drawings(data.Dir, nil); err != nil {
		return drawn, err
	}
	data.SayDrawings(source, drawn.Train)
	if b.classes != nil {
		labels := b.labels
		if b.named && !source.Own {
			labels = b.classes
		}
		return drawn.Match(data.Name, b.classes, labels)
	}
	if m.Data.Names != nil {
		if drawn, err = drawn.Name(m.Data.Names); err != nil {
			return drawn, fmt.Errorf("%s: %w", data.Name, err)
		}
	}
	b.classes, b.labels, b.named = drawn.Classes, drawn.InData(), !source.Own
	return drawn, nil
}

// drawnSources reads one set of drawings. The drawings of ValidationWriters serve for
// validation alone.
func (m *Mixture) drawnSources(b *blend, data *Data, source *dataset.Source, times int) ([]augment.Source, error) {
	drawn, err := m.strokes(b, data, source)
	if err != nil {
		return nil, err
	}
	if drawn.Test != nil {
		if b.test, err = dataset.RasterizeOwn(data.Name, b.classes, drawn.Test, b.form); err != nil {
			return nil, err
		}
	}
	return m.written(data, source, drawn.Train, times)
}

// written divides drawings by their writers.
func (m *Mixture) written(data *Data, source *dataset.Source, ds []strokes.Drawing, times int) ([]augment.Source, error) {
	if source.Writers == nil {
		return []augment.Source{{Drawings: ds, Times: times, Stratified: source.Own}}, nil
	}
	ranges, keep := m.groupsOf(data, source.Writers)
	learned, err := writtenBy(source, ds, "writers", ranges)
	if err != nil || keep == "" {
		return []augment.Source{{Drawings: learned, Times: times, Stratified: source.Own}}, err
	}
	held, err := writtenBy(source, ds, "validation-writers", keep)
	if err == nil && ranges == "" {
		learned, err = source.Writers.Without(learned, keep)
	}
	return []augment.Source{
		{Drawings: learned, Times: times, Use: augment.TrainOnly},
		{Drawings: held, Use: augment.ValidationOnly},
	}, err
}

// spread returns at most wanted of the indices below n, at even distances.
func spread(n, wanted int) []int {
	wanted = min(n, wanted)
	index := make([]int, wanted)
	for i := range index {
		index[i] = i * n / wanted
	}
	return index
}
