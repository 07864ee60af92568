package plots

import (
	"cmp"
	"image/color"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Line is a named row of accuracies, 0..1, at strengths 0 (untouched), 1, 2 ...
type Line struct {
	Name       string
	Accuracies []float64
}

// Robustness shows how accuracy falls as images are changed more and more, a
// line for each way to change them. The legend has the lines in the order in
// which they end.
func Robustness(title string, lines []Line) Figure {
	p := newPlot(title, "strength", "accuracy")
	lowest, strengths := 1.0, 1
	for _, l := range lines {
		lowest = min(lowest, slices.Min(l.Accuracies))
		strengths = max(strengths, len(l.Accuracies)-1)
	}
	p.X.Min, p.X.Max, p.X.Tick.Marker = 0, float64(strengths), strengthTicks(strengths)
	p.Y.Min, p.Y.Max = math.Floor(lowest*20)/20, 1
	p.Y.Tick.Marker = percentTicks(p.Y.Min, p.Y.Max)
	p.X.Padding, p.Y.Padding = 6, 4
	p.Add(grid())
	entries := make([]entry, len(lines))
	order := make([]int, len(lines))
	for i, l := range lines {
		order[i], entries[i] = i, entry{l.Name, addLine(p, points(0, l.Accuracies), series[i%len(series)])}
	}
	last := func(i int) float64 { return lines[i].Accuracies[len(lines[i].Accuracies)-1] }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(last(j), last(i)) })
	ordered := make([]entry, len(lines))
	for i, from := range order {
		ordered[i] = entries[from]
	}
	return beside(p, figureWidth, figureWidth*0.65, ordered...)
}

// strengthTicks returns ticks from 0 to the greatest strength.
func strengthTicks(strongest int) plot.ConstantTicks {
	ticks := plot.ConstantTicks{{Value: 0, Label: "untouched"}}
	for i := 1; i <= strongest; i++ {
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: strconv.Itoa(i)})
	}
	return ticks
}

// percentTicks returns about five to ten round percentages from low to high, 0..1.
func percentTicks(low, high float64) plot.ConstantTicks {
	step, decimals := 0.1, 0
	for _, finer := range []float64{0.05, 0.02, 0.01, 0.005, 0.002, 0.001} {
		if (high-low)/step < 4.5 {
			step = finer
		}
	}
	if step < 0.01 {
		decimals = 1
	}
	var ticks plot.ConstantTicks
	for i := math.Ceil(low/step - 1e-9); i*step <= high+1e-9; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: strconv.FormatFloat(100*i*step, 'f', decimals, 64) + " %"})
	}
	return ticks
}

// points returns the values at first, first+1 ..., without those that are not
// numbers.
func points(first float64, values []float64) plotter.XYs {
	var xys plotter.XYs
	for i, v := range values {
		if !math.IsNaN(v) {
			xys = append(xys, plotter.XY{X: first + float64(i), Y: v})
		}
	}
	return xys
}

// addLine adds a line with dots.
func addLine(p *plot.Plot, xys plotter.XYs, c color.Color) plot.Thumbnailer {
	l := &plotter.Line{XYs: xys, LineStyle: line(c, 1.6)}
	p.Add(l, dots(xys, c))
	return l
}

// dots returns round marks.
func dots(xys plotter.XYs, c color.Color) *plotter.Scatter {
	return &plotter.Scatter{XYs: xys, GlyphStyle: draw.GlyphStyle{Color: c, Radius: 2.4, Shape: draw.CircleGlyph{}}}
}
