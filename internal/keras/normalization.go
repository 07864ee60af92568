package keras

import (
	"fmt"
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// leastDeviation is Keras's epsilon.
const leastDeviation = 1e-7

// standardizing is a Normalization, (x - mean)/max(sqrt(variance), 1e-7), which
// becomes a rescaling of all values or a batch normalization of each. Load settles it,
// since mean and variance may be weights.
type standardizing struct {
	place          string
	mean, variance *nn.Param
	invert         bool
	first          bool                   // whether it sees pixels
	unit           float64                // what it sees for a pixel that is 1 to the network
	one            *nn.Rescaling          // of one mean and variance
	each           *nn.BatchNormalization // of several
}

// readStandardizing reads a Normalization: of all values alike, of the last axis, or
// of each value.
func (b *builder) readStandardizing(o *options) {
	kept, ok := keptSides(o.take("axis"), b.shape)
	n := &standardizing{place: o.place, invert: o.flag("invert", false), first: !b.changed, unit: b.unit}
	mean, given1 := numbers(o.take("mean"))
	variance, given2 := numbers(o.take("variance"))
	given := given1 && given2 && len(mean) > 0 && len(variance) > 0
	if given {
		kept = nn.Shape{max(len(mean), len(variance))}
	}
	size := kept.Size()
	if !ok || size != 1 && size != b.shape.Size() && (size != b.shape[len(b.shape)-1] || len(kept) > 1) {
		o.refuse("axis", "the last, none or all")
		return
	}
	n.mean, n.variance = &nn.Param{Name: "mean", Shape: kept}, &nn.Param{Name: "variance", Shape: kept}
	if given {
		n.mean.Value, n.variance.Value = spread(mean, size), spread(variance, size)
		if n.mean.Value == nil || n.variance.Value == nil {
			o.fail("mean, variance: got %d and %d numbers, want as many", len(mean), len(variance))
			return
		}
	}
	b.unit, b.changed = 1, true
	b.addStandardizing(o, n, size)
	b.standardizing = append(b.standardizing, n)
	number := b.count(o, "normalization")
	if !given && o.err == nil {
		count := &nn.Param{Name: "count", Shape: nn.Shape{}}
		b.slots = append(b.slots, slot{
			place: o.place, kind: "normalization", name: o.name, number: number, in: o.in,
			params: []*nn.Param{n.mean, n.variance, count}, sure: true,
		})
	}
}

// addStandardizing adds the layer that a Normalization becomes.
func (b *builder) addStandardizing(o *options, n *standardizing, size int) {
	shape := b.shape
	if size == 1 {
		n.one = &nn.Rescaling{}
		b.add(o, n.one)
		return
	}
	n.each = &nn.BatchNormalization{}
	switch {
	case size == shape.Size():
		b.shape = nn.Shape{size}
	case len(shape) == 2:
		b.shape = nn.Shape{shape[0], 1, shape[1]} // as a picture, whose channels the columns are
	}
	b.add(o, n.each)
	b.shape = shape
}

// keptSides returns the sides of a shape that axes name, counted with the batch, from
// the front or the back.
func keptSides(value any, shape nn.Shape) (kept nn.Shape, ok bool) {
	if number, single := value.(float64); single {
		value = []any{number}
	}
	list, _ := value.([]any)
	var axes []int
	for _, element := range list {
		axis, ok := element.(float64)
		if axis < 0 {
			axis += float64(len(shape)) + 1
		}
		if !ok || axis != math.Trunc(axis) || axis < 1 || axis > float64(len(shape)) {
			return nil, false
		}
		axes = append(axes, int(axis))
	}
	slices.Sort(axes)
	axes = slices.Compact(axes)
	for _, axis := range axes {
		kept = append(kept, shape[axis-1])
	}
	last := len(axes) == 1 && axes[0] == len(shape)
	return kept, kept.Size() == 1 || last || kept.Size() == shape.Size()
}

// numbers returns the numbers in nested lists, or of an array as Keras writes them.
func numbers(value any) (list []float64, ok bool) {
	if fields, isArray := value.(map[string]any); isArray {
		config, _ := fields["config"].(map[string]any)
		value = config["value"]
	}
	switch v := value.(type) {
	case float64:
		return []float64{v}, true
	case []any:
		for _, element := range v {
			inner, ok := numbers(element)
			if !ok {
				return nil, false
			}
			list = append(list, inner...)
		}
		return list, true
	}
	return nil, false
}

// spread returns n values of a list of n numbers or of one; nil of another length.
func spread(list []float64, n int) []float32 {
	if len(list) != 1 && len(list) != n {
		return nil
	}
	values := make([]float32, n)
	for i := range values {
		values[i] = float32(list[i%len(list)])
	}
	return values
}

// affine returns scale and offset of value i.
func (n *standardizing) affine(i int) (scale, offset float64) {
	mean, deviation := float64(n.mean.Value[i]), max(math.Sqrt(float64(n.variance.Value[i])), leastDeviation)
	if n.invert {
		return deviation, mean
	}
	return 1 / deviation, -mean / deviation
}

// settle fills the layer once mean and variance are known, and decides which pixels
// the model takes if nothing has yet.
func (a *Architecture) settle(n *standardizing) error {
	for _, v := range n.variance.Value {
		if !(v >= 0) {
			return fmt.Errorf("keras: %s: variance: got %v, want 0 or more", n.place, v)
		}
	}
	if n.first && a.Pixels == ByModel {
		if err := a.judgeStandardizing(n); err != nil {
			return err
		}
		n.unit = unitOf(a.Pixels)
	}
	if n.one != nil {
		scale, offset := n.affine(0)
		n.one.Scale, n.one.Offset = float32(scale*n.unit), float32(offset)
		return nil
	}
	params := n.each.Params() // gamma, beta, moving_mean, moving_variance
	root := math.Sqrt(float64(1 + n.each.Epsilon))
	for i := range n.mean.Value {
		scale, offset := n.affine(i)
		params[0].Value[i], params[1].Value[i], params[3].Value[i] = float32(scale*n.unit*root), float32(offset), 1
	}
	return nil
}

// judgeStandardizing decides by the means of all means and variances.
func (a *Architecture) judgeStandardizing(n *standardizing) error {
	mean, variance := 0.0, 0.0
	for i, v := range n.mean.Value {
		mean += float64(v) / float64(len(n.mean.Value))
		variance += float64(n.variance.Value[i]) / float64(len(n.mean.Value))
	}
	layer := fmt.Sprintf("Normalization of mean %.4g and variance %.4g", mean, variance)
	deviation := math.Sqrt(variance)
	if a.Pixels = judge(1/deviation, -mean/deviation); n.invert || a.Pixels == ByModel || mean == 0 && variance == 1 {
		a.Pixels = ByModel
		return &UndecidedError{layer}
	}
	a.Why = "the model begins with " + layer
	return nil
}

// settleFirst decides by a batch normalization that sees the pixels. A mean above 1.5
// belongs to pixels 0..255; its statistics are then scaled to 0..1.
func (a *Architecture) settleFirst() {
	params := a.normalized.Params() // gamma, beta, moving_mean, moving_variance
	mean := 0.0
	for _, v := range params[2].Value {
		mean += float64(v) / float64(len(params[2].Value))
	}
	if !(mean > 1.5) {
		a.Pixels, a.Why = Unit, "the model does not begin with Rescaling"
		return
	}
	a.Pixels, a.Why = Bytes, fmt.Sprintf("the model begins with BatchNormalization of mean %.4g", mean)
	for i := range params[2].Value {
		params[2].Value[i] /= math.MaxUint8
		params[3].Value[i] /= math.MaxUint8 * math.MaxUint8
	}
	a.normalized.Epsilon /= math.MaxUint8 * math.MaxUint8
}
