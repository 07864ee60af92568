package nn

// Window returns how a layer with a window moves it over pictures: height, width,
// vertical and horizontal stride, and the zeros above and on the left; nil for others than
// a [Conv2D].
func Window(layer Layer) []int {
	c, ok := layer.(*Conv2D)
	if !ok {
		return nil
	}
	return []int{c.Size[0], c.Size[1], c.Strides[0], c.Strides[1], c.top, c.left}
}
