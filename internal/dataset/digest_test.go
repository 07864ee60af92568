package dataset

import (
	"crypto/sha256"
	"fmt"
	"testing"
)

func TestPairDigest(t *testing.T) {
	pair := func(change func(train, test *Set)) string {
		train := &Set{Width: 1, Height: 2, Pixels: []uint8{1, 2, 3, 4}, Labels: []uint16{0, 1}, Classes: []string{"a", "b"}}
		test := &Set{Width: 1, Height: 2, Pixels: []uint8{5, 6}, Labels: []uint16{1}, Classes: train.Classes}
		change(train, test)
		return Pair{Train: train, Test: test}.Digest()
	}
	want := pair(func(_, _ *Set) {})
	if again := pair(func(train, _ *Set) { train.Name = "other" }); again != want {
		t.Errorf("another name: got %s, want %s", again, want)
	}
	for name, change := range map[string]func(train, test *Set){
		"pixel":      func(train, _ *Set) { train.Pixels[3]++ },
		"label":      func(train, _ *Set) { train.Labels[0]++ },
		"class":      func(train, _ *Set) { train.Classes = []string{"a", "c"} },
		"shape":      func(train, _ *Set) { train.Width, train.Height = 2, 1 },
		"test pixel": func(_, test *Set) { test.Pixels[0]++ },
	} {
		t.Run(name, func(t *testing.T) {
			if got := pair(change); got == want {
				t.Errorf("got the same digest %s", got)
			}
		})
	}
}

// TestPairDigestOfManyClasses tells labels apart that have the same lower byte.
func TestPairDigestOfManyClasses(t *testing.T) {
	digest := func(label uint16) string {
		set := &Set{Width: 1, Height: 1, Pixels: []uint8{9}, Labels: []uint16{label}, Classes: make([]string, 1000)}
		return Pair{Train: set}.Digest()
	}
	if digest(1) == digest(257) {
		t.Error("got the same digest for the labels 1 and 257")
	}
}

// TestPairDigestStays holds the digest to what checkpoints of earlier versions hold.
func TestPairDigestStays(t *testing.T) {
	set := &Set{Width: 1, Height: 1, Pixels: []uint8{7, 8}, Labels: []uint16{1, 0}, Classes: []string{"a", "b"}}
	want := fmt.Sprintf("%x", sha256.Sum256([]byte("2 1 1 [\"a\" \"b\"]\n\x01\x00\x07\x08")))
	if got := (Pair{Train: set}).Digest(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
