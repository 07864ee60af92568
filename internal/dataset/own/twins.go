package own

import (
	"hash/maphash"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

// TwinsLeast is the share of the training images that have a twin among themselves from
// which on it is said: a few are in any collection.
const TwinsLeast = 0.01

// noteTwins says where the same image stands twice: with two labels, or to train and to
// measure on, so that what is measured says less about new images. An image without ink
// has no twins.
func (d *reading) noteTwins() {
	if !d.learns || d.Train.Labels == nil {
		return
	}
	seed := maphash.MakeSeed()
	label := make(map[uint64]string, d.Train.Len())
	again, torn := 0, 0
	for i := range d.Train.Len() {
		key, ink := Key(seed, d.Train.Image(i))
		if !ink {
			continue
		}
		first, known := label[key]
		switch {
		case !known:
			label[key] = d.Train.Labels[i]
		case strokes.Spelled(first) != strokes.Spelled(d.Train.Labels[i]):
			torn++
		default:
			again++
		}
	}
	if torn > 0 {
		d.note("%d of the images to train on equal another one with a different label", torn)
	}
	if float64(again) >= TwinsLeast*float64(d.Train.Len()) && again > 0 {
		d.note("%d of the images to train on equal another one: what --split keeps for validation may have been learned", again)
	}
	for i, part := range []*Part{d.Validation, d.Test} {
		if part != nil && part.Width == d.Train.Width && part.Height == d.Train.Height {
			d.noteShared(part, []string{"validate", "test"}[i], func(image []uint8) bool {
				key, ink := Key(seed, image)
				_, known := label[key]
				return ink && known
			})
		}
	}
}

// noteShared says how many images of a part are among those to train on.
func (d *reading) noteShared(part *Part, use string, trained func(image []uint8) bool) {
	shared := 0
	for i := range part.Len() {
		if trained(part.Image(i)) {
			shared++
		}
	}
	if shared > 0 {
		d.note("%d of the %d images to %s are among those to train on", shared, part.Len(), use)
	}
}

// Key returns what tells an image from others, and whether it has any ink: whether
// its values differ at all.
func Key(seed maphash.Seed, image []uint8) (key uint64, ink bool) {
	return maphash.Bytes(seed, image), slices.ContainsFunc(image, func(v uint8) bool { return v != image[0] })
}
