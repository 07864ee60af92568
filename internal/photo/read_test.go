package photo_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// unpacked returns a gzip file's content behind a header, from INKLING_DATA.
func unpacked(t *testing.T, header int, path ...string) []byte {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join(append([]string{os.Getenv("INKLING_DATA")}, path...)...))
	if err != nil {
		t.Skip(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data[header:]
}

// MNIST's digits, taken for pictures and traced, are read: 984 of these 1000 when
// they were worked on at 200x200, 981 at 112x112.
func TestTracedMNIST(t *testing.T) {
	const n, side, least = 1000, 28, 970
	images := unpacked(t, 16, "mnist", "t10k-images-idx3-ubyte.gz")
	labels := unpacked(t, 8, "mnist", "t10k-labels-idx1-ubyte.gz")
	m := digitsModel(t)
	right := 0
	for i := range n {
		p := ink.Picture{Width: side, Height: side}
		for _, v := range images[i*10*side*side:][:side*side] {
			p.RGBA = append(p.RGBA, v, v, v, 255)
		}
		if label, _ := answered(m, p); label == fmt.Sprint(labels[i*10]) {
			right++
		}
	}
	t.Logf("%d of %d right", right, n)
	if right < least {
		t.Errorf("got %d of %d right, want at least %d", right, n, least)
	}
}
