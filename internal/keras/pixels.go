package keras

import (
	"fmt"
	"math"

	"github.com/seed-c844a918/inkling/internal/keras/chain"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Pixels is the range of pixels that a model takes.
type Pixels string

// The ranges of pixels; the zero value leaves the choice to the model.
const (
	ByModel Pixels = ""       // as its first Rescaling or Normalization says, else 0..1
	Unit    Pixels = "0..1"   // divided by 255
	Bytes   Pixels = "0..255" // as they are
)

// UndecidedError says that a model begins with a layer that fits neither range of pixels.
type UndecidedError struct{ Layer string }

func (e *UndecidedError) Error() string {
	return "keras: pixels: the model begins with " + e.Layer + ", which fits neither pixels 0..1 nor 0..255: " +
		"say what it was trained on, --pixels 0..1 or --pixels 0..255"
}

// rangeKept are the layers, beside those that only training sees, that leave the
// range of pixels as it is, or commute with another scale of it.
var rangeKept = map[string]bool{
	"InputLayer": true, "Flatten": true, "Reshape": true, "ZeroPadding2D": true, "MaxPooling2D": true, "AveragePooling2D": true,
	"GlobalMaxPooling2D": true, "GlobalAveragePooling2D": true,
}

// firstChange returns the first step that changes the range of pixels, a step
// without a class if there is none.
func firstChange(steps []chain.Step) chain.Step {
	for _, s := range steps {
		if !rangeKept[s.Class] && !identities[s.Class] && !leavesAlone(s) {
			return s
		}
	}
	return chain.Step{}
}

// leavesAlone reports whether the step is a Rescaling by 1.
func leavesAlone(s chain.Step) bool {
	scale, offset, ok := rescaling(s)
	return ok && scale == 1 && offset == 0
}

// rescaling returns scale and offset of a Rescaling; false if the step is none, or one
// of several numbers.
func rescaling(s chain.Step) (scale, offset float64, ok bool) {
	if s.Class != "Rescaling" {
		return 0, 0, false
	}
	scale, ok1 := scalar(s.Settings["scale"]).(float64)
	offset, ok2 := scalar(s.Settings["offset"]).(float64)
	return scale, offset, ok1 && (ok2 || s.Settings["offset"] == nil)
}

// judge returns the pixels that a model takes if it begins with x*scale + offset. The
// value that becomes 0 must be in the range, or close to it, and the range must come out
// at a size that networks are trained on, 0.4..16, or as differences from a mean. If no
// range does, judge returns ByModel.
func judge(scale, offset float64) Pixels {
	size, zero := math.Abs(scale), -offset/scale
	switch fits := 255*size >= 0.4; {
	case zero > 1.5 && zero <= 260 && fits && size <= 1.001:
		return Bytes
	case zero < -0.01 || zero > 1.5:
		return ByModel
	case size >= 0.4:
		return Unit
	case fits && 255*size <= 16:
		return Bytes
	}
	return ByModel
}

// choosePixels decides what the model takes, as far as its layers say; a
// Normalization or BatchNormalization says it later, by its weights.
func (a *Architecture) choosePixels(steps []chain.Step, pixels Pixels) error {
	first := firstChange(steps)
	scale, offset, ok := rescaling(first)
	switch {
	case pixels != ByModel:
		a.Pixels = pixels
	case ok:
		layer := rescalingText(scale, offset)
		if a.Pixels = judge(scale, offset); a.Pixels == ByModel {
			return &UndecidedError{layer}
		}
		a.Why = "the model begins with " + layer
	case first.Class != "Normalization" && first.Class != "BatchNormalization":
		a.Pixels, a.Why = Unit, "the model does not begin with Rescaling"
	}
	return nil
}

// rescalingText returns a Rescaling as Keras writes it.
func rescalingText(scale, offset float64) string {
	if offset == 0 {
		return fmt.Sprintf("Rescaling(%.6g)", scale)
	}
	return fmt.Sprintf("Rescaling(%.6g, %.6g)", scale, offset)
}

// unitOf returns what a model sees for a pixel that is 1 to the network.
func unitOf(pixels Pixels) float64 {
	if pixels == Bytes {
		return math.MaxUint8
	}
	return 1
}

// readRescaling reads x*scale + offset; the first sees pixels.
func (b *builder) readRescaling(o *options) {
	scale, offset := o.number("scale", 1)*b.unit, o.number("offset", 0)
	b.unit = 1
	if math.Abs(scale-1) > 1e-12 || offset != 0 {
		b.add(o, &nn.Rescaling{Scale: float32(scale), Offset: float32(offset)})
	}
}
