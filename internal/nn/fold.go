package nn

import "math"

// Fold returns an equivalent network for inference: without dropout, and with batch
// normalization merged into the preceding Conv2D or Dense where possible, pooling
// between them or not. A normalization stays where it would turn a largest value
// into a smallest (a negative gamma behind max pooling) or has no such layer
// before it.
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

// foldable returns the place of the layer that can take a batch normalization behind
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

// With returns a network of the first n layers, with a copy of their parameters, and of
// more layers behind them, whose parameters are zeros; they must fit.
func (s *Sequential) With(n int, more ...Layer) *Sequential {
	layers := make([]Layer, n)
	for i := range layers {
		layers[i] = clone(s.Layers[i])
	}
	copied, err := NewSequential(s.Input, append(layers, more...)...)
	if err != nil {
		panic(err)
	}
	copy(copied.Values(), s.Values()[:s.offsets[n]])
	copied.Parallel = s.Parallel
	return copied
}

// Clone returns a network of the same layers with a copy of the parameters.
func (s *Sequential) Clone() *Sequential { return s.With(len(s.Layers)) }
