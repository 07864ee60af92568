package augment

import "math"

// gridSide is the number of points along either side of the elastic grid.
const gridSide = 5

// grid is how far the points of the elastic grid move, row by row, in pixels.
type grid [gridSide * gridSide]vec

type vec struct{ x, y float32 }

// frame is the size of images and how much each of the grid's points weighs at
// each column and row.
type frame struct {
	width, height int
	columns, rows []weights
}

// weights are those of a line of the grid's points at one pixel.
type weights [gridSide]float32

func newFrame(width, height int) *frame {
	return &frame{width, height, weightsAlong(width), weightsAlong(height)}
}

// weightsAlong returns the weights of the cubic curve through the grid's points (Keys
// 1981, a = -1/2) at the middle of each of n pixels. The grid's first and last
// points lie on the image's edges and stand for those beyond.
func weightsAlong(n int) []weights {
	all := make([]weights, n)
	for i := range all {
		at := (float64(i) + 0.5) / float64(n) * (gridSide - 1)
		from := math.Floor(at)
		t := float32(at - from)
		for k, w := range [4]float32{
			((2-t)*t - 1) * t / 2,
			((3*t-5)*t*t + 2) / 2,
			((4-3*t)*t + 1) * t / 2,
			(t - 1) * t * t / 2,
		} {
			all[i][min(max(int(from)-1+k, 0), gridSide-1)] += w
		}
	}
	return all
}

// bend returns the grid's displacement along one row: its columns of points, joined by
// the row's weights.
func (g *grid) bend(row *weights) (points [gridSide]vec) {
	for y, w := range row {
		for x := range points {
			p := g[y*gridSide+x]
			points[x].x += w * p.x
			points[x].y += w * p.y
		}
	}
	return points
}

// reach returns a distance beyond which the grid moves no pixel along either axis: the cubic
// curve goes beyond its points by a quarter at most, twice.
func (g *grid) reach() float32 {
	most := float32(0)
	for _, p := range g {
		most = max(most, p.x, -p.x, p.y, -p.y)
	}
	return most * 1.25 * 1.25
}

// of returns the displacement at one column of such a row, written out for speed.
func (w *weights) of(p *[gridSide]vec) vec {
	return vec{
		w[0]*p[0].x + w[1]*p[1].x + w[2]*p[2].x + w[3]*p[3].x + w[4]*p[4].x,
		w[0]*p[0].y + w[1]*p[1].y + w[2]*p[2].y + w[3]*p[3].y + w[4]*p[4].y,
	}
}

// inverse is where pixels come from: pixel (x, y) shows what was at
// (xx*x + xy*y + x0, yx*x + yy*y + y0) of the padded image.
type inverse struct{ xx, xy, x0, yx, yy, y0 float32 }

// inverse returns the inverse of a change, which scales, shears and turns around the image's
// middle and then moves.
func (f *frame) inverse(c *change) inverse {
	sin, cos := math.Sincos(c.turn)
	xx, xy := (cos-c.shear*sin)/(1+c.wider), (sin+c.shear*cos)/(1+c.wider)
	yx, yy := -sin/(1+c.taller), cos/(1+c.taller)
	mx, my := float64(f.width-1)/2, float64(f.height-1)/2
	x, y := -mx-c.dx, -my-c.dy
	return inverse{
		float32(xx), float32(xy), float32(1 + mx + xx*x + xy*y),
		float32(yx), float32(yy), float32(1 + my + yx*x + yy*y),
	}
}

// resample writes the image under c's map and grid, each pixel between the four
// it comes from. padded is the image with a border of one pixel.
func (f *frame) resample(dst, padded []uint8, c *change) {
	clear(dst)
	m, ink := f.inverse(c), inkBox(padded, f.width+2)
	var reach float32
	if c.elastic {
		reach = c.grid.reach()
	}
	var points [gridSide]vec
	for y := range f.height {
		sx, sy := m.xy*float32(y)+m.x0, m.yy*float32(y)+m.y0
		from, to := columnsWithin(sx, m.xx, ink.left-reach, ink.right+reach, 0, f.width)
		from, to = columnsWithin(sy, m.yx, ink.top-reach, ink.bottom+reach, from, to)
		if from < to && c.elastic {
			points = c.grid.bend(&f.rows[y])
		}
		row := dst[y*f.width:][:f.width]
		for x := from; x < to; x++ {
			px, py := sx+m.xx*float32(x), sy+m.yx*float32(x)
			if c.elastic {
				by := f.columns[x].of(&points)
				px, py = px+by.x, py+by.y
			}
			if px >= ink.left && px < ink.right && py >= ink.top && py < ink.bottom {
				row[x] = bilinear(padded, f.width+2, px, py)
			}
		}
	}
}

// columnsWithin narrows the columns from..to-1 to those x for which at+step*x may lie in
// low..high.
func columnsWithin(at, step, low, high float32, from, to int) (int, int) {
	if step == 0 {
		if at < low || at > high {
			return from, from
		}
		return from, to
	}
	first, last := (low-at)/step, (high-at)/step
	if step < 0 {
		first, last = last, first
	}
	first, last = max(first, float32(from)), min(last, float32(to-1))
	if first > last {
		return from, from
	}
	return int(first), int(last) + 1
}

// box is where an image has ink: from less than a pixel before the first column
// and row that have any to the last.
type box struct{ left, right, top, bottom float32 }

// inkBox returns the box of an image of this width whose edge is background; empty if
// all is.
func inkBox(image []uint8, width int) box {
	left, right, top, bottom := width, 0, 0, 0
	for y := range len(image) / width {
		row := image[y*width:][:width]
		from := 0
		for from < width && row[from] == 0 {
			from++
		}
		if from == width {
			continue
		}
		to := width
		for row[to-1] == 0 {
			to--
		}
		if bottom == 0 {
			top = y - 1
		}
		left, right, bottom = min(left, from-1), max(right, to), y+1
	}
	return box{float32(left), float32(right), float32(top), float32(bottom)}
}

// bilinear returns the value of an image of this width at (x, y), from 0 to before the
// last column and row, to 1/256 of a pixel.
func bilinear(image []uint8, width int, x, y float32) uint8 {
	ix, iy := int(x*256), int(y*256)
	fx, fy := ix&255, iy&255
	at := iy>>8*width + ix>>8
	up, down := image[at:][:2], image[at+width:][:2]
	above := int(up[0])<<8 + fx*(int(up[1])-int(up[0]))
	below := int(down[0])<<8 + fx*(int(down[1])-int(down[0]))
	return uint8((above<<8 + fy*(below-above) + 1<<15) >> 16)
}
