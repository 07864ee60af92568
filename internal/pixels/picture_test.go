package pixels

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// drawn returns n images of 8x8 with a stroke of ink on ground.
func drawn(n int, ground, ink uint8) []uint8 {
	pixels := bytes.Repeat([]byte{ground}, n*64)
	for i := range n {
		for y := 2; y < 6; y++ {
			pixels[i*64+y*8+3+i%2] = ink
		}
	}
	return pixels
}

func TestDarkOnLight(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]uint8, 100*64)
	for i := range noise {
		noise[i] = uint8(100 + random.IntN(30))
	}
	for _, c := range []struct {
		name   string
		pixels []uint8
		want   bool
	}{
		{"light on dark", drawn(20, 0, 255), false},
		{"dark on light", drawn(20, 255, 0), true},
		{"pencil on grey paper", drawn(20, 200, 120), true},
		{"photographs", noise, false},
		{"black", drawn(20, 0, 0), false},
		{"white", drawn(20, 255, 255), false},
		{"half of each", append(drawn(20, 0, 255), drawn(20, 255, 0)...), false},
		{"a blank page here and there", append(drawn(20, 255, 0), drawn(3, 255, 255)...), true},
		{"none", nil, false},
	} {
		if got, share := DarkOnLight(c.pixels, 8, 8); got != c.want {
			t.Errorf("%s: got %v (%.2f), want %v", c.name, got, share, c.want)
		}
	}
	if got, _ := DarkOnLight([]uint8{9, 1, 9}, 3, 1); !got {
		t.Errorf("one line: got light on dark, want dark on light")
	}
}

// idx returns the pixels of a packed IDX file of images.
func idx(t *testing.T, path string) []uint8 {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return data[16:]
}

// The sets at hand are never inverted, their inverses always.
func TestKnownSets(t *testing.T) {
	for _, name := range []string{"mnist", "fashion-mnist"} {
		paths, _ := filepath.Glob(filepath.Join(os.Getenv("INKLING_DATA"), name, "*-images-*"))
		if os.Getenv("INKLING_DATA") == "" || len(paths) == 0 {
			t.Skipf("no %s under INKLING_DATA", name)
		}
		for _, path := range paths {
			images := idx(t, path)
			if dark, share := DarkOnLight(images, 28, 28); dark || share > 0.001 {
				t.Errorf("%s: got dark on light, share %v", path, share)
			}
			Invert(images)
			if dark, share := DarkOnLight(images, 28, 28); !dark || share < 0.999 {
				t.Errorf("%s inverted: got light on dark, share %v", path, share)
			}
		}
	}
}

func TestTranspose(t *testing.T) {
	images := []uint8{1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60}
	Transpose(images, 3, 2)
	if want := []uint8{1, 4, 2, 5, 3, 6, 10, 40, 20, 50, 30, 60}; !bytes.Equal(images, want) {
		t.Errorf("got %v, want %v", images, want)
	}
	Transpose(images, 2, 3)
	if want := []uint8{1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60}; !bytes.Equal(images, want) {
		t.Errorf("again: got %v, want %v", images, want)
	}
	Transpose(nil, 0, 0)
}
