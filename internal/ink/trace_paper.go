package ink

import "math"

// surface is a polynomial over a picture for each colour channel: what paper
// looks like under light that falls unevenly.
type surface [3][terms]float64

// terms counts the coefficients of a polynomial of degree four; those of a
// plane and of a quadratic come first. A quadratic is what one lamp's light
// looks like, degree four the darker corners of lenses.
const (
	planeTerms     = 3
	quadraticTerms = 6
	terms          = 15
)

// The paper's fit: the share of pixels that a trimmed round keeps (ink covers
// less than the rest), the rounds, and the ring at the picture's border, as a
// share of its shorter side, that the first guess is taken from.
const (
	paperKept   = 0.55
	paperRounds = 8
	ringShare   = 0.1
	paperLook   = 3000 // pixels that a round looks at, about
)

// basis returns the polynomial's terms at a pixel, with x and y in -1..1.
func (c colours) basis(x, y int) [terms]float64 {
	u := (2*float64(x)+1)/float64(c.width) - 1
	v := (2*float64(y)+1)/float64(c.height) - 1
	uu, uv, vv := u*u, u*v, v*v
	return [terms]float64{
		1, u, v, uu, uv, vv,
		uu * u, uu * v, vv * u, vv * v,
		uu * uu, uu * uv, uu * vv, uv * vv, vv * vv,
	}
}

// at returns the surface's colour where the basis was taken.
func (s *surface) at(basis [terms]float64) (colour [3]float32) {
	for c := range colour {
		sum := 0.0
		for i, b := range basis {
			sum += s[c][i] * b
		}
		colour[c] = float32(sum)
	}
	return colour
}

// paperSample is one pixel that the fit looks at, and its squared distance
// from the surface of the last round.
type paperSample struct {
	basis    [terms]float64
	colour   [3]float32
	edge     int // pixels to the picture's border
	distance float32
}

// flatten fits the paper and replaces every pixel by its difference from it.
// The result is the paper's noise: the root of the median squared distance of
// a pixel from the surface.
func (c colours) flatten() (noise float32) {
	if paper, flat := c.flatPaper(); flat {
		distances := make([]float32, len(c.v))
		for i := range c.v {
			for k := range paper {
				c.v[i][k] -= paper[k]
			}
			distances[i] = dot3(c.v[i], c.v[i])
		}
		return sqrt32(nth(distances, len(distances)/2))
	}
	samples := c.paperSamples()
	ring := c.paperRing()
	s, spread := fitPaper(samples, func(p *paperSample) bool { return p.edge < ring })
	// A frame or a table's top spoils the ring; then all pixels begin.
	other, otherSpread := fitPaper(samples, func(*paperSample) bool { return true })
	if otherSpread < spread {
		s, spread = other, otherSpread
	}
	for i := range c.v {
		paper := s.at(c.basis(i%c.width, i/c.width))
		for k := range paper {
			c.v[i][k] -= paper[k]
		}
	}
	return sqrt32(spread)
}

// flatPaper returns the mean colour of the picture's border if paper is flat there, as in
// data sets and screenshots, and needs no fit: if all of the border and paperKept of
// the picture differ from the first pixel by flatMost at most.
func (c colours) flatPaper() (paper [3]float32, flat bool) {
	const flatMost = 4 // of 0..255, in each channel
	first := c.v[0]
	count, around := 0, float32(0)
	for i, v := range c.v {
		d := [3]float32{v[0] - first[0], v[1] - first[1], v[2] - first[2]}
		is := max(d[0], d[1], d[2], -d[0], -d[1], -d[2]) <= flatMost
		if is {
			count++
		}
		if x, y := i%c.width, i/c.width; x == 0 || y == 0 || x == c.width-1 || y == c.height-1 {
			if !is {
				return paper, false
			}
			around++
			for k := range d {
				paper[k] += d[k]
			}
		}
	}
	for k := range paper {
		paper[k] = first[k] + paper[k]/around
	}
	return paper, float64(count) >= paperKept*float64(len(c.v))
}

// fitPaper returns the surface through most samples and the median squared distance
// from it. The fit is least trimmed squares (Rousseeuw 1984): fit, keep the
// samples that lie nearest, fit again; two rounds of planes through the samples
// to begin with come first.
func fitPaper(samples []paperSample, begin func(*paperSample) bool) (s surface, spread float32) {
	limit := float32(math.MaxFloat32)
	for i := range samples {
		samples[i].distance = 0
	}
	for round := range paperRounds {
		degree := quadraticTerms
		switch {
		case round < 2:
			degree = planeTerms
		case round >= paperRounds-3:
			degree = terms
		}
		s = fitSurface(samples, degree, func(p *paperSample) bool {
			return p.distance <= limit && (round >= 2 || begin(p))
		})
		limit = trim(samples, &s, round)
	}
	return s, distanceAt(samples, 0.5)
}

// paperRing returns the width in pixels of the ring along the border that the first
// guess is taken from: it is most often paper.
func (c colours) paperRing() int {
	return int(ringShare*float64(min(c.width, c.height))) + 1
}

// paperSamples picks about paperLook pixels on a regular grid.
func (c colours) paperSamples() []paperSample {
	step := 1
	for (c.width/step)*(c.height/step) > paperLook {
		step++
	}
	var samples []paperSample
	for y := step / 2; y < c.height; y += step {
		for x := step / 2; x < c.width; x += step {
			samples = append(samples, paperSample{
				basis: c.basis(x, y), colour: c.v[y*c.width+x],
				edge: min(x, y, c.width-1-x, c.height-1-y),
			})
		}
	}
	return samples
}

// trim measures the samples against s and returns the squared distance up to
// which the next round keeps them: the nearest paperKept of them, and in the
// last rounds all that the noise of these explains.
func trim(samples []paperSample, s *surface, round int) float32 {
	for i := range samples {
		p := &samples[i]
		paper := s.at(p.basis)
		p.distance = 0
		for c := range paper {
			d := p.colour[c] - paper[c]
			p.distance += d * d
		}
	}
	if round < paperRounds-4 {
		return distanceAt(samples, paperKept)
	}
	return 9*distanceAt(samples, 0.5) + 1
}

// distanceAt returns the quantile of the samples' squared distances.
func distanceAt(samples []paperSample, quantile float64) float32 {
	all := make([]float32, len(samples))
	for i, p := range samples {
		all[i] = p.distance
	}
	return nth(all, int(quantile*float64(len(all)-1)))
}

// fitSurface returns the least squares fit, by its first degree terms, to the
// samples that are wanted.
func fitSurface(samples []paperSample, degree int, want func(*paperSample) bool) (s surface) {
	var m [terms][terms + 3]float64 // the normal equations, a right side per channel
	for i := range samples {
		p := &samples[i]
		if !want(p) {
			continue
		}
		for row := range degree {
			for column := range row + 1 {
				m[row][column] += p.basis[row] * p.basis[column]
			}
			for c, value := range p.colour {
				m[row][terms+c] += p.basis[row] * float64(value)
			}
		}
	}
	for row := range degree { // the matrix is symmetric
		for column := range row {
			m[column][row] = m[row][column]
		}
	}
	eliminate(&m)
	for c := range s {
		for i := range degree {
			s[c][i] = m[i][terms+c]
		}
	}
	return s
}

// eliminate solves the normal equations in place by Gauss and Jordan. The
// matrix is positive semidefinite, so its diagonal serves as pivot; a term that
// the samples say nothing about gets the coefficient 0.
func eliminate(m *[terms][terms + 3]float64) {
	const tiny = 1e-9
	scale := m[0][0]
	for i := range m {
		if m[i][i] <= tiny*scale || scale == 0 {
			m[i] = [terms + 3]float64{}
			for row := range m {
				m[row][i] = 0
			}
			continue
		}
		inverse := 1 / m[i][i]
		for column := range m[i] {
			m[i][column] *= inverse
		}
		for row := range m {
			if factor := m[row][i]; row != i && factor != 0 {
				for column := range m[row] {
					m[row][column] -= factor * m[i][column]
				}
			}
		}
	}
}
