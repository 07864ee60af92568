package plots

import (
	"fmt"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/seed-c844a918/inkling/internal/fit"
)

// Curves shows loss and accuracy over the epochs, of training and of validation,
// side by side. The epoch of the lowest validation loss is marked: from there on
// the network learns its training images by heart. epochs holds one at least.
func Curves(title string, epochs []fit.Epoch) Figure {
	column := func(value func(fit.Epoch) float64) []float64 {
		values := make([]float64, len(epochs))
		for i, e := range epochs {
			values[i] = value(e)
		}
		return values
	}
	loss := newPlot("", "epoch", "loss")
	valLoss := column(func(e fit.Epoch) float64 { return e.ValLoss })
	addCurves(loss, column(func(e fit.Epoch) float64 { return e.Loss }), valLoss)
	accuracy := newPlot("", "epoch", "accuracy")
	addCurves(accuracy, column(func(e fit.Epoch) float64 { return e.Accuracy }), column(func(e fit.Epoch) float64 { return e.ValAccuracy }))
	loss.Y.Min, accuracy.Y.Max = 0, 1
	accuracy.Y.Tick.Marker = percentTicks(accuracy.Y.Min, accuracy.Y.Max)
	if best := fit.LowestValLoss(epochs) - 1; best >= 0 {
		caption := fmt.Sprintf("epoch %d: lowest validation loss, %.4f", best+1, valLoss[best])
		mark(loss, float64(best+1))
		loss.Add(dots(points(float64(best+1), valLoss[best:best+1]), series[1]))
		mark(accuracy, float64(best+1))
		title += "\n" + caption
	}
	return Figure{1.5 * figureWidth, figureWidth * 0.68, func(c draw.Canvas) { pair(inset(c), title, loss, accuracy) }}
}

// pair draws two plots beside each other below a title.
func pair(c draw.Canvas, title string, left, right *plot.Plot) {
	heading := style(titleSize, ink, draw.XCenter, draw.YTop)
	c.FillText(heading, vg.Point{X: c.Center().X, Y: c.Max.Y}, title)
	c = draw.Crop(c, 0, 0, 0, -heading.Height(title)-8)
	half := c.Size().X / 2
	left.Draw(draw.Crop(c, 0, -half-8, 0, 0))
	right.Draw(draw.Crop(c, half+8, 0, 0, 0))
}

// addCurves adds the lines of training and validation.
func addCurves(p *plot.Plot, training, validation []float64) {
	p.Add(grid())
	falls := training[0] > training[len(training)-1]
	styleLegend(&p.Legend, falls, false)
	p.Legend.XOffs, p.Legend.YOffs = -8, 8
	if falls {
		p.Legend.YOffs = -8
	}
	for i, c := range []struct {
		name   string
		values []float64
	}{{"training", training}, {"validation", validation}} {
		xys := points(1, c.values)
		if len(xys) == 0 {
			continue
		}
		l := &plotter.Line{XYs: xys, LineStyle: line(series[i], 1.6)}
		p.Add(l)
		p.Legend.Add(c.name, l)
	}
	p.X.Min, p.X.Max = 1, float64(max(len(training), 2))
	p.X.Tick.Marker = wholeTicks(1, len(training))
}

// wholeTicks returns at most about ten whole numbers from first to last, both of them
// among them where there is room.
func wholeTicks(first, last int) plot.ConstantTicks {
	step := 1
	for i := 0; (last-first)/step > 10; i++ {
		step = []int{2, 5, 10}[i%3] * int(math.Pow10(i/3))
	}
	ticks := plot.ConstantTicks{{Value: float64(first), Label: strconv.Itoa(first)}}
	for v := step * (first/step + 1); v <= last; v += step {
		ticks = append(ticks, plot.Tick{Value: float64(v), Label: strconv.Itoa(v)})
	}
	return ticks
}

// mark draws a vertical line at an epoch.
func mark(p *plot.Plot, epoch float64) {
	low, high := p.Y.Min, p.Y.Max
	p.Add(&plotter.Line{XYs: plotter.XYs{{X: epoch, Y: low}, {X: epoch, Y: high}}, LineStyle: line(muted, 1, 4, 3)})
}
