package ink

// workSide is the longer side in pixels at which pictures are traced: nine
// times the network's 28, so that a pen of a tenth of a digit is some twenty
// pixels wide.
const workSide = 256

// Trace finds the strokes that drew a picture, in pixels of the picture, so
// that [Draw] can draw them anew. It is nil when nothing is drawn on it.
func Trace(p Picture) []Stroke {
	v, ok := p.whole()
	if !ok {
		return nil
	}
	strokes := p.trace(v)
	if closer, ok := v.closer(strokes); ok {
		if again := p.trace(closer); again != nil {
			return again
		}
	}
	return strokes
}

// trace is Trace of a part of the picture.
func (p Picture) trace(v view) []Stroke {
	w, h := v.fitted(workSide, workSide)
	photo := p.resample(v, w, h, cubic).composite()
	photo.blur()
	ink, threshold, ok := photo.strength()
	if !ok {
		return nil
	}
	m := ink.above(threshold)
	m.dust()
	strokes := m.strokes()
	v.place(strokes, w, h)
	return strokes
}

// strokes thins the mask to lines and walks them.
func (m mask) strokes() []Stroke {
	parts := m.parts()
	distance := m.distances()
	m.thin()
	for _, p := range parts {
		m.keep(p, distance)
	}
	return prune(m, distance).strokes(4)
}

// keep makes sure that a part thinned to nothing leaves a dot.
func (m mask) keep(p part, distance []float32) {
	deepest := p[0]
	for _, at := range p {
		if m.on[at] != 0 {
			return
		}
		if distance[at] > distance[deepest] {
			deepest = at
		}
	}
	m.on[deepest] = 1
}

// place moves strokes from w x h working pixels to where the view lies.
func (v view) place(strokes []Stroke, w, h int) {
	sx, sy := float32(v.w)/float32(w), float32(v.h)/float32(h)
	for _, s := range strokes {
		for i, p := range s {
			s[i] = Point{float32(v.x) + sx*p.X, float32(v.y) + sy*p.Y}
		}
	}
}

// closer is the part of the view around the strokes, when they fill so little
// of it that a second look at that part alone shows more.
func (v view) closer(strokes []Stroke) (view, bool) {
	b, ok := boundsOf(strokes)
	if !ok {
		return view{}, false
	}
	long := max(b.maxX-b.minX, b.maxY-b.minY)
	margin := 0.3*long + 2
	x0, y0 := max(int(b.minX-margin), v.x), max(int(b.minY-margin), v.y)
	x1, y1 := min(int(b.maxX+margin)+1, v.x+v.w), min(int(b.maxY+margin)+1, v.y+v.h)
	near := view{x0, y0, x1 - x0, y1 - y0}
	return near, max(near.w, near.h) < 7*max(v.w, v.h)/10
}
