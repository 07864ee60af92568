package dataset

import (
	"errors"
	"io/fs"

	"github.com/seed-c844a918/inkling/internal/dataset/published"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// catalogue holds the sets that have a name, in the order of lists. A new set is a
// row here.
var catalogue = []*Source{
	{
		Name:    "mnist",
		Title:   "MNIST",
		Licence: "CC BY-SA 3.0; Y. LeCun, C. Cortes, C. Burges",
		Measure: true,
		Classes: DigitNames(),
		Recipe:  ink.Drawing,
		Side:    28, Train: 60000, Test: 10000,
		Files: idxFiles(28, 60000, 10000, [4]string{
			"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
			"65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
			"0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
			"ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
		}, "https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"),
		Command: "inkling data mnist",
		images:  openIDX,
	},
	{
		Name:    "fashion-mnist",
		Title:   "Fashion-MNIST",
		Licence: "MIT; Zalando Research",
		Classes: []string{
			"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
			"Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
		},
		Strange: true,
		Recipe:  ink.Photo,
		Side:    28, Train: 60000, Test: 10000,
		Files: idxFiles(28, 60000, 10000, [4]string{
			"c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
			"bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
			"5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
			"0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
		}, "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"), // over http only; the digests protect it
		Command: "inkling data fashion-mnist",
		images:  openIDX,
	},
	{
		Name:    "pen",
		Title:   "digits of 30 people as strokes",
		Licence: "CC BY 4.0; E. Alpaydin, F. Alimoglu; UCI 81",
		Measure: true,
		Strokes: true,
		Classes: DigitNames(),
		Recipe:  ink.Drawing,
		Side:    Side, Train: 7494,
		Files:    []published.File{{Name: "pen_train.json", Packed: ".gz"}},
		Obtain:   "fetch pendigits-orig.tra.Z from the UCI repository (data set 81, CC BY 4.0), unpack it",
		Command:  "inkling data pen --unipen pendigits-orig.tra",
		Unipen:   true,
		Writers:  &Writers{Fit: "1-20", Evaluate: "21-25"},
		drawings: readPublishedStrokes,
	},
	{
		Name:    "synthetic",
		Title:   "digits that inkling draws itself",
		Classes: DigitNames(),
		Recipe:  ink.Drawing,
		Side:    Side, Train: synth.TrainDigits, Test: synth.TestDigits,
		drawings: func(s *Source, _ string) (Drawn, error) {
			train, test := synth.DigitParts()
			return Drawn{Train: train, Test: test, Classes: s.Classes}, nil
		},
	},
	{
		Name:    "non-digits",
		Title:   "scribbles, letters, two digits and shapes that inkling draws itself",
		NoClass: true,
		Classes: synth.NonDigitKinds(),
		Recipe:  ink.Drawing,
		Side:    Side, Train: 4 * synth.NonDigitsEach, Test: 4 * synth.NonDigitsEach,
		drawings: func(s *Source, _ string) (Drawn, error) {
			train, test := synth.NonDigitParts()
			return Drawn{Train: train, Test: test, Classes: s.Classes}, nil
		},
		refused: refusedNonDigits,
	},
	unipenDigits, unipenUpper, unipenLower, unipenLetters, unipenSigns, omniglot,
	emnistBalanced, emnistLetters, emnistDigits,
	madeKinds[0].source(), madeKinds[1].source(), madeKinds[2].source(), madeKinds[3].source(),
}

// idxFiles returns MNIST's four files for square images: their names, their sizes,
// their digests in the order of the names, and the mirrors that hold them as gzip.
func idxFiles(side, train, test int, digests [4]string, mirrors ...string) []published.File {
	file := func(name string, size int, digest string) published.File {
		return published.File{Name: name, Packed: ".gz", Size: int64(size), SHA256: digest, Mirrors: mirrors}
	}
	return []published.File{
		file(TrainImages, 16+train*side*side, digests[0]),
		file(TrainLabels, 8+train, digests[1]),
		file(TestImages, 16+test*side*side, digests[2]),
		file(TestLabels, 8+test, digests[3]),
	}
}

// readPublishedStrokes reads the stroke file of a set in a data directory.
func readPublishedStrokes(s *Source, dir string) (Drawn, error) {
	path := s.Path(dir)
	drawn, err := readStrokes(path, s.Classes)
	if errors.Is(err, fs.ErrNotExist) {
		return Drawn{}, s.missing(path)
	}
	return drawn, err
}
