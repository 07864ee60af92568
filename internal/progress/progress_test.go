package progress

import (
	"bytes"
	"math"
	"os"
	"testing"

	"github.com/seed-c844a918/inkling/internal/fit"
)

// Off a terminal there are lines of finished epochs and no bars.
func TestEpochs(t *testing.T) {
	none := math.NaN()
	for name, c := range map[string]struct {
		topK  int
		epoch fit.Epoch
		want  string
	}{
		"plain": {0, fit.Epoch{Epoch: 2, Loss: 0.5, Accuracy: 0.75, ValLoss: none, ValAccuracy: none, Seconds: 1.25},
			"Epoch 2/3 - 1.25s - loss: 0.5000 - accuracy: 0.7500\n"},
		"validated": {0, fit.Epoch{Epoch: 1, Loss: 0.5, Accuracy: 0.75, ValLoss: 0.25, ValAccuracy: 1},
			"Epoch 1/3 - 0.00s - loss: 0.5000 - accuracy: 0.7500 - val_loss: 0.2500 - val_accuracy: 1.0000\n"},
		"top k": {2, fit.Epoch{Epoch: 1, Loss: 0.5, Accuracy: 0.75, TopK: 0.875, ValLoss: 0.25, ValAccuracy: 1, ValTopK: 1},
			"Epoch 1/3 - 0.00s - loss: 0.5000 - accuracy: 0.7500 - top_k_categorical_accuracy: 0.8750" +
				" - val_loss: 0.2500 - val_accuracy: 1.0000 - val_top_k_categorical_accuracy: 1.0000\n"},
	} {
		var w bytes.Buffer
		p := NewEpochs(&w, 3, c.topK)
		p.Step(fit.Step{Epoch: c.epoch.Epoch, Step: 1, Steps: 2})
		p.Epoch(c.epoch)
		p.Close()
		if w.String() != c.want {
			t.Errorf("%s: got %q, want %q", name, &w, c.want)
		}
	}
}

func TestIsTerminal(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if IsTerminal(&bytes.Buffer{}) || IsTerminal(file) || columns(file) != 0 {
		t.Error("a buffer or a file is taken for a terminal")
	}
}

// Off a terminal there is a line per file and no bar.
func TestDownloads(t *testing.T) {
	var lines bytes.Buffer
	v := NewDownloads(&lines)
	for done := int64(0); done <= 10_000_000; done += 2_500_000 {
		v.File("a.gz", done, 10_000_000)
	}
	v.File("b.gz", 1_000_000, 4_000_000)
	v.File("c.gz", 0, -1)
	v.Close()
	want := "downloading a.gz, 10.00 MB\ndownloading b.gz, 4.00 MB, 1.00 MB of it there already\ndownloading c.gz\n"
	if got := lines.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
