// Package picture reads the files that people keep pictures in: PNG, JPEG, GIF,
// WebP, BMP and TIFF. It tells the format by the content, never by the name. It
// reads the first image of an animation and turns pictures upright as their EXIF
// says.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // for image.Decode
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	_ "golang.org/x/image/webp" // for image.Decode

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Formats names what Decode reads, for messages and help.
const Formats = "PNG, JPEG, GIF, WebP, BMP or TIFF"

// What bounds a picture before it is decoded: 50 megapixels, which take 200 MB as
// RGBA; pixels for each byte of the file; and the file itself. A byte of PNG makes
// 1032 of 8 pixels each at most (zlib's Technical Details), one of GIF 4096 pixels,
// and JPEG takes a bit for 64; WebP and TIFF could do with less, for empty paper.
const (
	maxPixels        = 50_000_000
	maxPixelsPerByte = 8 * 1032
	maxFile          = 512 << 20
)

// FormatError reports what is wrong with a picture's file.
type FormatError struct{ Place, Got, Want string }

func (e *FormatError) Error() string {
	return fmt.Sprintf("%s: got %s, want %s", e.Place, e.Got, e.Want)
}

// Read reads a picture from a file, and reports whether that holds others as well: see
// [Several]. It returns a *FormatError if the content is damaged or unknown.
func Read(path string) (p ink.Picture, several bool, err error) {
	data, err := ReadFile(path)
	if err != nil {
		return p, false, err
	}
	if p, err = Decode(data); err != nil {
		return p, false, fmt.Errorf("picture: %s: %w", path, err)
	}
	return p, Several(data), nil
}

// ReadFile reads the bytes of a regular file that is small enough for a picture.
func ReadFile(path string) ([]byte, error) {
	info, err := os.Stat(path) // before it is opened: a pipe would wait for a writer
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("picture: %s: %w", path, &FormatError{"file", "a folder, pipe or device", "a picture's file"})
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("picture: %s: %w", path,
			&FormatError{"size", fmt.Sprintf("%d bytes", info.Size()), fmt.Sprintf("at most %d", maxFile)})
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	defer file.Close()
	data := make([]byte, info.Size())
	if _, err := io.ReadFull(file, data); err != nil {
		return nil, fmt.Errorf("picture: %s: %w", path, err)
	}
	return data, nil
}

// Decode reads a picture. It allocates at most 40 bytes per pixel: the picture twice,
// to turn it, and the coefficients of a JPEG.
func Decode(data []byte) (ink.Picture, error) {
	first, err := firstFrame(data)
	if err != nil {
		return ink.Picture{}, err
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(first))
	if errors.Is(err, image.ErrFormat) {
		return ink.Picture{}, &FormatError{"format", looksLike(data), Formats}
	}
	if err != nil {
		return ink.Picture{}, damaged(err, "header")
	}
	if err := check(first, config, format); err != nil {
		return ink.Picture{}, err
	}
	decoded, _, err := image.Decode(bytes.NewReader(first))
	if err != nil {
		return ink.Picture{}, damaged(err, format+" data")
	}
	switch format {
	case "tiff":
		uprightFax(data, decoded)
	case "webp":
		widenWebP(decoded)
	}
	p := ink.Picture{Width: config.Width, Height: config.Height, RGBA: rgba(decoded, config.Width, config.Height)}
	return turned(p, orientation(data, format)), nil
}

// check returns an error if decoding would allocate too much or take too long.
func check(data []byte, config image.Config, format string) error {
	most := min(maxPixels, len(data)*maxPixelsPerByte)
	if config.Width < 1 || config.Height < 1 || config.Width > most/config.Height {
		return &FormatError{
			Place: format + " size", Got: fmt.Sprintf("%dx%d", config.Width, config.Height),
			Want: fmt.Sprintf("1..%d pixels in a file of %d bytes", most, len(data)),
		}
	}
	if format != "jpeg" {
		return nil
	}
	atMost := max(1, min(maxScans, maxScanPixels/(config.Width*config.Height)))
	if n := scans(data); n > atMost {
		return &FormatError{"jpeg", fmt.Sprintf("%d scans", n), fmt.Sprintf("at most %d", atMost)}
	}
	return nil
}

// damaged returns a *FormatError for an error of a decoder.
func damaged(err error, place string) error {
	got, want := err.Error(), "a whole picture"
	var tiffKind tiff.UnsupportedError
	var jpegKind jpeg.UnsupportedError
	var pngKind png.UnsupportedError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		got = "a file that ends early"
	case errors.As(err, &tiffKind), errors.As(err, &jpegKind), errors.As(err, &pngKind), errors.Is(err, bmp.ErrUnsupported):
		want = "it saved as PNG" // nothing is damaged
	}
	return &FormatError{Place: place, Got: got, Want: want}
}

// signatures are the first bytes of files that people often take for readable pictures,
// and whether they are pictures.
var signatures = []struct {
	at    int
	magic string
	name  string
	shows bool
}{
	{4, "ftypavif", "AVIF", true},
	{4, "ftypavis", "AVIF", true},
	{4, "ftyphei", "HEIC, as phones take it (export it as JPEG)", true},
	{4, "ftyphev", "HEIC, as phones take it (export it as JPEG)", true},
	{4, "ftypmif1", "HEIC, as phones take it (export it as JPEG)", true},
	{4, "ftyp", "a video", false},
	{0, "%PDF-", "PDF (export its page as PNG)", true},
	{0, "<svg", svg, true},
	{0, "<!DOCTYPE html", "a web page", false},
	{0, "<html", "a web page", false},
	{0, "\xff\x0a", "JPEG XL", true},
	{0, "\x00\x00\x00\x0cJXL ", "JPEG XL", true},
	{0, "\x00\x00\x00\x0cjP  ", "JPEG 2000", true},
	{0, "8BPS", "Photoshop's PSD", true},
	{0, "\x00\x00\x01\x00", "an icon (ICO)", false}, // a folder's own, as a rule
	{0, "P5\n", "PGM (save it as PNG)", true},
	{0, "P6\n", "PPM (save it as PNG)", true},
	{0, "\x89INK", "an .ink file, a model", false},
	{0, "PK\x03\x04", "a zip archive", false},
	{0, "version https://git-lfs", "a Git LFS pointer (git lfs pull fetches the file)", true},
}

// svg is what an SVG is called.
const svg = "SVG (export it as PNG)"

// Begins reports whether a file that begins with these bytes is a picture, one that
// Decode reads or one of another kind.
func Begins(head []byte) bool {
	_, _, err := image.DecodeConfig(bytes.NewReader(head))
	if !errors.Is(err, image.ErrFormat) {
		return true
	}
	name := looksLike(head)
	for _, s := range signatures {
		if s.name == name {
			return s.shows
		}
	}
	return false
}

// looksLike returns what a file that is not a picture seems to be.
func looksLike(data []byte) string {
	if len(data) == 0 {
		return "an empty file"
	}
	for _, s := range signatures {
		if len(data) > s.at && bytes.HasPrefix(data[s.at:], []byte(s.magic)) {
			return s.name
		}
	}
	head := data[:min(len(data), 1024)]
	if bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<svg")) {
		return svg
	}
	if !bytes.ContainsFunc(head, func(r rune) bool { return r < '\t' || r == utf8.RuneError }) {
		return "text"
	}
	return "bytes of no kind that is known"
}
