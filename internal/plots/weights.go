package plots

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	stddraw "image/draw"
	"math"
	"slices"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// The measures of a picture of weights, in its own pixels.
const (
	weightPixel = 3 // a weight is a square of this side
	weightGap   = 8 // between units, with a frame around each
)

// FirstWeights shows the weights of a network's first layer that has any, which
// must be dense and see the pixels themselves.
func FirstWeights(name string, network *nn.Sequential) (Figure, error) {
	for _, layer := range network.Layers {
		if len(layer.Params()) == 0 {
			continue
		}
		dense, ok := layer.(*nn.Dense)
		if !ok {
			return Figure{}, fmt.Errorf("the first layer with weights is %s, want dense", layer.Kind())
		}
		title := fmt.Sprintf("%s: weights of the first layer's %d units", name, dense.Units)
		return Weights(title, dense.Params()[0].Value, network.Input[0], network.Input[1], dense.Units), nil
	}
	return Figure{}, errors.New("no layer has weights")
}

// Weights shows what each unit of a first dense layer looks for: a small image per
// unit, blue where ink speaks for it, orange where it speaks against, white
// where it does not matter; the strongest half percent have one colour. kernel is
// (height*width, units), row by row; any other length panics.
func Weights(title string, kernel []float32, height, width, units int) Figure {
	if len(kernel) != height*width*units {
		panic(fmt.Sprintf("plots: weights: got %d, want %dx%dx%d", len(kernel), height, width, units))
	}
	most := strong(kernel)
	p := newPlot(title, "", "")
	p.HideAxes()
	columns := int(math.Ceil(math.Sqrt(float64(units) * 1.3)))
	tiles := tile(kernel, height, width, units, columns, most)
	size := tiles.Bounds().Size()
	p.Add(plotter.NewImage(tiles, 0, 0, float64(size.X), float64(size.Y)))
	p.X.Padding, p.Y.Padding = 0, 0
	plotWidth := vg.Length(figureWidth) - 20
	plotHeight := plotWidth * vg.Length(size.Y) / vg.Length(size.X)
	const head, foot = 34, 44
	return Figure{figureWidth, plotHeight + head + foot, func(c draw.Canvas) {
		p.Draw(draw.Crop(c, 10, -10, foot, -6))
		scale(draw.Crop(c, c.Size().X/2-90, -c.Size().X/2+90, 12, foot-8-c.Size().Y), most)
	}}
}

// strong returns the magnitude that one weight in two hundred exceeds; those have the
// full colour.
func strong(weights []float32) float64 {
	magnitudes := make([]float32, len(weights))
	for i, w := range weights {
		magnitudes[i] = max(w, -w)
	}
	slices.Sort(magnitudes)
	return float64(magnitudes[(len(magnitudes)-1)*199/200])
}

// diverging returns blue for 1, orange for -1 and white between.
func diverging(v float64) color.RGBA {
	to := blue
	if v < 0 {
		to = orange
	}
	return blend(color.RGBA{0xff, 0xff, 0xff, 0xff}, to, min(math.Abs(v), 1))
}

// tile paints all units.
func tile(kernel []float32, height, width, units, columns int, most float64) image.Image {
	rows := (units + columns - 1) / columns
	cell := image.Pt(width*weightPixel+weightGap, height*weightPixel+weightGap)
	tiles := image.NewRGBA(image.Rect(0, 0, columns*cell.X, rows*cell.Y))
	for unit := range units {
		corner := image.Pt(unit%columns*cell.X, unit/columns*cell.Y)
		frame := image.Rectangle{corner, corner.Add(cell)}.Inset(weightGap/2 - 1)
		stddraw.Draw(tiles, frame, image.NewUniform(rule), image.Point{}, stddraw.Src)
		corner = corner.Add(image.Pt(weightGap/2, weightGap/2))
		for y := range height * weightPixel {
			for x := range width * weightPixel {
				weight := kernel[(y/weightPixel*width+x/weightPixel)*units+unit]
				tiles.SetRGBA(corner.X+x, corner.Y+y, diverging(float64(weight)/max(most, math.SmallestNonzeroFloat32)))
			}
		}
	}
	return tiles
}

// scale draws what the colours mean.
func scale(c draw.Canvas, most float64) {
	const steps = 60
	at := func(i int) vg.Length { return c.Min.X + c.Size().X*vg.Length(i)/steps }
	middle := c.Center().Y
	for i := range steps {
		rectangle(c, diverging(2*(float64(i)+0.5)/steps-1), at(i), middle, at(i+1)+0.3, c.Max.Y)
	}
	for i, v := range []float64{-most, 0, most} {
		c.FillText(style(tickSize, ink, draw.XCenter, draw.YTop), vg.Point{X: at(i * steps / 2), Y: middle - 3}, fmt.Sprintf("%.2g", v))
	}
}
