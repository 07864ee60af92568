package history

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/fit"
)

// write writes a file of a folder of its own.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestForms(t *testing.T) {
	none := math.NaN()
	validated := []fit.Epoch{{Epoch: 1, Loss: 0.5, Accuracy: 0.25, ValLoss: 0.75, ValAccuracy: 0.125}, {Epoch: 2, Loss: 0.25, Accuracy: 1, ValLoss: 1}}
	for name, c := range map[string]struct {
		history   fit.History
		csv, json string
	}{
		"validated": {
			fit.History{Epochs: validated},
			"epoch,loss,accuracy,val_loss,val_accuracy\n1,0.500000,0.250000,0.750000,0.125000\n2,0.250000,1.000000,1.000000,0.000000\n",
			"{\n  \"loss\": [\n    0.5,\n    0.25\n  ],\n  \"accuracy\": [\n    0.25,\n    1\n  ],\n  \"val_loss\": [\n    0.75,\n    1\n  ],\n  \"val_accuracy\": [\n    0.125,\n    0\n  ]\n}\n",
		},
		"top k, not validated": {
			fit.History{TopK: 2, Epochs: []fit.Epoch{{Epoch: 1, Loss: 2, Accuracy: 0.5, ValLoss: none, ValAccuracy: none, TopK: 0.75, ValTopK: none}}},
			"epoch,loss,accuracy,val_loss,val_accuracy,top_k_categorical_accuracy,val_top_k_categorical_accuracy\n1,2.000000,0.500000,,,0.750000,\n",
			"{\n  \"loss\": [\n    2\n  ],\n  \"accuracy\": [\n    0.5\n  ],\n  \"top_k_categorical_accuracy\": [\n    0.75\n  ]\n}\n",
		},
	} {
		for file, want := range map[string]string{"h.csv": c.csv, "h.json": c.json} {
			data, err := Encode(file, c.history)
			if err != nil || string(data) != want {
				t.Errorf("%s, %s: got %v\n%swant\n%s", name, file, err, data, want)
			}
			epochs, err := Read(write(t, file, want))
			if err != nil || len(epochs) != len(c.history.Epochs) || epochs[0].Loss != c.history.Epochs[0].Loss ||
				epochs[0].TopK != c.history.Epochs[0].TopK || math.IsNaN(epochs[0].ValLoss) != math.IsNaN(c.history.Epochs[0].ValLoss) {
				t.Errorf("%s, %s: read back %+v, %v", name, file, epochs, err)
			}
		}
	}
}

// A figure that JSON cannot write becomes the largest that it can: a history is not
// lost for it at the end.
func TestInfinite(t *testing.T) {
	h := fit.History{Epochs: []fit.Epoch{{Epoch: 1, Loss: 1, ValLoss: math.Inf(1)}}}
	data, err := Encode("h.json", h)
	if err != nil {
		t.Fatal(err)
	}
	epochs, err := Read(write(t, "h.json", string(data)))
	if err != nil || epochs[0].ValLoss != math.MaxFloat64 || epochs[0].Loss != 1 {
		t.Errorf("got %+v, %v, want the largest number as val_loss", epochs, err)
	}
}

// Columns are found by name, and what a run without validation lacks is left out.
func TestColumns(t *testing.T) {
	path := write(t, "x.history.csv", "epoch,learning_rate,loss,accuracy,val_loss,val_accuracy\n1,0.001,2.5,0.25,,\n2,0.001,1.5,0.5,,\n")
	lists, err := Columns(path)
	if err != nil || len(lists) != 3 || !slices.Equal(lists["epoch"], []float64{1, 2}) || !slices.Equal(lists["loss"], []float64{2.5, 1.5}) {
		t.Errorf("got %v, %v", lists, err)
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"empty.csv", "", "got no line of an epoch"},
		{"head.csv", "epoch,loss\n", "got no line of an epoch"},
		{"word.csv", "loss\nlow\n", `epoch 1: got loss "low", want a finite number`},
		{"inf.csv", "loss\nInf\n", `epoch 1: got loss "Inf", want a finite number`},
		{"uneven.csv", "epoch,loss\n1\n", "wrong number of fields"},
		{"empty.json", "{}", "got no line of an epoch"},
		{"broken.json", `{"loss": 3}`, "loss: json: cannot unmarshal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Read(write(t, c.name, c.content)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestPath(t *testing.T) {
	if got := Path("web/models/digits.ink"); got != "web/models/digits.history.csv" {
		t.Errorf("got %s", got)
	}
}

// The bound on a history's size holds for long numbers in both forms.
func TestMaxSize(t *testing.T) {
	h := fit.History{TopK: 5}
	for i := range 50 {
		x := math.Nextafter(0.12345678901234567, 0)
		h.Epochs = append(h.Epochs, fit.Epoch{Epoch: i + 1, Loss: x, Accuracy: x, ValLoss: x, ValAccuracy: x, TopK: x, ValTopK: x})
	}
	for _, file := range []string{"h.csv", "h.json"} {
		data, err := Encode(file, h)
		if err != nil || len(data) > MaxSize(len(h.Epochs)) {
			t.Errorf("%s: got %d bytes, %v, want at most %d", file, len(data), err, MaxSize(len(h.Epochs)))
		}
	}
}
