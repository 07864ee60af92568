package keras

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// readInput takes pictures of one channel, (H, W, 1) or (H, W), or square ones as one
// row of pixels, (H*W), which may also be a column: (H*W, 1).
func (b *builder) readInput(o *options) {
	o.take("dtype") // of what is fed, not of what is computed
	value := o.take("batch_shape")
	if value == nil {
		value = o.take("batch_input_shape")
	}
	list, _ := value.([]any)
	list = list[min(len(list), 1):]
	sides, ok := wholes(list)
	if !ok || len(sides) < 1 || len(sides) > 3 || !nn.Shape(sides).Fits() || nn.Shape(sides).Size() > model.MaxValues {
		o.fail("shape: got %s, want a fixed size: build the model with Input((height, width, 1)), such as Input((28, 28, 1))",
			tuple(list))
		return
	}
	b.shape = sides
	pixels := b.shape.Size()
	side := int(math.Round(math.Sqrt(float64(pixels))))
	isPicture := len(sides) == 3 && sides[2] == 1 || len(sides) == 2
	line := len(sides) == 1 || isPicture && min(sides[0], sides[1]) == 1
	switch {
	case line && side*side == pixels:
		b.input = nn.Shape{side, side, 1}
	case line && isPicture:
		o.fail("shape: got %s, pictures one pixel wide or high, want Input((height, width, 1)), or Input((height*width,)) of square ones",
			b.shape)
	case isPicture:
		b.input = nn.Shape{sides[0], sides[1], 1}
	default:
		o.fail("shape: got %s, want pictures (height, width, 1), (height, width), or square ones as (height*width)", b.shape)
	}
	b.have = b.input
}
