package sheet

import "github.com/seed-c844a918/inkling/internal/dataset"

// Augmented returns one row per class: images, each followed by what change makes of it
// in some epochs.
func Augmented(set *dataset.Set, change func(dst []uint8, image, epoch int), perClass, epochs int, seed uint64) []Row {
	rows := make([]Row, len(set.Classes))
	for class, index := range set.Sample(perClass, seed) {
		rows[class].Title = set.Classes[class]
		for _, i := range index {
			rows[class].Images = append(rows[class].Images, set.Ink(i))
			for epoch := range epochs {
				image := make([]uint8, set.Width*set.Height)
				change(image, i, epoch+1)
				rows[class].Images = append(rows[class].Images, image)
			}
		}
	}
	return rows
}
