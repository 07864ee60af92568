package keras

import (
	"fmt"
	"strings"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/keras/chain"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/similarity"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// identities are layers that only training sees, whatever their options.
var identities = map[string]bool{
	"Dropout": true, "SpatialDropout1D": true, "SpatialDropout2D": true, "SpatialDropout3D": true, "GaussianDropout": true,
	"GaussianNoise": true, "AlphaDropout": true, "ActivityRegularization": true,
	"RandomFlip": true, "RandomRotation": true, "RandomZoom": true, "RandomTranslation": true, "RandomContrast": true,
	"RandomBrightness": true, "RandomHeight": true, "RandomWidth": true, "RandomShear": true, "RandomPerspective": true,
	"RandomSharpness": true, "RandomErasing": true, "RandomInvert": true, "RandomElasticTransform": true, "RandomGaussianBlur": true,
	"RandomPosterization": true,
}

// readers read the layers, by Keras's class.
var readers map[string]func(b *builder, o *options)

// Reads reports whether layers of one of Keras's classes are read.
func Reads(class string) bool { return readers[class] != nil }

func init() { // readActivation refers to readers
	readers = map[string]func(b *builder, o *options){
		"InputLayer":             (*builder).readInput,
		"Rescaling":              (*builder).readRescaling,
		"Normalization":          (*builder).readStandardizing,
		"ZeroPadding2D":          (*builder).readZeroPadding,
		"Dense":                  (*builder).readDense,
		"Conv2D":                 (*builder).readConv,
		"BatchNormalization":     (*builder).readNormalization,
		"MaxPooling2D":           (*builder).readMaxPooling,
		"AveragePooling2D":       (*builder).readAveragePooling,
		"GlobalMaxPooling2D":     func(b *builder, o *options) { b.readGlobal(o, &nn.MaxPool2D{}) },
		"GlobalAveragePooling2D": func(b *builder, o *options) { b.readGlobal(o, &nn.AveragePool2D{}) },
		"UnitNormalization":      func(b *builder, o *options) { b.lastAxis(o); b.add(o, &similarity.UnitNormalization{}) },
		"Flatten":                (*builder).readFlatten,
		"Reshape":                (*builder).readReshape,
		"Activation":             func(b *builder, o *options) { b.activate(o, "activation") },
		"ReLU":                   (*builder).readReLU,
		"LeakyReLU":              (*builder).readLeakyReLU,
		"ELU":                    (*builder).readELU,
		"Softmax":                (*builder).readSoftmax,
	}
	for class := range identities {
		readers[class] = func(*builder, *options) {} // builder.read leaves them out
	}
}

func (b *builder) readDense(o *options) {
	b.add(o, &nn.Dense{Units: o.whole("units")})
	b.weigh(o, "dense", b.bias(o))
	b.activate(o, "activation")
}

// bias returns the parameters that a layer lacks: its bias, if it uses none.
func (b *builder) bias(o *options) map[string]bool {
	return map[string]bool{"bias": !o.flag("use_bias", true)}
}

func (b *builder) readConv(o *options) {
	o.channelsLast()
	if o.pair("dilation_rate", [2]int{1, 1}) != [2]int{1, 1} {
		o.refuse("dilation_rate", "1")
	}
	o.only(1.0, "groups")
	layer := &nn.Conv2D{
		Filters: o.whole("filters"), Size: o.pair("kernel_size", [2]int{}), Strides: o.pair("strides", [2]int{1, 1}), Padding: o.padding(),
	}
	weigh := b.pad(layer)
	b.add(o, layer)
	b.weigh(o, "conv2d", b.bias(o))
	if o.err == nil {
		weigh()
	}
	b.activate(o, "activation")
}

// channelsLast refuses pictures whose channels come first.
func (o *options) channelsLast() { o.only("channels_last", "data_format") }

// padding reads Keras's padding.
func (o *options) padding() windows.Padding {
	switch o.take("padding") {
	case "valid", nil:
		return windows.Valid
	case "same":
		return windows.Same
	}
	o.refuse("padding", "valid or same")
	return windows.Valid
}

func (b *builder) readNormalization(o *options) {
	b.lastAxis(o)
	epsilon := o.number("epsilon", 0.001)
	if float32(epsilon) <= 0 {
		o.refuse("epsilon", "more than 0")
	}
	layer := &nn.BatchNormalization{Epsilon: float32(epsilon)}
	if momentum, ok := o.values["momentum"].(float64); ok && float32(momentum) > 0 && float32(momentum) < 1 {
		layer.Momentum = float32(momentum)
	}
	if !b.changed {
		b.normalized = layer
	}
	b.add(o, layer)
	b.weigh(o, "batch_normalization", map[string]bool{"gamma": !o.flag("scale", true), "beta": !o.flag("center", true)})
}

// lastAxis refuses another axis than the last, alone.
func (b *builder) lastAxis(o *options) {
	axis := o.take("axis")
	if list, ok := axis.([]any); ok && len(list) == 1 {
		axis = list[0]
	}
	if axis != nil && axis != -1.0 && axis != float64(len(b.shape)) {
		o.refuse("axis", "the last")
	}
}

func (b *builder) readMaxPooling(o *options) {
	size, strides := o.window()
	b.add(o, &nn.MaxPool2D{Size: size, Strides: strides, Padding: o.padding()})
}

func (b *builder) readAveragePooling(o *options) {
	size, strides := o.window()
	b.add(o, &nn.AveragePool2D{Size: size, Strides: strides, Padding: o.padding()})
}

// window reads a pooling's window and its strides.
func (o *options) window() (size, strides [2]int) {
	o.channelsLast()
	size = o.pair("pool_size", [2]int{2, 2})
	return size, o.pair("strides", size)
}

// readGlobal reads a pooling over the whole picture.
func (b *builder) readGlobal(o *options, pool nn.Layer) {
	o.channelsLast()
	b.add(o, pool)
	if !o.flag("keepdims", false) && len(b.shape) == 3 {
		b.shape = b.shape[2:]
	}
}

func (b *builder) readFlatten(o *options) {
	o.channelsLast()
	b.shape = nn.Shape{b.shape.Size()}
}

// readReshape changes the shape; one side may be -1, what is left.
func (b *builder) readReshape(o *options) {
	list, _ := o.take("target_shape").([]any)
	sides, ok := wholes(list)
	known, open := 1, -1
	for i, side := range sides {
		if side == -1 && open < 0 {
			open = i
		} else {
			known *= max(side, 0)
		}
	}
	if open >= 0 && known > 0 {
		sides[open] = b.shape.Size() / known
	}
	if target := nn.Shape(sides); !ok || len(sides) == 0 || len(sides) > 3 || target.Size() != b.shape.Size() {
		o.refuse("target_shape", "a shape of as many values as "+b.shape.String())
		return
	}
	b.shape = sides
}

// activate adds the function that an option names, or describes as a layer.
func (b *builder) activate(o *options, option string) {
	value := o.take(option)
	if fields, ok := value.(map[string]any); ok {
		class, _ := fields["class_name"].(string)
		inner, _ := fields["config"].(map[string]any)
		isFunction := class == "function" && fields["module"] == "builtins"
		if own := chain.OwnCode(fields); own != "" && !isFunction {
			o.fail("%s: got the custom activation %s, want Keras's own: its Python code is not in the file", option, own)
		}
		switch class {
		case "ReLU", "LeakyReLU", "ELU", "Softmax":
			own := &options{place: o.place + ", " + option + " " + class, values: inner, err: o.err}
			readers[class](b, own)
			o.err = own.check()
			return
		case "function":
			value = fields["config"]
			if isFunction {
				b.functions = append(b.functions, fmt.Sprintf("%s: %v", o.place, value))
			}
		}
	}
	name, ok := value.(string)
	if value == nil {
		name, ok = "linear", true
	}
	if !ok || o.err != nil || !b.apply(o, name) {
		o.refuse(option, "linear, "+strings.Join(activation.Names(), ", ")+" or softmax")
	}
}

// apply adds a function by its name; false if it is not known.
func (b *builder) apply(o *options, name string) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "_v1"), "_v2") // TensorFlow 1.13 to 2.0
	layer := nn.NewActivation(name)
	switch {
	case name == "linear":
		return true
	case name == "softmax":
		layer = &nn.Softmax{}
	case name == "swish" || name == "hard_swish":
		layer = nn.NewActivation(strings.Replace(name, "swish", "silu", 1))
	case name == "hard_sigmoid" && b.version == 2:
		layer = &nn.Activation{Curve: activation.Curve{Function: activation.HardSigmoid, Alpha: 0.2}}
	case layer == nil:
		return false
	}
	b.add(o, layer)
	b.last = name
	return true
}

// readReLU reads relu with its settings.
func (b *builder) readReLU(o *options) {
	most, slope, threshold := o.number("max_value", activation.NoMax), o.number("negative_slope", 0), o.number("threshold", 0)
	switch {
	case most < 0 || threshold < 0 || slope < 0:
		o.fail("max_value, negative_slope, threshold: got %v, %v, %v, want 0 or more", most, slope, threshold)
	case most == activation.NoMax && slope == 0 && threshold == 0:
		b.add(o, &nn.ReLU{})
	default:
		b.add(o, &nn.Activation{Curve: activation.Curve{
			Function: activation.Rectified, Alpha: float32(slope), Max: float32(most), Threshold: float32(threshold),
		}})
	}
	b.last = "relu"
}

// readLeakyReLU reads relu with a slope, which Keras 2 calls alpha.
func (b *builder) readLeakyReLU(o *options) {
	slope := o.number("negative_slope", o.number("alpha", 0.3))
	b.add(o, &nn.Activation{Curve: activation.Curve{Function: activation.Rectified, Alpha: float32(slope), Max: activation.NoMax}})
	b.last = "leaky_relu"
}

func (b *builder) readELU(o *options) {
	b.add(o, &nn.Activation{Curve: activation.Curve{Function: activation.ELU, Alpha: float32(o.number("alpha", 1))}})
	b.last = "elu"
}

// readSoftmax reads softmax over the last axis.
func (b *builder) readSoftmax(o *options) {
	if axis := o.take("axis"); axis != nil && axis != -1.0 && axis != 1.0 {
		o.refuse("axis", "the last")
	}
	b.add(o, &nn.Softmax{})
	b.last = "softmax"
}
