package load

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/background"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/model"
)

// LooksLike reports whether a label of a data set cannot be told from one of an
// alphabet and so cannot serve as background for it. The 26 classes of unipen-letters
// are capitals and small letters.
func LooksLike(alphabet string, source *dataset.Source, label string) bool {
	return background.LooksLike(alphabet, label) ||
		source.Name == "unipen-letters" && background.LooksLike(alphabet, strings.ToLower(label))
}

// addBackgrounds reads the sets of images that show none of the classes. It leaves out
// images that look like one of them.
func (m *Mixture) addBackgrounds(b *blend) error {
	list, err := Parse(m.Background)
	if err != nil {
		return err
	}
	for _, one := range list {
		data := m.Data
		data.Name, data.Names = one.Name, nil
		source, err := data.Source()
		if err != nil {
			return err
		}
		added, err := m.backgroundSources(b, &data, source, one.Times)
		if err != nil {
			return err
		}
		b.join("", added...)
	}
	return nil
}

// backgroundSources reads one set of Background.
func (m *Mixture) backgroundSources(b *blend, data *Data, source *dataset.Source, times int) ([]augment.Source, error) {
	alphabet := background.Alphabet(b.classes)
	switch {
	case source.NoClass:
		drawn, err := source.Refused(data.Dir)
		if err != nil {
			return nil, err
		}
		ds := b.asBackground(drawn.Classes, m.unlike(alphabet, source, drawn.Classes, drawn.Train))
		return []augment.Source{{Drawings: ds, Times: times, Use: augment.TrainOnly}}, nil
	case source.HasDrawings():
		drawn, err := source.Drawings(data.Dir, nil)
		if err != nil {
			return nil, err
		}
		labels := drawn.InData()
		return m.written(data, source, b.asBackground(labels, m.unlike(alphabet, source, labels, drawn.Train)), times)
	}
	pair, err := data.Pair()
	if err != nil {
		return nil, err
	}
	set := pair.Train
	var some []int
	for i, label := range set.Labels {
		if !LooksLike(alphabet, source, set.InData()[label]) {
			some = append(some, i)
		}
	}
	m.tell(source.Name, alphabet, len(some), set.Len())
	var chosen []int
	for _, i := range spread(len(some), backgroundImages) {
		chosen = append(chosen, some[i])
	}
	of := augment.Source{Images: set.Select(chosen), Times: times}
	for _, label := range set.InData() {
		of.Kinds = append(of.Kinds, b.kind(label))
	}
	return []augment.Source{of}, nil
}

// unlike returns the drawings that look like nothing of an alphabet.
func (m *Mixture) unlike(alphabet string, source *dataset.Source, labels []string, ds []strokes.Drawing) []strokes.Drawing {
	kept := slices.DeleteFunc(slices.Clone(ds), func(d strokes.Drawing) bool {
		return d.Label >= 0 && LooksLike(alphabet, source, labels[d.Label])
	})
	m.tell(source.Name, alphabet, len(kept), len(ds))
	return kept
}

// tell says what was left out of a set.
func (m *Mixture) tell(name, alphabet string, kept, all int) {
	if kept < all && m.Data.Log != nil {
		fmt.Fprintf(m.Data.Log, "%s: %d of %d are the background; the others look like %s\n", name, kept, all, alphabet)
	}
}

// asBackground returns drawings of a set with these labels as what shows none of the classes: see
// augment.Mix.
func (b *blend) asBackground(labels []string, ds []strokes.Drawing) []strokes.Drawing {
	ds = slices.Clone(ds)
	for i := range ds {
		label := "" // of somebody's own drawings, which may have none
		if at := ds[i].Label; at >= 0 && at < len(labels) {
			label = labels[at]
		}
		ds[i].Label = -1 - b.kind(label)
	}
	return ds
}

// kind returns which class of the background a label of one of its sets is.
func (b *blend) kind(label string) int {
	name := "background"
	if b.kinds && label != "" {
		name += " " + label
	}
	if i := slices.Index(b.background, name); i >= 0 {
		return i
	}
	b.background = append(b.background, name)
	return len(b.background) - 1
}

// Background reads images that show none of a model's classes: the images that Test
// reads, without those that look like a class.
func (d *Data) Background(m *model.Model) (*dataset.Set, error) {
	source, err := d.Source()
	if err != nil {
		return nil, err
	}
	set, _, err := d.test(m)
	if err != nil {
		return nil, err
	}
	if set.Width != m.Width() || set.Height != m.Height() {
		return nil, fmt.Errorf("%s: got images of %dx%d, want the model's input %dx%d", d.Name, set.Width, set.Height, m.Width(), m.Height())
	}
	alphabet, labels := background.Alphabet(m.Labels), set.InData()
	var kept []int
	for i, label := range set.Labels {
		if !LooksLike(alphabet, source, labels[label]) {
			kept = append(kept, i)
		}
	}
	set = set.Select(kept).As(m.Recipe)
	set.Classes = labels
	return set, nil
}

// Titled is a set and what tables call it.
type Titled struct {
	Title string
	*dataset.Set
}

// Backgrounds reads several sets as Background reads one, each a NAME, or NAME/WRITERS
// for other writers than its usual ones.
func (d *Data) Backgrounds(m *model.Model, list []string) ([]Titled, error) {
	var sets []Titled
	for _, title := range list {
		data := *d
		data.Name, data.Writers = strings.TrimSpace(title), ""
		if name, writers, chosen := strings.Cut(data.Name, "/"); chosen && dataset.IsNamed(name) {
			if err := CheckWriters("background NAME/WRITERS", writers, name); err != nil {
				return nil, err
			}
			data.Name, data.Writers = name, writers
		}
		set, err := data.Background(m)
		if err != nil {
			return nil, fmt.Errorf("--background: %w", err)
		}
		sets = append(sets, Titled{strings.TrimSpace(title), set})
	}
	return sets, nil
}
