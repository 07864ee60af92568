package keras

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/keras/chain"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// slot is a layer of a network that has tensors.
type slot struct {
	place  string // "layer 3, conv2d_1 (Conv2D)", or "layer 3 (conv2d)"
	kind   string // "conv2d", as Keras 3 names its weights
	name   string // the layer's own, "" if unknown
	number int    // how many of its kind stand before it in its model, those without tensors too
	in     chain.Container
	params []*nn.Param     // those without values get some when they are filled
	sure   bool            // whether absent is known
	absent map[string]bool // parameters that Keras's layer does not have
}

// wanted returns the parameters that the file must hold: all but the absent.
func (s *slot) wanted() []*nn.Param {
	return slices.DeleteFunc(slices.Clone(s.params), func(p *nn.Param) bool { return s.absent[p.Name] })
}

// neutral returns the parameters that change nothing as they are, such as a bias of 0:
// a file may lack them.
func (s *slot) neutral() []string {
	var names []string
	for _, p := range s.params {
		value, optional := map[string]float32{"bias": 0, "gamma": 1, "beta": 0}[p.Name]
		if optional && !slices.ContainsFunc(p.Value, func(v float32) bool { return v != value }) {
			names = append(names, p.Name)
		}
	}
	return names
}

// settle decides which parameters are absent from a number of tensors, where the
// architecture does not say: some of the neutral ones, if only one choice fits.
func (s *slot) settle(tensors []tensor) error {
	if s.sure || len(tensors) == len(s.params) {
		return nil
	}
	neutral := s.neutral()
	var choices []map[string]bool
	for bits := range 1 << len(neutral) {
		absent := map[string]bool{}
		for i, name := range neutral {
			if bits>>i&1 == 1 {
				absent[name] = true
			}
		}
		if s.absent = absent; s.fits(tensors) {
			choices = append(choices, absent)
		}
	}
	s.absent = nil
	if len(choices) > 1 {
		return fmt.Errorf("keras: %s: got %d tensors: which of %s is missing cannot be told; "+
			"--like with the .keras, .h5 or .json file of the model can", s.place, len(tensors), strings.Join(neutral, " and "))
	}
	if len(choices) == 1 {
		s.absent = choices[0]
	}
	return nil
}

// fits reports whether the tensors match the wanted ones, by shape and, where the file
// has them, names.
func (s *slot) fits(tensors []tensor) bool {
	wanted := s.wanted()
	if len(wanted) != len(tensors) {
		return false
	}
	for i, t := range tensors {
		if !wanted[i].Shape.Equal(t.shape) || slices.Contains(paramNames, t.name) && t.name != wanted[i].Name {
			return false
		}
	}
	return true
}

// paramNames are the names of weights, in the order of a layer's.
var paramNames = []string{"kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"}

// fill copies the tensors into the parameters; absent ones become neutral.
func (s *slot) fill(tensors []tensor) error {
	if err := s.settle(tensors); err != nil {
		return err
	}
	for _, t := range tensors {
		if t.integer && s.kind != "normalization" {
			return fmt.Errorf("keras: %s: got integers: the model is quantized (int8), want float weights: "+
				"import it as it was before quantize()", s.place)
		}
	}
	if !s.fits(tensors) {
		return fmt.Errorf("keras: %s: got tensors %s, want %s", s.place, shapesOf(tensors), shapesWanted(s.wanted()))
	}
	for _, p := range s.params {
		if p.Value == nil {
			p.Value = make([]float32, p.Shape.Size())
		}
		for i := range p.Value {
			p.Value[i] = 0
			if p.Name == "gamma" {
				p.Value[i] = 1
			}
		}
	}
	for i, p := range s.wanted() {
		copy(p.Value, tensors[i].values)
	}
	return nil
}

// shapesOf lists the tensors' shapes, with the names of weights.
func shapesOf(tensors []tensor) string {
	var shapes []string
	for _, t := range tensors {
		shape := nn.Shape(t.shape).String()
		if slices.Contains(paramNames, t.name) {
			shape = t.name + " " + shape
		}
		shapes = append(shapes, shape)
	}
	return "[" + strings.Join(shapes, ", ") + "]"
}

// shapesWanted lists the parameters with their shapes.
func shapesWanted(params []*nn.Param) string {
	var shapes []string
	for _, p := range params {
		shapes = append(shapes, p.Name+" "+p.Shape.String())
	}
	return "[" + strings.Join(shapes, ", ") + "]"
}
