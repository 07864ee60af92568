package own

import (
	"fmt"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

// Pair returns the parts as sets whose classes are the labels as they stand in the
// data ([strokes.Spelled]), sorted as [dataset.Classify] does, or the names that the data
// have for them. Of data to learn from, a label to validate or test that training does not
// have is an error that names it. A part to validate or test that has no labels is left out.
func (d *Data) Pair() (dataset.Pair, error) {
	if d.Train.Labels == nil {
		return dataset.Pair{}, fmt.Errorf("%s: got %d images without labels, want one for each: "+
			"a table's column (--label-column names it), an .npz file's array y, an IDX file's ...-labels-idx1-ubyte beside it",
			d.Name, d.Train.Len())
	}
	var names []string // all different labels, those of training first
	place := map[string]int{}
	numbers := make([][]int, 3) // each part's labels as places in names
	for i, part := range d.parts() {
		if *part == nil || (*part).Labels == nil {
			continue
		}
		for _, label := range (*part).Labels {
			label = strokes.Spelled(label)
			at, known := place[label]
			if !known {
				if i > 0 && d.learns {
					return dataset.Pair{}, fmt.Errorf("%s: got the label %s to %s, which training does not have",
						d.Name, strconv.Quote(label), []string{"", "validate", "test"}[i])
				}
				at = len(names)
				place[label], names = at, append(names, label)
			}
			numbers[i] = append(numbers[i], at)
		}
	}
	classify := dataset.Classify
	if d.classes != nil {
		classify = d.classes.classify
	}
	meaning, classes, err := classify(names)
	if err != nil {
		return dataset.Pair{}, fmt.Errorf("%s: %w", d.Name, err)
	}
	var pair dataset.Pair
	for i, set := range []**dataset.Set{&pair.Train, &pair.Validation, &pair.Test} {
		if numbers[i] != nil {
			*set = d.set(*d.parts()[i], numbers[i], meaning, classes)
		}
	}
	return pair, nil
}

// Unlabelled returns the images that a model is asked about as a set without labels.
func (d *Data) Unlabelled() *dataset.Set {
	part := d.Asked()
	return &dataset.Set{Name: d.Name, Width: part.Width, Height: part.Height, Pixels: part.Pixels, IDs: part.IDs}
}

// set returns a part as a set; meaning is the class of each different label.
func (d *Data) set(part *Part, labels []int, meaning []uint16, classes []string) *dataset.Set {
	set := &dataset.Set{Name: d.Name, Width: part.Width, Height: part.Height, Pixels: part.Pixels, Classes: classes, IDs: part.IDs}
	if d.classes != nil {
		set.DataLabels = d.classes.labels()
	}
	set.Labels = make([]uint16, len(labels))
	for i, label := range labels {
		set.Labels[i] = meaning[label]
	}
	return set
}
