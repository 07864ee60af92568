package ink

import (
	"math"
	"slices"
)

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// plane holds one value per pixel at working size, row by row.
type plane struct {
	width, height int
	v             []float32
}

// strengths is how much ink each pixel shows: 0 is paper, below 0 lighter than
// paper where ink is darker. The unit is that of the picture's channels, 0..255.
type strengths struct{ plane }

// Of ink: the least contrast to the paper that can be ink, 0..255; how many
// times the paper's noise it must be; and where between paper and ink a
// stroke's edge is taken.
const (
	contrastLeast = 10
	contrastNoise = 5
	edgeAt        = 0.5
)

// strengths projects the flattened colours on the direction in which ink
// differs from paper. Pixels within the noise have no say in it.
func (c colours) strengths(noise float32) strengths {
	axis := c.inkAxis(9 * noise * noise)
	s := strengths{plane{c.width, c.height, make([]float32, len(c.v))}}
	for i, v := range c.v {
		s.v[i] = dot3(v, axis)
	}
	return s
}

func dot3(a, b [3]float32) float32 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

// inkAxis returns the unit vector along which the flattened colours whose squared
// distance from paper exceeds floor lie: the principal axis of their second
// moments about the paper, each weighted by its squared distance, found by
// power iteration; its sign is that of the summed cubes.
func (c colours) inkAxis(floor float32) [3]float32 {
	var m [3][3]float64
	for _, v := range c.v {
		d2 := dot3(v, v)
		if d2 <= floor {
			continue
		}
		for i := range m {
			for k := range m {
				m[i][k] += float64(d2) * float64(v[i]) * float64(v[k])
			}
		}
	}
	axis := [3]float64{0.577, 0.578, 0.579}
	for range 20 {
		axis = unit(times(&m, axis))
	}
	out := [3]float32{float32(axis[0]), float32(axis[1]), float32(axis[2])}
	cubes := 0.0
	for _, v := range c.v {
		if s := float64(dot3(v, out)); dot3(v, v) > floor {
			cubes += s * s * s
		}
	}
	if cubes < 0 {
		out[0], out[1], out[2] = -out[0], -out[1], -out[2]
	}
	return out
}

func times(m *[3][3]float64, v [3]float64) (out [3]float64) {
	for i := range out {
		out[i] = m[i][0]*v[0] + m[i][1]*v[1] + m[i][2]*v[2]
	}
	return out
}

// unit gives v the length one; the zero vector stays.
func unit(v [3]float64) [3]float64 {
	length := math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2])
	if length == 0 {
		return v
	}
	return [3]float64{v[0] / length, v[1] / length, v[2] / length}
}

// blur smooths p by the weights 1 2 1 in both directions.
func (p plane) blur() {
	for y := range p.height {
		blurLine(p.v[y*p.width:(y+1)*p.width], 1)
	}
	for x := range p.width {
		blurLine(p.v[x:], p.width)
	}
}

// blurLine smooths every stride-th value in place; the ends repeat themselves.
func blurLine(v []float32, stride int) {
	before := v[0]
	for i := 0; i < len(v); i += stride {
		here, after := v[i], v[i]
		if i+stride < len(v) {
			after = v[i+stride]
		}
		v[i] = (before + 2*here + after) / 4
		before = here
	}
}

// edge returns the strength that parts ink from paper; false if none stands
// out from the paper's noise.
func (s strengths) edge() (at float32, ok bool) {
	split := s.otsu()
	var above []float32
	sizes := make([]float32, len(s.v))
	for i, v := range s.v {
		sizes[i] = max(v, -v)
		if v > split {
			above = append(above, v)
		}
	}
	if len(above) == 0 {
		return 0, false
	}
	ink, noise := nth(above, len(above)/2), 1.4826*nth(sizes, len(sizes)/2)
	return edgeAt * ink, ink >= contrastLeast && ink >= contrastNoise*noise
}

// nth returns the value that would be at index n if v were sorted; v is reordered
// (Hoare's quickselect, 1961).
func nth(v []float32, n int) float32 {
	low, high := 0, len(v)-1
	for low < high {
		pivot := v[low+(high-low)/2]
		i, k := low, high
		for i <= k {
			for v[i] < pivot {
				i++
			}
			for v[k] > pivot {
				k--
			}
			if i <= k {
				v[i], v[k] = v[k], v[i]
				i, k = i+1, k-1
			}
		}
		switch {
		case n <= k:
			high = k
		case n >= i:
			low = i
		default:
			return v[n]
		}
	}
	return v[n]
}

// otsu returns the threshold that parts the strengths above 0 into the two classes
// with the largest variance between them (Otsu 1979).
func (s strengths) otsu() float32 {
	const bins = 256
	top := max(slices.Max(s.v), 1e-3)
	var histogram [bins]float64
	mean := 0.0
	for _, v := range s.v {
		bin := min(int(max(v, 0)/top*bins), bins-1)
		histogram[bin]++
		mean += float64(bin)
	}
	total := float64(len(s.v))
	mean /= total
	best, at, below, sum := -1.0, 0, 0.0, 0.0
	for bin, n := range histogram {
		below += n
		sum += n * float64(bin)
		if below == 0 || below == total {
			continue
		}
		d := mean*below - sum
		if between := d * d / (below * (total - below)); between > best {
			best, at = between, bin
		}
	}
	return top * float32(at+1) / bins
}
