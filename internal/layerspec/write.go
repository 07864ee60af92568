package layerspec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// Text returns a network's hidden layers as [Parse] reads them; "" if there are
// none, or one that the words cannot say.
func Text(network *nn.Sequential) string {
	last := len(network.Layers) - 2
	if last < 0 || network.Layers[last].Kind() != "dense" || network.Layers[last+1].Kind() != "softmax" {
		return ""
	}
	var parts []string
	flat, open := false, row{} // open is that of the last layer: what may follow at once
	for i, layer := range network.Layers[:last] {
		text := layerText(network, i)
		if text == "" {
			return ""
		}
		_, activates := activationText(layer)
		switch {
		case text == "flatten" && !flat && network.Layers[i+1].Kind() == "dense":
		case open.then && activates, open.norm && text == "norm":
			parts[len(parts)-1] += " " + text
		default:
			parts = append(parts, text)
		}
		flat = flat || text == "flatten"
		word, _, _ := strings.Cut(text, " ")
		open, _ = rowOf(word)
	}
	return strings.Join(parts, ", ")
}

// layerText returns a layer of a network in words; "" if there are none for it.
func layerText(network *nn.Sequential, i int) string {
	input := network.Input
	if i > 0 {
		input = network.OutputShape(i - 1)
	}
	layer := network.Layers[i]
	for _, r := range rows {
		if slices.Contains(r.kinds, layer.Kind()) {
			return r.write(layer, input)
		}
	}
	text, _ := activationText(layer)
	return text
}

func writeDense(layer nn.Layer, _ nn.Shape) string {
	return fmt.Sprintf("dense %d", layer.(*nn.Dense).Units)
}

func writeConv(layer nn.Layer, _ nn.Shape) string {
	l := layer.(*nn.Conv2D)
	if l.Padding > windows.Same {
		return ""
	}
	return fmt.Sprintf("conv %d ", l.Filters) + windowed{l.Size, l.Strides, l.Padding}.text([2]int{1, 1})
}

func writePool(layer nn.Layer, input nn.Shape) string {
	l := layer.(*nn.MaxPool2D)
	return poolText("pool", "max", windowed{l.Size, l.Strides, l.Padding}, input)
}

func writeAverage(layer nn.Layer, input nn.Shape) string {
	l := layer.(*nn.AveragePool2D)
	return poolText("average", "average", windowed{l.Size, l.Strides, l.Padding}, input)
}

func writeDropout(layer nn.Layer, _ nn.Shape) string {
	return fmt.Sprintf("dropout %v", layer.(*nn.Dropout).Rate)
}

// writeNorm says norm of the usual settings alone.
func writeNorm(layer nn.Layer, input nn.Shape) string {
	l, usual := layer.(*nn.BatchNormalization), &nn.BatchNormalization{}
	if _, err := usual.Build(input); err != nil || l.Epsilon != usual.Epsilon || l.Momentum != usual.Momentum {
		return ""
	}
	return "norm"
}

func writeUnit(nn.Layer, nn.Shape) string { return "unit" }

func writeFlatten(nn.Layer, nn.Shape) string { return "flatten" }

// poolText says whether a pooling goes over the whole picture.
func poolText(name, global string, w windowed, input nn.Shape) string {
	if w.size == [2]int{input[0], input[1]} && w.padding == windows.Valid {
		return "global " + global
	}
	return name + " " + w.text(w.size)
}

// text returns a window with what is not usual.
func (w windowed) text(usual [2]int) string {
	text := sizeText(w.size)
	if w.padding == windows.Same {
		text += " same"
	}
	if w.strides != usual {
		text += " stride " + sizeText(w.strides)
	}
	return text
}

// sizeText returns "3" or "3x5".
func sizeText(size [2]int) string {
	if size[0] == size[1] {
		return strconv.Itoa(size[0])
	}
	return fmt.Sprintf("%dx%d", size[0], size[1])
}

// activationText returns a function's name and number; false if the words do not
// have them.
func activationText(layer nn.Layer) (text string, ok bool) {
	if layer.Kind() == "relu" {
		return "relu", true
	}
	a, ok := layer.(*nn.Activation)
	if !ok {
		return "", false
	}
	for _, name := range []string{string(a.Function), "relu6", "leaky_relu"} {
		usual, known := activation.Usual(name)
		if !known || usual.Function != a.Function {
			continue
		}
		if usual == a.Curve {
			return name, true
		}
		if usual.Alpha = a.Alpha; numbered[name] != "" && usual == a.Curve {
			return fmt.Sprintf("%s %v", name, a.Alpha), true
		}
	}
	return "", false
}

// numbered are the functions behind whose name a number may stand, and what it is.
var numbered = map[string]string{"leaky_relu": "SLOPE", "elu": "ALPHA"}
