package ink

import "math"

// colours is a picture at working size: three bytes' worth (0..255) of red,
// green and blue a pixel, in float32, row by row. transform leads back.
type colours struct {
	width, height int
	v             [][3]float32
	view          view
}

// view is a part of a picture, in its pixels.
type view struct{ x, y, width, height int }

// point maps a position at working size to the picture's pixels.
func (c colours) point(v vec) Point {
	return Point{
		float32(float64(c.view.x) + v.x*float64(c.view.width)/float64(c.width)),
		float32(float64(c.view.y) + v.y*float64(c.view.height)/float64(c.height)),
	}
}

// whole cuts a picture to the rows that RGBA holds in full; false if there is
// none.
func (p Picture) whole() (Picture, bool) {
	if p.Width <= 0 || p.Height <= 0 || p.Width > len(p.RGBA)/4 {
		return Picture{}, false
	}
	p.Height = min(p.Height, len(p.RGBA)/4/p.Width)
	return p, true
}

// luma returns a colour's luminance by Rec. 601, in the unit of the channels.
func luma(c [3]float32) float32 { return 0.299*c[0] + 0.587*c[1] + 0.114*c[2] }

// samplesMost bounds the rows and columns that a statistic of a whole picture
// looks at.
const samplesMost = 256

// backdrop returns the colour that shows through where a picture is transparent:
// black behind light ink, else white; but where most is opaque and holds both
// light and dark (a card with round corners), what most of it is. Where one colour
// of an opaque picture was made transparent, ink fades towards it at its edges, so
// that their shade tells. False if nothing is opaque at all.
func (p Picture) backdrop() (colour [3]float32, ok bool) {
	var total, count, light, light2, edges, edgeLight float64
	var shades [256]int
	stepX, stepY := max(1, p.Width/samplesMost), max(1, p.Height/samplesMost)
	for y := 0; y < p.Height; y += stepY {
		for x := 0; x < p.Width; x += stepX {
			px := p.RGBA[4*(y*p.Width+x):]
			l := luma([3]float32{float32(px[0]), float32(px[1]), float32(px[2])})
			alpha := float64(px[3]) / 255
			total++
			count += alpha
			light += alpha * float64(l)
			light2 += alpha * float64(l) * float64(l)
			if p.beside(x, y) {
				edges += alpha
				edgeLight += alpha * float64(l)
			}
			shades[uint8(l)] += int(px[3])
		}
	}
	if count == 0 {
		return colour, false
	}
	mean := light / count
	spread := math.Sqrt(max(0, light2/count-mean*mean))
	switch {
	case count > total/2 && spread > 16:
		shade := float32(middleOf(shades[:]))
		colour = [3]float32{shade, shade, shade}
	case spread > 16 && edgeLight > (mean+8)*edges, // they are lighter
		mean <= 127.5 && edgeLight >= (mean-8)*edges: // they are not darker
		colour = [3]float32{255, 255, 255}
	}
	return colour, true
}

// beside reports whether a pixel on its left or above it is transparent.
func (p Picture) beside(x, y int) bool {
	at := 4*(y*p.Width+x) + 3
	return x > 0 && p.RGBA[at-4] == 0 || y > 0 && p.RGBA[at-4*p.Width] == 0
}

// middleOf returns the median of a histogram: the first bin at which half is
// reached.
func middleOf(histogram []int) int {
	total, sum := 0, 0
	for _, n := range histogram {
		total += n
	}
	for i, n := range histogram {
		if sum += n; 2*sum >= total {
			return i
		}
	}
	return 0
}

// tap is what one working row or column takes from a picture: weights of
// pixels at+0, at+step, ... that add up to one.
type tap struct {
	at, step int
	weights  []float32
}

// tapsMost bounds the pixels that one working row or column averages, and so
// the work on large pictures.
const tapsMost = 10

// taps resamples the pixels from..from+count of side pixels into n: averaged
// where these are fewer, else enlarged.
func taps(from, count, side, n int, enlarge func(x float64, side int) tap) []tap {
	out := make([]tap, n)
	for i := range out {
		low := float64(from) + float64(i)*float64(count)/float64(n)
		high := float64(from) + float64(i+1)*float64(count)/float64(n)
		if n >= count {
			out[i] = enlarge((low+high)/2-0.5, side)
		} else {
			out[i] = boxTap(low, high, side)
		}
	}
	return out
}

// boxTap averages the area low..high; of wide ones every step-th pixel.
func boxTap(low, high float64, side int) tap {
	first, last := int(low), min(int(math.Ceil(high)), side)
	t := tap{at: first, step: 1 + (last-first)/tapsMost}
	total := float32(0)
	for x := first; x < last; x += t.step {
		covered := float32(min(float64(x+1), high) - max(float64(x), low))
		t.weights = append(t.weights, covered)
		total += covered
	}
	for i := range t.weights {
		t.weights[i] /= total
	}
	return t
}

// cubicTap interpolates at x, where 0 is the first pixel's centre, by Catmull
// and Rom's cubic (1974).
func cubicTap(x float64, side int) tap {
	base := math.Floor(x)
	f := float32(x - base)
	return pointTap(int(base)-1, side,
		((2-f)*f-1)*f/2, ((3*f-5)*f*f+2)/2, ((4-3*f)*f+1)*f/2, (f-1)*f*f/2)
}

// linearTap interpolates at x between the two nearest pixels.
func linearTap(x float64, side int) tap {
	base := math.Floor(x)
	f := float32(x - base)
	return pointTap(int(base), side, 1-f, f)
}

// pointTap weighs the pixels from first on; beyond the picture its outermost
// ones go on.
func pointTap(first, side int, weights ...float32) tap {
	inside := func(x int) int { return min(max(x, 0), side-1) }
	at := inside(first)
	t := tap{at: at, step: 1, weights: make([]float32, inside(first+len(weights)-1)-at+1)}
	for i, weight := range weights {
		t.weights[inside(first+i)-at] += weight
	}
	return t
}

// fitted returns the view's size when it just fits width x height, its aspect kept,
// at least one pixel each way.
func (w view) fitted(width, height int) (int, int) {
	scale := min(float64(width)/float64(w.width), float64(height)/float64(w.height))
	return min(max(int(scale*float64(w.width)+0.5), 1), width), min(max(int(scale*float64(w.height)+0.5), 1), height)
}

// sample brings a view of the picture, laid over the backdrop, to a size:
// area-averaged down, or enlarged.
func (p Picture) sample(w view, width, height int, enlarge func(x float64, side int) tap, backdrop [3]float32) colours {
	c := colours{width, height, make([][3]float32, width*height), w}
	columns := taps(w.x, w.width, p.Width, width, enlarge)
	rows := lines{row: make(map[int][][3]float32), of: func(y int) [][3]float32 { return p.line(y, columns, backdrop) }}
	for y, row := range taps(w.y, w.height, p.Height, height, enlarge) {
		line := c.v[y*width : (y+1)*width]
		rows.forget(row.at)
		for i, weight := range row.weights {
			for x, v := range rows.at(row.at + i*row.step) {
				for k := range v {
					line[x][k] += weight * v[k]
				}
			}
		}
	}
	return c
}

// lines keeps the resampled rows that the next working row may want again: where a
// picture is enlarged, all of them.
type lines struct {
	row  map[int][][3]float32
	last int // rows before it are forgotten
	of   func(y int) [][3]float32
}

func (l *lines) at(y int) [][3]float32 {
	row, ok := l.row[y]
	if !ok {
		row = l.of(y)
		l.row[y] = row
	}
	return row
}

func (l *lines) forget(before int) {
	for ; l.last < before; l.last++ {
		delete(l.row, l.last)
	}
}

// line returns one row of the picture, resampled.
func (p Picture) line(y int, columns []tap, backdrop [3]float32) [][3]float32 {
	line := make([][3]float32, len(columns))
	row := p.RGBA[4*y*p.Width : 4*(y+1)*p.Width]
	for x, column := range columns {
		var sum [3]float32
		for i, part := range column.weights {
			px := row[4*(column.at+i*column.step):][:4]
			alpha := float32(px[3]) / 255 * part
			rest := part - alpha
			for c := range sum {
				sum[c] += alpha*float32(px[c]) + rest*backdrop[c]
			}
		}
		line[x] = sum
	}
	return line
}
