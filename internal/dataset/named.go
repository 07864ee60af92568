package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// source is a published set: four IDX files, the same names for all sets.
type source struct {
	name    string
	title   string // as its authors write it
	licence string // licence; authors
	classes []string
	digests [4]string // SHA-256 of the uncompressed files, in the order of idxFiles
	mirrors []string  // folders that hold the files as gzip, ending in /
}

// idxFiles are the names and uncompressed sizes in bytes of a source's files.
var idxFiles = [4]struct {
	name string
	size int64
}{
	{"train-images-idx3-ubyte", 16 + 60000*28*28},
	{"train-labels-idx1-ubyte", 8 + 60000},
	{"t10k-images-idx3-ubyte", 16 + 10000*28*28},
	{"t10k-labels-idx1-ubyte", 8 + 10000},
}

// sources are the sets that can be downloaded, by name.
var sources = map[string]*source{
	"mnist": {
		name:    "mnist",
		title:   "MNIST",
		licence: "CC BY-SA 3.0; Y. LeCun, C. Cortes, C. Burges",
		classes: DigitNames(),
		digests: [4]string{
			"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
			"65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
			"0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
			"ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
		},
		mirrors: []string{
			"https://storage.googleapis.com/cvdf-datasets/mnist/",
			"https://ossci-datasets.s3.amazonaws.com/mnist/",
		},
	},
	"fashion-mnist": {
		name:    "fashion-mnist",
		title:   "Fashion-MNIST",
		licence: "MIT; Zalando Research",
		classes: []string{
			"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
			"Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
		},
		digests: [4]string{
			"c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
			"bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
			"5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
			"0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
		},
		// Its authors publish it over http only; the digests protect it.
		mirrors: []string{"http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"},
	},
}

// Names is the sets that Download fetches, sorted.
func Names() []string { return slices.Sorted(maps.Keys(sources)) }

// About is what one line says of a set that Download fetches, and its licence;
// both are empty for other names.
func About(name string) (title, licence string) {
	if s, ok := sources[name]; ok {
		return s.title, s.licence
	}
	return "", ""
}

// Missing is the files of a set that are not in dir, neither with .gz nor
// without.
func Missing(name, dir string) []string {
	var missing []string
	if s, ok := sources[name]; ok {
		for _, file := range idxFiles {
			if _, there := s.find(dir, file.name); !there {
				missing = append(missing, file.name)
			}
		}
	}
	return missing
}

// find returns the path of a file of the set, plain before .gz, and whether it is
// there; if not, the path it would be downloaded to.
func (s *source) find(dir, file string) (path string, there bool) {
	path = filepath.Join(dir, s.name, file)
	for _, path := range []string{path, path + ".gz"} {
		if _, err := os.Stat(path); err == nil {
			return path, true
		}
	}
	return path + ".gz", false
}

// open reads the four files, training and test side by side.
func (s *source) open(dir string) (Pair, error) {
	if missing := Missing(s.name, dir); len(missing) > 0 {
		return Pair{}, &missingError{s.name, filepath.Join(dir, s.name, missing[0])}
	}
	var train, test *Set
	var trainErr, testErr error
	var reading sync.WaitGroup
	reading.Go(func() { train, trainErr = s.openSet(dir, idxFiles[0].name, idxFiles[1].name) })
	reading.Go(func() { test, testErr = s.openSet(dir, idxFiles[2].name, idxFiles[3].name) })
	reading.Wait()
	if err := cmp.Or(trainErr, testErr); err != nil {
		return Pair{}, err
	}
	if test.Width != train.Width || test.Height != train.Height {
		path, _ := s.find(dir, idxFiles[2].name)
		return Pair{}, &FormatError{"idx", path, "image size", size(test), size(train) + " as in training"}
	}
	return Pair{train, test}, nil
}

// openSet reads images and their labels and checks one against the other.
func (s *source) openSet(dir, imageFile, labelFile string) (*Set, error) {
	imagePath, _ := s.find(dir, imageFile)
	labelPath, _ := s.find(dir, labelFile)
	labels, err := ReadLabels(labelPath)
	if err != nil {
		return nil, err
	}
	for i, label := range labels {
		if int(label) >= len(s.classes) {
			return nil, &FormatError{"idx", labelPath, fmt.Sprintf("label %d", i), fmt.Sprint(label), fmt.Sprintf("0..%d", len(s.classes)-1)}
		}
	}
	pixels, width, height, err := ReadImages(imagePath)
	if err != nil {
		return nil, err
	}
	if images := len(pixels) / (width * height); images != len(labels) {
		return nil, &FormatError{"idx", labelPath, "labels", fmt.Sprint(len(labels)), fmt.Sprintf("%d, one for each image of %s", images, imagePath)}
	}
	return &Set{Name: s.name, Width: width, Height: height, Pixels: pixels, Labels: wide(labels), Classes: slices.Clone(s.classes)}, nil
}

// wide returns an IDX file's labels as a set's.
func wide(labels []uint8) []uint16 {
	wide := make([]uint16, len(labels))
	for i, label := range labels {
		wide[i] = uint16(label)
	}
	return wide
}

// size is a set's image size for messages.
func size(s *Set) string { return fmt.Sprintf("%dx%d", s.Width, s.Height) }

// Verify compares the files of a set in dir with what its authors published.
// A file that differs is an error that names it.
func Verify(name, dir string) error {
	s, ok := sources[name]
	if !ok {
		return unknownName(name)
	}
	for i, file := range idxFiles {
		path, there := s.find(dir, file.name)
		if !there {
			return &missingError{name, path}
		}
		err := checkDigest(path, file.size, s.digests[i])
		if errors.Is(err, errWrongContent) {
			return fmt.Errorf("%s: %s: %w: remove it and run inkling data %s", name, path, err, name)
		}
		if err != nil {
			return inFile("idx", path, err)
		}
	}
	return nil
}

// missingError says that a set is not there and what helps.
type missingError struct{ name, path string }

func (e *missingError) Error() string {
	return fmt.Sprintf("%s: %s is not there: run inkling data %s to download it, or use --data synthetic", e.name, e.path, e.name)
}

func (e *missingError) Unwrap() error { return fs.ErrNotExist }
