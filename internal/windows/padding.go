package windows

// Padding says what a window does at a picture's edge. Above [Same] it is 1 more than
// the number of zeros on every side, for convolutions alone (see [Zeros]).
type Padding uint8

// Keras's paddings; the zero value is its default.
const (
	Valid Padding = iota // windows lie inside
	Same                 // zeros around the picture, so that the output is as large (over the stride)
)

// Zeros returns the padding by n zeros on every side, 1..254, as Keras's ZeroPadding2D
// puts them in front of a valid convolution.
func Zeros(n int) Padding { return Same + Padding(n) }

// String returns "valid" or "same"; other paddings have no word.
func (p Padding) String() string {
	if p == Same {
		return "same"
	}
	return "valid"
}

// Around returns the number of zeros before the first and behind the last value of a
// side: as in Keras, the odd one behind.
func (p Padding) Around(side, window, stride int) (before, behind int) {
	if p != Same {
		zeros := max(int(p)-int(Same), 0)
		return zeros, zeros
	}
	out := (side + stride - 1) / stride
	total := max((out-1)*stride+window-side, 0)
	return total / 2, total - total/2
}
