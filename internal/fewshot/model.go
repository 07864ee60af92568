package fewshot

import (
	"errors"
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/similarity"
)

// Tuning is what no few examples tell.
type Tuning struct {
	Turn        float32 // model.Model's, of examples and of what is read
	Alike       float64 // rho of drawings by different people
	Depth       float32 // of a mean's nearness to the others
	Share       float32 // of a drawing's nearness to the others, for none
	Level       float32 // of none, where rho is Alike
	Rise        float32 // of the level, for each unit of sqrt(rho) above that of Alike
	Steady      float32 // of the level, times 1 - the mean of 1/n: means of many examples stray less
	Temperature float32
	Threshold   float32 // least confidence of a sure answer
}

// Usual is the tuning of Set.Model: chosen on Omniglot's Katakana, which the encoder was
// not trained on, by go run ./bench/symbols -choose (docs/own-symbols.md).
var Usual = Tuning{
	Turn: 0.2, Alike: 0.78, Depth: 0.33, Share: 0.17, Level: 0.35, Rise: 0.5, Steady: 0.29, Temperature: 0.12, Threshold: 0.276,
}

const (
	alikeFrom = 10   // pairs of examples that count as much as Tuning.Alike does
	mostAlike = 0.97 // rho is not taken for more
	nearest   = 10   // of the others: how many say how near to anything a drawing is
)

// Where the examples of a symbol disagree, it has several means.
const (
	maxMeans   = 4    // of a symbol
	leastOfOne = 2    // examples of a mean, where there are several
	apart      = 0.55 // two means are closer than this cosine, or they are one
)

// ErrEmpty is the error of a set without examples.
var ErrEmpty = errors.New("fewshot: the set has no examples yet")

// mean is one of a class's.
type mean struct {
	class  int // place among the classes that have examples
	vector []float32
	count  int // of examples
	pairs  float32
	alike  float32 // sum of the cosines of their pairs
}

// newMean returns the mean of some examples.
func newMean(class int, examples []Example, size int) mean {
	m := mean{class: class, vector: make([]float32, size), count: len(examples)}
	for _, e := range examples {
		e.Feature.addTo(m.vector, 1)
	}
	m.measure()
	return m
}

// measure brings the vector, a sum of features of length 1, to length 1; its square is
// the sum of the cosines of all pairs, each twice, and 1 for each example.
func (m *mean) measure() {
	sum, n := unit(m.vector), float32(m.count)
	m.pairs, m.alike = n*(n-1)/2, (sum*sum-n)/2
}

// means returns those of all classes, class by class.
func (s *Set) means(place []int) []mean {
	byClass := make([][]Example, len(s.names))
	for _, e := range s.examples {
		byClass[e.Class] = append(byClass[e.Class], e)
	}
	var all []mean
	for class, examples := range byClass {
		if place[class] >= 0 {
			all = append(all, divided(place[class], examples, s.encoder.Size())...)
		}
	}
	return all
}

// divided returns one mean of a class's examples, or several that lie apart.
func divided(class int, examples []Example, size int) []mean {
	groups := [][]Example{examples}
	for at := 0; at < len(groups) && len(groups) < maxMeans; {
		a, b := halves(groups[at], size)
		if a == nil {
			at++
			continue
		}
		groups[at] = a
		groups = append(groups, b)
	}
	var means []mean
	for _, g := range groups {
		means = append(means, newMean(class, g, size))
	}
	return means
}

// halves divides examples into two groups whose means are apart, each of leastOfOne
// examples at least; nil if there are none. It is the spherical k-means of Dhillon &
// Modha 2001, which begins at the two examples least alike among the first and the
// farthest from it.
func halves(examples []Example, size int) (a, b []Example) {
	if len(examples) < 2*leastOfOne {
		return nil, nil
	}
	values := make([][]float32, len(examples))
	for i, e := range examples {
		values[i] = e.Feature.floats()
	}
	farthest := func(from []float32) []float32 {
		return slices.MinFunc(values, func(a, b []float32) int { return compare(dot(a, from), dot(b, from)) })
	}
	first := farthest(values[0])
	centres := [2][]float32{first, farthest(first)}
	if dot(centres[0], centres[1]) >= apart {
		return nil, nil // means would be closer still
	}
	const rounds = 8
	for range rounds {
		a, b = nil, nil
		sums := [2][]float32{make([]float32, size), make([]float32, size)}
		for i, e := range examples {
			if dot(values[i], centres[0]) >= dot(values[i], centres[1]) {
				a = append(a, e)
				e.Feature.addTo(sums[0], 1)
			} else {
				b = append(b, e)
				e.Feature.addTo(sums[1], 1)
			}
		}
		for i := range centres {
			unit(sums[i])
			centres[i] = sums[i]
		}
	}
	if len(a) < leastOfOne || len(b) < leastOfOne || dot(centres[0], centres[1]) >= apart {
		return nil, nil
	}
	return a, b
}

// compare orders numbers.
func compare(a, b float32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// alike returns rho: the mean cosine of two examples of one mean, drawn towards the
// usual one where there are few pairs.
func alike(means []mean, usual float64) float64 {
	sum, pairs := usual*alikeFrom, float64(alikeFrom)
	for _, m := range means {
		sum, pairs = sum+float64(m.alike), pairs+float64(m.pairs)
	}
	return min(max(sum/pairs, usual/2), mostAlike)
}

// rise returns r(n), see the package's documentation.
func rise(n int, rho float64) float32 {
	return float32(math.Sqrt((1 + float64(n-1)*rho) / (float64(n) * rho)))
}

// Model returns the set as a model: the encoder's layers, similarity.Prototypes and a softmax
// over the symbols that have examples and none of them. The weights are as a file holds
// them: those of the encoder as they are in its own file, the others as int8. Without any
// example it is ErrEmpty.
//
// It takes time in proportion to the examples, not to their square; the encoder is not
// asked.
func (s *Set) Model() (*model.Model, error) { return s.Tuned(Usual) }

// Tuned does what Model does with another tuning.
func (s *Set) Tuned(t Tuning) (*model.Model, error) {
	classes, place := s.present()
	if len(classes) == 0 {
		return nil, ErrEmpty
	}
	means := s.means(place)
	rho := alike(means, t.Alike)
	e := s.encoder.model
	layer := &similarity.Prototypes{
		Classes: len(classes), Columns: len(means), Others: len(s.encoder.others), Nearest: min(nearest, len(s.encoder.others)), Share: t.Share,
	}
	network := e.Network.With(len(e.Network.Layers), layer, &nn.Softmax{})
	s.fill(layer, means, rho, t)
	m := &model.Model{
		Recipe: e.Recipe, Turn: e.Turn, Background: true, Temperature: t.Temperature, Threshold: t.Threshold,
		Precision: max(e.Precision, model.Int8), Network: network, Training: model.Training{Data: TrainedOn},
	}
	for _, class := range classes {
		m.Labels = append(m.Labels, s.names[class])
	}
	m.RoundFrom(len(e.Network.Layers))
	return m, nil
}

// TrainedOn is what models of few examples say of their data.
const TrainedOn = "own symbols"

// fill gives the layer of prototypes its weights.
func (s *Set) fill(layer *similarity.Prototypes, means []mean, rho float64, t Tuning) {
	params := layer.Params()
	kernel, class, bias := params[0].Value, params[1].Value, params[2].Value
	columns := layer.Columns + layer.Others
	others := make([][]float32, layer.Others)
	for i, f := range s.encoder.others {
		others[i] = f.floats()
		for j, v := range others[i] {
			kernel[j*columns+layer.Columns+i] = v
		}
	}
	near, stray := make([]float32, layer.Classes), float32(0)
	for i, m := range means {
		class[i] = float32(m.class)
		r := rise(m.count, rho)
		for j, v := range m.vector {
			kernel[j*columns+i] = r * v
		}
		stray += 1 / float32(m.count*len(means))
		near[m.class] = max(near[m.class], nearness(m.vector, others))
	}
	for k, v := range near {
		bias[k] = -t.Depth * v
	}
	bias[layer.Classes] = t.Level + t.Rise*float32(math.Sqrt(rho)-math.Sqrt(t.Alike)) + t.Steady*(1-stray)
}

// nearness returns the mean of the nearest cosines of a vector and others.
func nearness(v []float32, others [][]float32) float32 {
	cosines := make([]float32, len(others))
	for i, other := range others {
		cosines[i] = dot(v, other)
	}
	slices.Sort(cosines)
	top := cosines[len(cosines)-min(nearest, len(cosines)):]
	var sum float32
	for _, c := range top {
		sum += c
	}
	return sum / float32(max(len(top), 1))
}
