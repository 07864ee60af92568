package sheet

import (
	"bytes"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
)

// dots returns a set of 12 images of 2x2, four of each of three classes; image i is
// filled with 20*i.
func dots() *dataset.Set {
	s := &dataset.Set{Name: "dots", Width: 2, Height: 2, Classes: []string{"a", "b", "c"}}
	for i := range 12 {
		s.Labels = append(s.Labels, uint16(i%3))
		s.Pixels = append(s.Pixels, bytes.Repeat([]byte{uint8(20 * i)}, 4)...)
	}
	return s
}

func TestSamples(t *testing.T) {
	s := dots()
	for name, perClass := range map[string]int{"some": 2, "all": 4, "more than there are": 9} {
		t.Run(name, func(t *testing.T) {
			rows := Samples(s, perClass, 1)
			for class, row := range rows {
				if row.Title != s.Classes[class] || len(row.Images) != min(perClass, 4) {
					t.Errorf("row %d: got %d images of %s, want %d of %s", class, len(row.Images), row.Title, min(perClass, 4), s.Classes[class])
				}
				for _, pixels := range row.Images {
					if got := int(pixels[0]) / 20 % 3; got != class {
						t.Errorf("row %d: got an image of class %d", class, got)
					}
				}
			}
		})
	}
	first, again, other := Samples(s, 4, 1), Samples(s, 4, 1), Samples(s, 4, 2)
	if !sameImages(first, again) {
		t.Error("seed 1 twice: got different samples")
	}
	if sameImages(first, other) {
		t.Error("seeds 1 and 2: got the same samples")
	}
}

// sameImages reports whether rows hold the same images in the same order.
func sameImages(a, b []Row) bool {
	for i := range a {
		for j := range a[i].Images {
			if !bytes.Equal(a[i].Images[j], b[i].Images[j]) {
				return false
			}
		}
	}
	return true
}

// TestSheetPixels wants each pixel of an image as a square of its grey, and its
// size a whole number of times the image's.
func TestSheetPixels(t *testing.T) {
	pixels := []uint8{10, 60, 110, 160, 210, 250}
	sheet := Rows("", 3, 2, []Row{{"", [][]uint8{pixels}}})
	area := map[uint8]int{}
	for y := range sheet.Bounds().Dy() {
		for x := range sheet.Bounds().Dx() {
			if c := sheet.At(x, y).(color.RGBA); c.R == c.G && c.G == c.B {
				area[c.R]++
			}
		}
	}
	const scale = 19 // 56 / 3, rounded
	for _, v := range pixels {
		if area[v] != scale*scale {
			t.Errorf("grey %d: got %d pixels, want %d", v, area[v], scale*scale)
		}
	}
}

func TestSheetSizes(t *testing.T) {
	long := strings.Repeat("a very long name ", 20)
	for _, test := range []struct {
		name          string
		width, height int
		rows          []Row
	}{
		{"no rows", 28, 28, nil},
		{"a row without images", 28, 28, []Row{{Title: "none"}}},
		{"one pixel", 1, 1, []Row{{"dot", [][]uint8{{255}}}}},
		{"larger than a cell", 200, 100, []Row{{"large", [][]uint8{make([]uint8, 20000)}}}},
		{"long title", 28, 28, []Row{{long, [][]uint8{make([]uint8, 784)}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			bounds := Rows("heading", test.width, test.height, test.rows).Bounds()
			if bounds.Dx() < 2*sheetMargin || bounds.Dy() < 2*sheetMargin || bounds.Dx() > 600 {
				t.Errorf("got %v, want room for the heading and at most 600 pixels across", bounds)
			}
		})
	}
}

// A grid has the given number of images in a row, each magnified, and room for the longest line.
func TestGrid(t *testing.T) {
	white := bytes.Repeat([]byte{255}, 28*28)
	cells := make([]Captioned, 5)
	for i := range cells {
		cells[i] = Captioned{white, []string{"is 4", "read 9, 98 %"}}
	}
	size := func(columns int) image.Point { return Grid("heading", 28, 28, columns, cells).Bounds().Size() }
	if wide, narrow := size(5), size(2); wide.X <= 2*narrow.X || narrow.Y <= 2*wide.Y {
		t.Errorf("got %v in one row and %v in three", wide, narrow)
	}
	grid := Grid("heading", 28, 28, 5, cells)
	bright := 0
	for y := range grid.Bounds().Dy() {
		for x := range grid.Bounds().Dx() {
			if r, _, _, _ := grid.At(x, y).RGBA(); r == 0xffff {
				bright++
			}
		}
	}
	if want := 5 * 84 * 84; bright != want {
		t.Errorf("got %d white pixels, want those of five images, %d", bright, want)
	}
	if empty := Grid("no mistakes", 28, 28, 8, nil).Bounds(); empty.Empty() {
		t.Errorf("without images: got %v", empty)
	}
}
