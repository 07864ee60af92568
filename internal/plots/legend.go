package plots

import (
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// entry is one line of a legend.
type entry struct {
	name  string
	thumb plot.Thumbnailer
}

// beside returns the figure of one plot with its legend to the right of it.
func beside(p *plot.Plot, width, height vg.Length, entries ...entry) Figure {
	legend := plot.NewLegend()
	styleLegend(&legend, true, true)
	for _, e := range entries {
		legend.Add(e.name, e.thumb)
	}
	return Figure{width, height, func(c draw.Canvas) {
		c = inset(c)
		room := legend.Rectangle(c).Size().X + 12
		p.Draw(draw.Crop(c, 0, -room, 0, 0))
		legend.Draw(draw.Crop(c, c.Size().X-room+8, 0, 0, -30))
	}}
}

// styleLegend puts a legend into a corner, in the figures' style.
func styleLegend(l *plot.Legend, top, left bool) {
	l.Top, l.Left = top, left
	l.TextStyle = style(tickSize, ink, draw.XLeft, draw.YBottom)
	l.Padding = 5
}

// percent writes a share, 0..1, with one decimal.
func percent(share float64) string {
	return strconv.FormatFloat(100*share, 'f', 1, 64) + " %"
}
