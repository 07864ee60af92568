package photo

import (
	"bytes"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Every kind can be read as strokes, and is a function of its arguments.
func TestRender(t *testing.T) {
	for _, kind := range Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			strokes := Symbol("wave", 5)
			first := Render(strokes, kind, 7)
			if !bytes.Equal(first.Pix, Render(strokes, kind, 7).Pix) {
				t.Error("twice the same arguments: got two pictures")
			}
			size := first.Bounds().Size()
			if traced := ink.Trace(ink.Picture{Width: size.X, Height: size.Y, RGBA: first.Pix}); len(traced) == 0 {
				t.Error("traced: got nothing, want strokes")
			}
			clear := 0
			for i := 3; i < len(first.Pix); i += 4 {
				if first.Pix[i] == 0 {
					clear++
				}
			}
			if (clear > 0) != (kind == Transparent) {
				t.Errorf("transparent pixels: got %d", clear)
			}
		})
	}
}
