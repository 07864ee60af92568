package ink

import (
	"math"
	"slices"
)

// rgb is red, green and blue, 0..255, or a difference of two such.
type rgb [3]float32

func (c rgb) dot(d rgb) float32 { return c[0]*d[0] + c[1]*d[1] + c[2]*d[2] }

func (c rgb) length() float32 { return float32(math.Sqrt(float64(c.dot(c)))) }

func (c rgb) plus(f float32, d rgb) rgb {
	return rgb{c[0] + f*d[0], c[1] + f*d[1], c[2] + f*d[2]}
}

// photo is an opaque picture at working size, row by row.
type photo struct {
	w, h int
	px   []rgb
}

// composite lays the sheet over a backdrop of one colour.
func (s sheet) composite() photo {
	backdrop := s.backdrop()
	p := photo{s.w, s.h, make([]rgb, len(s.px))}
	for i, c := range s.px {
		p.px[i] = rgb{c[0], c[1], c[2]}.plus(1-c[3]/255, backdrop)
	}
	return p
}

// Ink on nothing covers less than half of a picture, or is of one colour: its
// brightness (0..255) then varies by less than inkSpread about the mean.
const inkSpread = 24

// backdrop is the colour under the transparent parts. If they are the paper,
// it is white, or black where the ink is light; if they are only cut off the
// paper, it is the paper's colour.
func (s sheet) backdrop() rgb {
	var mass, mean, square float64
	for _, c := range s.px {
		if c[3] > 0 {
			luma := float64(c[0]+c[1]+c[2]) / 3 / float64(c[3]) * 255
			mass += float64(c[3])
			mean += float64(c[3]) * luma
			square += float64(c[3]) * luma * luma
		}
	}
	if mass == 0 {
		return rgb{}
	}
	mean /= mass
	spread := math.Sqrt(max(square/mass-mean*mean, 0))
	switch {
	case mass > 0.5*255*float64(len(s.px)) && spread > inkSpread:
		return s.opaqueMedian()
	case mean < 128:
		return rgb{255, 255, 255}
	}
	return rgb{}
}

// opaqueMedian is the median of each channel over the more or less opaque
// pixels.
func (s sheet) opaqueMedian() rgb {
	var opaque []rgb
	for _, c := range s.px {
		if c[3] > 250 {
			opaque = append(opaque, rgb{c[0], c[1], c[2]})
		}
	}
	return medianColour(opaque)
}

func medianColour(colours []rgb) rgb {
	var middle rgb
	values := make([]float32, len(colours))
	for k := range middle {
		for i, c := range colours {
			values[i] = c[k]
		}
		middle[k] = median(values)
	}
	return middle
}

// median reorders values; 0 of none.
func median(values []float32) float32 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// blur smooths with the binomial weights 1 2 1 in both directions.
func (p photo) blur() {
	old := make([]rgb, max(p.w, p.h))
	line := func(start, step, n int) {
		for i := range n {
			old[i] = p.px[start+i*step]
		}
		for i := range n {
			before, after := old[max(i-1, 0)], old[min(i+1, n-1)]
			p.px[start+i*step] = rgb{}.plus(0.25, before).plus(0.5, old[i]).plus(0.25, after)
		}
	}
	for y := range p.h {
		line(y*p.w, 1, p.w)
	}
	for x := range p.w {
		line(x, p.w, p.h)
	}
}

// terms is the number of terms of a polynomial of degree four in x and y.
const terms = 15

// basis is the terms of such a polynomial at pixel (x, y), those of degree two
// first; x and y count from -1 to 1 across the picture.
func (p photo) basis(x, y int) [terms]float64 {
	u := 2*(float64(x)+0.5)/float64(p.w) - 1
	v := 2*(float64(y)+0.5)/float64(p.h) - 1
	return [terms]float64{
		1, u, v, u * u, u * v, v * v,
		u * u * u, u * u * v, u * v * v, v * v * v,
		u * u * u * u, u * u * u * v, u * u * v * v, u * v * v * v, v * v * v * v,
	}
}

// surface is a colour for each pixel of a photo, a polynomial per channel.
type surface [terms]rgb

func (s *surface) at(basis *[terms]float64) rgb {
	var c rgb
	for i, b := range basis {
		c = c.plus(float32(b), s[i])
	}
	return c
}

// sample is one pixel of the grid that the surface is fitted to.
type sample struct {
	basis [terms]float64
	c     rgb
	away  float32 // distance to the surface
}

// paper is the photo's background: a smooth surface fitted to the pixels by
// least squares, where those far from the last fit, the ink, are left out
// (least trimmed squares, Rousseeuw 1984, by repeated fits). It begins flat,
// becomes a paraboloid, which is what one lamp's light looks like, and then
// one of degree four for the darker corners of lenses.
func (p photo) paper() surface {
	samples := p.samples()
	colours := make([]rgb, len(samples))
	for i := range samples {
		colours[i] = samples[i].c
	}
	var s surface
	s[0] = medianColour(colours)
	for _, n := range [...]int{6, 6, 6, 6, 6, 6, terms, terms, terms} {
		s = fit(samples, n, trim(samples, &s))
	}
	return s
}

// gridSide is how many samples lie along the longer side of a photo.
const gridSide = 64

func (p photo) samples() []sample {
	step := max(1, (max(p.w, p.h)+gridSide-1)/gridSide)
	var samples []sample
	for y := step / 2; y < p.h; y += step {
		for x := step / 2; x < p.w; x += step {
			samples = append(samples, sample{basis: p.basis(x, y), c: p.px[y*p.w+x]})
		}
	}
	return samples
}

// trim measures how far each sample is from the surface, and returns the
// distance beyond which it counts as ink.
func trim(samples []sample, s *surface) float32 {
	away := make([]float32, len(samples))
	for i := range samples {
		a := &samples[i]
		a.away = a.c.plus(-1, s.at(&a.basis)).length()
		away[i] = a.away
	}
	return 2.5*median(away) + 3
}

// fit is the least squares surface of the first n terms through the samples
// that are within the limit.
func fit(samples []sample, n int, limit float32) surface {
	var normal [terms][terms + 3]float64
	for i := range samples {
		a := &samples[i]
		if a.away > limit {
			continue
		}
		for j := range n {
			for k := range j + 1 {
				normal[j][k] += a.basis[j] * a.basis[k]
			}
			for k, c := range a.c {
				normal[j][terms+k] += a.basis[j] * float64(c)
			}
		}
	}
	return solve(&normal, n)
}

// solve solves the n normal equations, lower triangle and three right sides
// given, by Cholesky's decomposition, with a little ridge for what the samples
// leave open.
func solve(a *[terms][terms + 3]float64, n int) surface {
	ridge := 1e-6*a[0][0] + 1e-9
	for j := range n {
		for k := range j + 1 {
			sum := a[j][k]
			for m := range k {
				sum -= a[j][m] * a[k][m]
			}
			if j > k {
				a[j][k] = sum / a[k][k]
			} else {
				a[j][j] = math.Sqrt(max(sum+ridge, ridge))
			}
		}
	}
	var s surface
	for c := range 3 {
		var x [terms]float64
		for j := range n {
			sum := a[j][terms+c]
			for m := range j {
				sum -= a[j][m] * x[m]
			}
			x[j] = sum / a[j][j]
		}
		for j := n - 1; j >= 0; j-- {
			sum := x[j]
			for m := j + 1; m < n; m++ {
				sum -= a[m][j] * x[m]
			}
			x[j] = sum / a[j][j]
			s[j][c] = float32(x[j])
		}
	}
	return s
}
