package keras

import (
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// maxZeros bounds the zeros on one side of a picture.
const maxZeros = 64

// zeros are the zeros around a picture: above, below; left, right.
type zeros [2][2]int

// around returns the largest of the four.
func (z zeros) around() int { return max(z[0][0], z[0][1], z[1][0], z[1][1]) }

// window returns a window's size grown by zeros so that, with around zeros on every
// side, it sees what the window saw behind z.
func (z zeros) window(size [2]int) [2]int {
	for axis := range size {
		size[axis] += 2*z.around() - z[axis][0] - z[axis][1]
	}
	return size
}

// readZeroPadding reads zeros around pictures. A valid convolution that follows takes
// them as its own; otherwise a convolution that copies its input is added.
func (b *builder) readZeroPadding(o *options) {
	o.channelsLast()
	z, ok := readZeros(o.take("padding"))
	if !ok {
		o.refuse("padding", "a number, two or two pairs of 0..64")
	}
	if len(b.shape) != 3 {
		o.fail("got the shape %s, want pictures", b.shape)
	}
	if o.err != nil || z.around() == 0 {
		return
	}
	if b.next.Class == "Conv2D" && b.next.Settings["padding"] != "same" {
		b.zeros = z
		return
	}
	channels := b.shape[2]
	layer := &nn.Conv2D{Filters: channels, Size: z.window([2]int{1, 1}), Padding: windows.Zeros(z.around())}
	b.add(o, layer)
	b.finish = append(b.finish, func() {
		kernel := layer.Params()[0]
		for channel := range channels {
			kernel.Value[z.first(kernel.Shape)+channel*channels+channel] = 1
		}
	})
}

// readZeros reads n, (rows, columns) or ((above, below), (left, right)).
func readZeros(value any) (z zeros, ok bool) {
	pair := func(value any) (sides [2]int, ok bool) {
		list, isList := value.([]any)
		if !isList {
			list = []any{value, value}
		}
		numbers, ok := wholes(list)
		if !ok || len(numbers) != 2 || min(numbers[0], numbers[1]) < 0 || max(numbers[0], numbers[1]) > maxZeros {
			return sides, false
		}
		return [2]int{numbers[0], numbers[1]}, true
	}
	list, isList := value.([]any)
	if !isList {
		list = []any{value, value}
	}
	if len(list) != 2 {
		return z, false
	}
	var ok1, ok2 bool
	z[0], ok1 = pair(list[0])
	z[1], ok2 = pair(list[1])
	return z, ok1 && ok2
}

// first returns where a grown kernel (height, width, in, filters) holds the first
// value of the one inside it.
func (z zeros) first(kernel nn.Shape) int {
	n := z.around()
	return ((n-z[0][0])*kernel[1] + n - z[1][0]) * kernel[2] * kernel[3]
}

// pad lets a convolution take the zeros in front of it; the slot's kernel stays as the
// file has it, and is copied into the grown one.
func (b *builder) pad(layer *nn.Conv2D) (weigh func()) {
	if b.zeros == (zeros{}) {
		return func() {}
	}
	z, size := b.zeros, layer.Size
	b.zeros = zeros{}
	layer.Size, layer.Padding = z.window(size), windows.Zeros(z.around())
	return func() {
		s := &b.slots[len(b.slots)-1]
		grown := s.params[0]
		own := &nn.Param{Name: "kernel", Shape: nn.Shape{size[0], size[1], grown.Shape[2], grown.Shape[3]}}
		s.params = []*nn.Param{own, s.params[1]}
		b.finish = append(b.finish, func() {
			row := size[1] * grown.Shape[2] * grown.Shape[3]
			for y := range size[0] {
				to := z.first(grown.Shape) + y*grown.Shape[1]*grown.Shape[2]*grown.Shape[3]
				copy(grown.Value[to:][:row], own.Value[y*row:])
			}
		})
	}
}
