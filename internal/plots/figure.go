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
	"strings"

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

// fontOnce names an SVG's font once, with what may stand for it, instead of at
// each text: a quarter of the bytes of a confusion matrix.
var fontOnce = strings.NewReplacer(
	"<svg ", `<svg font-family="Liberation Sans, Arial, Helvetica, sans-serif" `,
	"font-family:Liberation Sans;font-variant:normal;font-weight:normal;font-style:normal;", "",
)

// Encode returns the figure as a file of a format, "png" or "svg"; any other is an
// error. The same figure always makes the same bytes. SVG names the font it was
// laid out with, Liberation Sans, and Arial, which has the same widths; it embeds
// neither.
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
		c := draw.New(canvas)
		rectangle(c, color.White, c.Min.X, c.Min.Y, c.Max.X, c.Max.Y)
		f.draw(c)
		_, err := canvas.WriteTo(&file)
		return []byte(fontOnce.Replace(file.String())), err
	}
	return nil, fmt.Errorf("plots: got the format %q, want png or svg", format)
}
