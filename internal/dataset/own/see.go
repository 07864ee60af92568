package own

import (
	"fmt"
	"sync"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/parallel"
	"github.com/seed-c844a918/inkling/internal/picture"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// BadFilesError says which pictures could not be read.
type BadFilesError struct {
	Files []error // one for each, with its name; at least one
	Total int     // pictures there were
	Blank int     // of Files those in which the recipe drawing finds nothing drawn

	Numbers bool // they are images of a table or of arrays, that were of another size
	Asked   bool // a model is asked about them, whose recipe stands
}

// Error counts them and says what helps.
func (e *BadFilesError) Error() string {
	if e.Numbers {
		return fmt.Sprintf("nothing is drawn in %d of %d images, which are traced because they are not of the size wanted: "+
			"want images of that size, or drawings", e.Blank, e.Total) + e.hint("; --recipe picture takes them as they are")
	}
	text := fmt.Sprintf("%d of %d pictures cannot be read; --skip-bad leaves them out", len(e.Files), e.Total)
	if e.MostlyBlank() {
		text += fmt.Sprintf("; nothing is drawn in %d", e.Blank) + e.hint(": --recipe picture takes pictures as they are")
	}
	return text
}

// hint returns a text about a flag, "" where nothing takes it.
func (e *BadFilesError) hint(text string) string {
	if e.Asked {
		return ""
	}
	return text
}

// MostlyBlank reports whether the recipe drawing finds nothing drawn in most pictures,
// as it does in photographs of things.
func (e *BadFilesError) MostlyBlank() bool { return 2*e.Blank > e.Total }

// judgeBad returns an error for pictures that are all nearly black, and for bad ones, unless
// they are left out and others stay.
func (d *reading) judgeBad() error {
	if d.dim {
		return fmt.Errorf("%s: got pictures that are all nearly black, no value above %d of 255, as those of 0 and 1 or of "+
			"10 or 12 bits are; want values that reach 255, or 65535 of 16 bits: multiply them before they are saved", d.path, pixels.LeastByte-1)
	}
	if len(d.Bad) == 0 {
		return nil
	}
	wrong := &BadFilesError{Files: d.Bad, Total: d.total, Blank: d.blank, Numbers: d.Numbers, Asked: !d.learns}
	if !d.SkipBad || d.Train == nil || d.Train.Len() == 0 {
		return wrong
	}
	if wrong.MostlyBlank() {
		d.note("nothing is drawn in %d of %d pictures%s", d.blank, d.total, wrong.hint("; --recipe picture takes pictures as they are"))
	}
	for _, part := range []**Part{&d.Validation, &d.Test} {
		if *part != nil && (*part).Len() == 0 {
			*part = nil
		}
	}
	return nil
}

// see fills a part with n images that make makes, and reports whether there was
// something to see. It leaves out what is wrong and adds that to Bad, but for images of numbers
// that are empty, as they are at their own size, unless most are; called is what errors call
// an image.
func (d *reading) see(part *Part, n int, fill func(dst []uint8, i int) (picture.Seen, error), called func(i int) string) *Part {
	part.Pixels = make([]uint8, n*part.Width*part.Height)
	wrong := make([]error, n)
	var done, read, dim, faint, blank, inverted, several, coloured int
	var grounds ink.Grounds
	var counting sync.Mutex
	_ = parallel.For(n, func(i int) error { // what is wrong is kept for each picture
		if d.ctx.Err() != nil {
			return d.ctx.Err()
		}
		seen, err := fill(part.Image(i), i)
		counting.Lock()
		defer counting.Unlock()
		grounds[seen.Ground]++
		if seen.Ground.Against(d.Reader.Ground) {
			inverted++
		}
		if seen.Several {
			several++
		}
		if seen.Coloured {
			coloured++
		}
		if err == nil {
			read++
		}
		if seen.Dim {
			dim++
		}
		if seen.Faint && err == nil {
			faint++
		}
		if err == nil && !seen.Drawn {
			blank++
			err = fmt.Errorf("%s: nothing is drawn in it", called(i))
		}
		wrong[i] = err
		if done++; d.Progress != nil {
			d.Progress(done, n)
		}
		return nil
	})
	if d.Numbers && 2*blank <= n {
		if blank > 0 && !d.learns { // noteFlat says it of those to learn from
			d.note("nothing is drawn in %d of %d images, which stay empty", blank, n)
		}
		clear(wrong)
		blank = 0
	}
	d.total += n
	part.Ground = grounds.Common()
	d.dim = d.dim || dim > 1 && dim == read && (blank > 0 || !d.Recipe.Draws())
	if inverted > 0 {
		d.note("%d of %d pictures were inverted, as the model learned from pictures on %s ground", inverted, n, d.Reader.Ground)
	}
	if faint > 0 && !d.Recipe.Draws() {
		d.note("%d of %d pictures have little contrast, fewer than %d of 256 shades: the network sees them as faint as they are",
			faint, n, pixels.LeastByte)
	}
	if several > 0 {
		d.note("%d of %d files hold several pages or frames, of which the first was read", several, n)
	}
	if coloured > 0 && d.learns {
		d.note("%d of %d pictures are in colour: the network sees how light they are, not which colour", coloured, n)
	}
	if d.Recipe.Draws() {
		d.blank += blank
	}
	return d.without(part, wrong)
}

// without returns the part without the images that have an error.
func (d *reading) without(part *Part, wrong []error) *Part {
	good := 0
	size := part.Width * part.Height
	for i, err := range wrong {
		if err != nil {
			d.Bad = append(d.Bad, err)
			continue
		}
		copy(part.Pixels[good*size:], part.Image(i))
		if part.Labels != nil {
			part.Labels[good] = part.Labels[i]
		}
		if part.IDs != nil {
			part.IDs[good] = part.IDs[i]
		}
		good++
	}
	part.Pixels = part.Pixels[:good*size]
	if part.Labels != nil {
		part.Labels = part.Labels[:good]
	}
	if part.IDs != nil {
		part.IDs = part.IDs[:good]
	}
	return part
}

// form returns how pictures become images of a size: of a drawing, its ink.
func (r *Reader) form(width, height int) ink.Form {
	f := ink.Form{Recipe: r.Recipe, Width: width, Height: height}
	if f.Recipe.Draws() {
		f.Recipe = ink.Drawing
	}
	return f
}

// seeImage makes an image of another size of image i of a part. What its numbers mean was
// said of all.
func seeImage(dst []uint8, r Reader, part *Part, i int) bool {
	seen, _ := picture.See(dst, r.form(r.Width, r.Height), ink.AnyGround, pictureOf(part.Image(i), part.Width, part.Height))
	return seen
}

// pictureOf returns a grey image as a picture.
func pictureOf(image []uint8, width, height int) ink.Picture {
	p := ink.Picture{Width: width, Height: height, RGBA: make([]uint8, 4*len(image))}
	for i, v := range image {
		p.RGBA[4*i], p.RGBA[4*i+1], p.RGBA[4*i+2], p.RGBA[4*i+3] = v, v, v, 255
	}
	return p
}
