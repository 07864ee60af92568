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

// weightsAlong is the weights of the cubic curve through the grid's points (Keys
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

// bend is the grid's displacement along one row: its columns of points, joined by
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

// of is the displacement at one column of such a row; written out, it takes half
// the time of a loop.
func (w *weights) of(p *[gridSide]vec) vec {
	return vec{
		w[0]*p[0].x + w[1]*p[1].x + w[2]*p[2].x + w[3]*p[3].x + w[4]*p[4].x,
		w[0]*p[0].y + w[1]*p[1].y + w[2]*p[2].y + w[3]*p[3].y + w[4]*p[4].y,
	}
}

// inverse is where pixels come from: pixel (x, y) shows what was at
// (xx*x + xy*y + x0, yx*x + yy*y + y0) of the padded image.
type inverse struct{ xx, xy, x0, yx, yy, y0 float32 }

// inverse is that of a change, which scales, shears and turns around the image's
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
	m := f.inverse(c)
	right, bottom := float32(f.width+1), float32(f.height+1)
	for y := range f.height {
		sx, sy := m.xy*float32(y)+m.x0, m.yy*float32(y)+m.y0
		var points [gridSide]vec
		if c.elastic {
			points = c.grid.bend(&f.rows[y])
		}
		row := dst[y*f.width:][:f.width]
		for x := range row {
			px, py := sx+m.xx*float32(x), sy+m.yx*float32(x)
			if c.elastic {
				by := f.columns[x].of(&points)
				px, py = px+by.x, py+by.y
			}
			if px >= 0 && px < right && py >= 0 && py < bottom {
				row[x] = bilinear(padded, f.width+2, px, py)
			} else {
				row[x] = 0
			}
		}
	}
}

// bilinear is the value of an image of this width at (x, y), from 0 to before the
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
