package keras

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/hdf5"
	"github.com/seed-c844a918/inkling/internal/keras/chain"
)

// tensor holds an array of a file.
type tensor struct {
	layer   string // name of its layer, "" if the file does not say
	name    string
	shape   []int
	values  []float32
	integer bool // the file holds integers
}

// weights holds a file's tensors, in one of four forms.
type weights struct {
	flat    []tensor            // in Keras's order: .npz
	grouped [][]tensor          // by layer: .npz whose names say layer and weight
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
	if found, err := w.readNested(root, "", chain.MaxDepth); found || err != nil {
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

// texts returns the texts of an attribute, or of its parts NAME0, NAME1, ... into which
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
	if a.normalized != nil && a.Pixels == ByModel {
		a.settleFirst()
	}
	return nil
}

// values returns the number of all values.
func (w *weights) values() int {
	total := 0
	for _, t := range w.flat {
		total += len(t.values)
	}
	for _, layer := range slices.Concat(w.ordered, w.grouped, slices.Collect(maps.Values(w.named))) {
		for _, t := range layer {
			total += len(t.values)
		}
	}
	return total
}

// Inputs returns how many values the file's first Dense takes, where no layers with weights
// but normalizations come before it, or where Keras 3 wrote them; 0 if there is none.
func (f *File) Inputs() int {
	var layers [][]tensor
	if w := f.weights; w != nil {
		layers = append(slices.Concat([][]tensor{w.named["dense"]}, w.ordered, w.grouped), w.flat)
	}
	for _, t := range slices.Concat(layers...) {
		switch len(t.shape) {
		case 1: // as those of normalizations
		case 2:
			return t.shape[0]
		default:
			return 0
		}
	}
	return 0
}
