package npz

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/npy"
	"github.com/seed-c844a918/inkling/internal/pixels"
	"github.com/seed-c844a918/inkling/internal/unzip"
)

// infos returns arrays by a text of their names, each followed by a blank and the
// letter of its shape: i (9, 2, 2), t (5, 2, 2), l (9), m (5).
func infos(text string) []npy.Info {
	shapes := map[string][]int{"i": {9, 2, 2}, "t": {5, 2, 2}, "l": {9}, "m": {5}}
	var list []npy.Info
	words := strings.Fields(text)
	for i := 0; i < len(words); i += 2 {
		list = append(list, npy.Info{Name: words[i], Shape: shapes[words[i+1]], Type: npy.Uint8})
	}
	return list
}

func TestPick(t *testing.T) {
	for _, c := range []struct {
		arrays string
		want   Choice
	}{
		{"x_test t x_train i y_train l y_test m", Choice{Place{1, 2}, Place{-1, -1}, Place{0, 3}}},
		{"X_train i Y_train l X_test t Y_test m", Choice{Place{0, 1}, Place{-1, -1}, Place{2, 3}}},
		{"train_images i train_labels l val_images t val_labels m test_images t test_labels m", Choice{Place{0, 1}, Place{2, 3}, Place{4, 5}}},
		{"trainX i trainy l", Choice{Place{0, 1}, Place{-1, -1}, Place{-1, -1}}},
		{"images i labels l", Choice{Place{0, 1}, Place{-1, -1}, Place{-1, -1}}},
		{"data i target l", Choice{Place{0, 1}, Place{-1, -1}, Place{-1, -1}}},
		{"target l images i data i DESCR l", Choice{Place{1, 0}, Place{-1, -1}, Place{-1, -1}}},
		{"x_train i y_train l x t y m", Choice{Place{0, 1}, Place{-1, -1}, Place{-1, -1}}},
		{"x i y l classes m", Choice{Place{0, 1}, Place{-1, -1}, Place{-1, -1}}},
		{"x i y l", Choice{Place{0, 1}, Place{-1, -1}, Place{-1, -1}}},
		{"x i", Choice{Place{0, -1}, Place{-1, -1}, Place{-1, -1}}},
		{"x_test t y_test m", Choice{Place{-1, -1}, Place{-1, -1}, Place{0, 1}}},
		{"arr_0 i", Choice{Place{0, -1}, Place{-1, -1}, Place{-1, -1}}},
		{"arr_0 i arr_1 l", Choice{Place{0, 1}, Place{-1, -1}, Place{-1, -1}}},
		{"arr_0 i arr_1 l arr_2 t arr_3 m", Choice{Place{0, 1}, Place{-1, -1}, Place{2, 3}}},
		{"arr_0 i arr_1 t arr_2 l arr_3 m", Choice{Place{0, 2}, Place{-1, -1}, Place{1, 3}}},
	} {
		if got, err := Pick(infos(c.arrays)); err != nil || got != c.want {
			t.Errorf("%s: got %v %v, want %v", c.arrays, got, err, c.want)
		}
	}
	for arrays, want := range map[string]string{
		"":                          "got no array; want x_train and y_train",
		"foo i bar l":               "got the arrays foo (9, 2, 2) u1, bar (9,) u1; want x_train and y_train, images and labels, data and target, or arr_0 and arr_1",
		"arr_0 l":                   "got the arrays arr_0 (9,) u1; want",
		"X i y l images t labels m": "got X (9, 2, 2) u1 and images (5, 2, 2) u1, which both may be the images, want one of them",
		"X i y l images i labels l": "got X (9, 2, 2) u1 and images (9, 2, 2) u1, which both may be the images, want one of them",
		"X i images t y l":          "got X (9, 2, 2) u1 and images (5, 2, 2) u1, which both may be the images, want one of them",
		"x i target l y l":          "got y (9,) u1 and target (9,) u1, which both may be the labels, want one of them",
		"y_train l":                 "got the arrays y_train (9,) u1; want",
		"x_train i y_train m":       "got x_train (9, 2, 2) u1 and y_train (5,) u1, want one label per image",
		strings.Repeat("a i ", 12):  "and 2 more; want",
	} {
		if _, err := Pick(infos(arrays)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", arrays, err, want)
		}
	}
}

// Images and labels whose last side counts them are refused with what puts it first.
func TestPickTurned(t *testing.T) {
	for want, shapes := range map[string][2][]int{
		"want one label per image: np.moveaxis(x, -1, 0) puts the images first":        {{28, 28, 9}, {9}},
		"want one label per image: y.T puts the labels first":                          {{9, 28, 28, 1}, {1, 9}},
		"want one label per image: np.moveaxis(x, -1, 0) and y.T put the images first": {{784, 9}, {1, 9}},
		"want one label per image": {{9, 28, 28}, {8}},
	} {
		_, err := Pick([]npy.Info{{Name: "x", Shape: shapes[0], Type: npy.Uint8}, {Name: "y", Shape: shapes[1], Type: npy.Uint8}})
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v: got %v, want %s", shapes, err, want)
		}
	}
}

// open opens an archive of arrays.
func open(t testing.TB, arrays ...npy.Array) *npy.Archive {
	t.Helper()
	data, err := npy.EncodeZip(arrays)
	if err != nil {
		t.Fatal(err)
	}
	a, err := npy.OpenZip(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestReadImages(t *testing.T) {
	grid := []byte{0, 7, 255, 3, 0, 0, 1, 2}
	bools := []byte{0, 1, 1, 0}
	for _, c := range []struct {
		name  string
		array npy.Array
		o     Options
		want  []uint8
		size  [3]int
	}{
		{"bytes", npy.Array{Shape: []int{2, 2, 2}, Type: npy.Uint8, Data: grid}, Options{}, grid, [3]int{2, 2, 2}},
		{"channels last", npy.Array{Shape: []int{2, 1, 4, 1}, Type: npy.Uint8, Data: grid}, Options{}, grid, [3]int{2, 4, 1}},
		{"channels first", npy.Array{Shape: []int{2, 1, 1, 4}, Type: npy.Uint8, Data: grid}, Options{}, grid, [3]int{2, 4, 1}},
		{"flat", npy.Array{Shape: []int{2, 4}, Type: npy.Uint8, Data: grid}, Options{}, grid, [3]int{2, 4, 0}},
		{"booleans", npy.Array{Shape: []int{1, 2, 2}, Type: npy.Bool, Data: bools}, Options{}, []uint8{0, 255, 255, 0}, [3]int{1, 2, 2}},
		{"zeros and ones", npy.Array{Shape: []int{1, 2, 2}, Type: npy.Uint8, Data: bools}, Options{}, []uint8{0, 255, 255, 0}, [3]int{1, 2, 2}},
		{"bytes by a given range", npy.Array{Shape: []int{1, 2, 2}, Type: npy.Uint8, Data: bools}, Options{Range: pixels.Bytes}, bools, [3]int{1, 2, 2}},
		{"fractions", npy.Floats("", []int{1, 2, 2}, []float32{0, 0.5, 1.004, -0.001}), Options{}, []uint8{0, 128, 255, 0}, [3]int{1, 2, 2}},
		{"-1..1", npy.Floats("", []int{1, 2, 2}, []float32{-1, 0, 1, 1}), Options{Range: pixels.Range{Low: -1, High: 1}}, []uint8{0, 128, 255, 255}, [3]int{1, 2, 2}},
		{"int16", npy.Array{Shape: []int{1, 1, 2}, Type: npy.Int16, Data: []byte{0, 0, 200, 0}}, Options{}, []uint8{0, 200}, [3]int{1, 2, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.array.Name = "x"
			got, err := ReadImages(context.Background(), open(t, c.array), 0, c.o)
			if err != nil || !bytes.Equal(got.Pixels, c.want) || [3]int{got.N, got.Width, got.Height} != c.size {
				t.Errorf("got %+v %v, want %v, %v", got, err, c.want, c.size)
			}
		})
	}
}

func TestReadImagesRefuses(t *testing.T) {
	for want, array := range map[string]npy.Array{
		"x: got the shape [4]":                  npy.Floats("x", []int{4}, []float32{0, 0, 0, 0}),
		"x: got 3 channels, shape [1 2 2 3]":    npy.Floats("x", []int{1, 2, 2, 3}, make([]float32, 12)),
		"x: got no image":                       npy.Floats("x", []int{0, 2, 2}, nil),
		"x: pixels: got values 0..2.5, want":    npy.Floats("x", []int{1, 2}, []float32{0, 2.5}),
		"x: pixels: got values 0..16, want 0..": {Name: "x", Shape: []int{1, 2}, Type: npy.Uint8, Data: []byte{0, 16}},
		"x: got texts (U1), want images":        {Name: "x", Shape: []int{1, 1}, Type: "U1", Data: []byte{65, 0, 0, 0}},
	} {
		_, err := ReadImages(context.Background(), open(t, array), 0, Options{})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ReadImages(ctx, open(t, npy.Floats("x", []int{1, 1}, []float32{1})), 0, Options{}); err != context.Canceled {
		t.Errorf("cancelled: got %v", err)
	}
}

func TestReadLabels(t *testing.T) {
	for _, c := range []struct {
		name  string
		array npy.Array
		want  string // the labels, or the error's part
	}{
		{"numbers", npy.Floats("y", []int{2}, []float32{5, 1}), "5 1"},
		{"a column", npy.Floats("y", []int{2, 1}, []float32{5, 1}), "5 1"},
		{"one-hot", npy.Floats("y", []int{2, 3}, []float32{0, 0, 1, 1, 0, 0}), "2 0"},
		{"smoothed", npy.Floats("y", []int{2, 2}, []float32{0.9, 0.1, 0.1, 0.9}), "0 1"},
		{"texts", npy.Array{Name: "y", Shape: []int{2}, Type: "U2", Data: []byte{'a', 0, 0, 0, 0, 0, 0, 0, 0xe4, 0, 0, 0, 'b', 0, 0, 0}}, "a äb"},
		{"bytes", npy.Array{Name: "y", Shape: []int{2}, Type: "S2", Data: []byte("a\x00bc")}, "a bc"},
		{"fractions", npy.Floats("y", []int{2}, []float32{0.5, 1}), "y: label 0: got 0.5, want a whole number"},
		{"several classes", npy.Floats("y", []int{2, 2}, []float32{1, 1, 0, 1}), "y: row 0: got 1 2 times, want one-hot: once"},
		{"coordinates", npy.Floats("y", []int{2, 2}, []float32{7.5, 2, 3, 1}), "y: row 1: got 3, want one-hot: 7.5 once and else 2, as in row 0"},
		{"probabilities", npy.Floats("y", []int{2, 2}, []float32{0.75, 0.25, 0.5, 0.5}), "y: row 1: got 0.5, want one-hot: 0.75 once and else 0.25, as in row 0"},
		{"no class", npy.Floats("y", []int{2, 2}, []float32{1, 0, 0, 0}), "y: row 1: got 1 0 times, want one-hot: once"},
		{"others", npy.Floats("y", []int{3}, []float32{0.5, 1, 2}), "y: got the shape [3], want (2) or one-hot (2, classes)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadLabels(context.Background(), open(t, c.array), 0, 2)
			if text := strings.Join(got, " "); err == nil && text != c.want || err != nil && err.Error() != c.want {
				t.Errorf("got %q %v, want %s", text, err, c.want)
			}
		})
	}
}

// FuzzRead reads any archive whose arrays have usual names.
func FuzzRead(f *testing.F) {
	for _, x := range []npy.Array{
		{Name: "x", Shape: []int{2, 1, 2}, Type: npy.Uint8, Data: []byte{0, 7, 255, 3}},
		npy.Floats("x", []int{2, 2}, []float32{0, 0.5, 1, 1}),
		{Name: "arr_0", Shape: []int{2, 1}, Type: npy.Bool, Data: []byte{0, 1}},
	} {
		data, err := npy.EncodeZip([]npy.Array{x, npy.Floats("y", []int{2}, []float32{5, 1})})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		memory.Bounded(t, 64*unzip.Factor, len(data), func() {
			a, err := npy.OpenZip(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				return
			}
			choice, err := Pick(a.Arrays)
			if err != nil || choice.Train.Images < 0 {
				return
			}
			images, err := ReadImages(context.Background(), a, choice.Train.Images, Options{})
			if err != nil {
				return
			}
			if images.N*images.Width*max(images.Height, 1) != len(images.Pixels) {
				t.Errorf("got %d pixels of %d images of %dx%d", len(images.Pixels), images.N, images.Width, images.Height)
			}
			if choice.Train.Labels >= 0 {
				if labels, err := ReadLabels(context.Background(), a, choice.Train.Labels, images.N); err == nil && len(labels) != images.N {
					t.Errorf("got %d labels of %d images", len(labels), images.N)
				}
			}
		})
	})
}
