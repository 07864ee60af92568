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

// Reliability is the reliability diagram (Guo et al. 2017, figure 1): a bar a
// bin as high as its accuracy, and in orange what separates it from the mean
// confidence. The number of answers stands above each bar, in one row.
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
	styleLegend(&p.Legend, true, true)
	p.Legend.XOffs, p.Legend.YOffs = 12, -44
	p.Legend.Add("accuracy", swatch{blue})
	p.Legend.Add("gap to the mean confidence", swatch{gapColor})
	return single(p, figureWidth, figureWidth*0.75)
}

// countRow is how high the numbers of answers stand.
const countRow = 1.04

// gapColor marks what lies between accuracy and confidence.
var gapColor = blend(color.RGBA{0xff, 0xff, 0xff, 0xff}, orange, 0.55)

// drawBin draws one bin, if anything is in it.
func drawBin(c draw.Canvas, x, y func(float64) vg.Length, b metrics.Bin) {
	if b.Count == 0 {
		return
	}
	const gap = 1
	left, right := x(b.Low)+gap, x(b.High)-gap
	rectangle(c, blue, left, y(0), right, y(b.Accuracy))
	rectangle(c, gapColor, left, y(min(b.Accuracy, b.Confidence)), right, y(max(b.Accuracy, b.Confidence)))
	top := vg.Point{X: (left + right) / 2, Y: y(countRow)}
	c.FillText(style(smallSize, muted, draw.XCenter, draw.YCenter), top, strconv.Itoa(b.Count))
}

// tenths are ticks at 0, 0.2 ... 1.
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
