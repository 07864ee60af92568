package ink

// Fit makes the network's input from a picture by recipe picture and reports
// whether there was one; if not (no pixels, or all of them fully transparent),
// dst is all background.
//
// The picture, composited over black, becomes grey (0.299 red + 0.587 green +
// 0.114 blue, the luma of ITU-R BT.601, which Pillow's mode L takes too), is
// scaled with its aspect kept until it just fits, by area averages down or
// linearly up, and lies in the middle; the rest is background, 0. Light stays
// light: nothing is inverted, so a picture of the network's own size passes
// unchanged.
//
// dst holds width*height bytes, row by row; Fit panics if its length differs.
func Fit(dst []uint8, width, height int, p Picture) bool {
	if len(dst) != width*height {
		panic(ErrLength)
	}
	clear(dst)
	v, ok := p.whole()
	if !ok || len(dst) == 0 {
		return false
	}
	w, h := v.fitted(width, height)
	small := p.resample(v, w, h, linear)
	left, top := (width-w)/2, (height-h)/2
	visible := false
	for i, c := range small.px {
		visible = visible || c[3] > 0
		grey := 0.299*c[0] + 0.587*c[1] + 0.114*c[2]
		dst[(top+i/w)*width+left+i%w] = uint8(min(grey+0.5, 255))
	}
	return visible
}
