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
