package ink

import "slices"

// Fit makes the network's input from a picture by recipe picture, for a network that has
// learned from pictures on a ground. It returns whether there was one, and its ground; if
// not (no pixels, or all of them fully transparent), dst is all background.
//
// The picture, laid over white as in a browser, or over black where light ink on transparent
// paper would not be seen so, becomes grey (0.299 red + 0.587 green + 0.114
// blue, the luma of Rec. 601, which Pillow's mode L takes too), is scaled with
// its aspect kept until it just fits, averaged down or linearly up, and lies in
// the middle; the rest is background, 0. Light stays light, so that a picture of the
// network's own size passes unchanged, unless its ground is against the one learned: then
// it is inverted. Of very large pictures, ten by ten pixels for each pixel of dst are
// averaged.
//
// dst holds width*height bytes, row by row; Fit panics if its length differs.
func Fit(dst []uint8, width, height int, p Picture, learned Ground) (fitted bool, ground Ground) {
	if len(dst) != width*height {
		panic(ErrLength)
	}
	clear(dst)
	p, ok := p.whole()
	if !ok || width <= 0 || height <= 0 || !p.visible() {
		return false, AnyGround
	}
	all := view{0, 0, p.Width, p.Height}
	w, h := all.fitted(width, height)
	left, top := (width-w)/2, (height-h)/2
	grey := make([]uint8, w*h)
	for _, paper := range [2]float32{255, 0} {
		for i, c := range p.sample(all, w, h, linearTap, [3]float32{paper, paper, paper}).v {
			grey[i] = uint8(min(luma(c)+0.5, 255))
		}
		if slices.Min(grey) < 255-faint {
			break
		}
	}
	ground = GroundOf(grey, w)
	for i, v := range grey {
		if ground.Against(learned) {
			v = 255 - v
		}
		dst[(top+i/w)*width+left+i%w] = v
	}
	return true, ground
}

// faint is how much darker than white paper ink must be to be seen, of 255.
const faint = 16

// visible reports whether any pixel is not fully transparent.
func (p Picture) visible() bool {
	for i := 3; i < 4*p.Width*p.Height; i += 4 {
		if p.RGBA[i] != 0 {
			return true
		}
	}
	return false
}
