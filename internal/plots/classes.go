package plots

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/seed-c844a918/inkling/internal/metrics"
)

// Classes shows precision and recall of each class as a pair of bars, on an axis
// from 0 to 1.
func Classes(title string, names []string, classes []metrics.Class) Figure {
	n := len(classes)
	p := newPlot(title, "", "")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1.1, -0.5, float64(n)-0.5
	p.X.Tick.Marker = tenths()
	p.Y.Tick.Marker = reversedNames(names)
	p.Y.Tick.Length, p.Y.LineStyle.Width = 0, 0
	p.Add(plotted(func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i, class := range classes {
			middle := float64(n - 1 - i)
			drawBar(c, x, y(middle+0.36), y(middle), class.Recall, 0)
			drawBar(c, x, y(middle), y(middle-0.36), class.Precision, 1)
		}
	}))
	height := vg.Length(max(n, 4))*30 + 70
	return beside(p, figureWidth, height, entry{"recall", swatch{series[0]}}, entry{"precision", swatch{series[1]}})
}

// drawBar draws one bar with its percentage behind it.
func drawBar(c draw.Canvas, x func(float64) vg.Length, top, bottom vg.Length, value float64, number int) {
	rectangle(c, series[number], x(0), bottom+0.5, x(value), top-0.5)
	at := vg.Point{X: x(value) + 4, Y: (top + bottom) / 2}
	c.FillText(style(smallSize, muted, draw.XLeft, draw.YCenter), at, percent(value))
}

// reversedNames returns ticks with the names from the top down.
func reversedNames(list []string) plot.Ticker {
	reversed := slices.Clone(list)
	slices.Reverse(reversed)
	return names(reversed)
}
