package survey

import (
	"bytes"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

func TestDescribe(t *testing.T) {
	train := &dataset.Set{Width: 2, Height: 1, Classes: []string{"a", "b"}, Pixels: []uint8{0, 255, 10, 20}}
	train.Labels = append(train.Labels, 1, 1)
	d := Pair("tiny", dataset.Pair{Train: train, Test: &dataset.Set{Width: 2, Height: 1, Classes: train.Classes}})
	d.Writers = Writers([]strokes.Drawing{{Writer: 7}, {Writer: 2}, {Writer: 7}})
	var text bytes.Buffer
	if err := d.Print(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"train  (2, 1, 2)  uint8  0    255  71.25\n", "test   (0, 1, 2)  uint8  0    0    0.00\n",
		"a      0      0\n", "b      2      0\n", "2       1\n7       2\n",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("got\n%s, want %q in it", &text, want)
		}
	}
}
