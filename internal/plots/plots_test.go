package plots

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/metrics"
)

// figures returns one figure of each kind, and the odd ones: no validation, one epoch, nothing
// wrong, no answers.
func figures() map[string]Figure {
	confusion := metrics.Confusion{{8, 2}, {1, 9}}
	bins := metrics.CalibrationBins([]float32{0.3, 0.9, 1}, []bool{false, true, true}, 15)
	nan := math.NaN()
	return map[string]Figure{
		"confusion":       Confusion("needle", []string{"cat", "a longer name"}, confusion),
		"confusion right": Confusion("needle", []string{"cat", "dog"}, metrics.Confusion{{8, 0}, {0, 0}}),
		"reliability":     Reliability("needle", bins),
		"no answers":      Reliability("needle", metrics.CalibrationBins(nil, nil, 15)),
		"classes":         Classes("needle", []string{"cat", "dog"}, confusion.Classes()),
		"robustness":      Robustness("needle", []Line{{"shifted", []float64{0.98, 0.9}}, {"noisy", []float64{0.98, 0.2}}}),
		"confidences":     Confidences("needle", 0.6, []Group{{"digit", []float32{0.9, 1}}, {"scribble", []float32{0, 0.3}}, {"empty", nil}}),
		"curves":          Curves("needle", []fit.Epoch{{Loss: 2, Accuracy: 0.3, ValLoss: 1, ValAccuracy: 0.5}, {Loss: 1, Accuracy: 0.6, ValLoss: 1.5, ValAccuracy: 0.4}}),
		"one epoch":       Curves("needle", []fit.Epoch{{Loss: 2, Accuracy: 0.3, ValLoss: nan, ValAccuracy: nan}}),
		"weights":         Weights("needle", []float32{1, -1, 0, 0.5, 0, 0, 0, 1, -1, 0.2, 0.1, 0}, 2, 2, 3),
		"weights of zero": Weights("needle", make([]float32, 4), 2, 2, 1),
	}
}

// Each figure is a readable picture with its title, in both formats.
func TestFigures(t *testing.T) {
	for name, figure := range figures() {
		data, err := figure.Encode("png")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		picture, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := countColors(picture); got < 10 {
			t.Errorf("%s: got %d colours, want a drawing", name, got)
		}
		if corner := color.RGBAModel.Convert(picture.At(0, 0)); corner != (color.RGBA{0xff, 0xff, 0xff, 0xff}) {
			t.Errorf("%s: corner: got %v, want white", name, corner)
		}
		data, err = figure.Encode("svg")
		if err != nil || !bytes.Contains(data, []byte("needle")) {
			t.Errorf("%s: svg: got %v and no title", name, err)
		}
		if bytes.Contains(data, []byte("NaN")) || bytes.Contains(data, []byte("Inf")) {
			t.Errorf("%s: svg: got coordinates that are no numbers", name)
		}
		if again, _ := figures()[name].Encode("svg"); !bytes.Equal(data, again) {
			t.Errorf("%s: svg: got other bytes the second time", name)
		}
	}
}

func countColors(picture image.Image) int {
	seen := map[color.Color]bool{}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			seen[picture.At(x, y)] = true
		}
	}
	return len(seen)
}

func TestEncodeUnknownFormat(t *testing.T) {
	figure := Reliability("", nil)
	if _, err := figure.Encode("gif"); err == nil || !strings.Contains(err.Error(), `"gif", want png or svg`) {
		t.Errorf("got the error %v", err)
	}
}

// The epoch of the lowest validation loss is named.
func TestCurvesNameTheBestEpoch(t *testing.T) {
	data, err := Curves("run", []fit.Epoch{{Loss: 3, ValLoss: 2}, {Loss: 2, ValLoss: 0.75}, {Loss: 1, ValLoss: 0.8}}).Encode("svg")
	if want := "epoch 2: lowest validation loss, 0.7500"; err != nil || !bytes.Contains(data, []byte(want)) {
		t.Errorf("got %v, want %q in the svg", err, want)
	}
}

func TestTicks(t *testing.T) {
	for name, c := range map[string]struct {
		first, last int
		want        string
	}{
		"one":      {1, 1, "1"},
		"few":      {1, 4, "1 2 3 4"},
		"thirty":   {1, 30, "1 5 10 15 20 25 30"},
		"hundreds": {1, 400, "1 50 100 150 200 250 300 350 400"},
	} {
		var labels []string
		for _, tick := range wholeTicks(c.first, c.last) {
			labels = append(labels, tick.Label)
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
