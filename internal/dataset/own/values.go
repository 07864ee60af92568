package own

import (
	"fmt"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/picture"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// given returns the range that is known before a part is read, or the zero Range if the
// part itself decides it.
func (d *reading) given() pixels.Range {
	if d.Pixels != (pixels.Range{}) {
		return d.Pixels
	}
	if d.values == (pixels.Range{}) && d.Kept != nil {
		low, high := d.Kept.Range()
		d.values = pixels.Range{Low: float64(low), High: float64(high)}
	}
	return d.values
}

// rangeOf returns what the values of a part of n images mean. The first part asked
// about is the training part, which decides for all unless the range is known.
func (d *reading) rangeOf(s pixels.Stats, n int) (pixels.Range, error) {
	known := d.given()
	switch {
	case d.Pixels != (pixels.Range{}):
		return known, nil
	case known == (pixels.Range{}):
		var err error
		d.values, err = s.Range()
		return d.values, err
	}
	asked, err := known.Asked(s, n)
	if err == nil && asked != known {
		if d.Kept == nil {
			return known, fmt.Errorf("pixels: got values %s, want %s as in training", s, known)
		}
		d.values = asked
	}
	return asked, err
}

// shape returns the size of images of n pixels each, as they lie in the data: the
// wanted size if it has n pixels, otherwise a square.
func (d *reading) shape(n int) (width, height int, err error) {
	if d.Width*d.Height == n {
		if d.isTransposed() {
			return d.Height, d.Width, nil
		}
		return d.Width, d.Height, nil
	}
	side := 1
	for side*side < n {
		side++
	}
	if side*side != n {
		return 0, 0, fmt.Errorf("got %d pixels an image, want a square, or as many as the size has", n)
	}
	return side, side, nil
}

// settle inverts and transposes the images of all parts where needed, and brings them
// to the wanted size.
func (d *reading) settle() error {
	if d.Train == nil {
		if err := d.settleTrain(); err != nil {
			return err
		}
	}
	for _, part := range []*Part{d.Validation, d.Test} {
		if part != nil && (part.Width != d.Train.Width || part.Height != d.Train.Height) {
			return fmt.Errorf("%s: got images of %dx%d to test, want %dx%d as in training",
				d.path, part.Width, part.Height, d.Train.Width, d.Train.Height)
		}
	}
	if err := checkSides(d.Train.Width, d.Train.Height); err != nil {
		return fmt.Errorf("%s: %w", d.path, err)
	}
	d.noteRange()
	d.invert()
	d.transpose()
	return d.resize()
}

// settleTrain uses another part as the training part if there is none.
func (d *reading) settleTrain() error {
	for i, part := range []**Part{&d.Validation, &d.Test} {
		if *part != nil {
			d.Train, *part, d.apart = *part, nil, true
			d.note("there are only images to %s: all are taken", []string{"validate", "test"}[i])
			return nil
		}
	}
	return fmt.Errorf("%s: got no image, want one at least", d.path)
}

// noteRange keeps and says what numbers mean.
func (d *reading) noteRange() {
	r := d.given()
	if r != pixels.Bytes {
		d.Source.Low, d.Source.High = float32(r.Low), float32(r.High)
		d.note("%s", r.Note())
	}
}

// invert makes dark ink light if the flag or the model says so. Without either, it
// does so if the recipe is the one for drawings and the training part shows dark ink.
func (d *reading) invert() {
	dark, share := pixels.DarkOnLight(d.Train.Pixels, d.Train.Width, d.Train.Height)
	drawn := d.Recipe.Draws()
	switch {
	case d.Invert == Yes:
		d.Source.Inverted = true
		d.note("all images were inverted (--invert yes)")
	case d.Invert == No:
	case d.Kept != nil && d.Kept.Inverted:
		d.Source.Inverted = true
		d.note("all images were inverted as in training (--invert no keeps them)")
	case d.Kept != nil && pixels.Ground(d.Train.Pixels, d.Train.Width, d.Train.Height).Against(d.Reader.Ground):
		d.note("nearly all images lie on another ground than those in training, which is %s (--invert yes inverts them)", d.Reader.Ground)
	case d.Kept != nil && drawn && dark:
		d.note("%.0f %% of the images are dark on light, unlike those in training (--invert yes inverts them)", 100*share)
	case d.Kept == nil && drawn && dark:
		d.Source.Inverted = true
		d.note("%s", pixels.InvertNote(share))
	}
	for i, part := range d.parts() {
		if *part == nil {
			continue
		}
		if i > 0 && drawn {
			d.noteGround(*part, i, dark)
		}
		if d.Source.Inverted {
			pixels.Invert((*part).Pixels)
		}
	}
}

// noteGround says that a part to validate or test is dark on light and the training part
// light on dark, or the other way round.
func (d *reading) noteGround(part *Part, i int, dark bool) {
	if other, _ := pixels.DarkOnLight(part.Pixels, part.Width, part.Height); other == dark {
		return
	}
	ground := []string{"light on dark", "dark on light"}
	if dark {
		slices.Reverse(ground)
	}
	d.note("the images to %s are %s, those to train on %s: they do not mean the same",
		[]string{"", "validate", "test"}[i], ground[1], ground[0])
}

// isTransposed reports whether the data's rows are columns.
func (d *reading) isTransposed() bool {
	switch d.Transpose {
	case Yes:
		return true
	case No:
		return false
	}
	return isEMNIST(d.path) || d.Kept != nil && d.Kept.Transposed
}

// transpose exchanges rows and columns where the data have them so.
func (d *reading) transpose() {
	if d.Source.Transposed = d.isTransposed(); !d.Source.Transposed {
		return
	}
	switch {
	case d.Transpose == Yes:
		d.note("rows and columns were exchanged (--transpose yes)")
	case isEMNIST(d.path):
		d.note("%s", pixels.TransposeNote())
	default:
		d.note("rows and columns were exchanged as in training (--transpose no keeps them)")
	}
	for _, part := range d.parts() {
		if p := *part; p != nil {
			pixels.Transpose(p.Pixels, p.Width, p.Height)
			p.Width, p.Height = p.Height, p.Width
		}
	}
}

// resize brings the images of all parts to the wanted size, by the recipe.
func (d *reading) resize() error {
	if d.Width == 0 || d.Width == d.Train.Width && d.Height == d.Train.Height {
		return nil
	}
	how := "scaled to"
	if d.Recipe.Draws() {
		how = "traced and drawn at"
	}
	d.note("the images, of %dx%d, were %s %dx%d", d.Train.Width, d.Train.Height, how, d.Width, d.Height)
	for _, part := range d.parts() {
		old := *part
		if old == nil {
			continue
		}
		fresh := &Part{Width: d.Width, Height: d.Height, From: old.From, Labels: old.Labels, IDs: old.IDs}
		*part = d.see(fresh, old.Len(), func(dst []uint8, i int) (picture.Seen, error) {
			return picture.Seen{Drawn: seeImage(dst, d.Reader, old, i)}, nil
		}, func(i int) string { return fmt.Sprintf("%s: image %d", d.Name, i) })
	}
	return nil
}

// defaultSize returns the size of images made of pictures.
func (d *reading) defaultSize() (width, height int) {
	if d.Width == 0 {
		return dataset.Side, dataset.Side
	}
	return d.Width, d.Height
}
