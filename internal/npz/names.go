// Package npz finds images and labels among the arrays of an .npz file by their usual
// names, and reads them in blocks, so that of a file of any size no more is in memory
// than the pixels.
package npz

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/npy"
)

// Place is where the images of a part and their labels stand among an archive's
// arrays; -1: nowhere.
type Place struct{ Images, Labels int }

// Choice holds the places of a file's parts.
type Choice struct{ Train, Validation, Test Place }

// Words that names are made of, without capitals, "_", "-", "." and blanks. What
// stands first is preferred.
var (
	partWords = [][]string{
		{"training", "train", "tr", ""},
		{"validation", "valid", "val", "dev"},
		{"testing", "test", "t10k", "te"},
	}
	imageWords = []string{"x", "images", "image", "imgs", "img", "pixels", "data", "features", "inputs"}
	labelWords = []string{"y", "labels", "label", "targets", "target", "classes", "class"}
	nameWords  = []string{"classnames", "classname", "labelnames", "labelname", "targetnames", "names", "classes", "labels",
		"categories", "characters", "letters", "symbols"}
)

// Pick chooses arrays by their names: x_train and y_train, X_train, train_images and
// train_labels, images and labels, data and target, x and y, and their counterparts
// for test and validation, in any case; else arr_0 and arr_1, as np.savez calls what
// has no name. Labels may be missing. No images are an error that lists the arrays; two
// arrays that both may be a part's images, or its labels, are one that names them.
func Pick(arrays []npy.Info) (Choice, error) {
	c := Choice{Place{-1, -1}, Place{-1, -1}, Place{-1, -1}}
	for part, place := range []*Place{&c.Train, &c.Validation, &c.Test} {
		for _, word := range partWords[part] {
			place.Images = find(arrays, word, imageWords)
			place.Labels = find(arrays, word, labelWords)
			if place.Images < 0 {
				continue
			}
			if err := several(arrays, word, *place); err != nil {
				return c, err
			}
			break
		}
		if place.Images < 0 {
			place.Labels = -1
		}
	}
	if c.Train.Images < 0 && c.Test.Images < 0 {
		c = unnamed(arrays)
	}
	if c.Train.Images < 0 && c.Test.Images < 0 {
		return c, errors.New("got " + list(arrays) + "; want x_train and y_train, images and labels, data and target, or arr_0 and arr_1")
	}
	for _, place := range []Place{c.Train, c.Validation, c.Test} {
		for _, at := range []int{place.Images, place.Labels} {
			if at >= 0 && arrays[at].Err != nil {
				return c, fmt.Errorf("%s: %w", arrays[at].Name, arrays[at].Err)
			}
		}
		if place.Images >= 0 && place.Labels >= 0 && rows(arrays[place.Images]) != rows(arrays[place.Labels]) {
			return c, fmt.Errorf("got %s and %s, want one label per image%s", arrays[place.Images], arrays[place.Labels],
				turned(arrays[place.Images], arrays[place.Labels]))
		}
	}
	return c, nil
}

// turned says what helps where the last side of images or labels counts them, as MATLAB has it;
// "" where it does not.
func turned(images, labels npy.Info) string {
	last := func(a npy.Info) int { return a.Shape[max(len(a.Shape)-1, 0)] }
	switch {
	case len(images.Shape) < 2 || len(labels.Shape) == 0:
		return ""
	case last(images) == rows(labels) && rows(labels) > 1:
		return fmt.Sprintf(": np.moveaxis(%s, -1, 0) puts the images first", images.Name)
	case len(labels.Shape) == 2 && last(labels) == rows(images):
		return fmt.Sprintf(": %s.T puts the labels first", labels.Name)
	case len(labels.Shape) == 2 && last(labels) == last(images):
		return fmt.Sprintf(": np.moveaxis(%s, -1, 0) and %s.T put the images first", images.Name, labels.Name)
	}
	return ""
}

// several returns an error where another array may be the images of a part as well, of
// another number or with labels of its own, or another their labels.
func several(arrays []npy.Info, part string, place Place) error {
	images, labels := all(arrays, part, imageWords), all(arrays, part, labelWords)
	n := rows(arrays[place.Images])
	labels = slices.DeleteFunc(labels, func(at int) bool { return rows(arrays[at]) != n })
	for _, at := range images {
		if rows(arrays[at]) != n {
			return twice("images", arrays[place.Images], arrays[at])
		}
	}
	if len(labels) < 2 {
		return nil
	}
	if len(images) > 1 {
		return twice("images", arrays[images[0]], arrays[images[1]])
	}
	return twice("labels", arrays[labels[0]], arrays[labels[1]])
}

// twice returns the error for two arrays that may both be the same.
func twice(what string, one, other npy.Info) error {
	return fmt.Errorf("got %s and %s, which both may be the %s, want one of them: "+
		"leave the other out of the file, with what belongs to it", one, other, what)
}

// all returns the arrays that find may return, in its order.
func all(arrays []npy.Info, part string, words []string) []int {
	var list []int
	for _, word := range words {
		for i, a := range arrays {
			if isCalled(a, part, word) {
				list = append(list, i)
			}
		}
	}
	return list
}

// isCalled reports whether an array's name consists of two words, in any order.
func isCalled(a npy.Info, part, word string) bool {
	name := strings.Map(letters, a.Name)
	return name == part+word || name == word+part
}

// Left returns the arrays that a choice leaves out: those that may be the classes' names, by
// their own name, and all others.
func (c Choice) Left(arrays []npy.Info) (left, names []int) {
	for i, a := range arrays {
		switch {
		case slices.ContainsFunc([]Place{c.Train, c.Validation, c.Test}, func(p Place) bool { return p.Images == i || p.Labels == i }):
		case (a.Err != nil || a.Type.Text() && isColumn(a)) && slices.Contains(nameWords, strings.Map(letters, a.Name)):
			names = append(names, i)
		default:
			left = append(left, i)
		}
	}
	return left, names
}

// find returns the array whose name consists of a part's word and one of these words,
// in any order; -1 if there is none.
func find(arrays []npy.Info, part string, words []string) int {
	list := all(arrays, part, words)
	if len(list) == 0 {
		return -1
	}
	return list[0]
}

// letters makes a capital small, and returns -1 for a character that joins words.
func letters(r rune) rune {
	switch {
	case r == '_' || r == '-' || r == '.' || r == ' ':
		return -1
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	}
	return r
}

// unnamed chooses among arr_0, arr_1, ...: images and labels, or images alone, then
// the same of a test part; or images, test images, labels, test labels.
func unnamed(arrays []npy.Info) Choice {
	var at [4]int
	for n := range at {
		name := fmt.Sprintf("arr_%d", n)
		at[n] = slices.IndexFunc(arrays, func(a npy.Info) bool { return a.Name == name })
	}
	none := Place{-1, -1}
	switch {
	case at[0] < 0 || len(arrays[at[0]].Shape) < 2:
		return Choice{none, none, none}
	case at[1] < 0:
		return Choice{Place{at[0], -1}, none, none}
	case at[3] < 0:
		return Choice{Place{at[0], at[1]}, none, none}
	case isColumn(arrays[at[1]]) && !isColumn(arrays[at[2]]):
		return Choice{Place{at[0], at[1]}, none, Place{at[2], at[3]}}
	}
	return Choice{Place{at[0], at[2]}, none, Place{at[1], at[3]}}
}

// isColumn reports whether an array has one value per row.
func isColumn(a npy.Info) bool {
	return len(a.Shape) == 1 || len(a.Shape) == 2 && a.Shape[1] == 1
}

// rows returns an array's first side, 0 if it has none.
func rows(a npy.Info) int {
	if len(a.Shape) == 0 {
		return 0
	}
	return a.Shape[0]
}

// list returns the arrays as a message names them, the first ten.
func list(arrays []npy.Info) string {
	if len(arrays) == 0 {
		return "no array"
	}
	const most = 10
	var texts []string
	for _, a := range arrays[:min(len(arrays), most)] {
		texts = append(texts, a.String())
	}
	if len(arrays) > most {
		texts = append(texts, fmt.Sprintf("and %d more", len(arrays)-most))
	}
	return "the arrays " + strings.Join(texts, ", ")
}
