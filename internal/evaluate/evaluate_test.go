package evaluate

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// corners returns images of 4x4 whose brightest pixel lies in the quarter that is
// the label; those of a share, by turns, are labelled as the next one.
func corners(n, wrongOneIn int) *dataset.Set {
	set := &dataset.Set{Name: "corners", Width: 4, Height: 4, Classes: []string{"a", "b", "c", "d"}}
	for i := range n {
		label := i % 4
		image := make([]uint8, 16)
		for p := range image {
			image[p] = uint8(i * (p + 3) * 29 % 160)
		}
		image[label/2*8+label%2*2] = 255
		if i%wrongOneIn == wrongOneIn-1 {
			label = (label + 1) % 4
		}
		set.Pixels, set.Labels = append(set.Pixels, image...), append(set.Labels, 0)
		for range label {
			set.Labels[i]++ // of whatever type labels are
		}
	}
	return set
}

// newModel returns a model of pictures that reads the corners of 4x4 pixels by
// their brightness alone.
func newModel(t testing.TB) *model.Model {
	t.Helper()
	dense := &nn.Dense{Units: 4}
	network, err := nn.NewSequential(nn.Shape{4, 4, 1}, &nn.Flatten{}, dense, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(1)
	clear(network.Values())
	weights := dense.Params()[0].Value // (16, 4)
	for label := range 4 {
		weights[(label/2*8+label%2*2)*4+label] = 4
	}
	return &model.Model{Recipe: ink.Photo, Labels: []string{"a", "b", "c", "d"}, Temperature: 1, Network: network}
}

func TestMeasure(t *testing.T) {
	m, set := newModel(t), corners(80, 5)
	v, err := Measure(m, set, 2)
	if err != nil {
		t.Fatal(err)
	}
	if v.Count != 80 || v.Accuracy != 0.8 || v.Confusion.Count() != 80 || v.TopK < v.Accuracy || v.Refused != 0 || v.ShownAccuracy != v.Accuracy {
		t.Errorf("got %+v", v.Evaluation)
	}
	if v.Interval[0] >= v.Accuracy || v.Interval[1] <= v.Accuracy || len(v.PerClass) != 4 || len(v.Bins) != calibrationBins {
		t.Errorf("got the interval %v, %d classes, %d bins", v.Interval, len(v.PerClass), len(v.Bins))
	}
	worst := v.answers.worst()
	if len(worst) != 16 || v.answers.confidences[worst[0]] < v.answers.confidences[worst[15]] || v.answers.right[worst[0]] {
		t.Errorf("mistakes: got %v, want 16, the most confident first", worst)
	}
}

// A threshold refuses answers below it and leaves the accuracy as it is.
func TestThreshold(t *testing.T) {
	m, set := newModel(t), corners(80, 5)
	before, err := Measure(m, set, 2)
	if err != nil {
		t.Fatal(err)
	}
	m.Threshold = metrics.Threshold(before.answers.confidences, 0.25)
	after, err := Measure(m, set, 2)
	if err != nil {
		t.Fatal(err)
	}
	if after.Accuracy != before.Accuracy || after.Refused > 0.25 || after.Refused < 0.2 {
		t.Errorf("got accuracy %v, refused %v, want %v and 0.25", after.Accuracy, after.Refused, before.Accuracy)
	}
}

func TestFits(t *testing.T) {
	m := newModel(t)
	small, others := corners(4, 9), corners(4, 9)
	small.Width, others.Classes = 2, []string{"a", "b", "c", "e"}
	for want, set := range map[string]*dataset.Set{
		"corners: got images of 2x4, want the model's input 4x4":           small,
		"corners: got the classes a, b, c, e, want the model's a, b, c, d": others,
	} {
		if _, err := Measure(m, set, 1); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Tiles show the surest wrong answers, and the least sure and the surest right ones.
func TestTiles(t *testing.T) {
	m, set := newModel(t), corners(80, 5)
	v, err := Measure(m, set, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, most := range []int{0, 1, 3, 100} {
		cells, tiles := v.answers.chooseTiles(v.Listed(), most)
		next := 0
		for _, cell := range cells {
			if want := min(most, v.Confusion[cell.Label][cell.Predicted]); cell.First != next || cell.Count != want {
				t.Errorf("%d tiles: got %+v, want %d from %d", most, cell, want, next)
			}
			next += cell.Count
			var shown []float32
			for _, i := range tiles[cell.First:next] {
				shown = append(shown, v.answers.confidences[i])
			}
			first, last := shown[0], shown[len(shown)-1]
			if cell.Label == cell.Predicted && (first > last || most == 1 && last < 0.8) || cell.Label != cell.Predicted && first < last {
				t.Errorf("%d tiles, cell %d read as %d: got the confidences %v", most, cell.Label, cell.Predicted, shown)
			}
		}
		if next != len(tiles) || (most == 0) != (next == 0) {
			t.Errorf("%d tiles: got %d in cells, %d in all", most, next, len(tiles))
		}
	}
	cells, sheet, err := v.Tiles(3)
	if err != nil || len(cells) != 8 {
		t.Fatalf("got %d cells, %v, want 8", len(cells), err)
	}
	picture, err := png.DecodeConfig(bytes.NewReader(sheet))
	if err != nil || picture.Width != SheetColumns*4 || picture.Height != 4 {
		t.Errorf("sheet: got %dx%d, %v", picture.Width, picture.Height, err)
	}
}

// Perturb measures every perturbation, and what was not measured is not printed.
func TestPrint(t *testing.T) {
	m := newModel(t)
	v, err := Measure(m, corners(40, 8), 3)
	if err != nil {
		t.Fatal(err)
	}
	v.Model, v.Data = "web/models/x.ink", "corners"
	var plain, all bytes.Buffer
	if err := v.Print(&plain); err != nil {
		t.Fatal(err)
	}
	v.Perturb(m)
	if err := v.Print(&all); err != nil {
		t.Fatal(err)
	}
	text := plain.String()
	if !strings.HasPrefix(text, "web/models/x.ink on corners: 40 images - loss: ") || !strings.Contains(text, " - top 3: ") || strings.Contains(text, "perturbation") {
		t.Errorf("got\n%s", text)
	}
	if got := strings.TrimPrefix(all.String(), text); strings.Count(got, "\n") != 2+len(v.perturbations()) {
		t.Errorf("robustness: got\n%s", got)
	}
}

// Calibration lowers the loss, and its threshold refuses no more of any part than
// was asked for.
func TestCalibrate(t *testing.T) {
	m, set := newModel(t), corners(400, 5)
	before, err := Measure(m, set, 1)
	if err != nil {
		t.Fatal(err)
	}
	Calibrate(m, []Held{{fit.All(set), 0.1}, {fit.Part{Set: set, Index: []int{0, 1, 2, 3}}, 0.3}})
	after, err := Measure(m, set, 1)
	if err != nil {
		t.Fatal(err)
	}
	if m.Temperature == 1 || after.Loss >= before.Loss || after.Accuracy != before.Accuracy {
		t.Errorf("got temperature %v, loss %v, before %v", m.Temperature, after.Loss, before.Loss)
	}
	if m.Threshold <= 0 || after.Refused > 0.1 {
		t.Errorf("got threshold %v, refused %v, want at most 0.1", m.Threshold, after.Refused)
	}
	untouched := newModel(t)
	Calibrate(untouched, []Held{{fit.Part{Set: set}, 0.1}})
	if untouched.Temperature != 1 || untouched.Threshold != 0 {
		t.Errorf("of no image: got temperature %v, threshold %v", untouched.Temperature, untouched.Threshold)
	}
}

// A page shows every picture that lies beside it, and names what was left out.
func TestPage(t *testing.T) {
	m := newModel(t)
	v, err := Measure(m, corners(40, 8), 2)
	if err != nil {
		t.Fatal(err)
	}
	v.Model, v.Data = "x", "corners of squares"
	v.Perturb(m)
	page, pictures, err := Page([]*Measured{v}, []string{"y (not trained by inkling)"}, "folder")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"x-corners-confidence.svg", "x-corners-confusion.svg", "x-corners-mistakes.png", "x-corners-reliability.svg", "x-corners-robustness.svg"}
	var names []string
	for name := range pictures {
		names = append(names, name)
		if !strings.Contains(string(page), "](folder/"+name+")") {
			t.Errorf("%s is not on the page", name)
		}
	}
	if slices.Sort(names); !slices.Equal(names, want) {
		t.Errorf("pictures: got %v, want %v", names, want)
	}
	if !strings.Contains(string(page), "\nLeft out: y (not trained by inkling).\n") || !strings.Contains(string(page), "| x | corners of squares | 40 | 87.50 % |") {
		t.Errorf("got\n%s", page)
	}
}

// The loss of a label without probability is finite.
func TestLossIsFinite(t *testing.T) {
	m := newModel(t)
	for i := range m.Network.Values() {
		m.Network.Values()[i] *= 1e6
	}
	v, err := Measure(m, corners(40, 8), 1)
	if err != nil || math.IsInf(v.Loss, 0) || v.Loss < 1 {
		t.Errorf("got %v, %v", v, err)
	}
}

// A result is measured on every part that has images, and goes into the model.
func TestResult(t *testing.T) {
	m, set := newModel(t), corners(40, 5)
	h := fit.History{Epochs: []fit.Epoch{{Epoch: 1, ValLoss: 1}, {Epoch: 2, ValLoss: 2}}, Kept: 2, Seconds: 2, TopK: 2, Stopped: true}
	r := NewResult(m, h, fit.All(set), fit.Part{}, set)
	if r.ImagesPerSecond != 40 || *r.TopK < *r.Accuracy || *r.TestAccuracy != *r.Accuracy || r.ValLoss != nil || len(m.Training.Metrics) != 4 {
		t.Errorf("got %+v, metrics %v", r, m.Training.Metrics)
	}
	if got, _ := m.Training.Metric("test_accuracy"); math.Abs(float64(got)-0.8) > 1e-6 {
		t.Errorf("test_accuracy: got %v, want 0.8", got)
	}
	var text bytes.Buffer
	if err := r.Print(&text, "it was enough"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"stopped early after epoch 2: it was enough\n", "lowest validation loss in epoch 1 of 2", "  test        loss: ", " - top 2: "} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("got\n%s, want %q in it", &text, want)
		}
	}
	if strings.Contains(text.String(), "  validation  ") {
		t.Errorf("got a line of validation\n%s", &text)
	}
}

// Every figure of an Evaluation stands in what Print writes.
func TestPrintIsWhole(t *testing.T) {
	e := Evaluation{Classes: []string{"a"}, Confusion: metrics.Confusion{{1}}, PerClass: []ClassEvaluation{{Class: "a"}}, Count: 1,
		Robustness: []PerturbedEvaluation{{"shifted", 1, "px", 0.5}}}
	value := reflect.ValueOf(&e).Elem()
	for i := range value.NumField() {
		if value.Field(i).Kind() == reflect.Float64 {
			value.Field(i).SetFloat(0.0101 * float64(i))
		}
	}
	var text bytes.Buffer
	if err := e.Print(&text); err != nil {
		t.Fatal(err)
	}
	for i := range value.NumField() {
		if f := value.Field(i); f.Kind() == reflect.Float64 && !strings.Contains(text.String(), fmt.Sprintf("%.4f", f.Float())) {
			t.Errorf("internal/evaluate/text.go: %s is not printed", value.Type().Field(i).Name)
		}
	}
}
