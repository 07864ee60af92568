package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// untrained writes an untrained model of some classes and returns its path. The lower its
// temperature, the surer it is of one of them.
func untrained(t *testing.T, name string, temperature float32, labels ...string) string {
	t.Helper()
	network, err := nn.NewSequential(nn.Shape{28, 28, 1}, &nn.Flatten{}, &nn.Dense{Units: len(labels)}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(1)
	data, err := model.Encode(&model.Model{Recipe: ink.Drawing, Temperature: temperature, Network: network, Labels: labels})
	path := filepath.Join(t.TempDir(), name+".ink")
	if err == nil {
		err = os.WriteFile(path, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// numbered returns a number of labels.
func numbered(word string, count int) []string {
	labels := make([]string, count)
	for i := range labels {
		labels[i] = fmt.Sprint(word, " ", i)
	}
	return labels
}

// manyClasses writes a model of a thousand classes, the most allowed.
func manyClasses(t *testing.T) string {
	t.Helper()
	return untrained(t, "many", 1, numbered("sign", model.MaxLabels)...)
}

// With many classes the page shows the ten that lead, the first on top.
func TestManyClasses(t *testing.T) {
	p := open(t)
	p.transfer("DragEvent", "drop", "dataTransfer", manyClasses(t))
	p.wait(`document.getElementById("chosen").textContent === "many"`)
	p.draw(zero)
	d := p.waitFinal(1)
	if len(d.Classes) != model.MaxLabels || len(d.Probabilities) != model.MaxLabels {
		t.Fatalf("got %d classes, %d probabilities", len(d.Classes), len(d.Probabilities))
	}
	order := make([]int, len(d.Classes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if d.Probabilities[a] > d.Probabilities[b] {
			return -1
		}
		return 1
	})
	var want []string
	for _, i := range order[:5] {
		want = append(want, d.Classes[i])
	}
	if got := eval[[]string](p, `[...document.querySelectorAll("#bars .name")].map((e) => e.textContent)`); !slices.Equal(got, want) {
		t.Errorf("bars: got %q, want %q", got, want)
	}
	p.click("clear")
	p.wait(`[...document.querySelectorAll("#bars .name")].every((e) => e.textContent === "")`)
}
