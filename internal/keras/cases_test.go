package keras

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// loaded returns a file's architecture with the weights of another, or its own.
func loaded(t *testing.T, path, weights string, pixels Pixels) (*Architecture, error) {
	t.Helper()
	f := read(t, path)
	a, err := f.Architecture(pixels)
	if err != nil {
		return nil, err
	}
	if weights != "" {
		f = read(t, weights)
	}
	return a, a.Load(f)
}

// TestCases compares models of testdata/make_cases.py with Keras's answers.
func TestCases(t *testing.T) {
	answers := arrays(t, "testdata/cases/pictures.npz")
	for _, c := range []struct {
		file, weights string
		given, pixels Pixels
		why           string
	}{
		{"nested.keras", "", ByModel, Bytes, "the model begins with Rescaling(0.00392157)"},
		{"nested.h5", "", ByModel, Bytes, ""},
		{"nested.keras", "nested.weights.h5", ByModel, Bytes, ""},
		{"functional.keras", "", ByModel, Unit, "the model begins with Rescaling(2, -1)"},
		{"functional.h5", "", ByModel, Unit, ""},
		{"functional.h5", "functional.weights.h5", ByModel, Unit, ""},
		{"zeros.keras", "", ByModel, Unit, "the model does not begin with Rescaling"},
		{"pixel.keras", "", ByModel, Unit, "the model begins with Normalization of mean 0.2"},
		{"column.keras", "", ByModel, Bytes, "the model begins with Normalization of mean 6"},
		{"bytes.keras", "", ByModel, Bytes, ""},
		{"bytes.keras", "", Bytes, Bytes, ""},
		{"bytes.h5", "", ByModel, Bytes, ""},
		{"bytes.keras", "bytes.weights.h5", ByModel, Bytes, ""},
		{"bytes.keras", "bytes.npz", ByModel, Bytes, ""},
		{"lists.keras", "", ByModel, Unit, ""},
		{"normalized.keras", "", ByModel, Bytes, "the model begins with BatchNormalization of mean 64"},
		{"normalized.keras", "", Bytes, Bytes, ""},
		{"inside.keras", "", ByModel, Unit, "the model begins with Rescaling(-1, 1)"},
		{"undecided.keras", "", Bytes, Bytes, ""},
		{"normalizations.keras", "", ByModel, Unit, "the model begins with Normalization of mean 0.13"},
		{"normalizations.h5", "", ByModel, Unit, ""},
		{"normalizations.keras", "normalizations.weights.h5", ByModel, Unit, ""},
	} {
		t.Run(c.file+" "+c.weights, func(t *testing.T) {
			weights := ""
			if c.weights != "" {
				weights = "testdata/cases/" + c.weights
			}
			a, err := loaded(t, "testdata/cases/"+c.file, weights, c.given)
			if err != nil {
				t.Fatal(err)
			}
			if a.Pixels != c.pixels || !strings.HasPrefix(a.Why, c.why) {
				t.Errorf("got pixels %s, since %q, want %s, since %q", a.Pixels, a.Why, c.pixels, c.why)
			}
			name, _, _ := strings.Cut(c.file, ".")
			compare(t, a.Network, answers["pictures"].Data, answers[name])
		})
	}
}

// TestBrought compares models as people bring them with Keras's answers: testdata
// brought/, to which make_cases.py gives the answers.
func TestBrought(t *testing.T) {
	answers := arrays(t, "testdata/brought/answers.npz")
	for _, c := range []struct {
		file    string
		pixels  Pixels
		leftOut string
		floats  string
	}{
		{"flat.keras", Unit, "RandomRotation, RandomTranslation, RandomZoom", ""},
		{"nested.keras", Bytes, "RandomFlip, RandomRotation", ""},
		{"adapted.keras", Unit, "", ""},
		{"adapted.h5", Unit, "", ""},
		{"given.keras", Unit, "", ""},
		{"times2minus1.keras", Unit, "", ""},
		{"standardised.keras", Unit, "", ""},
		{"model.keras", Unit, "SpatialDropout2D", ""},
		{"bnv1.h5", Unit, "", ""},
		{"softmax_v2.h5", Unit, "", ""},
		{"c300.keras", Unit, "", ""},
		{"lenet-like.keras", Unit, "", ""},
		{"mixed.keras", Unit, "", "mixed_float16"},
	} {
		t.Run(c.file, func(t *testing.T) {
			a, err := loaded(t, "testdata/brought/"+c.file, "", ByModel)
			if err != nil {
				t.Fatal(err)
			}
			if left := strings.Join(a.LeftOut, ", "); a.Pixels != c.pixels || left != c.leftOut || a.Floats != c.floats {
				t.Errorf("got pixels %s, left out %q, floats %q, want %s, %q, %q", a.Pixels, left, a.Floats, c.pixels, c.leftOut, c.floats)
			}
			name, most := c.file, 1e-5
			if c.pixels == Bytes {
				name += "@255"
			}
			if c.floats != "" {
				most = 1e-2
			}
			compareWithin(t, a.Network, answers["pictures"].Data, answers[name], most)
		})
	}
}

// TestBfloat16 reads a model that computed in mixed_bfloat16, whose answers have two
// or three digits.
func TestBfloat16(t *testing.T) {
	answers := arrays(t, "testdata/cases/pictures.npz")
	a, err := loaded(t, "testdata/cases/bfloat16.keras", "", ByModel)
	if err != nil || a.Floats != "mixed_bfloat16" {
		t.Fatalf("got %v, want mixed_bfloat16", err)
	}
	compareWithin(t, a.Network, answers["pictures"].Data, answers["bfloat16"], 1e-2)
}

func TestRefusedFiles(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"brought/int8.keras", "layer 3, dense_15 (Dense): the model is quantized (int8), want float weights"},
		{"brought/sigmoid10.keras", "last layer: got the activation sigmoid, want softmax, or logits without one"},
		{"brought/binary.keras", "last layer: got one value (binary), want one for each of at least 2 classes: end the model in Dense(2"},
		{"cases/undecided.keras", "begins with Rescaling(0.1), which fits neither pixels 0..1 nor 0..255: say what it was trained on, --pixels"},
		{"cases/outputs.keras", "got 2 outputs (a, b), want one, of the classes"},
		{"cases/inputs.keras", "got 2 inputs (input_layer_"},
		{"cases/operation.keras", "(TrueDivide): a bare operation on tensors is not read: put Keras's own layers in its place (Rescaling"},
	} {
		t.Run(c.file, func(t *testing.T) {
			_, err := loaded(t, "testdata/"+c.file, "", ByModel)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
			if undecided := errors.As(err, new(*UndecidedError)); undecided != (c.file == "cases/undecided.keras") {
				t.Errorf("undecided: got %v", undecided)
			}
		})
	}
}

func TestQuantizedWeights(t *testing.T) {
	network, err := nn.NewSequential(nn.Shape{28, 28, 1}, &nn.Flatten{}, &nn.Dense{Units: 8}, &nn.Dense{Units: 10}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	if err := Like(network).Load(read(t, "testdata/brought/int8.keras")); err == nil || !strings.Contains(err.Error(), "quantized (int8)") {
		t.Errorf("error: got %v, want it to say quantized (int8)", err)
	}
}

func TestForeign(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"a pickle", "\x80\x02\x8a\x0al\xfc", "a file of PyTorch"},
		{"TensorFlow Lite", "\x1c\x00\x00\x00TFL3\x14\x00", "a TensorFlow Lite model"},
		{"ONNX", "\x08\x08\x12\x07pytorch", "an ONNX model"},
		{"a SavedModel", "\x08\x01\x12\x8a\x01", "a TensorFlow SavedModel"},
		{"an array", "\x93NUMPY\x01\x00", "one NumPy array"},
		{"TensorFlow.js", `{"format": "layers-model", "modelTopology": {}}`, "a model of TensorFlow.js"},
		{"text", "no model", "bytes of another kind"},
		{"a subclassed model", `{"class_name": "Net", "registered_name": "Net", "config": {}}`, `subclassed model "Net"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := all([]byte(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := ReadFile(dir, 1<<20); err == nil || !strings.Contains(err.Error(), "got a folder, want") {
		t.Errorf("a folder: got %v", err)
	}
	write(t, filepath.Join(dir, "saved_model.pb"), "\x08\x01")
	if _, err := ReadFile(dir, 1<<20); err == nil || !strings.Contains(err.Error(), "a TensorFlow SavedModel") {
		t.Errorf("a SavedModel: got %v", err)
	}
	zipped := filepath.Join(dir, "model.pt")
	write(t, zipped, zipOf(t, "archive/data.pkl", "\x80\x02."))
	if _, err := ReadFile(zipped, 1<<20); err == nil || !strings.Contains(err.Error(), "a file of PyTorch") {
		t.Errorf("model.pt: got %v", err)
	}
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		scale, offset float64
		want          Pixels
	}{
		{1. / 255, 0, Bytes}, {1. / 256, 0, Bytes}, {1 / 127.5, -1, Bytes}, {1. / 128, -1, Bytes}, {-1. / 255, 1, Bytes},
		{1 / 78.6, -33.3 / 78.6, Bytes}, {1, -127.5, Bytes}, {2. / 255, 0, Bytes},
		{2, -1, Unit}, {1, -0.5, Unit}, {-1, 1, Unit}, {1 / 0.3081, -0.1307 / 0.3081, Unit}, {2, 0, Unit}, {255, 0, Unit}, {0.5, 0, Unit},
		{0.1, 0, ByModel}, {1. / 65535, 0, ByModel}, {0, 1, ByModel}, {2, -100, ByModel}, {1. / 255, 3, ByModel},
	} {
		if got := judge(c.scale, c.offset); got != c.want {
			t.Errorf("Rescaling(%g, %g): got %q, want %q", c.scale, c.offset, got, c.want)
		}
	}
}

// TestIdentities checks that a class that is left out is left out with any option.
func TestIdentities(t *testing.T) {
	for class := range identities {
		config := `{"name": "x", "rate": 0.2, "data_format": "channels_last", "factor": [0.1, 0.2]}`
		json := sequential(`{"class_name": "` + class + `", "config": ` + config + `}`)
		f, err := Open([]byte(json))
		if err != nil {
			t.Fatal(err)
		}
		a, err := f.Architecture(ByModel)
		if err != nil || !slices.Equal(a.LeftOut, []string{class}) {
			t.Errorf("%s: got %v, want it left out", class, err)
		}
	}
}

// TestActivationsOfOthers checks that an activation that is not Keras's is refused, and
// that a function of a known name is said.
func TestActivationsOfOthers(t *testing.T) {
	for _, c := range []struct{ activation, want string }{
		{`{"module": "keras.layers", "class_name": "ReLU", "config": {}, "registered_name": null}`, ""},
		{`{"module": null, "class_name": "ReLU", "config": {}, "registered_name": "ReLU"}`, "activation: got the custom activation ReLU, want Keras's own"},
		{`{"module": "mine", "class_name": "function", "config": "swish"}`, "activation: got the custom activation mine.function"},
		{`{"module": "builtins", "class_name": "function", "config": "mish", "registered_name": "function"}`, "activation: got mish, want linear"},
		{`{"module": "builtins", "class_name": "function", "config": "swish", "registered_name": "function"}`, ""},
	} {
		f, err := Open([]byte(sequential(`{"class_name": "Conv2D", "config": {"name": "c", "filters": 2, "kernel_size": [3, 3],
			"activation": ` + c.activation + `}}`)))
		if err != nil {
			t.Fatal(err)
		}
		a, err := f.Architecture(ByModel)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %v, want %q", c.activation, err, c.want)
		}
		if err == nil && strings.Contains(c.activation, "function") != slices.Equal(a.Taken, []string{"layer 2, c (Conv2D): swish"}) {
			t.Errorf("%s: got %q taken", c.activation, a.Taken)
		}
	}
}
