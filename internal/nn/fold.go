package nn

import "math"

// Fold is the network as it predicts, without what only training needs: no
// dropout, and each batch normalization made part of the Conv2D or Dense before
// it, max pooling between them or not. A normalization that would turn a largest
// value into a smallest (a negative gamma behind max pooling), or that has no such
// layer before it, stays.
func (s *Sequential) Fold() *Sequential {
	var layers []Layer
	var from []int // of each layer left, its place in s
	into := make(map[int]*BatchNormalization)
	for i, layer := range s.Layers {
		switch l := layer.(type) {
		case *Dropout:
			continue
		case *BatchNormalization:
			if at := foldable(layers, l); at >= 0 && into[from[at]] == nil {
				into[from[at]] = l
				continue
			}
		}
		layers, from = append(layers, clone(layer)), append(from, i)
	}
	folded, err := NewSequential(s.Input, layers...)
	if err != nil {
		panic(err) // the layers kept have the shapes they had
	}
	values := folded.Values()
	for i, at := range from {
		own := values[folded.offsets[i]:folded.offsets[i+1]]
		copy(own, s.Values()[s.offsets[at]:s.offsets[at+1]])
		if l := into[at]; l != nil {
			l.fold(own)
		}
	}
	return folded
}

// foldable is the place of the layer that can take a batch normalization behind
// layers, -1 if there is none.
func foldable(layers []Layer, l *BatchNormalization) int {
	for at := len(layers) - 1; at >= 0; at-- {
		switch layers[at].(type) {
		case *Conv2D, *Dense:
			return at
		case *AveragePool2D:
		case *MaxPool2D:
			for _, gamma := range l.gamma.Value {
				if gamma < 0 {
					return -1
				}
			}
		default:
			return -1
		}
	}
	return -1
}

// fold changes weights (..., Channels) and the bias behind them (Channels) so that
// they give what the normalization made of their result.
func (l *BatchNormalization) fold(values []float32) {
	channels := len(l.gamma.Value)
	weights, bias := values[:len(values)-channels], values[len(values)-channels:]
	for ch, gamma := range l.gamma.Value {
		scale := float64(gamma) / math.Sqrt(float64(l.variance.Value[ch])+float64(l.Epsilon))
		for i := ch; i < len(weights); i += channels {
			weights[i] = float32(float64(weights[i]) * scale)
		}
		bias[ch] = float32((float64(bias[ch])-float64(l.mean.Value[ch]))*scale + float64(l.beta.Value[ch]))
	}
}

// Clone is a network of the same layers with a copy of the parameters.
func (s *Sequential) Clone() *Sequential {
	var layers []Layer
	for _, layer := range s.Layers {
		layers = append(layers, clone(layer))
	}
	copied, err := NewSequential(s.Input, layers...)
	if err != nil {
		panic(err) // s has been built of the same
	}
	copy(copied.Values(), s.Values())
	copied.Parallel = s.Parallel
	return copied
}

// clone is a layer with the same settings, not built.
func clone(layer Layer) Layer {
	switch l := layer.(type) {
	case *Dense:
		return &Dense{Units: l.Units, Init: l.Init}
	case *Conv2D:
		return &Conv2D{Filters: l.Filters, Size: l.Size, Strides: l.Strides, Padding: l.Padding, Init: l.Init}
	case *MaxPool2D:
		return &MaxPool2D{Size: l.Size, Strides: l.Strides, Padding: l.Padding}
	case *AveragePool2D:
		return &AveragePool2D{Size: l.Size, Strides: l.Strides, Padding: l.Padding}
	case *BatchNormalization:
		return &BatchNormalization{Momentum: l.Momentum, Epsilon: l.Epsilon}
	case *Dropout:
		return &Dropout{Rate: l.Rate}
	case *Flatten:
		return &Flatten{}
	case *Reshape:
		return &Reshape{Target: l.Target}
	case *Rescaling:
		return &Rescaling{Scale: l.Scale, Offset: l.Offset}
	case *Activation:
		return &Activation{Function: l.Function, Alpha: l.Alpha, Max: l.Max, Threshold: l.Threshold}
	case *ReLU:
		return &ReLU{}
	case *Softmax:
		return &Softmax{}
	}
	panic("nn: clone of an unknown layer")
}
