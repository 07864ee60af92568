package keras

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/hdf5"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// tensor is an array of a file.
type tensor struct {
	layer   string // name of its layer, "" if the file does not say
	name    string
	shape   []int
	values  []float32
	integer bool // the file holds integers
}

// weights are a file's tensors, in one of three forms.
type weights struct {
	flat    []tensor            // in Keras's order: .npz
	ordered [][]tensor          // by layer, in the model's order: .h5 with layer_names
	named   map[string][]tensor // by layer, "conv2d_1" the second Conv2D, "sequential/conv2d" a nested one: Keras 3
}

// readWeights reads a group in the form of .h5, or of Keras 3's .weights.h5.
func readWeights(root *hdf5.Object) (*weights, error) {
	names, legacy, err := texts(root, "layer_names")
	if err != nil {
		return nil, err
	}
	if legacy {
		return readOrdered(root, names)
	}
	w := &weights{named: map[string][]tensor{}}
	if found, err := w.readNested(root, "", maxDepth); found || err != nil {
		return w, err
	}
	return nil, fmt.Errorf("keras: got an HDF5 file without layer_names and layers, want weights that Keras saved")
}

// readNested reads the layers of a model of Keras 3, whose names begin with a prefix;
// false if it has none.
func (w *weights) readNested(model *hdf5.Object, prefix string, depth int) (found bool, err error) {
	for _, place := range []string{"layers", "_layer_checkpoint_dependencies"} {
		layers, found, err := model.Child(place)
		if err != nil {
			return false, err
		}
		if found && depth > 0 {
			return true, w.readNamed(layers, prefix, depth-1)
		}
	}
	return false, nil
}

// texts returns those of an attribute, or of its parts NAME0, NAME1, ... into which
// Keras divides long ones.
func texts(o *hdf5.Object, name string) (list []string, found bool, err error) {
	if list, found, err = o.Strings(name); found || err != nil {
		return list, found, err
	}
	for i := 0; ; i++ {
		part, more, err := o.Strings(name + strconv.Itoa(i))
		if err != nil || !more {
			return list, i > 0, err
		}
		list = append(list, part...)
	}
}

// readOrdered reads the layers that have weights, in the order of their names.
func readOrdered(root *hdf5.Object, names []string) (*weights, error) {
	w := &weights{}
	for _, name := range names {
		layer, found, err := root.Child(name)
		if err := need("the group of layer "+name, found, err); err != nil {
			return nil, err
		}
		paths, _, err := texts(layer, "weight_names")
		if err != nil {
			return nil, err
		}
		var tensors []tensor
		for _, name := range paths {
			t, found, err := readTensor(layer, name)
			if err := need("the weight "+name, found, err); err != nil {
				return nil, err
			}
			tensors = append(tensors, t)
		}
		if len(tensors) > 0 {
			w.ordered = append(w.ordered, tensors)
		}
	}
	return w, nil
}

// readTensor reads a data set; "dense/kernel:0" is named kernel.
func readTensor(o *hdf5.Object, at string) (t tensor, found bool, err error) {
	data, found, err := o.Child(at)
	if err != nil || !found {
		return t, found, err
	}
	t.layer = path.Base(path.Dir(at))
	t.name, _, _ = strings.Cut(path.Base(at), ":")
	t.integer = data.Integers()
	t.shape, t.values, err = data.Floats()
	return t, true, err
}

// readNamed reads the layers that have weights of Keras 3: NAME/vars/0, 1, ...
func (w *weights) readNamed(layers *hdf5.Object, prefix string, depth int) error {
	names, err := layers.Names()
	if err != nil {
		return err
	}
	for _, name := range names {
		layer, _, err := layers.Child(name)
		if err != nil {
			return err
		}
		vars, found, err := layer.Child("vars")
		if err != nil {
			return err
		}
		for i := 0; found; i++ {
			t, more, err := readTensor(vars, strconv.Itoa(i))
			if err != nil {
				return fmt.Errorf("keras: layer %s: %w", name, err)
			}
			if !more {
				break
			}
			w.named[prefix+name] = append(w.named[prefix+name], t)
		}
		if _, err := w.readNested(layer, prefix+name+"/", depth); err != nil {
			return err
		}
	}
	return nil
}

// slot is a layer of a network that has tensors.
type slot struct {
	place  string // "layer 3, conv2d_1 (Conv2D)", or "layer 3 (conv2d)"
	kind   string // "conv2d", as Keras 3 names its weights
	name   string // the layer's own, "" if unknown
	in     container
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
		return fmt.Errorf("keras: %s: got %d tensors: which of %s is missing cannot be told; --like with the .keras, .h5 or .json file of the model can",
			s.place, len(tensors), strings.Join(neutral, " and "))
	}
	if len(choices) == 1 {
		s.absent = choices[0]
	}
	return nil
}

// fits reports whether the tensors are those wanted, by shape and, where the file
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

// paramNames are the names that Keras 2 writes.
var paramNames = []string{"kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"}

// fill copies the tensors into the parameters; absent ones become neutral.
func (s *slot) fill(tensors []tensor) error {
	if err := s.settle(tensors); err != nil {
		return err
	}
	for _, t := range tensors {
		if t.integer && s.kind != "normalization" {
			return fmt.Errorf("keras: %s: got integers: the model is quantized (int8), want float weights: import it as it was before quantize()", s.place)
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

// shapesOf lists the tensors' shapes.
func shapesOf(tensors []tensor) string {
	var shapes []string
	for _, t := range tensors {
		shapes = append(shapes, nn.Shape(t.shape).String())
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

// Load copies the file's weights into the architecture's network. Tensors of other
// shapes, too many or too few are an error that prints both; what was copied before
// stays.
func (a *Architecture) Load(f *File) error {
	if f.weights == nil {
		return fmt.Errorf("keras: got an architecture without weights, want both: name the weights' file and give this one to --like")
	}
	have, want := f.weights.values(), 0
	for _, s := range a.slots {
		for _, p := range s.params {
			want += p.Shape.Size()
		}
	}
	if want > 2*have || a.Network.Size() > 64*have+1<<16 { // half may be neutral; zeros may stand around a kernel
		return fmt.Errorf("keras: got weights of %d values, want %d for %s", have, max(want, a.Network.Size()/64), listed(a.slots))
	}
	a.Network.Values()
	layers, err := f.weights.split(a.slots)
	if err != nil {
		return err
	}
	for i := range a.slots {
		if err := a.slots[i].fill(layers[i]); err != nil {
			return err
		}
	}
	for _, finish := range a.finish {
		finish()
	}
	for _, n := range a.standardizing {
		if err := a.settle(n); err != nil {
			return err
		}
	}
	return nil
}

// values returns the number of all values.
func (w *weights) values() int {
	total := 0
	for _, t := range w.flat {
		total += len(t.values)
	}
	for _, layer := range slices.Concat(w.ordered, slices.Collect(maps.Values(w.named))) {
		for _, t := range layer {
			total += len(t.values)
		}
	}
	return total
}

// Inputs returns how many values the file's first Dense takes, where that comes before
// all other layers with weights, or where Keras 3 wrote them; 0 if there is none.
func (f *File) Inputs() int {
	var first []tensor
	switch w := f.weights; {
	case w == nil:
	case w.named != nil:
		first = w.named["dense"]
	case len(w.ordered) > 0:
		first = w.ordered[0]
	default:
		first = w.flat
	}
	if len(first) == 0 || len(first[0].shape) != 2 {
		return 0
	}
	return first[0].shape[0]
}

// split gives each layer its tensors.
func (w *weights) split(slots []slot) ([][]tensor, error) {
	switch {
	case w.named != nil:
		return w.splitNamed(slots)
	case w.flat != nil:
		return w.splitFlat(slots)
	}
	return w.splitOrdered(slots)
}

// splitOrdered gives each layer the tensors of its place; those of a nested model
// stand together and are told apart by their layers' names.
func (w *weights) splitOrdered(slots []slot) (layers [][]tensor, err error) {
	groups := 0
	for i, s := range slots {
		together := i > 0 && s.in.top != "" && s.in.top == slots[i-1].in.top
		if !together {
			groups++
		}
		switch {
		case groups > len(w.ordered):
		case s.in.top == "":
			layers = append(layers, w.ordered[groups-1])
		default:
			own := slices.DeleteFunc(slices.Clone(w.ordered[groups-1]), func(t tensor) bool { return t.layer != s.name })
			layers = append(layers, own)
		}
	}
	if groups != len(w.ordered) {
		return nil, fmt.Errorf("keras: got weights of %d layers, want %d: %s", len(w.ordered), groups, listed(slots))
	}
	return layers, nil
}

// listed are the layers' places and shapes.
func listed(slots []slot) string {
	var places []string
	for _, s := range slots {
		places = append(places, s.place+" "+shapesWanted(s.params))
	}
	return strings.Join(places, "; ")
}

// splitNamed finds the layers by kind and number, as Keras 3 does, or by their own
// names.
func (w *weights) splitNamed(slots []slot) ([][]tensor, error) {
	seen := map[string]int{}
	var layers [][]tensor
	for _, s := range slots {
		kind := s.in.kinds + s.kind
		name := numbered(kind, seen[kind])
		seen[kind]++
		tensors, ok := w.named[name]
		for _, other := range []string{s.in.kinds + s.name, s.in.names + s.name} {
			if !ok {
				tensors, ok = w.named[other]
			}
		}
		if !ok {
			return nil, fmt.Errorf("keras: %s: got no weights of the name %s", s.place, name)
		}
		layers = append(layers, tensors)
	}
	if len(w.named) != len(slots) {
		return nil, fmt.Errorf("keras: got weights of %d layers, want %d: %s", len(w.named), len(slots), listed(slots))
	}
	return layers, nil
}

// splitFlat cuts the list by the number of tensors that each layer wants: all, or
// where the architecture does not say and that does not add up, all but the neutral.
func (w *weights) splitFlat(slots []slot) ([][]tensor, error) {
	counts := func(count func(s *slot) int) (list []int, total int) {
		for i := range slots {
			n := count(&slots[i])
			list, total = append(list, n), total+n
		}
		return list, total
	}
	list, want := counts(func(s *slot) int { return len(s.wanted()) })
	if want != len(w.flat) {
		var fewer int
		if list, fewer = counts(func(s *slot) int {
			if s.sure {
				return len(s.wanted())
			}
			return len(s.params) - len(s.neutral())
		}); fewer != len(w.flat) {
			return nil, fmt.Errorf("keras: got %d tensors %s, want %d of %s", len(w.flat), shapesOf(w.flat), want, listed(slots))
		}
	}
	var layers [][]tensor
	rest := w.flat
	for _, n := range list {
		layers = append(layers, rest[:n])
		rest = rest[n:]
	}
	return layers, nil
}
