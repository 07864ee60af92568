package own

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif"  // for image.Decode
	_ "image/jpeg" // for image.Decode
	_ "image/png"  // for image.Decode
	"io"
	"io/fs"
	"os"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// What bounds a picture before it is decoded: 50 megapixels, which take 200 MB as
// RGBA, and so many pixels a byte of the file. No format has more: a byte of PNG
// makes 1032 of 8 pixels each at most (zlib's Technical Details), one of GIF 4096
// pixels, and JPEG takes a bit for 64.
const (
	maxPicturePixels = 50_000_000
	maxPixelsPerByte = 8 * 1032
)

// ReadPicture reads a PNG, a JPEG or the first frame of a GIF; what it is, is
// decided by the content. The orientation that a camera notes in a JPEG is not
// applied. What is wrong with the file is a *FormatError.
func ReadPicture(path string) (ink.Picture, error) {
	file, err := os.Open(path)
	if err != nil {
		return ink.Picture{}, dataset.InFile("picture", path, err)
	}
	defer file.Close()
	picture, err := decodePicture(file)
	return picture, dataset.InFile("picture", path, err)
}

// decodePicture reads the dimensions, checks them, and reads it all. It allocates
// 32 bytes a pixel at most: the picture twice, and a JPEG's coefficients.
func decodePicture(r io.ReadSeeker) (ink.Picture, error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err != nil {
		return ink.Picture{}, err
	}
	config, format, err := image.DecodeConfig(r)
	if err != nil {
		return ink.Picture{}, damagedPicture(err, "header")
	}
	most := int(min(maxPicturePixels, size*maxPixelsPerByte))
	if config.Width < 1 || config.Height < 1 || config.Width > most/config.Height {
		return ink.Picture{}, &dataset.FormatError{
			Format: "picture", Place: format + " size", Got: fmt.Sprintf("%dx%d", config.Width, config.Height),
			Want: fmt.Sprintf("1..%d pixels in a file of %d bytes", most, size),
		}
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return ink.Picture{}, err
	}
	decoded, _, err := image.Decode(r)
	if err != nil {
		return ink.Picture{}, damagedPicture(err, format+" data")
	}
	return ink.Picture{Width: config.Width, Height: config.Height, RGBA: rgba(decoded, config.Width, config.Height)}, nil
}

// damagedPicture makes what a decoder found a *FormatError; errors of the file
// below it stay what they are.
func damagedPicture(err error, place string) error {
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return err
	}
	got, want := err.Error(), "a whole picture"
	switch {
	case errors.Is(err, image.ErrFormat):
		got, want = "an unknown one", "PNG, JPEG or GIF"
		place = "format"
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		got = "a file that ends early"
	}
	return &dataset.FormatError{Format: "picture", Place: place, Got: got, Want: want}
}

// rgba is a decoded picture as (height, width, 4), not premultiplied; what it
// does not cover, around a small first frame, stays transparent.
func rgba(from image.Image, width, height int) []uint8 {
	area := image.Rect(0, 0, width, height)
	if opaque, ok := from.(interface{ Opaque() bool }); ok && opaque.Opaque() {
		to := image.NewRGBA(area)
		draw.Draw(to, area, from, image.Point{}, draw.Src)
		return to.Pix
	}
	to := image.NewNRGBA(area)
	covered := from.Bounds().Intersect(area)
	if same, ok := from.(*image.NRGBA); ok {
		for y := covered.Min.Y; y < covered.Max.Y; y++ {
			row := same.Pix[same.PixOffset(covered.Min.X, y):][:4*covered.Dx()]
			copy(to.Pix[to.PixOffset(covered.Min.X, y):], row)
		}
		return to.Pix
	}
	for y := covered.Min.Y; y < covered.Max.Y; y++ {
		for x := covered.Min.X; x < covered.Max.X; x++ {
			to.SetNRGBA(x, y, color.NRGBAModel.Convert(from.At(x, y)).(color.NRGBA))
		}
	}
	return to.Pix
}
