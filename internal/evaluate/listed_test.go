package evaluate

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// dots returns a model whose n classes are the places of a bright pixel, and a set
// of one image of each, two of which are labelled as another.
func dots(t *testing.T, n int) (*model.Model, *dataset.Set) {
	t.Helper()
	dense := &nn.Dense{Units: n}
	network, err := nn.NewSequential(nn.Shape{n, 1, 1}, &nn.Flatten{}, dense, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(1)
	clear(network.Values())
	m := &model.Model{Recipe: ink.Photo, Temperature: 1, Network: network}
	set := &dataset.Set{Name: "dots", Width: 1, Height: n, Pixels: make([]uint8, n*n)}
	for i := range n {
		dense.Params()[0].Value[i*n+i] = 9
		m.Labels, set.Labels = append(m.Labels, fmt.Sprint("class", i)), append(set.Labels, uint16(i))
		set.Pixels[i*n+i] = 255
	}
	set.Classes = m.Labels
	set.Labels[n-1], set.Labels[n-5] = 0, 0
	return m, set
}

// Tables, plots and tiles show only the most confused of many classes.
func TestManyClasses(t *testing.T) {
	for _, n := range []int{30, 31, 300} {
		m, set := dots(t, n)
		v, err := Measure(m, set, 2)
		if err != nil {
			t.Fatal(err)
		}
		v.Model, v.Data = "x", "dots"
		want := mostConfused
		if n <= mostListed {
			want = n
		}
		list := v.Listed()
		if len(list) != want || !slices.Contains(list, n-1) || !slices.Contains(list, n-5) || !slices.Contains(list, 0) {
			t.Errorf("%d classes: got %v, want %d with the confused ones", n, list, want)
		}
		var text bytes.Buffer
		if err := v.Print(&text); err != nil {
			t.Fatal(err)
		}
		title := fmt.Sprintf("\nthe 20 most confused of %d classes:\n", n)
		if got := strings.Count(text.String(), "\n"); got != 6+want && got != 7+want || strings.Contains(text.String(), title) != (n > mostListed) {
			t.Errorf("%d classes: got %d lines\n%s", n, got, &text)
		}
		cells, _, err := v.Tiles(1)
		if err != nil || len(cells) != want || slices.ContainsFunc(cells, func(c Cell) bool { return !slices.Contains(list, c.Label) }) {
			t.Errorf("%d classes: got %d cells, %v", n, len(cells), err)
		}
	}
}

// The pictures of a report show the most confused classes, too.
func TestManyClassesReport(t *testing.T) {
	m, set := dots(t, 100)
	v, err := Measure(m, set, 2)
	if err != nil {
		t.Fatal(err)
	}
	v.Model, v.Data = "x", "dots"
	page, pictures, err := Page([]*Measured{v}, nil, "folder")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(page), "\n| class"); n != 1+mostConfused || !strings.Contains(string(page), "\nOf the classes, the 20 most confused of 100 classes are listed.\n") {
		t.Errorf("page: got %d lines of classes\n%s", n, page)
	}
	if svg := string(pictures["x-dots-confusion.svg"]); strings.Count(svg, ">class") != 2*mostConfused {
		t.Errorf("matrix: got %d names of classes, want %d", strings.Count(svg, ">class"), 2*mostConfused)
	}
}

func TestMatchCatalogue(t *testing.T) {
	digits := &dataset.Set{Name: "mnist", Classes: dataset.DigitNames(), Labels: []uint16{3}}
	clothes := strings.Fields("shirt trouser pullover dress coat sandal blouse sneaker bag boot")
	m := &model.Model{Labels: clothes, DataLabels: dataset.DigitNames(), Training: model.Training{Data: "fashion-mnist"}}
	if _, _, err := Match(m, digits); err == nil || !strings.Contains(err.Error(), `mnist: got the label "3", want one of the classes shirt`) {
		t.Errorf("digits for clothes: got %v", err)
	}
	m.Training.Data = "kaggle.csv"
	if set, _, err := Match(m, digits); err != nil || set.Labels[0] != 3 || set.Classes[3] != "dress" {
		t.Errorf("digits for somebody's own numbers: got %v", err)
	}
	m.Labels, m.Training.Data = dataset.DigitNames(), "mnist,pen*3"
	digits.Name, digits.Classes, digits.DataLabels = "fashion-mnist", clothes, dataset.DigitNames()
	if _, _, err := Match(m, digits); err == nil || !strings.Contains(err.Error(), `got the label "dress"`) {
		t.Errorf("clothes for digits: got %v", err)
	}
	digits.Classes, digits.DataLabels = []string{"1", "3"}, nil
	digits.Labels[0] = 1
	if set, _, err := Match(m, digits); err != nil || set.Labels[0] != 3 {
		t.Errorf("some digits: got %v", err)
	}
}
