package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"testing"

	"golang.org/x/image/tiff"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// animation returns a GIF of some frames.
func animation(t *testing.T, frames int) []byte {
	t.Helper()
	var g gif.GIF
	for range frames {
		g.Image, g.Delay = append(g.Image, image.NewPaletted(image.Rect(0, 0, 3, 3), color.Palette{color.Black, color.White})), append(g.Delay, 1)
	}
	var file bytes.Buffer
	if err := gif.EncodeAll(&file, &g); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// pages returns a TIFF whose first page is followed by another one, of a kind.
func pages(t *testing.T, kind uint32) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := tiff.Encode(&file, image.NewGray(image.Rect(0, 0, 2, 2)), nil); err != nil {
		t.Fatal(err)
	}
	data := file.Bytes()
	at := binary.LittleEndian.Uint32(data[4:])
	end := at + 2 + 12*uint32(binary.LittleEndian.Uint16(data[at:]))
	binary.LittleEndian.PutUint32(data[end:], uint32(len(data)))
	page := append([]byte{1, 0, 254, 0, 4, 0, 1, 0, 0, 0}, byte(kind), 0, 0, 0) // NewSubfileType alone
	return append(append(data, page...), 0, 0, 0, 0)
}

// animatedPNGOf returns a PNG that says how many frames it has.
func animatedPNGOf(t *testing.T, frames byte) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	data := file.Bytes()
	const header = 8 + 25 // signature and IHDR
	chunk := []byte{0, 0, 0, 8, 'a', 'c', 'T', 'L', 0, 0, 0, frames, 0, 0, 0, 0, 0, 0, 0, 0}
	return append(append(append([]byte{}, data[:header]...), chunk...), data[header:]...)
}

func TestSeveral(t *testing.T) {
	frame := appendChunk(nil, "ANMF", make([]byte, frameHeader))
	webp := func(frames int) []byte {
		return append([]byte("RIFF\x00\x00\x00\x00WEBP"), bytes.Repeat(frame, frames)...)
	}
	ring := pages(t, 0)
	copy(ring[len(ring)-4:], ring[4:8])
	for name, c := range map[string]struct {
		data []byte
		want bool
	}{
		"GIF": {animation(t, 1), false}, "animated GIF": {animation(t, 3), true}, "GIF cut": {animation(t, 3)[:20], false},
		"PNG": {animatedPNGOf(t, 1), false}, "animated PNG": {animatedPNGOf(t, 2), true}, "PNG cut": {[]byte("\x89PNG"), false},
		"TIFF of pages": {pages(t, 2), true}, "TIFF and thumbnail": {pages(t, 1), false}, "TIFF in a ring": {ring, true},
		"TIFF cut": {[]byte("II*\x00"), false}, "TIFF beyond": {[]byte("MM\x00*\xff\xff\xff\xff"), false},
		"WebP": {webp(1), false}, "animated WebP": {webp(2), true}, "nothing": {nil, false},
	} {
		if got := Several(c.data); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func FuzzSeveral(f *testing.F) {
	for _, head := range []string{"GIF89a", "\x89PNG\r\n\x1a\n", "II*\x00\x08\x00\x00\x00\x01\x00", "MM\x00*\x00\x00\x00\x08", "RIFF\x00\x00\x00\x00WEBPANMF"} {
		f.Add([]byte(head))
	}
	f.Fuzz(func(_ *testing.T, data []byte) { Several(data) })
}

func TestColoured(t *testing.T) {
	p := ink.Picture{Width: 5, Height: 2, RGBA: bytes.Repeat([]byte{90, 100, 110, 255}, 10)}
	if coloured(p) {
		t.Error("grey: got coloured")
	}
	copy(p.RGBA, []byte{200, 40, 40, 255})
	if !coloured(p) {
		t.Error("a red tenth: got no colour")
	}
}
