// Package own reads somebody's own data: folders of pictures, and images in tables
// of text, NumPy's or IDX files.
//
// Numbers become pixels 0..255 by one rule (package pixels), whatever file they stand
// in. It judges the whole training part once; what it found, a [Data] says in Source,
// which an .ink file keeps, so that other data that a model is asked about mean the
// same (Reader.Kept). Pictures say themselves what is black.
package own

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// Reader says how to read somebody's own data. The zero value, with a recipe, decides
// everything by the data.
type Reader struct {
	Width, Height int        // of the images, 1..1024; 0: those of the files, of pictures 28
	Recipe        ink.Recipe // how pictures, and images of another size, become images
	SkipBad       bool       // leave out pictures that cannot be read

	Pixels      pixels.Range // what is black and what is white among numbers; zero: the training part says it
	Invert      Decision     // whether the data are dark on light and are inverted; Auto: the training part says it
	Transpose   Decision     // whether the data's rows are columns and are exchanged; Auto: if the name is EMNIST's
	Named       bool         // the classes have names that are given: those in an .npz file are not used
	LabelColumn string       // of a table, by name or by number from 1, or "none"; "": by the usual names

	Ground ink.Ground    // of the pictures that a model has learned from
	Kept   *model.Source // how the training data of a model that is asked were read; nil: the data are to learn from
	Cache  string        // folder that keeps what pictures became; "": none

	Progress func(done, total int) // called while data are read, with bytes, values or pictures; may be nil
}

// Decision says whether something is done.
type Decision uint8

// The decisions.
const (
	Auto Decision = iota // the data decide
	Yes
	No
)

// Part holds the images of one part of the data.
type Part struct {
	Width, Height int
	From          string     // the array, folder or file that holds it; "": the data as a whole
	Pixels        []uint8    // (N, Height, Width), 0 no ink to 255
	Ground        ink.Ground // of nearly all pictures, before they were fitted; of numbers not told
	Labels        []string   // one per image as it stands in the data, whole numbers without fraction; nil: there are none
	IDs           []string   // one per image, what tells it from others in a table; nil: nothing does, or the data are to learn from
}

// Len returns the number of images.
func (p *Part) Len() int { return len(p.Pixels) / (p.Width * p.Height) }

// Image returns image i, (Height, Width): a view of Pixels, not a copy.
func (p *Part) Image(i int) []uint8 {
	size := p.Width * p.Height
	return p.Pixels[i*size : (i+1)*size : (i+1)*size]
}

// Data holds what was read.
type Data struct {
	Name                    string       // the last part of the path
	Train, Validation, Test *Part        // Validation and Test may be nil
	Numbers                 bool         // the data were numbers, not pictures
	Source                  model.Source // how numbers became pixels
	Notes                   []string     // what was assumed or left out, a sentence each
	Bad                     []error      // one for each picture that was left out

	learns  bool        // the data are to learn from
	apart   bool        // all images are to test or to validate, as the data say
	classes *classNames // what the data call their labels; nil: the labels are the names
}

// maxSide bounds the sides of images, as in the .ink file.
const maxSide = model.MaxSide

// Read reads the data at a path, decided by what lies there:
//
//	DIR/CLASS/...             pictures (package picture), a folder per class, in any depth
//	DIR/train/CLASS/...       the same in parts: train or training, val or validation, test or testing
//	DIR/CLASS/train/...       the same, the parts within the classes
//	DIR/train-images-...      IDX files with usual names (package idx), there or in folders of their own
//	...-images-idx3-ubyte     one IDX file of images, its labels beside it
//	FILE.npz                  arrays with usual names (package npz)
//	FILE.csv, .tsv, .txt      a table (package table), packed with gzip or zip, or not
//
// Other names are told by what the files begin with. Pictures that cannot be read, or
// in which nothing is drawn, are a *[BadFilesError]; with SkipBad they are left out.
// If the context ends, its error is returned.
func (r Reader) Read(ctx context.Context, path string) (*Data, error) {
	kind, err := kindOf(path)
	if err != nil {
		return nil, err
	}
	data := &Data{Name: nameOf(path), Numbers: kind != folderKind, learns: r.Kept == nil}
	d := &reading{Reader: r, ctx: ctx, path: path, Data: data}
	switch kind {
	case folderKind:
		err = d.readFolder()
	case idxFolderKind:
		err = d.readIDXFolder()
	case idxKind:
		err = d.readIDXFile()
	case npzKind:
		err = d.readNPZ()
	default:
		err = d.readTable()
	}
	if err == nil && data.Numbers {
		err = d.settle()
	}
	if err == nil {
		err = d.judgeBad()
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	if err := d.noteFlat(); err != nil {
		return nil, err
	}
	d.noteUnlabelled()
	d.noteMissing()
	d.noteTwins()
	return data, nil
}

// reading is what reading goes by and has found so far.
type reading struct {
	Reader
	*Data
	ctx    context.Context
	path   string
	values pixels.Range // what numbers mean; zero: not known yet
	total  int          // pictures there were
	blank  int          // pictures among Bad in which nothing is drawn
	dim    bool         // all pictures of a part are nearly black, and the recipe cannot stretch them
}

// note adds a sentence on what was assumed.
func (d *reading) note(format string, values ...any) {
	d.Notes = append(d.Notes, fmt.Sprintf(format, values...))
}

// parts returns where the parts are, in the order in which they are judged.
func (d *Data) parts() []**Part { return []**Part{&d.Train, &d.Validation, &d.Test} }

// Ground returns what nearly all images to train on lie on.
func (d *Data) Ground() ink.Ground {
	if d.Numbers {
		return pixels.Ground(d.Train.Pixels, d.Train.Width, d.Train.Height)
	}
	return d.Train.Ground
}

// Asked returns the images that a model is asked about: those for testing if there are
// any, otherwise those for validation, otherwise all.
func (d *Data) Asked() *Part {
	switch {
	case d.Test != nil:
		return d.Test
	case d.Validation != nil:
		return d.Validation
	}
	return d.Train
}

// Labelled returns the images that a model is measured on: as Asked does, of the parts with
// labels.
func (d *Data) Labelled() *Part {
	for _, part := range []*Part{d.Test, d.Validation} {
		if part != nil && part.Labels != nil {
			return part
		}
	}
	return d.Train
}

// Place says which images a part is, where they lie, and which are left out: "the 500 images
// to test (x_test); left out 3000 to train", or "all 600 images (x_train), as there are
// none to test"; "" where the data have no parts.
func (d *Data) Place(part *Part) string {
	from, left := "", d.Left(part)
	if part.From != "" {
		from = fmt.Sprintf(" (%s)", part.From)
	}
	switch {
	case left+from == "":
		return ""
	case left == "" && d.apart:
		return fmt.Sprintf("all %d images%s", part.Len(), from)
	case left == "":
		return fmt.Sprintf("all %d images%s, as there are none to test", part.Len(), from)
	}
	why := ""
	switch {
	case part == d.Test:
	case d.Test != nil:
		why = ", as those to test have no labels"
	case part == d.Train:
		why = ", as no others have labels"
	default:
		why = ", as there are none to test"
	}
	to := []string{"train", "validate", "test"}[slices.IndexFunc(d.parts(), func(p **Part) bool { return *p == part })]
	return fmt.Sprintf("the %d images to %s%s%s; left out %s", part.Len(), to, from, why, left)
}

// Left says which parts have images besides one: "3000 to train and 500 to validate"; "" if
// none has.
func (d *Data) Left(but *Part) string {
	var left []string
	for i, part := range d.parts() {
		if *part != nil && *part != but {
			left = append(left, fmt.Sprintf("%d to %s", (*part).Len(), []string{"train", "validate", "test"}[i]))
		}
	}
	return strings.Join(left, " and ")
}

// noteFlat says how many images show nothing, as all their values are the same; it refuses to
// learn from nothing else.
func (d *reading) noteFlat() error {
	if !d.learns || d.Train.Len() == 0 {
		return nil
	}
	flat, alike := 0, true
	for i := range d.Train.Len() {
		image := d.Train.Image(i)
		if !slices.ContainsFunc(image, func(v uint8) bool { return v != image[0] }) {
			flat++
		}
		alike = alike && image[0] == d.Train.Pixels[0]
	}
	switch n := d.Train.Len(); {
	case flat == n && alike && n > 1:
		return fmt.Errorf("%s: got %d images that are all of one and the same shade, want something to see in them", d.Name, n)
	case flat > 0:
		d.note("%d of the %d images to train on are of a single shade each", flat, n)
	}
	return nil
}

// missing are texts, in small letters, that tables have where a value is not known.
var missing = []string{"nan", "na", "n/a", "<na>", "null", "none", "nil", "?"}

// noteMissing says that a label may stand for a missing one.
func (d *reading) noteMissing() {
	for _, label := range slices.Compact(slices.Sorted(slices.Values(d.Train.Labels))) {
		if d.Numbers && slices.Contains(missing, strings.ToLower(label)) {
			d.note("the label %s is a class as any other: take its images out if it says that none is known", label)
		}
	}
}

// noteUnlabelled says that a part beside labelled images has no labels.
func (d *reading) noteUnlabelled() {
	if d.Train.Labels == nil {
		return
	}
	for i, part := range []*Part{d.Validation, d.Test} {
		if part != nil && part.Labels == nil {
			d.note("the %d images to %s have no labels, and are not measured on", part.Len(), []string{"validate", "test"}[i])
		}
	}
}

// nameOf returns the name of the data at a path.
func nameOf(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return filepath.Base(path)
}

// checkSides returns an error for images that no model takes.
func checkSides(width, height int) error {
	if width < 1 || height < 1 || width > maxSide || height > maxSide {
		return fmt.Errorf("got images of %dx%d, want 1..%d a side", width, height, maxSide)
	}
	return nil
}

// openRegular opens a file, but neither folder, pipe nor device, which would block.
func openRegular(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fmt.Errorf("%s: got %s, want a file", path, modeName(info.Mode()))
	}
	file, err := os.Open(path)
	return file, info.Size(), err
}
