// Package encoder trains networks by what their features are like, not by what their
// last layer answers: drawings of one class get features close to one another, those of
// different classes far. Such features tell classes apart that nobody trained on, so
// that a few drawings of each are enough (internal/fewshot).
//
// The network is
//
//	hidden layers, flatten, unit length | rescaling, dense over the classes, softmax
//	                    features (D)    | head
//
// [Cosine] trains both, [Prototypes] what lies before the bar; the head then holds the
// means of the classes. An encoder's file ends at the bar.
package encoder

import (
	"math/rand/v2"
	"slices"

	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/initial"
	"github.com/seed-c844a918/inkling/internal/layerspec"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
	"github.com/seed-c844a918/inkling/internal/similarity"
)

// headLayers is how many layers stand behind the features.
const headLayers = 3

// Method is how features are trained.
type Method uint8

// The methods; the zero value trains answers, not features.
const (
	Crossentropy Method = iota
	Cosine              // fit.Cosine: the head's columns stand for the classes
	Prototypes          // fit.Prototypes: the features of a batch do
)

// Settings say how to train.
type Settings struct {
	Method        Method
	Margin, Scale float32   // of fit.Cosine; the scale also of fit.Prototypes
	Smoothing     float32   // of the labels; not of Prototypes
	ClassWeights  []float32 // of Crossentropy; nil: all count the same
}

// Training is a network in training and what is to be written of it.
type Training struct {
	Network *nn.Sequential // what learns
	Loss    fit.Loss       // by what
	Shipped *nn.Sequential // what is written: the features' layers, or all
}

// New returns the training of hidden layers, as layerspec has them, for images of a
// size and a number of classes; featuresOnly says that the features are what is
// written. No weights are drawn. The error names the first layer that does not fit.
func New(layers string, input nn.Shape, classes int, featuresOnly bool, s Settings) (*Training, error) {
	crossentropy := fit.Crossentropy{Smoothing: s.Smoothing, ClassWeights: s.ClassWeights}
	if s.Method == Crossentropy {
		network, err := layerspec.Network(layers, input, classes)
		return &Training{network, &crossentropy, network}, err
	}
	whole, err := layerspec.NetworkOf(layers, input, func(hidden []nn.Layer) []nn.Layer { return withHead(hidden, classes, s.Scale) })
	if err != nil {
		return nil, err
	}
	t := &Training{Network: whole, Shipped: whole}
	features := whole.With(len(whole.Layers) - headLayers)
	if featuresOnly {
		t.Shipped = features
	}
	switch s.Method {
	case Cosine:
		t.Loss = &fit.Cosine{
			Crossentropy: crossentropy, Margin: s.Margin, Scale: s.Scale,
			Head: whole.Layers[len(whole.Layers)-2].(*nn.Dense),
		}
	case Prototypes:
		t.Network, t.Loss = features, &fit.Prototypes{Scale: s.Scale}
	}
	return t, nil
}

// withHead returns hidden layers with what makes features of them and the head.
func withHead(hidden []nn.Layer, classes int, scale float32) []nn.Layer {
	layers := layerspec.Complete(hidden, classes)
	end := len(layers) - 2
	return slices.Concat(layers[:end:end], []nn.Layer{&similarity.UnitNormalization{}, &nn.Rescaling{Scale: scale}}, layers[end:])
}

// Kernels returns the ranges of the network's flat vector with weights that decay:
// those of kernels, not of biases and the like.
func (t *Training) Kernels() []optim.Range {
	ranges, at := []optim.Range{}, 0
	for _, p := range t.Network.Params() {
		end := at + p.Shape.Size()
		if p.Name == "kernel" {
			ranges = append(ranges, optim.Range{From: at, To: end})
		}
		at = end
	}
	return ranges
}

// Initialize draws the first weights by an initializer and a seed.
func (t *Training) Initialize(initializer initial.Weights, seed uint64) {
	for _, layer := range t.Network.Layers {
		for _, setting := range layer.Settings() {
			if init, ok := setting.(*initial.Weights); ok {
				*init = initializer
			}
		}
	}
	t.Network.Initialize(seed)
}

// Finish makes the trained weights those of Shipped. The head of prototypes becomes the
// means of the classes' features over the training images, each of length 1.
func (t *Training) Finish(train fit.Part) {
	features := t.Network.Size()
	if t.Shipped == t.Network {
		return
	}
	if shipped := t.Shipped.Size(); shipped <= features {
		copy(t.Shipped.Values(), t.Network.Values()[:shipped])
		return
	}
	copy(t.Shipped.Values(), t.Network.Values())
	head := t.Shipped.Layers[len(t.Shipped.Layers)-2].(*nn.Dense)
	copy(head.Params()[0].Value, classMeans(t.Network, train))
}

// classMeans returns the means of the classes' features over a part's images as columns
// (D, classes) of length 1; a class without images has zeros.
func classMeans(features *nn.Sequential, part fit.Part) []float32 {
	dim, classes := features.Classes(), len(part.Set.Classes)
	means := make([]float32, dim*classes)
	for i, feature := range slices.Collect(slices.Chunk(fit.Outputs(features, part), dim)) {
		class := int(part.Set.Labels[part.Index[i]])
		for j, v := range feature {
			means[j*classes+class] += v
		}
	}
	fit.UnitColumns(means, classes)
	return means
}

// OthersCount is how many features of other drawings an encoder's file holds: with the
// shipped encoder's 448 values, 9 kB. Up to 1,000 refuse no better (docs/own-symbols.md).
const OthersCount = 20

// Others returns the features (N, D) of at most OthersCount training images, one of each
// class, drawn at random with a seed: what drawings in general are like to the network.
func Others(network *nn.Sequential, train fit.Part, seed uint64) [][]float32 {
	chosen := fit.Part{Set: train.Set}
	seen := map[uint16]bool{}
	for _, at := range rand.New(rand.NewPCG(seed, 0)).Perm(len(train.Index)) {
		i := train.Index[at]
		if label := train.Set.Labels[i]; !seen[label] && len(chosen.Index) < OthersCount {
			seen[label] = true
			chosen.Index = append(chosen.Index, i)
		}
	}
	return slices.Collect(slices.Chunk(fit.Outputs(network, chosen), network.Classes()))
}
