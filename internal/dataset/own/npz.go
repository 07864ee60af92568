package own

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/npy"
	"github.com/seed-c844a918/inkling/internal/npz"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// readNPZ reads arrays by their usual names.
func (d *reading) readNPZ() error {
	file, size, err := openRegular(d.path)
	if err != nil {
		return err
	}
	defer file.Close()
	archive, err := npy.OpenZip(file, size)
	if err == nil {
		err = d.readArrays(archive)
	}
	if err != nil && d.ctx.Err() == nil {
		err = fmt.Errorf("npz: %s: %w", d.path, err)
	}
	return err
}

// readArrays reads the parts of an archive.
func (d *reading) readArrays(archive *npy.Archive) error {
	choice, err := npz.Pick(archive.Arrays)
	if err != nil {
		return err
	}
	if err := d.noteArrays(archive, choice); err != nil {
		return err
	}
	places := []npz.Place{choice.Train, choice.Validation, choice.Test}
	for i, part := range d.parts() {
		if places[i].Images < 0 {
			continue
		}
		if *part, err = d.readArray(archive, places[i].Images); err != nil {
			return err
		}
		if places[i].Labels < 0 {
			continue
		}
		if (*part).Labels, err = npz.ReadLabels(d.ctx, archive, places[i].Labels, (*part).Len()); err != nil {
			return err
		}
	}
	return nil
}

// noteArrays says which arrays are left out, and how to use one that names the classes.
func (d *reading) noteArrays(archive *npy.Archive, choice npz.Choice) error {
	left, names := choice.Left(archive.Arrays)
	if !d.learns {
		return nil
	}
	if names >= 0 {
		if err := d.noteNames(archive, names); err != nil {
			return err
		}
	}
	var called []string
	for _, at := range left {
		if at != names {
			called = append(called, archive.Arrays[at].Name)
		}
	}
	if len(called) > 0 {
		d.note("left out the arrays %s", some(called))
	}
	return nil
}

// noteNames says how to use an array that may hold the classes' names.
func (d *reading) noteNames(archive *npy.Archive, names int) error {
	const most = 16 << 10 // bytes, four for each character: what a command takes
	info, example := archive.Arrays[names], "NAME,NAME,..."
	if info.Len()*info.Type.Size() <= most {
		array, err := archive.Read(d.ctx, names)
		if err != nil {
			return err
		}
		if texts := array.Texts(); !slices.ContainsFunc(texts, func(text string) bool { return strings.ContainsAny(text, ",") }) {
			example = strings.Join(texts, ",")
		}
	}
	d.note("the array %s holds %d texts, which are not used: where they name the classes, --labels %q does", info.Name, info.Len(), example)
	return nil
}

// readArray reads the images of one array. Their range is known before, unless they
// are the first; then the values say it as they are read.
func (d *reading) readArray(archive *npy.Archive, i int) (*Part, error) {
	known := d.given()
	o := npz.Options{Range: known}
	if d.Progress != nil {
		o.Progress = func(done, total int64) { d.Progress(int(done), int(total)) }
	}
	images, err := npz.ReadImages(d.ctx, archive, i, o)
	if err != nil {
		return nil, err
	}
	name := archive.Arrays[i].Name
	r, err := d.rangeOf(images.Stats, images.N)
	if err == nil && r != known && known != (pixels.Range{}) {
		images, err = npz.ReadImages(d.ctx, archive, i, npz.Options{Range: r, Progress: o.Progress})
	}
	if err == nil && images.Height == 0 {
		images.Width, images.Height, err = d.shape(images.Width)
	}
	if err == nil {
		err = checkSides(images.Width, images.Height)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &Part{Width: images.Width, Height: images.Height, From: name, Pixels: images.Pixels}, nil
}
