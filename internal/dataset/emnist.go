package dataset

import (
	"fmt"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/published"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// EMNIST (Cohen, Afshar, Tapson and van Schaik 2017, arXiv 1702.05373) is NIST's Special
// Database 19 in MNIST's form. Its images lie on their side. NIST publishes it in one zip
// archive. The addresses are those of torchvision (datasets/mnist.py, class EMNIST) and
// TensorFlow Datasets (url_checksums/emnist.txt), which has the archive's size, too.
var (
	emnistMirrors = []string{"https://biometrics.nist.gov/cs_links/EMNIST/", "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/"}
	emnistArchive = published.Archive{Name: "gzip.zip", Size: 561_753_746}
)

// The sizes are those of NIST's page: 131,600, 145,600 and 280,000 characters, of each
// class 2,400 to train on and 400 to test, of letters 4,800 and 800, of digits 24,000 and
// 4,000. The digests are those of the archive's members, as Connor Olding published them
// (mnists.py, 2018).
var (
	emnistBalanced = emnistRow("balanced", "digits and letters in 47 classes", emnistCharacters(), 0, 112_800, 18_800, [4]string{
		"74295e75e4e9fa2c102147460ee7eb763653d5132d883a84fb88932bfb8d2db4",
		"b46d41e5156a0a8aaaa4d18979fdd1588850fa8571018acffd5d93b325a7d6ed",
		"117fc12b015e37ea98bfb2cbba3f77c3782c056cdbd219b87abfc8661d7135db",
		"a67cac948379b67270b9a4d0a01c8ec661598accf2f2b1964340b7c83cb175cd",
	})
	emnistLetters = emnistRow("letters", "letters in either case", letterNames(), 1, 124_800, 20_800, [4]string{
		"6288f418a917e007bf5fddb823a2dc7a5c6a35031401b93292a539cb12bd881f",
		"9759af91ea6bccdf07a6040fd085861f2ec88e37f7c3f5760f6feb57106fbe5c",
		"50f0e93d75b99b463e9760b8345866f22587fa2c2fba472730a5ba09c693412d",
		"924955c31fe7fd809b7303b5c0141282955f4b8390c74cdfd5d80435e0f4b4cb",
	})
	emnistDigits = emnistRow("digits", "digits", DigitNames(), 0, 240_000, 40_000, [4]string{
		"f7c95004d14d81af89522e67d8f0c781dfb3bd544181c81bfe1eb6b41c35b726",
		"6638a6ff5fe2eefd9cca2471995b46c82986b8e4b2a70d2f5ce8e05d7edb319e",
		"20ebe43509264f7639d37c835a3f0b009e90b29e00a099a03101abe1644a3f63",
		"bad1834c45d5988e270b99d43b13edc3fd898f658ffbc2caf2846ef27f7b05b0",
	})
)

// emnistRow returns the row of one of EMNIST's sets; first is the label of the first of
// classes.
func emnistRow(name, title string, classes []string, first, train, test int, digests [4]string) *Source {
	const side = 28
	s := &Source{
		Name:    "emnist-" + name,
		Title:   "EMNIST: " + title,
		Licence: "no licence stated; G. Cohen, S. Afshar, J. Tapson, A. van Schaik; NIST",
		Classes: classes,
		Recipe:  ink.Drawing,
		Side:    side, Train: train, Test: test,
		Folder:  "emnist",
		Command: "inkling data emnist-" + name,
		first:   first, transposed: true,
		images: openIDX,
	}
	for i, part := range []struct {
		kind string
		size int
	}{
		{"train-images-idx3", 16 + train*side*side}, {"train-labels-idx1", 8 + train},
		{"test-images-idx3", 16 + test*side*side}, {"test-labels-idx1", 8 + test},
	} {
		s.Files = append(s.Files, published.File{
			Name: fmt.Sprintf("emnist-%s-%s-ubyte", name, part.kind), Packed: ".gz",
			Size: int64(part.size), PackedSHA256: digests[i], Mirrors: emnistMirrors, Archive: emnistArchive,
		})
	}
	return s
}

// emnistCharacters returns the classes of emnist-balanced in the order of its mapping
// file: ASCII's, without the small letters that look like their capitals (classes_split_dict
// of torchvision's EMNIST).
func emnistCharacters() []string {
	return strings.Split("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt", "")
}
