package chain

import (
	"encoding/json"
	"strings"
	"testing"
)

// model returns the JSON of a model of an input and one layer, of these classes and modules.
func model(class, module, layer string) string {
	return `{"class_name": "` + class + `", "module": ` + module + `, "config": {"layers": [
		{"class_name": "InputLayer", "module": "keras.layers", "config": {"name": "i", "batch_shape": [null, 6, 6, 1]}}, ` + layer + `]}}`
}

func TestCodeOfOthers(t *testing.T) {
	layer := func(class, module, registered string) string {
		return `{"class_name": "` + class + `", "module": ` + module + `, "registered_name": ` + registered + `, "config": {"name": "x"}}`
	}
	for _, c := range []struct{ name, json, want string }{
		{"Keras's", model("Sequential", `"keras"`, layer("LeakyReLU", `"keras.layers"`, "null")), ""},
		{"within Keras", model("Sequential", `"keras.src.models.sequential"`, layer("LeakyReLU", `"keras.src.layers"`, `"LeakyReLU"`)), ""},
		{"tf_keras", model("Sequential", `"tf_keras.src.engine"`, layer("ReLU", `"tf_keras.src.layers"`, `"ReLU"`)), ""},
		{"TensorFlow's", model("Sequential", `"keras"`, layer("ReLU", `"tensorflow.python.keras.layers.advanced_activations"`, "null")), ""},
		{"without a module", `{"class_name": "Sequential", "config": [{"class_name": "InputLayer", "config": {}}]}`, ""},
		{"no module", model("Sequential", `"keras"`, layer("LeakyReLU", "null", `"LeakyReLU"`)),
			"layer 2, x (LeakyReLU): got the custom layer LeakyReLU, want Keras's own: its Python code is not in the file"},
		{"left out otherwise", model("Sequential", `"keras"`, layer("RandomInvert", "null", `"RandomInvert"`)), "the custom layer RandomInvert"},
		{"a script", model("Sequential", `"keras"`, layer("Dense", `"__main__"`, `"Dense"`)), "the custom layer __main__.Dense"},
		{"a package", model("Sequential", `"keras"`, layer("Dense", `"keras_cv.layers"`, "null")), "the custom layer keras_cv.layers.Dense"},
		{"registered", model("Sequential", `"keras"`, layer("ReLU", "null", `"Custom>ReLU"`)), "the custom layer Custom>ReLU"},
		{"within a model", model("Sequential", `"keras"`, model("Model", "null", layer("ReLU", `"keras.layers"`, "null"))), "the custom layer Model"},
		{"a model", model("Sequential", "null", layer("ReLU", `"keras.layers"`, "null")), "got the model class Sequential, want Keras's own"},
		{"a module's model", model("Functional", `"nets"`, layer("ReLU", `"keras.layers"`, "null")), "got the model class nets.Functional"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var config map[string]any
			if err := json.Unmarshal([]byte(c.json), &config); err != nil {
				t.Fatal(err)
			}
			_, err := Read(config)
			if c.want == "" && err != nil && strings.Contains(err.Error(), "want Keras's own") || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

// TestOperationsOfTensorFlow checks that a layer that is never read says why before its
// calls are looked at, whose form is its own.
func TestOperationsOfTensorFlow(t *testing.T) {
	for class, want := range map[string]string{
		"TFOpLambda": "layer 2, x (TFOpLambda): a bare operation on tensors is not read: put Keras's own layers in its place (Rescaling for x/255)",
		"Lambda":     "layer 2, x (Lambda): it runs Python code, which the file does not hold: put Keras's own layers in its place (Rescaling",
	} {
		var config map[string]any
		layer := `{"class_name": "` + class + `", "config": {"name": "x"}, "inbound_nodes": [["i", 0, 0, {"y": 255.0, "name": null}]]}`
		if err := json.Unmarshal([]byte(model("Functional", `"keras"`, layer)), &config); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(config); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", class, err, want)
		}
	}
}
