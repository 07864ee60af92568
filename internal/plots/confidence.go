package plots

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/seed-c844a918/inkling/internal/metrics"
)

// Group is the confidences, 0..1, of answers to one kind of drawing.
type Group struct {
	Name        string
	Confidences []float32
}

// confidenceBins is the number of bars of a histogram.
const confidenceBins = 25

// Confidences shows how sure answers are, a histogram for each group below the
// other; the first group, of the classes themselves, is blue, the others orange.
// A threshold, above 0, is a line: what lies left of it is refused, and how much
// of a group that is stands below its name. A name may have several lines.
func Confidences(title string, threshold float32, groups []Group) Figure {
	p := newPlot(title, "confidence", "")
	n := len(groups)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, -0.05, float64(n)
	p.X.Tick.Marker, p.Y.Tick.Marker = tenths(), groupTicks(threshold, groups)
	p.Y.Tick.Length, p.Y.LineStyle.Width = 0, 0
	p.Add(plotted(func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i, g := range groups {
			base := float64(n - 1 - i)
			drawHistogram(c, x, y, base, g.Confidences, series[min(i, 1)])
			c.StrokeLine2(line(rule, 0.8), x(0), y(base), x(1), y(base))
		}
		if threshold > 0 {
			c.StrokeLine2(line(ink, 1, 4, 3), x(float64(threshold)), y(p.Y.Min), x(float64(threshold)), y(p.Y.Max))
		}
	}))
	return single(p, figureWidth, vg.Length(n)*58+80)
}

// groupTicks returns the groups' names, beside the middle of their rows.
func groupTicks(threshold float32, groups []Group) plot.ConstantTicks {
	ticks := make(plot.ConstantTicks, len(groups))
	for i, g := range groups {
		label := g.Name
		if threshold > 0 {
			label += "\n" + percent(metrics.Below(g.Confidences, threshold)) + " refused"
		}
		ticks[i] = plot.Tick{Value: float64(len(groups)-1-i) + 0.45, Label: label}
	}
	return ticks
}

// drawHistogram draws bars on a base line, the highest 0.85 high.
func drawHistogram(c draw.Canvas, x, y func(float64) vg.Length, base float64, confidences []float32, fill color.Color) {
	var counts [confidenceBins]int
	most := 1
	for _, v := range confidences {
		bin := &counts[min(int(v*confidenceBins), confidenceBins-1)]
		*bin++
		most = max(most, *bin)
	}
	for i, count := range counts {
		if count == 0 {
			continue
		}
		top := base + 0.85*float64(count)/float64(most)
		rectangle(c, fill, x(float64(i)/confidenceBins)+0.5, y(base), x(float64(i+1)/confidenceBins)-0.5, max(y(top), y(base)+0.5))
	}
}
