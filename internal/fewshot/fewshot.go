// Package fewshot makes a classifier of a few examples of each class, in the time of an
// answer: symbols of one's own. The command and the page share it.
//
// An encoder (internal/encoder) makes a feature of each drawing, D values of length 1,
// so that drawings of one symbol come close to one another, also symbols that nobody
// trained on. A class is the mean of its examples' features (Snell, Swersky & Zemel
// 2017: class means do as well as anything trained on so few), several where they
// disagree. The answer to a drawing x is
//
//	softmax of y/T over the classes and none of them, with
//	y[class] = max over its means m: r(n) cos(x, m)  -  depth * mean of the largest cos(m, others)
//	y[none]  = level + share * mean of the largest cos(x, others)
//
// The others are features of drawings of nothing in particular, which the encoder's file
// holds. They tell how near to anything x is, and how near to anything a mean is, so
// that a symbol alone can be refused (in the recognition of speakers these are the test
// and zero normalizations; Auckenthaler, Carey & Lloyd-Thomas 2000).
//
// The mean of n examples is nearer to a drawing of the same symbol than one example is:
// where two examples have the cosine rho on average, a drawing and such a mean have
//
//	rho / sqrt((1 + (n-1) rho) / n),
//
// so r(n) = sqrt((1 + (n-1) rho) / (n rho)) makes classes of few and of many examples
// alike. rho comes from the examples themselves: one hand's are nearer to one another
// than those of many, so that the level of none may be higher. The other numbers are
// a Tuning.
//
// All that is a network of layers: the encoder's, similarity.Prototypes, a softmax. So a set of
// symbols is a model like any other (Set.Model), and its file holds what it was made of
// (Set.Encode), to go on from (Open).
package fewshot

import (
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
)

// The limits of a set.
const (
	MaxClasses  = 200
	MaxExamples = 500 // of a class
)

// Encoder makes features, and knows what drawings in general are like.
type Encoder struct {
	model  *model.Model // ends in features
	others []Feature
}

// NewEncoder takes the model of an encoder's file. The error says what else it is.
func NewEncoder(m *model.Model) (*Encoder, error) {
	if !m.IsEncoder() {
		return nil, errors.New("fewshot: the model has classes of its own, want an encoder, which makes features")
	}
	others, err := othersOf(m)
	if err != nil {
		return nil, err
	}
	return newEncoder(*m, others), nil
}

// newEncoder returns an encoder that looks at drawings as Usual says.
func newEncoder(m model.Model, others []Feature) *Encoder {
	if m.Recipe.Channels() == 1 { // a way that is turned is another
		m.Turn = Usual.Turn
	}
	return &Encoder{&m, others}
}

// Model returns the encoder as a model.
func (e *Encoder) Model() *model.Model { return e.model }

// Size returns the number of values of a feature.
func (e *Encoder) Size() int { return e.model.Network.Classes() }

// Form returns how the images are made that the encoder takes.
func (e *Encoder) Form() ink.Form { return e.model.Form() }

// Encode returns the feature of an image. It panics with
// nn.ErrLength on another length.
func (e *Encoder) Encode(image []uint8) Feature {
	values := make([]float32, e.Size())
	e.model.Features(values, image)
	unit(values) // which the mean of several is not
	return newFeature(values)
}

// Example is one drawing of a symbol.
type Example struct {
	ID      uint32 // no other example of the set has or had it
	Class   int
	Feature Feature
	Strokes []ink.Stroke // what was drawn; nil: not kept
}

// Set is symbols and their examples. The zero value is of no use; see New and Open.
type Set struct {
	encoder  *Encoder
	names    []string
	examples []Example // by ID
	removed  []Example // the last to be removed at the end
	next     uint32    // the ID of the next example

	means [][]mean     // of each class; nil: it has changed
	model *model.Model // the last that was made
	isNew bool         // whether nothing has changed since
}

// New returns a set without symbols.
func New(e *Encoder) *Set { return &Set{encoder: e, next: 1} }

// Encoder returns what makes the set's features.
func (s *Set) Encoder() *Encoder { return s.encoder }

// Names returns the symbols' names, in the order in which they came.
func (s *Set) Names() []string { return s.names }

// Examples returns the examples, by ID. They are not to be changed.
func (s *Set) Examples() []Example { return s.examples }

// Count returns how many examples a class has.
func (s *Set) Count(class int) int {
	n := 0
	for i := range s.examples {
		if s.examples[i].Class == class {
			n++
		}
	}
	return n
}

// changed forgets what was made of a class.
func (s *Set) changed(class int) {
	s.isNew = false
	if class < len(s.means) {
		s.means[class] = nil
	}
}

// Class returns the place of a name, -1 if no symbol has it.
func (s *Set) Class(name string) int { return slices.Index(s.names, name) }

// errors of names and numbers.
var (
	errName    = errors.New("fewshot: a symbol wants a name of 1 to 255 bytes of UTF-8")
	errExample = errors.New("fewshot: the set has no such example")
	errClass   = errors.New("fewshot: the set has no such symbol")
	errMany    = errors.New("fewshot: the set has " + strconv.Itoa(MaxClasses) + " symbols, and takes no more")
	errFull    = errors.New("fewshot: the symbol has " + strconv.Itoa(MaxExamples) + " examples, and takes no more")
	errOther   = errors.New("fewshot: the other set is of another encoder, and its file does not hold the drawings")
	errTaken   = errors.New("fewshot: another symbol has this name")
)

// checkName returns an error for a name that no symbol can have.
func checkName(name string) error {
	if name == "" || len(name) > model.MaxText || !utf8.ValidString(name) {
		return errName
	}
	return nil
}

// Add makes a feature with a name an example, of a new symbol if none has the name, and
// returns its ID. strokes may be nil.
func (s *Set) Add(name string, f Feature, strokes []ink.Stroke) (id uint32, err error) {
	class, err := s.room(name)
	if err != nil {
		return 0, err
	}
	s.changed(class)
	id, s.next = s.next, s.next+1
	s.examples = append(s.examples, Example{id, class, f, strokes})
	return id, nil
}

// room returns the class of a name, which is new if there is none and takes one more
// example.
func (s *Set) room(name string) (class int, err error) {
	if err := checkName(name); err != nil {
		return 0, err
	}
	class = s.Class(name)
	switch {
	case class < 0 && len(s.names) == MaxClasses:
		return 0, errMany
	case class < 0:
		s.names = append(s.names, name)
		return len(s.names) - 1, nil
	case s.Count(class) == MaxExamples:
		return 0, errFull
	}
	return class, nil
}

// place returns where the example with an ID stands, or errExample.
func (s *Set) place(id uint32) (int, error) {
	at, found := slices.BinarySearchFunc(s.examples, id, func(e Example, id uint32) int { return int(int64(e.ID) - int64(id)) })
	if !found {
		return 0, errExample
	}
	return at, nil
}

// Remove takes an example out. A symbol without examples goes with its last one.
// Restore brings both back.
func (s *Set) Remove(id uint32) error {
	at, err := s.place(id)
	if err != nil {
		return err
	}
	s.changed(s.examples[at].Class)
	s.removed = append(s.removed, s.examples[at])
	s.examples = slices.Delete(s.examples, at, at+1)
	return nil
}

// Move makes an example one of another symbol, a new one if none has the name.
func (s *Set) Move(id uint32, name string) error {
	at, err := s.place(id)
	if err != nil {
		return err
	}
	if class := s.Class(name); class == s.examples[at].Class {
		return nil
	}
	class, err := s.room(name)
	if err == nil {
		s.changed(s.examples[at].Class)
		s.changed(class)
		s.examples[at].Class = class
	}
	return err
}

// Restore brings back an example that has been removed, with its ID.
func (s *Set) Restore(id uint32) error {
	at := slices.IndexFunc(s.removed, func(e Example) bool { return e.ID == id })
	if at < 0 {
		return errExample
	}
	e := s.removed[at]
	if s.Count(e.Class) == MaxExamples {
		return errFull
	}
	s.changed(e.Class)
	s.removed = slices.Delete(s.removed, at, at+1)
	place, _ := slices.BinarySearchFunc(s.examples, id, func(e Example, id uint32) int { return int(int64(e.ID) - int64(id)) })
	s.examples = slices.Insert(s.examples, place, e)
	return nil
}

// Rename gives a symbol another name.
func (s *Set) Rename(from, to string) error {
	class := s.Class(from)
	switch {
	case class < 0:
		return errClass
	case from == to:
		return nil
	case s.Class(to) >= 0:
		return errTaken
	}
	if err := checkName(to); err != nil {
		return err
	}
	s.names[class], s.isNew = to, false
	return nil
}

// Drawing returns what was drawn for an example, nil if that is not kept.
func (s *Set) Drawing(id uint32) ([]ink.Stroke, error) {
	at, err := s.place(id)
	if err != nil {
		return nil, err
	}
	return s.examples[at].Strokes, nil
}

// Merge adds the examples of another set, by the names of their symbols. Features of
// another encoder are made again from the drawings; without those it is an error, and
// nothing is added.
func (s *Set) Merge(other *Set) error {
	same := slices.Equal(s.encoder.model.Network.Values(), other.encoder.model.Network.Values())
	merged := *s
	merged.names, merged.examples, merged.means = slices.Clone(s.names), slices.Clone(s.examples), slices.Clone(s.means)
	image := make([]uint8, s.encoder.Form().Size())
	for _, e := range other.examples {
		f := e.Feature
		if !same {
			if !s.encoder.Form().Draw(image, e.Strokes) {
				return errOther
			}
			f = s.encoder.Encode(image)
		}
		if _, err := merged.Add(other.names[e.Class], f, e.Strokes); err != nil {
			return err
		}
	}
	*s = merged
	return nil
}

// present returns the classes that have examples, rising, and of each class its place
// among them.
func (s *Set) present() (classes, place []int) {
	place = make([]int, len(s.names))
	for i := range place {
		place[i] = -1
	}
	for i := range s.examples {
		place[s.examples[i].Class] = 0
	}
	for class, there := range place {
		if there == 0 {
			place[class] = len(classes)
			classes = append(classes, class)
		}
	}
	return classes, place
}
