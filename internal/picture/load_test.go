package picture

import (
	"bytes"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Load makes the same images as Read and See, from the cache, too. The cache keeps
// files, recipes and sizes apart.
func TestLoader(t *testing.T) {
	dir, folder := t.TempDir(), t.TempDir()
	bar := image.NewGray(image.Rect(0, 0, 28, 28))
	for y := 6; y < 22; y++ {
		bar.SetGray(13, y, color.Gray{255})
		bar.SetGray(14, y, color.Gray{200})
	}
	for name, m := range map[string]image.Image{"bar.png": bar, "empty.png": image.NewGray(image.Rect(0, 0, 28, 28))} {
		if err := os.WriteFile(filepath.Join(folder, name), asPNG(t, m), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, recipe := range []ink.Recipe{ink.Drawing, ink.Photo} {
		for _, side := range []int{28, 20} {
			for _, round := range []string{"first", "cached"} {
				l := NewLoader(ink.Form{Recipe: recipe, Width: side, Height: side}, ink.AnyGround, dir)
				for _, name := range []string{"bar.png", "empty.png"} {
					path := filepath.Join(folder, name)
					got, want := make([]uint8, side*side), make([]uint8, side*side)
					seen, err := l.Load(got, path)
					if err != nil {
						t.Fatal(err)
					}
					p, _, err := Read(path)
					if err != nil {
						t.Fatal(err)
					}
					form := ink.Form{Recipe: recipe, Width: side, Height: side}
					if wantSeen, wantGround := See(want, form, ink.AnyGround, p); seen.Drawn != wantSeen || seen.Ground != wantGround || !bytes.Equal(got, want) {
						t.Errorf("%s, %s, %d, %s: got %+v and another image than See", round, recipe, side, name, seen)
					}
				}
				if err := l.Save(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	l := NewLoader(ink.Form{Recipe: ink.Drawing, Width: 28, Height: 28}, ink.AnyGround, "")
	if _, err := l.Load(make([]uint8, 784), filepath.Join(folder, "none.png")); err == nil {
		t.Error("a file that is not there: got no error")
	}
}

// Shades are those over white, or over black where light ink is seen so alone.
func TestShades(t *testing.T) {
	for _, c := range []struct {
		rgba       []uint8
		low, high  uint8
		faint, dim bool
	}{
		{[]uint8{200, 200, 200, 255, 230, 230, 230, 255}, 200, 230, true, false},
		{[]uint8{0, 0, 0, 255, 15, 15, 15, 255}, 0, 15, true, true},
		{[]uint8{0, 0, 0, 255, 64, 64, 64, 255}, 0, 64, false, false},
		{[]uint8{0, 0, 0, 255, 0, 0, 0, 0}, 0, 255, false, false},             // black ink on nothing
		{[]uint8{255, 255, 255, 255, 255, 255, 255, 0}, 0, 255, false, false}, // white ink on nothing
		{[]uint8{255, 0, 0, 255, 255, 255, 255, 255}, 76, 255, false, false},
	} {
		p := ink.Picture{Width: 2, Height: 1, RGBA: c.rgba}
		low, high := Shades(p)
		if low != c.low || high != c.high || IsFaint(low, high) != c.faint || isDim(p) != c.dim {
			t.Errorf("%v: got %d..%d, want %d..%d", c.rgba, low, high, c.low, c.high)
		}
	}
}
