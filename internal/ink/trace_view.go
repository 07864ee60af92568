package ink

import "math"

// view is a part of a picture: w x h pixels from column x and row y on.
type view struct{ x, y, w, h int }

// whole is the view of all pixels that p really holds: rows that RGBA is too
// short for do not count. ok is false when there are none.
func (p Picture) whole() (v view, ok bool) {
	if p.Width <= 0 || p.Height <= 0 {
		return view{}, false
	}
	v = view{w: p.Width, h: min(p.Height, len(p.RGBA)/4/p.Width)}
	return v, v.h > 0
}

// colour is red, green, blue and alpha, 0..255; in a sheet, red, green and
// blue are multiplied by alpha/255.
type colour [4]float32

// sheet is a picture at working size, row by row.
type sheet struct {
	w, h int
	px   []colour
}

// resample is the view of p in w x h pixels: area averages where it shrinks,
// interpolation where it grows.
func (p Picture) resample(v view, w, h int, grow kernel) sheet {
	s := sheet{w, h, make([]colour, w*h)}
	columns, rows := tapsOf(v.w, w, grow), tapsOf(v.h, h, grow)
	line := make([]colour, w)
	for y, row := range rows {
		out := s.px[y*w : y*w+w]
		for i, weight := range row.weights {
			start := 4 * ((v.y+row.from+i)*p.Width + v.x)
			shrinkLine(line, p.RGBA[start:start+4*v.w], columns)
			for x, c := range line {
				for k := range c {
					out[x][k] += weight * c[k]
				}
			}
		}
	}
	return s
}

// shrinkLine resamples one row of straight-alpha bytes into premultiplied
// colours.
func shrinkLine(line []colour, row []uint8, columns []taps) {
	for x, column := range columns {
		var sum colour
		at := 4 * column.from
		for _, weight := range column.weights {
			a := weight * float32(row[at+3])
			sum[0] += a * float32(row[at])
			sum[1] += a * float32(row[at+1])
			sum[2] += a * float32(row[at+2])
			sum[3] += a
			at += 4
		}
		sum[0] /= 255
		sum[1] /= 255
		sum[2] /= 255
		line[x] = sum
	}
}

// taps are the input pixels from, from+1, ... that make one output pixel; the
// weights add up to 1.
type taps struct {
	from    int
	weights []float32
}

// tapsOf resamples a line of in pixels to one of out.
func tapsOf(in, out int, grow kernel) []taps {
	all := make([]taps, out)
	step := float64(in) / float64(out)
	for i := range all {
		if in >= out {
			all[i] = boxTaps(float64(i)*step, float64(i+1)*step, in)
		} else {
			all[i] = grow.taps((float64(i)+0.5)*step-0.5, in)
		}
	}
	return all
}

// boxTaps averages the pixels of [low, high) by the share that lies inside.
func boxTaps(low, high float64, in int) taps {
	from := min(int(low), in-1)
	to := min(int(math.Ceil(high)), in)
	t := taps{from, make([]float32, max(to-from, 1))}
	for i := range t.weights {
		left, right := float64(from+i), float64(from+i+1)
		t.weights[i] = float32(max(min(right, high)-max(left, low), 1e-6))
	}
	t.normalise()
	return t
}

// kernel weighs a pixel by its distance, 0 from reach on.
type kernel struct {
	reach  int
	weight func(distance float64) float64
}

var (
	linear = kernel{1, func(d float64) float64 { return max(1-d, 0) }}
	// cubic is the B-spline of degree three: it smooths, and never overshoots
	// as sharper cubics do (Mitchell & Netravali 1988, B = 1, C = 0).
	cubic = kernel{2, func(d float64) float64 {
		if d < 1 {
			return (4 - 6*d*d + 3*d*d*d) / 6
		}
		e := max(2-d, 0)
		return e * e * e / 6
	}}
)

// taps interpolates at position (0 is the centre of the first pixel) of a line
// of in pixels; beyond its ends the line goes on with its last pixel.
func (k kernel) taps(position float64, in int) taps {
	first := int(math.Floor(position)) - k.reach + 1
	from, to := max(first, 0), min(first+2*k.reach, in)
	t := taps{from, make([]float32, to-from)}
	for i := first; i < first+2*k.reach; i++ {
		at := min(max(i, from), to-1) - from
		t.weights[at] += float32(k.weight(math.Abs(position - float64(i))))
	}
	t.normalise()
	return t
}

func (t taps) normalise() {
	var sum float32
	for _, weight := range t.weights {
		sum += weight
	}
	for i := range t.weights {
		t.weights[i] /= sum
	}
}

// fitted is the size of the view when its aspect is kept and it just fits
// into width x height, at least one pixel each way.
func (v view) fitted(width, height int) (w, h int) {
	scale := min(float64(width)/float64(v.w), float64(height)/float64(v.h))
	w = min(max(int(scale*float64(v.w)+0.5), 1), width)
	h = min(max(int(scale*float64(v.h)+0.5), 1), height)
	return w, h
}
