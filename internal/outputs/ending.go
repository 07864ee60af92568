package outputs

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/usage"
)

// foreign are the endings of formats that a model is not written in.
var foreign = []string{".keras", ".h5", ".hdf5", ".npz", ".npy", ".onnx", ".tflite", ".pb", ".pt", ".pth", ".safetensors",
	".json", ".ndjson", ".jsonl", ".csv", ".tsv", ".txt", ".md", ".html", ".png", ".jpg", ".jpeg", ".svg", ".zip", ".gz"}

// Model reports that the file of a model, which a flag names, has the ending of another
// format, by which others would take it for that. It is a usage.Error.
func Model(flag, path string) error {
	if slices.Contains(foreign, strings.ToLower(filepath.Ext(path))) {
		return usage.Errorf("got %s %q, want the name of an .ink file (inkling export writes .npz and .onnx)", flag, path)
	}
	return nil
}

// Picture reports that the file of a picture, which a flag names, does not end in .png;
// "" is none. It is a usage.Error.
func Picture(flag, path string) error {
	if path != "" && !strings.EqualFold(filepath.Ext(path), ".png") {
		return usage.Errorf("got %s %q, want the name of a .png file", flag, path)
	}
	return nil
}
