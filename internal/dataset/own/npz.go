package own

import (
	"fmt"
	"slices"

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
	left, names := choice.Left(archive.Arrays)
	d.noteArrays(archive, left)
	places := []npz.Place{choice.Train, choice.Validation, choice.Test}
	for i, part := range d.parts() {
		if places[i].Images < 0 {
			continue
		}
		labelled := places[i].Labels >= 0
		if *part, err = d.readArray(archive, places[i].Images, labelled); err != nil {
			return err
		}
		if !labelled {
			continue
		}
		if (*part).Labels, err = npz.ReadLabels(d.ctx, archive, places[i].Labels, (*part).Len()); err != nil {
			return err
		}
	}
	return d.readNames(archive, names)
}

// noteArrays says which arrays are left out.
func (d *reading) noteArrays(archive *npy.Archive, left []int) {
	var called []string
	for _, at := range left {
		called = append(called, archive.Arrays[at].Name)
	}
	if d.learns && len(called) > 0 {
		d.note("left out the arrays %s", some(called))
	}
}

// readArray reads the images of one array. Their range is known before, unless they
// are the first; then the values say it as they are read. That there is a label for each image
// says that the first side counts them.
func (d *reading) readArray(archive *npy.Archive, i int, labelled bool) (*Part, error) {
	if !labelled {
		if err := d.checkAxes(archive.Arrays[i].Shape); err != nil {
			return nil, fmt.Errorf("%s: %w", archive.Arrays[i].Name, err)
		}
	}
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

// checkAxes returns an error for images that a model is asked about whose last side counts them,
// (height, width, N) or (pixels, N), as MATLAB has them: read as (N, ...) they would be of
// another size and show nothing that anybody drew.
func (d *reading) checkAxes(shape []int) error {
	if d.Kept == nil || d.Width == 0 {
		return nil
	}
	sides := slices.DeleteFunc(slices.Clone(shape), func(side int) bool { return side == 1 })
	is := func(height, width int) bool { return height == d.Height && width == d.Width }
	switch len(sides) {
	case 3:
		if !is(sides[1], sides[2]) && (is(sides[0], sides[1]) || is(sides[1], sides[0])) {
			return fmt.Errorf("got the shape %v, want (%d, %d, %d): np.moveaxis(x, -1, 0) puts the images first",
				shape, sides[2], sides[0], sides[1])
		}
	case 2:
		if pixels := d.Width * d.Height; sides[0] == pixels && sides[1] != pixels {
			return fmt.Errorf("got the shape %v, want (%d, %d): x.T puts the images first", shape, sides[1], sides[0])
		}
	}
	return nil
}
