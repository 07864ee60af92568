// Package keras reads the models and weights that Keras 2 and 3 save, as layers of
// package nn: .keras, .h5, .weights.h5, .npz of get_weights, and the JSON of to_json.
//
// A file is answered as Keras answers it, or not at all: what is not read, a layer
// or one option of it, is an error that names it and its place. Read are Sequential
// and functional models without a branch, nested ones too, of pictures with one
// channel. Files of others (SavedModel, PyTorch, TensorFlow Lite, ONNX) are told by
// name.
package keras

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/seed-c844a918/inkling/internal/hdf5"
	"github.com/seed-c844a918/inkling/internal/unzip"
)

// File holds what a file says: an architecture, weights, or both.
type File struct {
	config  map[string]any // the model's, nil if there is none
	version int            // Keras's, 2 or 3
	weights *weights       // nil if there are none
}

// HasArchitecture reports whether the file says which layers there are.
func (f *File) HasArchitecture() bool { return f.config != nil }

// HasWeights reports whether the file holds weights.
func (f *File) HasWeights() bool { return f.weights != nil }

// Open tells the kind of a file by its bytes and reads it. Whatever the bytes, it
// returns what they hold or an error; it allocates at most a few times
// [hdf5.Factor] times the file's size.
func Open(data []byte) (*File, error) {
	f := &File{version: 3}
	switch {
	case hdf5.Is(data):
		return f, f.readHDF5(data)
	case len(data) > 1 && string(data[:2]) == "PK":
		return f, f.readZip(data)
	case len(data) > 0 && data[0] == '{':
		return f, f.readConfig(data, "")
	}
	if what := foreign(data); what != "" {
		return nil, fmt.Errorf("keras: %s", what)
	}
	return nil, fmt.Errorf("keras: got bytes of another kind, want a .keras, .h5, .npz or .json file")
}

// readZip reads a .keras or .npz file.
func (f *File) readZip(data []byte) error {
	members, err := unzip.All(data)
	if err != nil {
		return err
	}
	content := map[string][]byte{}
	for _, m := range members {
		if what := foreignMember(m.Name); what != "" {
			return fmt.Errorf("keras: %s", what)
		}
		content[m.Name] = m.Data
	}
	config, isModel := content["config.json"]
	if !isModel {
		return f.readArrays(data)
	}
	var metadata struct {
		Version string `json:"keras_version"`
	}
	if text, ok := content["metadata.json"]; ok {
		if err := json.Unmarshal(text, &metadata); err != nil {
			return fmt.Errorf("keras: metadata.json: %w", err)
		}
	}
	if err := f.readConfig(config, metadata.Version); err != nil {
		return err
	}
	stored, ok := content["model.weights.h5"]
	if !ok {
		return fmt.Errorf("keras: got no model.weights.h5 beside config.json, want the weights")
	}
	return f.readHDF5(stored)
}

// readConfig reads a model's JSON; version is Keras's, "" if only the JSON can say.
func (f *File) readConfig(data []byte, version string) error {
	if err := json.Unmarshal(data, &f.config); err != nil {
		return fmt.Errorf("keras: config: %w", err)
	}
	if _, ok := f.config["modelTopology"]; ok {
		return fmt.Errorf("keras: %s", tensorFlowJS)
	}
	if own, ok := f.config["keras_version"].(string); ok && version == "" {
		version = own
	}
	if _, ok := f.config["module"]; version == "" && !ok || strings.HasPrefix(version, "2.") || strings.HasPrefix(version, "1.") {
		f.version = 2
	}
	return nil
}

// readHDF5 reads weights, and the architecture of an .h5 file that has it.
func (f *File) readHDF5(data []byte) error {
	root, err := hdf5.Open(data)
	if err != nil {
		return err
	}
	version, _, err := root.Strings("keras_version")
	if err != nil {
		return err
	}
	config, whole, err := root.Strings("model_config")
	if err != nil {
		return err
	}
	if whole && len(config) == 1 {
		if err := f.readConfig([]byte(config[0]), strings.Join(version, "")); err != nil {
			return err
		}
		root, whole, err = root.Child("model_weights")
		if err := need("the group model_weights", whole, err); err != nil {
			return err
		}
	}
	f.weights, err = readWeights(root)
	return err
}

// need returns an error for what was not found, or could not be read.
func need(what string, found bool, err error) error {
	if err == nil && !found {
		return fmt.Errorf("keras: %s is not in the file", what)
	}
	return err
}
