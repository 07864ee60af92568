package plots

import (
	"image/color"
	"slices"
	"strconv"
	"unicode/utf8"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/seed-c844a918/inkling/internal/metrics"
)

// numberedClasses is the most classes whose cells have room for numbers.
const numberedClasses = 26

// Confusion returns the confusion matrix as a heat map: rows are labels, columns
// answers. Right answers are blue by their share of the row; wrong ones are
// orange, the strongest mistake most, so that mistakes of a good model can be
// seen, too. classes name the rows of the matrix.
func Confusion(title string, classes []string, confusion metrics.Confusion) Figure {
	n := len(classes)
	p := newPlot(title, "answer", "label")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.5, float64(n)-0.5, -0.5, float64(n)-0.5
	p.X.Tick.Marker = names(classes)
	reversed := slices.Clone(classes)
	slices.Reverse(reversed)
	p.Y.Tick.Marker = names(reversed)
	p.X.Tick.Length, p.Y.Tick.Length = 0, 0
	p.X.LineStyle.Width, p.Y.LineStyle.Width = 0, 0
	if longest(classes) > 3 {
		p.X.Tick.Label.Rotation = 0.7
		p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = draw.XRight, draw.YTop
	}
	worst := worstShare(confusion)
	p.Add(plotted(func(c draw.Canvas, x, y func(float64) vg.Length) {
		for label, row := range confusion {
			for answer, count := range row {
				left, bottom := x(float64(answer)-0.5), y(float64(n-1-label)-0.5)
				box := draw.Canvas{Canvas: c, Rectangle: vg.Rectangle{
					Min: vg.Point{X: left, Y: bottom}, Max: vg.Point{X: x(float64(answer) + 0.5), Y: y(float64(n-1-label) + 0.5)},
				}}
				drawCell(box, rowShare(row, answer), worst, label == answer, count, n)
			}
		}
	}))
	return single(p, figureWidth, figureWidth*0.92)
}

// longest returns the length of the longest name.
func longest(names []string) int {
	most := 0
	for _, name := range names {
		most = max(most, utf8.RuneCountInString(name))
	}
	return most
}

// drawCell fills one cell and writes its number.
func drawCell(c draw.Canvas, share, worst float64, right bool, count, classes int) {
	fill, weight := orange, 0.0
	if right {
		fill, weight = blue, share
	} else if worst > 0 {
		weight = 0.85 * share / worst
	}
	const gap = 0.5
	rectangle(c, blend(color.RGBA{0xf6, 0xf7, 0xf8, 0xff}, fill, weight), c.Min.X+gap, c.Min.Y+gap, c.Max.X-gap, c.Max.Y-gap)
	if count == 0 || classes > numberedClasses {
		return
	}
	text := ink
	if weight > 0.55 {
		text = color.RGBA{0xff, 0xff, 0xff, 0xff}
	}
	size := vg.Length(min(tickSize, 125.0/float64(classes)))
	c.FillText(style(size, text, draw.XCenter, draw.YCenter), c.Center(), strconv.Itoa(count))
}

// rowShare returns the share of a row's answers in one column, 0 of an empty row.
func rowShare(row []int, answer int) float64 {
	total := 0
	for _, n := range row {
		total += n
	}
	return float64(row[answer]) / float64(max(total, 1))
}

// worstShare returns the largest share of wrong answers in one cell.
func worstShare(confusion metrics.Confusion) float64 {
	worst := 0.0
	for label, row := range confusion {
		for answer := range row {
			if answer != label {
				worst = max(worst, rowShare(row, answer))
			}
		}
	}
	return worst
}
