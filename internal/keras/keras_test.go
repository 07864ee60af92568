package keras

import (
	"archive/zip"
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/hdf5"
	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/npy"
)

// folder may be a whole one that testdata/make.py wrote; testdata holds a part.
var folder = flag.String("files", "testdata", "folder of keras2 and keras3")

// read opens a file.
func read(t testing.TB, path string) *File {
	t.Helper()
	f, err := Open(bytesOf(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, path, data string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// zipOf returns a zip archive of one member.
func zipOf(t *testing.T, name, data string) string {
	t.Helper()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.String()
}

func bytesOf(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// arrays returns the arrays of an .npz file by name.
func arrays(t testing.TB, path string) map[string]npy.Array {
	t.Helper()
	list, err := npy.DecodeZip(bytesOf(t, path))
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]npy.Array{}
	for _, a := range list {
		byName[a.Name] = a
	}
	return byName
}

// architecture returns the file's own architecture. For weights alone it returns that
// of the same model's file beside it, or of the notebook's network of Dense layers.
func architecture(t *testing.T, path string, f *File) *Architecture {
	t.Helper()
	beside := strings.SplitN(filepath.Base(path), ".", 2)[0]
	for _, ending := range []string{".keras", ".h5", ".json"} {
		if other := filepath.Join(filepath.Dir(path), beside+ending); !f.HasArchitecture() {
			if _, err := os.Stat(other); err == nil {
				f = read(t, other)
			}
		}
	}
	if !f.HasArchitecture() {
		network, err := nn.NewSequential(nn.Shape{28, 28, 1}, &nn.Flatten{}, &nn.Dense{Units: 64}, &nn.ReLU{},
			&nn.Dense{Units: 32}, &nn.ReLU{}, &nn.Dense{Units: 10}, &nn.Softmax{})
		if err != nil {
			t.Fatal(err)
		}
		return Like(network)
	}
	a, err := f.Architecture(ByModel)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// compare asks a network about pictures 0..255 and wants Keras's answers.
func compare(t *testing.T, network *nn.Sequential, pictures []uint8, answers npy.Array) {
	t.Helper()
	compareWithin(t, network, pictures, answers, 1e-5)
}

// compareWithin wants answers that differ by no more than most.
func compareWithin(t *testing.T, network *nn.Sequential, pictures []uint8, answers npy.Array, most float64) {
	t.Helper()
	x := make([]float32, len(pictures))
	nn.Pixels(x, pictures)
	want := answers.Float32s()
	got := network.Forward(x, answers.Shape[0])
	if len(got) != len(want) {
		t.Fatalf("got %d probabilities, want %d", len(got), len(want))
	}
	worst := 0.0
	for i := range got {
		worst = max(worst, math.Abs(float64(got[i]-want[i])))
	}
	if !(worst <= most) {
		t.Errorf("got probabilities up to %g beside Keras's, want at most %g", worst, most)
	}
}

// TestFiles compares every kind of file with Keras's answers to the first hundred
// test images of MNIST.
func TestFiles(t *testing.T) {
	dir := os.Getenv("INKLING_DATA")
	if dir == "" {
		t.Skip("INKLING_DATA names no folder with MNIST")
	}
	pair, err := dataset.Open("mnist", dir)
	if err != nil {
		t.Skip(err)
	}
	pictures := pair.Test.Pixels[:100*28*28]
	for _, keras := range []string{"keras2", "keras3"} {
		answers := arrays(t, filepath.Join(*folder, keras, "answers.npz"))
		paths, _ := filepath.Glob(filepath.Join(*folder, keras, "*"))
		for _, path := range paths {
			name, _, _ := strings.Cut(filepath.Base(path), ".")
			if _, ok := answers[name]; !ok {
				continue
			}
			t.Run(keras+"/"+filepath.Base(path), func(t *testing.T) {
				f := read(t, path)
				a := architecture(t, path, f)
				if err := a.Load(f); err != nil {
					t.Fatal(err)
				}
				compare(t, a.Network, pictures, answers[name])
				like := Like(a.Network)
				clear(a.Network.Values())
				if err := a.Load(f); err != nil {
					t.Fatal(err)
				}
				if err := like.Load(f); err != nil {
					t.Errorf("again, like its own network: %v", err)
				}
				compare(t, a.Network, pictures, answers[name])
			})
		}
	}
}

// TestOptions compares layers and options (testdata/make_options.py).
func TestOptions(t *testing.T) {
	answers := arrays(t, "testdata/options/pictures.npz")
	for _, file := range []string{"logits.keras", "reshape.keras", "pooling.keras", "middle.npz"} {
		t.Run(file, func(t *testing.T) {
			f := read(t, "testdata/options/"+file)
			a := architecture(t, "testdata/options/"+file, f)
			if err := a.Load(f); err != nil {
				t.Fatal(err)
			}
			name, _, _ := strings.Cut(file, ".")
			compare(t, a.Network, answers["pictures"].Data, answers[name])
			if a.Logits != (name == "logits") || a.Pixels != Unit {
				t.Errorf("got logits %v, pixels %s", a.Logits, a.Pixels)
			}
		})
	}
}

// sequential returns the JSON of a model for pictures of 6x6 with these layers, then
// two classes.
func sequential(layers string) string {
	return `{"class_name": "Sequential", "keras_version": "2.15.0", "config": {"name": "m", "layers": [
		{"class_name": "InputLayer", "config": {"name": "i", "batch_input_shape": [null, 6, 6, 1]}}, ` + layers + `,
		{"class_name": "Flatten", "config": {"name": "flat"}},
		{"class_name": "Dense", "config": {"name": "d", "units": 2, "activation": "softmax"}}]}}`
}

func TestRefuses(t *testing.T) {
	conv := func(option string) string {
		return sequential(`{"class_name": "Conv2D", "config": {"name": "c", "filters": 2, "kernel_size": [3, 3]` + option + `}}`)
	}
	layer := func(class, config string) string {
		return sequential(`{"class_name": "` + class + `", "config": {"name": "x"` + config + `}}`)
	}
	for _, c := range []struct{ name, json, want string }{
		{"a layer", layer("LayerNormalization", `, "trainable": true`), "layer 2, x (LayerNormalization): this layer is not read"},
		{"a custom layer", sequential(`{"class_name": "Dense", "registered_name": "my>Dense", "config": {"name": "x"}}`),
			"the custom layer my>Dense"},
		{"dilation", conv(`, "dilation_rate": [2, 2]`), "layer 2, c (Conv2D): dilation_rate: got [2, 2], want 1"},
		{"groups", conv(`, "groups": 2`), "groups: got 2, want 1"},
		{"data format", conv(`, "data_format": "channels_first"`), "data_format: got channels_first, want channels_last"},
		{"padding", conv(`, "padding": "causal"`), "padding: got causal"},
		{"an unknown option", conv(`, "colour": "red"`), "colour: got red: this option is not read"},
		{"other floats", conv(`, "dtype": "float8"`), "dtype: got float8, want float32"},
		{"quantized", conv(`, "dtype": {"class_name": "QuantizedDTypePolicy", "config": {"mode": "int4"}}`), "the model is quantized (int4)"},
		{"quantized by name", conv(`, "dtype": "int8_from_mixed_bfloat16"`), "the model is quantized (int8)"},
		{"a lambda", layer("Lambda", ""), "layer 2, x (Lambda): it runs Python code, which the file does not hold"},
		{"an operation", layer("TFOpLambda", `, "function": "math.divide"`), "a bare operation on tensors is not read"},
		{"an operation in .h5", layer("TrueDivide", ""), "layer 2, x (TrueDivide): a bare operation on tensors is not read"},
		{"depthwise", layer("SeparableConv2D", ""), "depthwise convolutions are not read: use Conv2D"},
		{"a crop", layer("RandomCrop", ""), "layers that change the pictures' size are not read"},
		{"a custom layer of Keras 2", layer("Custom>Mine", ""), "it is a custom layer, want Keras's own"},
		{"too many classes", strings.Replace(conv(""), `"units": 2`, `"units": 1001`, 1), "last layer: got 1001 classes, at most 1000 are read"},
		{"one class", strings.Replace(conv(""), `"units": 2`, `"units": 1`, 1), "got one value (binary)"},
		{"zeros", layer("ZeroPadding2D", `, "padding": 65`), "padding: got 65, want a number, two or two pairs of 0..64"},
		{"an axis of two", layer("Normalization", `, "axis": [1]`), "axis: got [1], want the last, none or all"},
		{"several numbers", layer("Normalization", `, "axis": null, "mean": [1, 2], "variance": [1, 2, 3]`), "axis: got None"},
		{"a function", conv(`, "activation": "mish"`), "activation: got mish, want linear"},
		{"an axis", layer("BatchNormalization", `, "axis": [1]`), "axis: got [1], want the last"},
		{"renorm", layer("BatchNormalization", `, "renorm": true`), "renorm: got true"},
		{"softmax axis", layer("Softmax", `, "axis": 2`), "axis: got 2, want the last"},
		{"another size", layer("Reshape", `, "target_shape": [5, 7]`), "target_shape: got [5, 7], want a shape of as many values as (6, 6, 1)"},
		{"a vector of scales", layer("Rescaling", `, "scale": [1, 2]`), "scale: got [1, 2], want a number"},
		{"dense on pictures", layer("Dense", `, "units": 3`), "put a flatten before it"},
		{"colours", strings.Replace(conv(""), "6, 6, 1", "6, 6, 3", 1), "want pictures (height, width, 1)"},
		{"any size", strings.Replace(conv(""), "6, 6, 1", "null, null, 1", 1), "want a fixed size"},
		{"no input", strings.Replace(conv(""), "batch_input_shape", "name2", 1), "shape: got"},
		{"sigmoid at the end", strings.Replace(conv(""), "softmax", "sigmoid", 1), "got the activation sigmoid, want softmax, or logits"},
		{"no layers", `{"class_name": "Sequential", "config": {"layers": []}}`, "got no layers"},
		{"not a model", `{"class_name": "Dense", "config": {}}`, `got a "Dense" without layers`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Open([]byte(c.json))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Architecture(ByModel); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

func TestBranch(t *testing.T) {
	_, err := read(t, "testdata/keras3/branch.keras").Architecture(ByModel)
	if want := "layer 4, add (Add): got 2 inputs (conv2d_3, conv2d_4)"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error: got %v, want %q", err, want)
	}
}

// TestPixels checks that the same network takes either range.
func TestPixels(t *testing.T) {
	f := read(t, "testdata/options/logits.keras")
	answers := arrays(t, "testdata/options/pictures.npz")
	a, err := f.Architecture(Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if l, ok := a.Network.Layers[1].(*nn.Rescaling); !ok || l.Scale != 255 {
		t.Fatalf("got %s second, want a rescaling by 255", a.Network.Layers[1].Kind())
	}
	a.Network.Layers[1].(*nn.Rescaling).Scale = 1
	if err := a.Load(f); err != nil {
		t.Fatal(err)
	}
	compare(t, a.Network, answers["pictures"].Data, answers["logits"])
}

func TestLoadRefuses(t *testing.T) {
	other, err := nn.NewSequential(nn.Shape{28, 28, 1}, &nn.Flatten{}, &nn.Dense{Units: 48}, &nn.Dense{Units: 32},
		&nn.Dense{Units: 10}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file, want string
		a                *Architecture
	}{
		{"another shape", "testdata/keras2/mlp.npz",
			"layer 2 (dense): got tensors [(784, 64), (64)], want [kernel (784, 48), bias (48)]", Like(other)},
		{"other layers", "testdata/keras3/chain.weights.h5", "got weights of 3246 values, want 39578 for", Like(other)},
		{"no weights", "testdata/options/middle.json", "without weights", Like(other)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := c.a.Load(read(t, c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

// all reads everything of a file.
func all(data []byte) error {
	f, err := Open(data)
	if err != nil || !f.HasArchitecture() {
		return err
	}
	a, err := f.Architecture(ByModel)
	if err != nil || !f.HasWeights() {
		return err
	}
	return a.Load(f)
}

func TestTruncated(t *testing.T) {
	for _, path := range []string{"testdata/options/logits.keras", "testdata/keras2/chain.h5", "testdata/options/middle.json"} {
		whole := bytesOf(t, path)
		for n := 0; n < len(whole)-1; n += 1 + n/100 { // the last may be a line's end
			if err := all(whole[:n]); err == nil {
				t.Errorf("%s: first %d of %d bytes: got a model, want an error", path, n, len(whole))
			}
		}
	}
}

// The corpora are small files: long ones are slow to minimise.
func FuzzOpen(f *testing.F) {
	f.Add(bytesOf(f, "testdata/options/logits.keras"))
	f.Add(bytesOf(f, "testdata/options/middle.npz"))
	f.Fuzz(func(t *testing.T, data []byte) {
		memory.Bounded(t, 8*hdf5.Factor, len(data), func() { all(data) })
	})
}

func FuzzConfig(f *testing.F) {
	f.Add(bytesOf(f, "testdata/options/middle.json"))
	f.Add([]byte(sequential(`{"class_name": "Normalization", "config": {"name": "n", "axis": [1, 2, 3], "mean": [[0.5]], "variance": [0.25]}},
		{"class_name": "ZeroPadding2D", "config": {"name": "z", "padding": [[0, 1], [2, 0]]}},
		{"class_name": "Sequential", "config": {"name": "s", "layers": [
			{"class_name": "Conv2D", "config": {"name": "c", "filters": 2, "kernel_size": [2, 2], "dtype": "mixed_float16"}},
			{"class_name": "ZeroPadding2D", "config": {"name": "y", "padding": 1}}]}}`)))
	f.Add([]byte(sequential(`{"class_name": "Reshape", "config": {"name": "r", "target_shape": [-1, 4]}}`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		memory.Bounded(t, 200, len(data), func() { all(data) })
	})
}

// TestPercentInAName checks that a name is text, not a format.
func TestPercentInAName(t *testing.T) {
	f, err := Open([]byte(`{"class_name": "Sequential", "module": "keras", "config": {"layers": [
		{"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 4, 4, 1]}},
		{"class_name": "Dense", "config": {"name": "100%d", "units": 0}}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := "keras: layer 2, 100%d (Dense): units: got 0, want a whole number, 1..65536"
	if _, err := f.Architecture(ByModel); err == nil || err.Error() != want {
		t.Errorf("error: got %v, want %q", err, want)
	}
}

// TestHostileShapes checks sizes whose product overflows.
func TestHostileShapes(t *testing.T) {
	for input, layers := range map[string]string{
		"4294967296, 4294967296, 1": `{"class_name": "Flatten", "config": {"name": "f"}}`,
		"2147483648, 8589934592":    `{"class_name": "Flatten", "config": {"name": "f"}}`,
		"28, 28, 1":                 `{"class_name": "Conv2D", "config": {"name": "c", "filters": 1e15, "kernel_size": [3, 3]}}`,
	} {
		f, err := Open([]byte(`{"class_name": "Sequential", "module": "keras", "config": {"layers": [
			{"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, ` + input + `]}}, ` + layers + `,
			{"class_name": "Flatten", "config": {"name": "g"}}, {"class_name": "Dense", "config": {"name": "d", "units": 2}}]}}`))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Architecture(ByModel); err == nil || !strings.Contains(err.Error(), "want") {
			t.Errorf("%s: got %v, want an error", input, err)
		}
	}
}
