package plots

import (
	"fmt"
	"image/color"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/seed-c844a918/inkling/internal/metrics"
)

// Reliability returns the reliability diagram (Guo et al. 2017, figure 1): a bar a
// bin as high as its accuracy, and an orange line at its mean confidence, above
// the bar where answers are too sure. The number of answers stands above each bar,
// in one row.
func Reliability(title string, bins []metrics.Bin) Figure {
	p := newPlot(fmt.Sprintf("%s: calibration error %.2f %%", title, 100*metrics.CalibrationError(bins)), "confidence", "accuracy")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, countRow+0.03
	p.X.Tick.Marker, p.Y.Tick.Marker = tenths(), tenths()
	p.Add(grid(), plotted(func(c draw.Canvas, x, y func(float64) vg.Length) {
		for _, b := range bins {
			drawBin(c, x, y, b)
		}
		c.StrokeLine2(line(muted, 1, 4, 3), x(0), y(0), x(1), y(1))
		c.FillText(style(smallSize, muted, draw.XLeft, draw.YCenter), vg.Point{X: x(0) + 4, Y: y(countRow)}, "answers")
	}))
	return beside(p, figureWidth, figureWidth*0.7, entry{"accuracy", swatch{blue}}, entry{"mean confidence", stroke{orange}})
}

// countRow is how high the numbers of answers stand.
const countRow = 1.04

// drawBin draws one bin, if anything is in it.
func drawBin(c draw.Canvas, x, y func(float64) vg.Length, b metrics.Bin) {
	if b.Count == 0 {
		return
	}
	const gap = 1
	left, right := x(b.Low)+gap, x(b.High)-gap
	rectangle(c, blue, left, y(0), right, y(b.Accuracy))
	c.StrokeLine2(line(orange, 2.5), left, y(b.Confidence), right, y(b.Confidence))
	top := vg.Point{X: (left + right) / 2, Y: y(countRow)}
	c.FillText(style(smallSize, muted, draw.XCenter, draw.YCenter), top, strconv.Itoa(b.Count))
}

// tenths returns ticks at 0, 0.2 ... 1.
func tenths() plot.ConstantTicks {
	var ticks plot.ConstantTicks
	for i := range 6 {
		ticks = append(ticks, plot.Tick{Value: float64(i) / 5, Label: strconv.FormatFloat(float64(i)/5, 'f', 1, 64)})
	}
	return ticks
}

// swatch is a filled square in a legend.
type swatch struct{ fill color.Color }

// Thumbnail fills what it gets.
func (s swatch) Thumbnail(c *draw.Canvas) {
	rectangle(*c, s.fill, c.Min.X+4, c.Min.Y+1, c.Max.X, c.Max.Y-1)
}

// stroke is a thick line in a legend.
type stroke struct{ color color.Color }

// Thumbnail draws across what it gets.
func (s stroke) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(line(s.color, 2.5), c.Min.X+4, c.Center().Y, c.Max.X, c.Center().Y)
}
