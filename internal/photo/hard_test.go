package photo_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/photo"
)

// digit is a drawing of the pen digits.
type digit struct {
	Label, Writer int
	Strokes       [][][2]float32
}

func (d digit) drawn() (strokes []ink.Stroke) {
	for _, line := range d.Strokes {
		var s ink.Stroke
		for _, p := range line {
			s = append(s, ink.Point{X: p[0], Y: p[1]})
		}
		strokes = append(strokes, s)
	}
	return strokes
}

// penDigits returns the digits of writers 21-25, whom no model learns from.
func penDigits(t *testing.T) (others []digit) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(os.Getenv("INKLING_DATA"), "pen", "pen_train.json.gz"))
	if err != nil {
		t.Skipf("the pen digits are not there: %v", err)
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var all []digit
	if err := json.NewDecoder(r).Decode(&all); err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Writer >= 21 && d.Writer <= 25 {
			others = append(others, d)
		}
	}
	return others
}

func digitsModel(t *testing.T) *model.Model {
	t.Helper()
	data, err := os.ReadFile("../../web/models/digits.ink")
	if err != nil {
		t.Skip(err)
	}
	m, err := model.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// answered returns what a model says of a picture: "" if nothing is drawn.
func answered(m *model.Model, p ink.Picture) (label string, sure bool) {
	image := make([]uint8, m.Form().Size())
	if !m.Form().DrawTo(image, ink.Trace(p), ink.Pen, ink.Centred) {
		return "", false
	}
	a := m.Predict(image)
	return m.Labels[a.Label], a.Sure
}

// Of 30 photographs with a hard shadow, an object in a corner, or both, 26 are read
// right and none is read wrong and surely. The tracing was made with those to choose
// by; the others give the figure.
func TestHardPhotographs(t *testing.T) {
	const n, rightLeast = 30, 26
	digits, m := penDigits(t), digitsModel(t)
	for name, seed := range map[string]int{"to choose by": 0, "of the figure": 3000} {
		t.Run(name, func(t *testing.T) {
			right, wrongAndSure := 0, 0
			for i := range n {
				d := digits[(i*len(digits)/n+seed)%len(digits)]
				kind := photo.HardKinds()[i%len(photo.HardKinds())]
				label, sure := answered(m, photo.Image(photo.RenderHard(d.drawn(), kind, uint64(seed+i))))
				if label == fmt.Sprint(d.Label) {
					right++
					continue
				}
				t.Logf("%d, %s: got %q, sure %v; is %d", i, kind, label, sure, d.Label)
				if sure {
					wrongAndSure++
				}
			}
			t.Logf("%d of %d right, %d sure and wrong", right, n, wrongAndSure)
			if right < rightLeast || wrongAndSure > 0 {
				t.Errorf("got %d of %d right, %d sure and wrong; want at least %d, none", right, n, wrongAndSure, rightLeast)
			}
		})
	}
}

// A hard picture is a function of its arguments, and every kind differs.
func TestRenderHard(t *testing.T) {
	seen := make(map[string]photo.Kind)
	for _, kind := range photo.HardKinds() {
		pix := string(photo.RenderHard(photo.Symbol("wave", 5), kind, 7).Pix)
		if pix != string(photo.RenderHard(photo.Symbol("wave", 5), kind, 7).Pix) {
			t.Errorf("%s: twice the same arguments: got two pictures", kind)
		}
		if other, ok := seen[pix]; ok {
			t.Errorf("%s: got the picture of %s", kind, other)
		}
		seen[pix] = kind
	}
}
