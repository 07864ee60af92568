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
	vector []float32
	count  int // of examples
	pairs  float32
	alike  float32 // sum of the cosines of their pairs
	near   float32 // how near to anything the mean is
}

// newMean returns the mean of some examples.
func newMean(examples []Example, size int) mean {
	m := mean{vector: make([]float32, size), count: len(examples)}
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

// meansOf returns those of all classes, class by class. Those of classes that have not
// changed since the last time are kept.
func (s *Set) meansOf(classes []int) [][]mean {
	s.means = append(s.means, make([][]mean, len(s.names)-len(s.means))...)
	all := make([][]mean, len(classes))
	for i, class := range classes {
		if s.means[class] == nil {
			s.means[class] = divided(s.examplesOf(class), s.encoder.Size())
			for j := range s.means[class] {
				m := &s.means[class][j]
				m.near = s.encoder.nearness(m.vector)
			}
		}
		all[i] = s.means[class]
	}
	return all
}

// examplesOf returns the examples of a class.
func (s *Set) examplesOf(class int) (examples []Example) {
	for _, e := range s.examples {
		if e.Class == class {
			examples = append(examples, e)
		}
	}
	return examples
}

// divided returns one mean of a class's examples, or several that lie apart.
func divided(examples []Example, size int) []mean {
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
		means = append(means, newMean(g, size))
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
// example it is ErrEmpty. It is the same model until the set changes, and then shares
// weights with the next one: a model is not to be asked after the set has changed.
//
// It takes time in proportion to the examples of the symbols that have changed, and to the
// number of symbols; the encoder is not asked.
func (s *Set) Model() (*model.Model, error) {
	if s.isNew {
		return s.model, nil
	}
	m, err := s.tuned(Usual, s.model)
	if err != nil {
		return nil, err
	}
	s.model, s.isNew = m, true
	return m, nil
}

// Tuned does what Model does with another tuning, and shares no weights.
func (s *Set) Tuned(t Tuning) (*model.Model, error) { return s.tuned(t, nil) }

// tuned makes a model, in the network of an old one if that is not nil and has the same
// shape: most edits add an example to a symbol that is there.
func (s *Set) tuned(t Tuning, old *model.Model) (*model.Model, error) {
	classes, _ := s.present()
	if len(classes) == 0 {
		return nil, ErrEmpty
	}
	means := s.meansOf(classes)
	e := s.encoder.model
	layer := &similarity.Prototypes{
		Classes: len(classes), Others: len(s.encoder.others), Nearest: min(nearest, len(s.encoder.others)), Share: t.Share,
	}
	for _, ofClass := range means {
		layer.Columns += len(ofClass)
	}
	var network *nn.Sequential
	if before := prototypesOf(old); before != nil && before.Classes == layer.Classes && before.Columns == layer.Columns {
		network, layer = old.Network, before
	} else {
		network = e.Network.With(len(e.Network.Layers), layer, &nn.Softmax{})
	}
	s.fill(layer, means, t)
	m := &model.Model{
		Recipe: e.Recipe, Turn: e.Turn, Background: true, Temperature: t.Temperature, Threshold: t.Threshold,
		Precision: max(e.Precision, model.Int8), Network: network, Training: model.Training{Data: TrainedOn},
	}
	m.SetGround(e.Ground())
	for _, class := range classes {
		m.Labels = append(m.Labels, s.names[class])
	}
	return m, nil
}

// TrainedOn is what models of few examples say of their data.
const TrainedOn = "own symbols"

// fill gives the layer of prototypes its weights. Features are rounded as a file's int8
// kernels are.
func (s *Set) fill(layer *similarity.Prototypes, means [][]mean, t Tuning) {
	params := layer.Params()
	kernel, class, bias := params[0].Value, params[1].Value, params[2].Value
	columns := layer.Columns + layer.Others
	put := func(column int, f Feature) {
		for j, v := range f.Values {
			kernel[j*columns+column] = f.Scale * float32(v)
		}
	}
	for i, f := range s.encoder.others {
		put(layer.Columns+i, f)
	}
	rho := alike(slices.Concat(means...), t.Alike)
	column, stray, scaled := 0, float32(0), make([]float32, s.encoder.Size())
	for k, ofClass := range means {
		near := float32(0)
		for _, m := range ofClass {
			class[column] = float32(k)
			r := rise(m.count, rho)
			for j, v := range m.vector {
				scaled[j] = r * v
			}
			put(column, newFeature(scaled))
			near = max(near, m.near)
			stray += 1 / float32(m.count*layer.Columns)
			column++
		}
		bias[k] = -t.Depth * near
	}
	bias[layer.Classes] = t.Level + t.Rise*float32(math.Sqrt(rho)-math.Sqrt(t.Alike)) + t.Steady*(1-stray)
}

// nearness returns the mean of the nearest cosines of a vector and the others.
func (e *Encoder) nearness(v []float32) float32 {
	cosines := make([]float32, len(e.others))
	for i, other := range e.others {
		for j, w := range other.Values {
			cosines[i] += v[j] * float32(w)
		}
		cosines[i] *= other.Scale
	}
	slices.Sort(cosines)
	top := cosines[len(cosines)-min(nearest, len(cosines)):]
	var sum float32
	for _, c := range top {
		sum += c
	}
	return sum / float32(max(len(top), 1))
}
