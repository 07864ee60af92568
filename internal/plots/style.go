package plots

import (
	"image/color"

	"golang.org/x/image/font"
	"gonum.org/v1/plot"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The sizes of text, in points, and the width of figures.
const (
	titleSize = 13
	labelSize = 10.5
	tickSize  = 9.5
	smallSize = 8

	figureWidth = 6.4 * vg.Inch
)

// The colours: what is right or of training is blue, what is wrong or of
// validation orange; the others follow where there are more lines.
var (
	ink    = color.RGBA{0x24, 0x29, 0x33, 0xff}
	muted  = color.RGBA{0x6b, 0x72, 0x80, 0xff}
	rule   = color.RGBA{0xe3, 0xe6, 0xea, 0xff}
	blue   = color.RGBA{0x2f, 0x6a, 0xa8, 0xff}
	orange = color.RGBA{0xd0, 0x70, 0x1e, 0xff}
	series = []color.RGBA{
		blue, orange, {0x3f, 0x93, 0x68, 0xff}, {0xae, 0x3f, 0x5b, 0xff}, {0x7d, 0x63, 0xa8, 0xff},
		{0x2f, 0x9c, 0xa6, 0xff}, {0x8a, 0x6a, 0x42, 0xff}, {0x9b, 0x9b, 0x2f, 0xff}, {0x6b, 0x72, 0x80, 0xff},
	}
)

// typeface returns the sans serif of this size.
func typeface(size vg.Length) plotfont.Font {
	return plotfont.Font{Typeface: "Liberation", Variant: "Sans", Weight: font.WeightNormal, Size: size}
}

// style returns a style of text that lies around its point as the alignments say.
func style(size vg.Length, c color.Color, alignX text.XAlignment, alignY text.YAlignment) text.Style {
	return text.Style{
		Color: c, Font: typeface(size), XAlign: alignX, YAlign: alignY,
		Handler: plot.DefaultTextHandler,
	}
}

// newPlot returns an empty plot in the figures' style.
func newPlot(title, x, y string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil // Encode fills the whole canvas
	p.Title.Text = title
	p.Title.TextStyle.Font = typeface(titleSize)
	p.Title.TextStyle.Color = ink
	p.Title.Padding = 8
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Label.TextStyle.Font = typeface(labelSize)
		axis.Label.TextStyle.Color = ink
		axis.Label.Padding = 5
		axis.Tick.Label.Font = typeface(tickSize)
		axis.Tick.Label.Color = ink
		axis.Tick.LineStyle.Color = muted
		axis.LineStyle.Color = muted
		axis.Tick.Length = 4
		axis.Padding = 0
	}
	p.X.Label.Text, p.Y.Label.Text = x, y
	return p
}

// grid returns thin horizontal lines behind the data.
func grid() *plotter.Grid {
	return &plotter.Grid{Horizontal: line(rule, 0.6)}
}

// line returns a style of lines.
func line(c color.Color, width vg.Length, dashes ...vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: width, Dashes: dashes}
}

// single returns the figure of one plot, with room around it.
func single(p *plot.Plot, width, height vg.Length) Figure {
	return Figure{width, height, func(c draw.Canvas) { p.Draw(inset(c)) }}
}

// inset leaves a margin around what is drawn.
func inset(c draw.Canvas) draw.Canvas { return draw.Crop(c, 8, -12, 8, -8) }

// names returns ticks at 0, 1, 2 ... with a name each.
func names(list []string) plot.ConstantTicks {
	ticks := make(plot.ConstantTicks, len(list))
	for i, name := range list {
		ticks[i] = plot.Tick{Value: float64(i), Label: name}
	}
	return ticks
}

// plotted makes a function a plotter; its data range is the axes' own.
type plotted func(c draw.Canvas, x, y func(float64) vg.Length)

// Plot draws with the plot's scales.
func (f plotted) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	f(c, x, y)
}

// rectangle fills the box between two corners.
func rectangle(c draw.Canvas, fill color.Color, x0, y0, x1, y1 vg.Length) {
	c.FillPolygon(fill, []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}})
}

// blend returns the colour between two, at 0..1.
func blend(from, to color.RGBA, at float64) color.RGBA {
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + at*(float64(b)-float64(a)) + 0.5) }
	return color.RGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), 0xff}
}
