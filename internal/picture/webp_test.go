package picture

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"
)

// webp returns a lossy WebP of a 7.
func webp(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/seven.webp")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// animated returns a WebP animation that shows the image twice.
func animated(still []byte) []byte {
	const name = "VP8 "
	image := chunk(still, name)
	frame := make([]byte, frameHeader)
	width, height := uint32(binary.LittleEndian.Uint16(image[6:])&0x3fff)-1, uint32(binary.LittleEndian.Uint16(image[8:])&0x3fff)-1
	put24 := func(b []byte, v uint32) { b[0], b[1], b[2] = byte(v), byte(v>>8), byte(v>>16) }
	put24(frame[6:], width)
	put24(frame[9:], height)
	frame = appendChunk(frame, name, image)
	extended := make([]byte, 10)
	extended[0] = 1 << 1
	copy(extended[4:], frame[6:12])
	body := appendChunk([]byte("WEBP"), "VP8X", extended)
	body = appendChunk(body, "ANIM", make([]byte, 6))
	body = appendChunk(appendChunk(body, "ANMF", frame), "ANMF", frame)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// Decode reads a WebP, and the first image of an animated one.
func TestWebP(t *testing.T) {
	still, err := Decode(webp(t))
	if err != nil {
		t.Fatal(err)
	}
	moving, err := Decode(animated(webp(t)))
	if err != nil {
		t.Fatal(err)
	}
	if still.Width < 8 || still.Width != moving.Width || !bytes.Equal(still.RGBA, moving.RGBA) {
		t.Errorf("got %dx%d and %dx%d, want the same picture twice", still.Width, still.Height, moving.Width, moving.Height)
	}
}

// Lossy WebP holds 16..235 for black to white, with alpha or not: bars of white, red, blue and black.
func TestWebPRange(t *testing.T) {
	for _, name := range []string{"bars.webp", "alpha.webp"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range [][3]uint8{{255, 255, 255}, {255, 0, 0}, {0, 0, 255}, {0, 0, 0}} {
			at := 4 * (8*p.Width + 8*i + 4)
			for channel, v := range p.RGBA[at : at+3] {
				if off := int(v) - int(want[channel]); off < -6 || off > 6 {
					t.Errorf("%s: bar %d: got %v, want about %v", name, i, p.RGBA[at:at+3], want)
					break
				}
			}
		}
	}
}
