package fewshot

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// rows returns a model of three classes and a background that adds up the rows of an
// image: rows 0 and 1 speak for class 0, 2 and 3 for 1, 4 and 5 for 2, the rest for none.
func rows(t testing.TB) *model.Model { return rowsOf(t, 4) }

// rowsOf returns the same with more classes in all: with 5 each row of the rest speaks for
// a background class of its own.
func rowsOf(t testing.TB, classes int) *model.Model {
	t.Helper()
	network, err := nn.NewSequential(nn.Shape{side, side, 1}, &nn.Flatten{}, &nn.Dense{Units: classes}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	kernel := network.Values()
	for i := range side * side {
		class := i / (2 * side)
		if i/side == side-1 {
			class = classes - 1
		}
		kernel[classes*i+class] = 1
	}
	return &model.Model{
		Recipe: ink.Drawing, Labels: []string{"a", "b", "c"}, Background: true, Temperature: 1, Threshold: 0.5, Network: network,
	}
}

// nearbyOf returns what others draw for the model of rows: whole rows, without noise.
func nearbyOf(sum uint32) *Nearby {
	n := &Nearby{Model: sum, Mean: make([]float32, side*side)}
	random := rand.New(rand.NewPCG(1, 1))
	for row := range side {
		f := make([]float32, side*side)
		for i, v := range bar(row, random) {
			f[i] = float32(v) / 255
		}
		unit(f)
		n.Classes, n.Features = append(n.Classes, row/2), append(n.Features, f)
	}
	return n
}

// mixed returns an image of two half rows, which the model of rows takes for the class of
// the first, that is one pixel longer.
func mixed(a, b int) []uint8 {
	image := make([]uint8, side*side)
	for i := range side/2 + 1 {
		image[a*side+i] = 255
	}
	for i := range side / 2 {
		image[b*side+side-1-i] = 255
	}
	return image
}

// A drawing between two classes is put right, and so is what is like it; what others
// draw, other drawings and the model itself stay as they were, and nothing is left after removing it.
func TestCorrection(t *testing.T) {
	m, random := rows(t), rand.New(rand.NewPCG(3, 3))
	c, err := NewCorrection(m, nearbyOf(0), UsualRule)
	if err != nil {
		t.Fatal(err)
	}
	wrong := mixed(0, 2)
	if got := c.Predict(wrong).Label; got != 0 {
		t.Fatalf("before: got class %d, want 0", got)
	}
	if err := c.Add(wrong, 1); err != nil {
		t.Fatal(err)
	}
	if before, after := c.Own(0); before.Label != 0 || after.Label != 1 || !after.Sure {
		t.Errorf("the drawing: got %d, then %d, sure %v; want 0, then 1, sure", before.Label, after.Label, after.Sure)
	}
	like := mixed(0, 2)
	like[0] = 200
	for name, test := range map[string]struct {
		image []uint8
		want  int
	}{"the same": {wrong, 1}, "one like it": {like, 1}, "another": {mixed(4, 2), 2}, "a row": {bar(0, random), 0}} {
		if got := c.Predict(test.image).Label; got != test.want {
			t.Errorf("%s: got class %d, want %d", name, got, test.want)
		}
		if got, want := m.Predict(test.image).Label, test.want; name != "the same" && name != "one like it" && got != want {
			t.Errorf("%s by the model alone: got class %d, want %d", name, got, want)
		}
	}
}

// What others draw for the answer is not put right, whatever somebody says.
func TestCorrectionIsGuarded(t *testing.T) {
	c, err := NewCorrection(rows(t), nearbyOf(0), UsualRule)
	if err != nil {
		t.Fatal(err)
	}
	image := bar(0, rand.New(rand.NewPCG(5, 5)))
	if err := c.Add(image, 2); err != nil {
		t.Fatal(err)
	}
	if _, after := c.Own(0); after.Label != 0 {
		t.Errorf("got class %d, want 0 still", after.Label)
	}
}

// What others draw that is none of the classes is not put right either, whether one class stands for that or two.
func TestCorrectionIsGuardedByNone(t *testing.T) {
	for _, classes := range []int{4, 5} {
		c, err := NewCorrection(rowsOf(t, classes), nearbyOf(0), UsualRule)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Add(bar(side-1, rand.New(rand.NewPCG(5, 5))), 2); err != nil {
			t.Fatal(err)
		}
		if _, after := c.Own(0); after.Sure {
			t.Errorf("of %d classes: got class %d surely, want none still", classes, after.Label)
		}
	}
}

// A drawing that was left standing keeps what is like it, unless one like it is put right later;
// by itself it changes nothing, and the oldest is forgotten.
func TestCorrectionStands(t *testing.T) {
	m, wrong, like := rows(t), mixed(0, 2), mixed(0, 2)
	like[0] = 200
	stand := func(image []uint8) func(*Correction) error {
		return func(c *Correction) error { return c.Stand(image, 0) }
	}
	putRight := func(c *Correction) error { return c.Add(wrong, 1) }
	forget := func(c *Correction) error {
		for range MaxStanding {
			c.StandFeature(make([]float32, side*side), 0)
		}
		return nil
	}
	for name, test := range map[string]struct {
		steps []func(*Correction) error
		want  int // class of one like the drawing put right
	}{
		"nothing put right":                  {[]func(*Correction) error{stand(like)}, 0},
		"nothing left standing":              {[]func(*Correction) error{putRight}, 1},
		"it was left standing":               {[]func(*Correction) error{putRight, stand(like)}, 0},
		"another was left standing":          {[]func(*Correction) error{putRight, stand(mixed(0, 4))}, 1},
		"left standing, then put right":      {[]func(*Correction) error{stand(like), putRight}, 1},
		"the same left standing, then right": {[]func(*Correction) error{stand(wrong), putRight}, 1},
		"left standing long ago":             {[]func(*Correction) error{putRight, stand(like), forget}, 1},
	} {
		c, err := NewCorrection(m, nearbyOf(0), UsualRule)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range test.steps {
			if err := step(c); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if got := c.Predict(like).Label; got != test.want {
			t.Errorf("%s: got class %d, want %d", name, got, test.want)
		}
		if err := c.Stand(wrong, 3); !errors.Is(err, errLabel) {
			t.Errorf("%s, a class of none: got %v, want %v", name, err, errLabel)
		}
	}
}

func TestCorrectionRefuses(t *testing.T) {
	c, err := NewCorrection(rows(t), nearbyOf(0), UsualRule)
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]error{
		"a class of none": c.Add(mixed(0, 2), 3), "a class below 0": c.Add(mixed(0, 2), -1),
	} {
		if got == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for range MaxCorrections {
		if err := c.Add(mixed(0, 2), 1); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Add(mixed(0, 2), 1); !errors.Is(err, errPlenty) {
		t.Errorf("one more than %d: got %v, want %v", MaxCorrections, err, errPlenty)
	}
	if _, err := NewCorrection(encoder(t, 0).model, nearbyOf(0), UsualRule); !errors.Is(err, errHead) {
		t.Errorf("an encoder: got %v, want %v", err, errHead)
	}
}

// A file is read as it was written, but for four bits a value; cut at any length, changed
// or of another model it is refused.
func TestNearbyFile(t *testing.T) {
	m, n := rows(t), nearbyOf(7)
	data := n.Encode()
	if len(data) != SizeOfNearby(side*side, side) {
		t.Errorf("got %d bytes, want %d", len(data), SizeOfNearby(side*side, side))
	}
	again, err := DecodeNearby(data, m, 7)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range again.Features {
		if cos := dot(f, n.Features[i]); again.Classes[i] != n.Classes[i] || math.Abs(float64(cos)-1) > 0.01 {
			t.Errorf("feature %d: got class %d, cosine %.3f; want %d, 1", i, again.Classes[i], cos, n.Classes[i])
		}
	}
	for length := range data {
		if _, err := DecodeNearby(data[:length], m, 7); err == nil {
			t.Fatalf("the first %d bytes: no error", length)
		}
	}
	if _, err := DecodeNearby(data, m, 8); !errors.Is(err, errOfOther) {
		t.Errorf("another model: got %v, want %v", err, errOfOther)
	}
	class := bytes.Clone(data)
	class[SizeOfNearby(side*side, 0)] = 4
	if _, err := DecodeNearby(class, m, 7); !errors.Is(err, errNearby) {
		t.Errorf("a class of none: got %v, want %v", err, errNearby)
	}
	mean := bytes.Clone(data)
	copy(mean[len(nearSignature)+8:], []byte{0, 0, 0xc0, 0x7f}) // NaN
	if _, err := DecodeNearby(mean, m, 7); !errors.Is(err, errNearby) {
		t.Errorf("a mean of NaN: got %v, want %v", err, errNearby)
	}
}
