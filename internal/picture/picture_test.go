package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"github.com/seed-c844a918/inkling/internal/memory"
)

// encoded returns what an encoder writes.
func encoded(t testing.TB, encode func(io.Writer) error) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := encode(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// asPNG returns the picture as PNG.
func asPNG(t testing.TB, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, m) })
}

// paint fills m, 3x2 pixels, with one colour except for the middle pixel of the
// lower row, and returns it.
func paint(m draw.Image, all, middle color.Color) draw.Image {
	draw.Draw(m, m.Bounds(), image.NewUniform(all), image.Point{}, draw.Src)
	m.Set(1, 1, middle)
	return m
}

func TestDecode(t *testing.T) {
	area := image.Rect(0, 0, 3, 2)
	red, half := color.NRGBA{255, 0, 0, 255}, color.NRGBA{200, 100, 50, 128}
	white := color.NRGBA{255, 255, 255, 255}
	grey := color.NRGBA{200, 200, 200, 255}
	colours := color.Palette{color.NRGBA{}, red, white}
	clear := color.NRGBA{}
	for _, test := range []struct {
		name        string
		data        []byte
		all, middle color.NRGBA
	}{
		{"PNG, opaque", asPNG(t, paint(image.NewRGBA(area), white, red)), white, red},
		{"PNG, half transparent", asPNG(t, paint(image.NewNRGBA(area), clear, half)), clear, half},
		{"PNG, half transparent, 16 bit", asPNG(t, paint(image.NewNRGBA64(area), clear, half)), clear, half},
		{"PNG, grey", asPNG(t, paint(image.NewGray(area), white, color.Black)), white, color.NRGBA{0, 0, 0, 255}},
		{"PNG, palette with transparency", asPNG(t, paint(image.NewPaletted(area, colours), clear, red)), clear, red},
		{"PNG, 0..255 in 16 bits", asPNG(t, paint(image.NewGray16(area), color.Gray16{255}, color.Gray16{200})), white, grey},
		{"PNG, 0..255 in 16 bits, colour", asPNG(t,
			paint(image.NewRGBA64(area), color.RGBA64{200, 200, 200, 65535}, color.RGBA64{255, 0, 0, 65535})), grey, red},
		{"PNG, 16 bits", asPNG(t, paint(image.NewGray16(area), color.Gray16{65535}, color.Gray16{51400})), white, grey},
		{"GIF", encoded(t, func(w io.Writer) error {
			return gif.Encode(w, paint(image.NewPaletted(area, palette.WebSafe), white, red), nil)
		}), white, red},
		{"GIF, two frames", encoded(t, func(w io.Writer) error {
			first := paint(image.NewPaletted(area, colours), white, red).(*image.Paletted)
			second := paint(image.NewPaletted(area, colours), red, white).(*image.Paletted)
			return gif.EncodeAll(w, &gif.GIF{Image: []*image.Paletted{first, second}, Delay: []int{0, 0}})
		}), white, red},
		{"GIF, frame smaller than the screen", encoded(t, func(w io.Writer) error {
			frame := image.NewPaletted(image.Rect(1, 1, 2, 2), colours)
			frame.Set(1, 1, red)
			return gif.EncodeAll(w, &gif.GIF{
				Image: []*image.Paletted{frame}, Delay: []int{0}, Config: image.Config{Width: 3, Height: 2, ColorModel: colours},
			})
		}), clear, red},
		{"JPEG", asJPEG(t, paint(image.NewGray(area), white, white)), white, white},
		{"BMP", encoded(t, func(w io.Writer) error { return bmp.Encode(w, paint(image.NewRGBA(area), white, red)) }), white, red},
		{"TIFF", asTIFF(t, paint(image.NewRGBA(area), white, red)), white, red},
		{"TIFF, packed", encoded(t, func(w io.Writer) error {
			return tiff.Encode(w, paint(image.NewNRGBA(area), clear, half), &tiff.Options{Compression: tiff.Deflate})
		}), clear, half},
		{"TIFF, fax group 3, white is 0", asFax(faxGroup3, 0, 0x00, 0x18, 0x00, 0x11, 0xd0, 0xe0), white, color.NRGBA{0, 0, 0, 255}},
		{"TIFF, fax group 3, black is 0", asFax(faxGroup3, 1, 0x00, 0x13, 0x58, 0x00, 0x4d, 0x50, 0xe8), white, color.NRGBA{0, 0, 0, 255}},
		{"TIFF, fax group 4, white is 0", asFax(faxGroup4, 0, 0x84, 0xa0, 0x02, 0x00, 0x20), white, color.NRGBA{0, 0, 0, 255}},
		{"TIFF, fax group 4, black is 0", asFax(faxGroup4, 1, 0x05, 0x84, 0xa0, 0x02, 0x00, 0x20), white, color.NRGBA{0, 0, 0, 255}},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "named-wrongly.jpg")
			if err := os.WriteFile(path, test.data, 0o600); err != nil {
				t.Fatal(err)
			}
			p, _, err := Read(path)
			if err != nil || p.Width != 3 || p.Height != 2 || len(p.RGBA) != 4*3*2 {
				t.Fatalf("got %dx%d, %d bytes, %v; want 3x2, 24 bytes", p.Width, p.Height, len(p.RGBA), err)
			}
			for i := range 6 {
				got, want := color.NRGBA{p.RGBA[4*i], p.RGBA[4*i+1], p.RGBA[4*i+2], p.RGBA[4*i+3]}, test.all
				if i == 4 {
					want = test.middle
				}
				if got != want {
					t.Errorf("pixel %d: got %v, want %v", i, got, want)
				}
			}
		})
	}
}

func asJPEG(t testing.TB, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, m, nil) })
}

func asTIFF(t testing.TB, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return tiff.Encode(w, m, nil) })
}

// asFax returns a TIFF of 3x2 pixels, white or black, of fax compression. The strips of
// the tests are what libtiff 4.7 (by Pillow) writes for paint's picture.
func asFax(compression, photometric uint16, strip ...byte) []byte {
	return asTags([]uint16{
		0x100, 3, 0x101, 2, 0x102, 1, tagCompression, compression, tagPhotometric, photometric,
		0x111, 8, 0x116, 2, 0x117, uint16(len(strip)),
	}, strip)
}

// asTags returns a little-endian TIFF of these tags, each of 16 bits, and this strip at 8.
func asTags(tags []uint16, strip []byte) []byte {
	strip = append(strip, make([]byte, len(strip)%2)...)
	file := append([]byte{'I', 'I', 42, 0, byte(8 + len(strip)), 0, 0, 0}, strip...)
	file = binary.LittleEndian.AppendUint16(file, uint16(len(tags)/2))
	for i := 0; i < len(tags); i += 2 {
		file = binary.LittleEndian.AppendUint16(file, tags[i])
		file = append(file, 3, 0, 1, 0, 0, 0)
		file = binary.LittleEndian.AppendUint32(file, uint32(tags[i+1]))
	}
	return append(file, 0, 0, 0, 0)
}

// hugePNG returns a PNG whose header claims this size and which holds no pixels.
func hugePNG(width, height uint32) []byte {
	header := binary.BigEndian.AppendUint32([]byte("IHDR"), width)
	header = append(binary.BigEndian.AppendUint32(header, height), 8, 6, 0, 0, 0)
	file := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), uint32(len(header)-4))
	file = append(file, header...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(header))
}

// manyScans returns the JPEG with its only scan repeated n times.
func manyScans(file []byte, n int) []byte {
	at := bytes.Index(file, []byte{0xff, markerSOS})
	scan := file[at : len(file)-2]
	return bytes.Join([][]byte{file[:at], bytes.Repeat(scan, n), file[len(file)-2:]}, nil)
}

func TestRefused(t *testing.T) {
	good := asPNG(t, paint(image.NewRGBA(image.Rect(0, 0, 3, 2)), color.White, color.Black))
	grey := asJPEG(t, image.NewGray(image.Rect(0, 0, 16, 16)))
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "format: got an empty file, want " + Formats},
		{"text", []byte("a digit, honestly"), "format: got text, want " + Formats},
		{"noise", []byte{1, 2, 3, 0xff, 0xfe, 5}, "format: got bytes of no kind that is known, want " + Formats},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic"), "format: got HEIC, as phones take it (export it as JPEG), want " + Formats},
		{"AVIF", []byte("\x00\x00\x00\x18ftypavif"), "format: got AVIF, want " + Formats},
		{"PDF", []byte("%PDF-1.7"), "format: got PDF (export its page as PNG), want " + Formats},
		{"SVG", []byte(`<?xml version="1.0"?><svg>`), "format: got SVG (export it as PNG), want " + Formats},
		{"header cut", good[:20], "header: got a file that ends early, want a whole picture"},
		{"data cut", good[:len(good)-20], "png data: got png: invalid format: unexpected EOF, want a whole picture"},
		{"hostile size", hugePNG(1<<31-1, 1<<20), "png size: got 2147483647x1048576, want 1..272448 pixels in a file of 33 bytes"},
		{"51 megapixels", append(hugePNG(51000, 1000), make([]byte, 10000)...),
			"png size: got 51000x1000, want 1..50000000 pixels in a file of 10033 bytes"},
		{"a TIFF of floats", asTags([]uint16{
			0x100, 1, 0x101, 1, 0x102, 32, tagCompression, 1, tagPhotometric, 1, 0x111, 8, 0x116, 1, 0x117, 4, 0x153, 3,
		}, []byte{0, 0, 0x80, 0x3f}), "header: got tiff: unsupported feature: sample format, want it saved as PNG"},
		{"101 scans", manyScans(grey, 101), "jpeg: got 101 scans, want at most 100"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "digit.png")
			if err := os.WriteFile(path, test.data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, _, err := Read(path)
			if _, ok := errors.AsType[*FormatError](err); !ok {
				t.Fatalf("got %v, want a *FormatError", err)
			}
			if want := "picture: " + path + ": " + test.want; err.Error() != want {
				t.Errorf("got  %s\nwant %s", err, want)
			}
		})
	}
	dir := t.TempDir()
	if _, _, err := Read(dir); err == nil || !strings.HasPrefix(err.Error(), "picture: "+dir+": ") {
		t.Errorf("folder: got %v, want picture: %s: ...", err, dir)
	}
}

// files returns small pictures in every format.
func files(t testing.TB) map[string][]byte {
	m := paint(image.NewPaletted(image.Rect(0, 0, 3, 2), palette.WebSafe), color.White, color.Black)
	jpg := asJPEG(t, m)
	return map[string][]byte{
		"PNG":      asPNG(t, m),
		"PNG, 16":  asPNG(t, paint(image.NewNRGBA64(m.Bounds()), color.White, color.Transparent)),
		"GIF":      encoded(t, func(w io.Writer) error { return gif.Encode(w, m, nil) }),
		"JPEG":     jpg,
		"turned":   withEXIF("jpeg", jpg, noted(binary.BigEndian, 6)),
		"TIFF":     asTIFF(t, m),
		"BMP":      encoded(t, func(w io.Writer) error { return bmp.Encode(w, m) }),
		"WebP":     webp(t),
		"animated": animated(webp(t)),
	}
}

// TestTruncated cuts pictures at every length. None may cause a panic.
func TestTruncated(t *testing.T) {
	for name, data := range files(t) {
		for n := range len(data) / 2 {
			if _, err := Decode(data[:n]); err == nil && name != "TIFF" && name != "BMP" {
				t.Errorf("%s, %d of %d bytes: got no error", name, n, len(data))
			}
		}
	}
}

// A large size in a header alone allocates little: 7000x7000 pixels are allowed, but
// not in so short a file.
func TestAllocates(t *testing.T) {
	header := hugePNG(7000, 7000)
	memory.Bounded(t, 40*maxPixelsPerByte, len(header), func() {
		if _, err := Decode(header); err == nil || !strings.Contains(err.Error(), "got 7000x7000, want 1..") {
			t.Errorf("error: got %v", err)
		}
	})
	white := asPNG(t, image.NewPaletted(image.Rect(0, 0, 5000, 5000), color.Palette{color.White}))
	if p, err := Decode(white); err != nil || p.Width != 5000 {
		t.Errorf("25 million white pixels in %d bytes: got %v", len(white), err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, data := range files(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		memory.Bounded(t, 40*maxPixelsPerByte, len(data), func() {
			p, err := Decode(data)
			if err == nil && (len(p.RGBA) != 4*p.Width*p.Height || len(p.RGBA) == 0) {
				t.Errorf("got %d bytes of %dx%d", len(p.RGBA), p.Width, p.Height)
			}
		})
	})
}
