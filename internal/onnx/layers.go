package onnx

import (
	"fmt"
	"math"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/similarity"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// writers write the layers, by the names of their kinds.
var writers = map[string]func(g *graph, layer nn.Layer) error{
	"dense":               writeDense,
	"conv2d":              writeConv,
	"max_pool2d":          writeMaxPool,
	"max_pool2d_same":     writeMaxPool,
	"average_pool2d":      writeAveragePool,
	"batch_normalization": writeNormalization,
	"flatten":             writeFlatten,
	"reshape":             writeReshape,
	"rescaling":           writeRescaling,
	"unit_normalization":  writeUnitNormalization,
	"prototypes":          writePrototypes,
	"relu":                func(g *graph, _ nn.Layer) error { return g.node("Relu", []string{g.last}) },
	"softmax":             func(g *graph, _ nn.Layer) error { return g.node("Softmax", []string{g.last}, attribute("axis", -1)) },
	"activation":          writeActivation,
	"dropout":             func(*graph, nn.Layer) error { return nil }, // nothing when predicting
}

// add writes one layer.
func (g *graph) add(layer nn.Layer) error {
	write, ok := writers[layer.Kind()]
	if !ok {
		return fmt.Errorf("got %s, which is not written", layer.Kind())
	}
	return write(g, layer)
}

func writeDense(g *graph, layer nn.Layer) error {
	kernel, bias := layer.Params()[0], layer.Params()[1]
	return g.node("Gemm", []string{g.last, g.floats(kernel.Shape, kernel.Value), g.floats(bias.Shape, bias.Value)})
}

func writeMaxPool(g *graph, layer nn.Layer) error {
	l := layer.(*nn.MaxPool2D)
	return g.node("MaxPool", []string{g.last}, g.window(l.Size, l.Strides, l.Padding)...)
}

// writeAveragePool writes an average pooling; ONNX, too, does not count what lies
// outside the picture.
func writeAveragePool(g *graph, layer nn.Layer) error {
	l := layer.(*nn.AveragePool2D)
	return g.node("AveragePool", []string{g.last}, g.window(l.Size, l.Strides, l.Padding)...)
}

func writeFlatten(g *graph, _ nn.Layer) error {
	g.channelsLast()
	return g.reshape(g.shape.Size())
}

func writeReshape(g *graph, layer nn.Layer) error {
	target := layer.(*nn.Reshape).Target
	g.channelsLast()
	g.reshape(target...)
	if len(target) == 3 {
		g.channelsFirst()
	}
	return nil
}

func writeRescaling(g *graph, layer nn.Layer) error {
	l := layer.(*nn.Rescaling)
	g.node("Mul", []string{g.last, g.scalar(l.Scale)})
	return g.node("Add", []string{g.last, g.scalar(l.Offset)})
}

// writeUnitNormalization writes x / max(|x|, 1e-6) over the channels.
func writeUnitNormalization(g *graph, _ nn.Layer) error {
	x, axis := g.last, -1
	if g.first {
		axis = 1
	}
	g.node("ReduceL2", []string{x}, attribute("axes", []int{axis}), attribute("keepdims", 1))
	g.node("Max", []string{g.last, g.scalar(1e-6)})
	return g.node("Div", []string{x, g.last})
}

// writePrototypes writes the cosines of all columns, the largest of each class's, and
// the mean of the largest of the others'.
func writePrototypes(g *graph, layer nn.Layer) error {
	l := layer.(*similarity.Prototypes)
	kernel, bias := l.Params()[0], l.Params()[2]
	g.node("MatMul", []string{g.last, g.floats(kernel.Shape, kernel.Value)})
	cosines := g.last
	columns := make([][]int, l.Classes)
	for i := range l.Columns {
		columns[l.ClassOf(i)] = append(columns[l.ClassOf(i)], i)
	}
	var parts []string
	for _, own := range columns {
		g.node("Gather", []string{cosines, g.indices(own)}, attribute("axis", 1))
		parts = append(parts, g.reduced("ReduceMax"))
	}
	if l.Others > 0 {
		others := make([]int, l.Others)
		for i := range others {
			others[i] = l.Columns + i
		}
		g.node("Gather", []string{cosines, g.indices(others)}, attribute("axis", 1))
		g.node("TopK", []string{g.last, g.indices([]int{l.Nearest})}, attribute("axis", 1))
		g.reduced("ReduceMean")
		g.node("Mul", []string{g.last, g.scalar(l.Share)})
	} else {
		g.node("Mul", []string{parts[0], g.scalar(0)})
	}
	g.node("Concat", append(parts, g.last), attribute("axis", 1))
	return g.node("Add", []string{g.last, g.floats(bias.Shape, bias.Value)})
}

// reduced makes one value of a row and returns its name.
func (g *graph) reduced(operator string) string {
	g.node(operator, []string{g.last}, attribute("axes", []int{1}), attribute("keepdims", 1))
	return g.last
}

// writeConv writes a convolution; its kernel becomes (filters, in, height, width).
func writeConv(g *graph, layer nn.Layer) error {
	l := layer.(*nn.Conv2D)
	kernel, bias := l.Params()[0], l.Params()[1]
	window, in, filters := l.Size[0]*l.Size[1], kernel.Shape[2], l.Filters
	turned := make([]float32, len(kernel.Value))
	for i, v := range kernel.Value {
		at, from, to := i/(in*filters), i/filters%in, i%filters
		turned[(to*in+from)*window+at] = v
	}
	shape := []int{filters, in, l.Size[0], l.Size[1]}
	return g.node("Conv", []string{g.last, g.floats(shape, turned), g.floats(bias.Shape, bias.Value)},
		g.window(l.Size, l.Strides, l.Padding)...)
}

// window returns the attributes that say how a window lies over the pictures.
func (g *graph) window(size, strides [2]int, padding windows.Padding) []message {
	pads := make([]int, 4) // top, left, bottom, right
	for i := range size {
		pads[i], pads[i+2] = padding.Around(g.shape[i], size[i], strides[i])
	}
	return []message{attribute("kernel_shape", size[:]), attribute("strides", strides[:]), attribute("pads", pads)}
}

// writeNormalization writes a batch normalization of pictures or rows.
func writeNormalization(g *graph, layer nn.Layer) error {
	if len(g.shape) == 2 {
		return fmt.Errorf("got batch_normalization of %s, want pictures or one dimension", g.shape)
	}
	inputs := []string{g.last}
	for _, p := range layer.Params() {
		inputs = append(inputs, g.floats(p.Shape, p.Value))
	}
	return g.node("BatchNormalization", inputs, attribute("epsilon", layer.(*nn.BatchNormalization).Epsilon))
}

// operators are the functions that ONNX has by itself.
var operators = map[activation.Function]string{
	activation.SELU: "Selu", activation.Sigmoid: "Sigmoid", activation.Tanh: "Tanh",
	activation.Softplus: "Softplus", activation.Softsign: "Softsign", activation.Exponential: "Exp",
}

// writeActivation writes a function, of several operators if need be.
func writeActivation(g *graph, layer nn.Layer) error {
	l, x := layer.(*nn.Activation), g.last
	if operator, ok := operators[l.Function]; ok {
		return g.node(operator, []string{x})
	}
	switch l.Function {
	case activation.ELU:
		g.node("Elu", []string{x}, attribute("alpha", l.Alpha))
	case activation.HardSigmoid, activation.HardSiLU:
		g.node("HardSigmoid", []string{x}, attribute("alpha", l.Alpha), attribute("beta", float32(0.5)))
	case activation.SiLU:
		g.node("Sigmoid", []string{x})
	case activation.GELU: // x * (1 + erf(x/sqrt 2))/2
		g.node("Mul", []string{x, g.scalar(math.Sqrt2 / 2)})
		g.node("Erf", []string{g.last})
		g.node("Add", []string{g.last, g.scalar(1)})
		g.node("Mul", []string{g.last, g.scalar(0.5)})
	case activation.Rectified:
		g.rectify(l)
	default:
		return fmt.Errorf("got activation %s, which is not written", l.Function)
	}
	if l.Function == activation.SiLU || l.Function == activation.HardSiLU || l.Function == activation.GELU {
		g.node("Mul", []string{x, g.last})
	}
	return nil
}

// rectify writes relu with its settings: x above the threshold, at most Max, else
// Alpha*(x - threshold).
func (g *graph) rectify(l *nn.Activation) {
	x, threshold := g.last, g.scalar(l.Threshold)
	g.node("Greater", []string{x, threshold})
	above := g.last
	g.node("Sub", []string{x, threshold})
	g.node("Mul", []string{g.last, g.scalar(l.Alpha)})
	g.node("Where", []string{above, x, g.last})
	g.node("Min", []string{g.last, g.scalar(l.Max)})
}
