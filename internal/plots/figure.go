// Package plots draws what was measured: confusion matrices, reliability
// diagrams, robustness and training curves, histograms and weights, all in one
// style, as PNG or SVG.
//
// Each function takes numbers and makes a [Figure] of them; none reads or writes
// a file.
package plots

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Figure is a finished drawing.
type Figure struct {
	width, height vg.Length
	draw          func(draw.Canvas)
}

// pngDPI is the resolution of PNG files, sharp on screens of two pixels a point.
const pngDPI = 144

// Encode is the figure as a file of this format, "png" or "svg"; any other is an
// error. The same figure always makes the same bytes. SVG names the font it was
// laid out with, Liberation Sans, which has Arial's widths, and does not embed it.
func (f Figure) Encode(format string) ([]byte, error) {
	var file bytes.Buffer
	switch format {
	case "png":
		canvas := vgimg.NewWith(vgimg.UseWH(f.width, f.height), vgimg.UseDPI(pngDPI), vgimg.UseBackgroundColor(color.White))
		f.draw(draw.New(canvas))
		err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, canvas.Image())
		return file.Bytes(), err
	case "svg":
		canvas := vgsvg.New(f.width, f.height)
		f.draw(draw.New(canvas))
		_, err := canvas.WriteTo(&file)
		return file.Bytes(), err
	}
	return nil, fmt.Errorf("plots: got the format %q, want png or svg", format)
}
