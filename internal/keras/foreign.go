package keras

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed-c844a918/inkling/internal/bounded"
)

// ReadFile reads a file of at most limit bytes as [Open] does. A folder, as
// TensorFlow's SavedModel is one, is an error that says what to do.
func ReadFile(path string, limit int64) (*File, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if _, err := os.Stat(filepath.Join(path, "saved_model.pb")); !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: keras: %s", path, savedModel)
		}
		return nil, fmt.Errorf("%s: keras: got a folder, want a .keras, .h5, .npz or .json file", path)
	}
	data, err := bounded.ReadFile(path, limit)
	if err != nil {
		return nil, err
	}
	f, err := Open(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// What to do with files of others.
const (
	savedModel   = `got a TensorFlow SavedModel, want Keras's own file: tf_keras.models.load_model(FOLDER).save("model.keras") writes one`
	pytorch      = `got a file of PyTorch, want one of Keras: build the same layers in Keras, fill them by set_weights and save("model.keras")`
	tensorFlowJS = `got a model of TensorFlow.js, want one of Keras: tensorflowjs_converter --input_format tfjs_layers_model ` +
		`--output_format keras model.json model.h5 makes one`
	tfLite = `got a TensorFlow Lite model, want the Keras model that it was made of: save("model.keras")`
	onnx   = `got an ONNX model, want the Keras model that it was made of: save("model.keras")`
	array  = `got one NumPy array, want those of get_weights(): np.savez("weights.npz", *model.get_weights())`
)

// foreign returns a text that names a known kind of foreign file and tells what to do;
// "" for other bytes.
func foreign(data []byte) string {
	head := string(data[:min(len(data), 16)])
	switch {
	case len(head) >= 8 && head[4:8] == "TFL3":
		return tfLite
	case strings.HasPrefix(head, "\x93NUMPY"):
		return array
	case len(head) > 1 && head[0] == 0x80 && head[1] >= 2 && head[1] <= 5: // a pickle
		return pytorch
	case strings.HasPrefix(head, "\x08\x01\x12"): // protobuf: the schema's version, a message
		return savedModel
	case len(head) > 2 && head[0] == 8 && head[1] < 32 && (head[2] == 0x12 || head[2] == 0x3a): // the IR's version, producer or graph
		return onnx
	}
	return ""
}

// foreignMember says the same of a zip's members.
func foreignMember(name string) string {
	switch {
	case strings.HasSuffix(name, "data.pkl"):
		return pytorch
	case strings.HasSuffix(name, "saved_model.pb"):
		return savedModel
	}
	return ""
}
