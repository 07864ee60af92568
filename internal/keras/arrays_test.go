package keras

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/npy"
)

// four is a model whose tensors are told apart by their order and names alone, as far as
// the shapes allow.
const four = `{"class_name": "Sequential", "config": {"layers": [
	{"class_name": "InputLayer", "config": {"name": "i", "batch_input_shape": [null, 4]}},
	{"class_name": "Dense", "config": {"name": "one", "units": 4}},
	{"class_name": "BatchNormalization", "config": {"name": "norm", "epsilon": 0.001}},
	{"class_name": "Dense", "config": {"name": "a", "units": 4}},
	{"class_name": "Dense", "config": {"name": "last", "units": 4, "activation": "softmax"}}]}}`

// fourNames are Keras's paths of its weights, in Keras's order.
var fourNames = []string{"one/kernel", "one/bias", "norm/gamma", "norm/beta", "norm/moving_mean", "norm/moving_variance",
	"a/kernel", "a/bias", "last/kernel", "last/bias"}

// loadFour loads the weights 0, 1, ..., named by name, in an order of the archive.
func loadFour(t *testing.T, order []int, name func(i int) string) ([]float32, error) {
	t.Helper()
	f, err := Open([]byte(four))
	if err != nil {
		t.Fatal(err)
	}
	a, err := f.Architecture(ByModel)
	if err != nil {
		t.Fatal(err)
	}
	var arrays []npy.Array
	for _, i := range order {
		shape := []int{4}
		if strings.HasSuffix(fourNames[i], "kernel") {
			shape = []int{4, 4}
		}
		values := make([]float32, nn.Shape(shape).Size())
		for at := range values {
			values[at] = float32(i)
		}
		arrays = append(arrays, npy.Floats(name(i), shape, values))
	}
	data, err := npy.EncodeZip(arrays)
	if err != nil {
		t.Fatal(err)
	}
	w, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Load(w); err != nil {
		return nil, err
	}
	return a.Network.Values(), nil
}

func TestOrderOfArrays(t *testing.T) {
	inOrder := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	alphabetical := []int{7, 6, 9, 8, 3, 2, 4, 5, 1, 0} // of fourNames
	pick := func(names string) func(i int) string {
		return func(i int) string { return strings.Fields(names)[i] }
	}
	want, err := loadFour(t, inOrder, pick("arr_0 arr_1 arr_2 arr_3 arr_4 arr_5 arr_6 arr_7 arr_8 arr_9"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		order []int
		names func(i int) string
	}{
		{"names of one's own", inOrder, pick("z y x w v u t s r q")},
		{"numbers, sorted as words", []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 0}, pick("w9 w10 w11 w12 w13 w14 w15 w16 w17 w18")},
		{"paths", inOrder, func(i int) string { return "sequential/" + fourNames[i] }},
		{"paths, sorted", alphabetical, func(i int) string { return fourNames[i] }},
		{"names of Keras 2, sorted", alphabetical, func(i int) string { return fourNames[i] + ":0" }},
		{"joined by _, sorted", alphabetical, func(i int) string { return "m_" + strings.ReplaceAll(fourNames[i], "/", "_") }},
		{"layers of other names", []int{1, 0, 3, 2, 4, 5, 7, 6, 9, 8}, func(i int) string {
			return strings.NewReplacer("one", "d", "norm", "n", "a/", "d_1/", "last", "d_2").Replace(fourNames[i])
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := loadFour(t, c.order, c.names); err != nil || !slices.Equal(got, want) {
				t.Errorf("got %v, %v, want %v", got, err, want)
			}
		})
	}
	for _, c := range []struct{ name, names, want string }{
		{"another weight's name", "d/kernel d/gamma n/gamma n/beta n/moving_mean n/moving_variance e/kernel e/bias f/kernel f/bias",
			"one (Dense): got tensors [kernel (4, 4), gamma (4)], want [kernel (4, 4), bias (4)]"},
		{"more layers", "d/kernel e/bias n/gamma n/beta n/moving_mean n/moving_variance f/kernel f/bias g/kernel g/bias",
			"got weights of 5 layers, want 4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := loadFour(t, inOrder, pick(c.names)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}
