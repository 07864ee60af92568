package onnx

import (
	"fmt"
	"math"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// add writes one layer.
func (g *graph) add(layer nn.Layer) error {
	switch l := layer.(type) {
	case *nn.Dense:
		kernel, bias := l.Params()[0], l.Params()[1]
		g.node("Gemm", []string{g.last, g.floats(kernel.Shape, kernel.Value), g.floats(bias.Shape, bias.Value)})
	case *nn.Conv2D:
		g.convolve(l)
	case *nn.MaxPool2D:
		g.pool("MaxPool", l.Size, l.Strides, l.Padding)
	case *nn.AveragePool2D:
		g.pool("AveragePool", l.Size, l.Strides, l.Padding)
	case *nn.BatchNormalization:
		return g.normalize(l)
	case *nn.Flatten:
		g.channelsLast()
		g.reshape(g.shape.Size())
	case *nn.Reshape:
		g.channelsLast()
		g.reshape(l.Target...)
		if len(l.Target) == 3 {
			g.channelsFirst()
		}
	case *nn.Rescaling:
		g.node("Mul", []string{g.last, g.scalar(l.Scale)})
		g.node("Add", []string{g.last, g.scalar(l.Offset)})
	case *nn.ReLU:
		g.node("Relu", []string{g.last})
	case *nn.Softmax:
		g.node("Softmax", []string{g.last}, attribute("axis", -1))
	case *nn.Activation:
		return g.activate(l)
	case *nn.Dropout: // nothing when predicting
	default:
		return fmt.Errorf("got %s, which is not written", layer.Kind())
	}
	return nil
}

// convolve writes a convolution; its kernel becomes (filters, in, height, width).
func (g *graph) convolve(l *nn.Conv2D) {
	kernel, bias := l.Params()[0], l.Params()[1]
	window, in, filters := l.Size[0]*l.Size[1], kernel.Shape[2], l.Filters
	turned := make([]float32, len(kernel.Value))
	for i, v := range kernel.Value {
		at, from, to := i/(in*filters), i/filters%in, i%filters
		turned[(to*in+from)*window+at] = v
	}
	shape := []int{filters, in, l.Size[0], l.Size[1]}
	g.node("Conv", []string{g.last, g.floats(shape, turned), g.floats(bias.Shape, bias.Value)}, g.window(l.Size, l.Strides, l.Padding)...)
}

// pool writes a pooling; what lies outside the picture does not count.
func (g *graph) pool(operator string, size, strides [2]int, padding nn.Padding) {
	g.node(operator, []string{g.last}, g.window(size, strides, padding)...)
}

// window is how a window lies over the pictures.
func (g *graph) window(size, strides [2]int, padding nn.Padding) []message {
	pads := make([]int, 4) // top, left, bottom, right
	for i := range size {
		if padding == nn.Same {
			out := (g.shape[i] + strides[i] - 1) / strides[i]
			total := max((out-1)*strides[i]+size[i]-g.shape[i], 0)
			pads[i], pads[i+2] = total/2, total-total/2
		}
	}
	return []message{attribute("kernel_shape", size[:]), attribute("strides", strides[:]), attribute("pads", pads)}
}

// normalize writes a batch normalization of pictures or rows.
func (g *graph) normalize(l *nn.BatchNormalization) error {
	if len(g.shape) == 2 {
		return fmt.Errorf("got batch_normalization of %s, want pictures or one dimension", g.shape)
	}
	inputs := []string{g.last}
	for _, p := range l.Params() {
		inputs = append(inputs, g.floats(p.Shape, p.Value))
	}
	g.node("BatchNormalization", inputs, attribute("epsilon", l.Epsilon))
	return nil
}

// operators are the functions that ONNX has by itself.
var operators = map[nn.Function]string{
	nn.SELU: "Selu", nn.Sigmoid: "Sigmoid", nn.Tanh: "Tanh", nn.Softplus: "Softplus", nn.Softsign: "Softsign", nn.Exponential: "Exp",
}

// activate writes a function, of several operators if need be.
func (g *graph) activate(l *nn.Activation) error {
	x := g.last
	if operator, ok := operators[l.Function]; ok {
		g.node(operator, []string{x})
		return nil
	}
	switch l.Function {
	case nn.ELU:
		g.node("Elu", []string{x}, attribute("alpha", l.Alpha))
	case nn.HardSigmoid, nn.HardSiLU:
		g.node("HardSigmoid", []string{x}, attribute("alpha", l.Alpha), attribute("beta", float32(0.5)))
	case nn.SiLU:
		g.node("Sigmoid", []string{x})
	case nn.GELU: // x * (1 + erf(x/sqrt 2))/2
		g.node("Mul", []string{x, g.scalar(math.Sqrt2 / 2)})
		g.node("Erf", []string{g.last})
		g.node("Add", []string{g.last, g.scalar(1)})
		g.node("Mul", []string{g.last, g.scalar(0.5)})
	case nn.Rectified:
		g.rectify(l)
	default:
		return fmt.Errorf("got activation %s, which is not written", l.Function)
	}
	if l.Function == nn.SiLU || l.Function == nn.HardSiLU || l.Function == nn.GELU {
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
