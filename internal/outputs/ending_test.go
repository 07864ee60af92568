package outputs

import (
	"testing"

	"github.com/seed-c844a918/inkling/internal/usage"
)

func TestEndings(t *testing.T) {
	for path, want := range map[string]string{
		"mine.ink": "", "mine": "", "mine.v2": "", "MINE.INK": "", "my.data/model": "",
		"mine.keras": `got --out "mine.keras", want the name of an .ink file (inkling export writes .npz and .onnx)`,
		"mine.H5":    `got --out "mine.H5", want the name of an .ink file (inkling export writes .npz and .onnx)`,
		"set.json":   `got --out "set.json", want the name of an .ink file (inkling export writes .npz and .onnx)`,
	} {
		checkUsage(t, Model("--out", path), want)
	}
	for path, want := range map[string]string{
		"": "", "a.png": "", "a.PNG": "",
		"a.jpg": `got --sheet "a.jpg", want the name of a .png file`,
		"a":     `got --sheet "a", want the name of a .png file`,
	} {
		checkUsage(t, Picture("--sheet", path), want)
	}
}

// checkUsage wants this usage.Error, or none.
func checkUsage(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" && err == nil {
		return
	}
	if !usage.Is(err) || err.Error() != want {
		t.Errorf("got %v, want %q", err, want)
	}
}
