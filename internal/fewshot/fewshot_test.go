package fewshot

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/similarity"
)

const side = 8 // of images, in pixels

// encoder returns one that sees pixels as they are, with others at random.
func encoder(t testing.TB, others int) *Encoder {
	t.Helper()
	network, err := nn.NewSequential(nn.Shape{side, side, 1}, &nn.Flatten{}, &nn.Dense{Units: side * side}, &similarity.UnitNormalization{})
	if err != nil {
		t.Fatal(err)
	}
	kernel := network.Values()
	for i := range side * side {
		kernel[i*side*side+i] = 1
	}
	m := &model.Model{Recipe: ink.Drawing, Temperature: 1, Precision: model.Int8, Network: network}
	random := rand.New(rand.NewPCG(2, 2))
	var features [][]float32
	for range others {
		f := make([]float32, side*side)
		for i := range f {
			f[i] = random.Float32()
		}
		unit(f)
		features = append(features, f)
	}
	SetOthers(m, features)
	file, err := model.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	if m, err = model.Decode(file); err != nil {
		t.Fatal(err)
	}
	e, err := NewEncoder(m)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// bar returns an image of one dark row (0..7) or column (8..15), under noise.
func bar(which int, random *rand.Rand) []uint8 {
	image := make([]uint8, side*side)
	for i := range image {
		image[i] = uint8(random.IntN(50))
		if which < side && i/side == which || which >= side && i%side == which-side {
			image[i] = uint8(200 + random.IntN(56))
		}
	}
	return image
}

// bars returns a set of some bars, a number of examples each, named after them.
func bars(t testing.TB, examples int, which ...int) *Set {
	t.Helper()
	s, random := New(encoder(t, 20)), rand.New(rand.NewPCG(1, 1))
	for range examples {
		for _, w := range which {
			if _, err := s.Add(fmt.Sprint("bar ", w), s.encoder.Encode(bar(w, random)), []ink.Stroke{{{X: float32(w), Y: 0}, {X: float32(w) + 1, Y: 3}}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

func modelOf(t testing.TB, s *Set) *model.Model {
	t.Helper()
	m, err := s.Model()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestReads(t *testing.T) {
	for _, examples := range []int{1, 5} {
		m := modelOf(t, bars(t, examples, 0, 3, 9, 15))
		random := rand.New(rand.NewPCG(9, 9))
		for class, which := range []int{0, 3, 9, 15} {
			if a := m.Predict(bar(which, random)); a.Label != class || !a.Sure {
				t.Errorf("%d examples: bar %d: got class %d, sure %v (%.2f), want %d, sure", examples, which, a.Label, a.Sure, a.Confidence, class)
			}
		}
		if a := m.Predict(bar(6, random)); a.Sure {
			t.Errorf("%d examples: another bar: got class %d, sure (%.2f)", examples, a.Label, a.Confidence)
		}
	}
}

// A set of an encoder of 4 bits keeps its weights; those of the means have 8.
func TestFourBits(t *testing.T) {
	s := bars(t, 3, 0, 3, 9, 15)
	s.encoder.model.Precision = model.Int4
	s.encoder.model.Round()
	file, err := s.Encode(Features)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	var stored []string
	for _, p := range m.Network.Params() {
		if p.Name == "kernel" {
			stored = append(stored, m.Stored(p).String())
		}
	}
	if !slices.Equal(stored, []string{"int4", "int8"}) {
		t.Errorf("kernels: got %v, want the encoder's as int4, the means' as int8", stored)
	}
	again, err := Open(m)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(again.encoder.model.Network.Values(), s.encoder.model.Network.Values()) {
		t.Error("encoder: got other weights than before")
	}
}

// One symbol alone is read, and what is none of it refused.
func TestFirstSymbol(t *testing.T) {
	m := modelOf(t, bars(t, 1, 2))
	random := rand.New(rand.NewPCG(3, 3))
	own, other := m.Predict(bar(2, random)), m.Predict(bar(12, random))
	if !own.Sure {
		t.Errorf("its own: got a confidence of %.2f, want it sure", own.Confidence)
	}
	if other := other; other.Sure {
		t.Errorf("another: got a confidence of %.2f, want it refused", other.Confidence)
	}
}

func TestEdits(t *testing.T) {
	s := bars(t, 2, 0, 1) // IDs 1 and 3 of bar 0, 2 and 4 of bar 1
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Move(3, "new"))
	must(s.Rename("bar 0", "none left"))
	must(s.Remove(1))
	if m := modelOf(t, s); fmt.Sprint(m.Labels) != "[bar 1 new]" {
		t.Errorf("moved and removed: got %v", m.Labels)
	}
	must(s.Restore(1))
	if m := modelOf(t, s); fmt.Sprint(m.Labels) != "[none left bar 1 new]" || len(s.Examples()) != 4 {
		t.Errorf("restored: got %v, %d examples", m.Labels, len(s.Examples()))
	}
	if id, err := s.Add("bar 1", s.Examples()[0].Feature, nil); err != nil || id != 5 {
		t.Errorf("added: got ID %d, %v, want 5", id, err)
	}
	for what, c := range map[string]struct{ got, want error }{
		"remove":       {s.Remove(99), errExample},
		"restore":      {s.Restore(1), errExample},
		"move":         {s.Move(2, ""), errName},
		"long name":    {s.Move(2, strings.Repeat("x", 256)), errName},
		"rename":       {s.Rename("bar 1", "new"), errTaken},
		"no such name": {s.Rename("bar 7", "new"), errClass},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", what, c.got, c.want)
		}
	}
	if _, err := New(s.encoder).Model(); err != ErrEmpty {
		t.Errorf("empty: got %v", err)
	}
}

// An edit and its opposite leave the same file.
func TestEditsUndone(t *testing.T) {
	s := bars(t, 3, 4, 5, 6)
	before := encode(t, s, Drawings)
	for _, id := range []uint32{2, 9, 1} {
		if err := s.Remove(id); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []uint32{9, 1, 2} {
		if err := s.Restore(id); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(encode(t, s, Drawings), before) {
		t.Error("got another file")
	}
}

func encode(t testing.TB, s *Set, keep Keep) []byte {
	t.Helper()
	file, err := s.Encode(keep)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestFile(t *testing.T) {
	s := bars(t, 3, 1, 8)
	want := modelOf(t, s).Predict(bar(8, rand.New(rand.NewPCG(4, 4))))
	for _, keep := range []Keep{Nothing, Features, Drawings} {
		file := encode(t, s, keep)
		m, err := model.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Predict(bar(8, rand.New(rand.NewPCG(4, 4)))); got.Confidence != want.Confidence || got.Label != want.Label {
			t.Errorf("keep %d: got %+v, want %+v", keep, got, want)
		}
		if again, err := model.Encode(m); err != nil || !bytes.Equal(again, file) {
			t.Errorf("keep %d: read and written again: got other bytes, %v", keep, err)
		}
		set, examples, drawings := IsSet(m)
		if !set || drawings != (keep == Drawings) || (examples == 6) != (keep != Nothing) {
			t.Errorf("keep %d: got %v, %d examples, drawings %v", keep, set, examples, drawings)
		}
		opened, err := Begin(m)
		if keep == Nothing {
			if !errors.Is(err, errExamples) {
				t.Errorf("nothing kept: got %v", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if again := encode(t, opened, keep); !bytes.Equal(again, file) {
			t.Errorf("keep %d: opened and written again: got other bytes", keep)
		}
		if strokes := opened.Examples()[0].Strokes; (strokes == nil) != (keep != Drawings) {
			t.Errorf("keep %d: got the strokes %v", keep, strokes)
		}
	}
}

// A set whose encoder learned from pictures on a ground says so, opened again as well.
func TestGround(t *testing.T) {
	s := bars(t, 1, 1, 8)
	s.encoder.model.Recipe = ink.Photo
	s.encoder.model.SetGround(ink.DarkGround)
	m, err := model.Decode(encode(t, s, Features))
	if err != nil || m.Ground() != ink.DarkGround {
		t.Fatalf("got %v, %v, want the encoder's ground", m.Ground(), err)
	}
	if s, err = Open(m); err != nil || s.Encoder().Model().Ground() != ink.DarkGround {
		t.Errorf("opened: got %v", err)
	}
}

// A file grows by at most 1 kB an example.
func TestBytes(t *testing.T) {
	few, many := encode(t, bars(t, 2, 1, 8), Features), encode(t, bars(t, 12, 1, 8), Features)
	if each := (len(many) - len(few)) / 20; each != side*side+10 {
		t.Errorf("an example: got %d bytes, want %d", each, side*side+10)
	}
}

func TestDamaged(t *testing.T) {
	s := bars(t, 2, 1, 8)
	m, err := model.Decode(encode(t, s, Drawings))
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Sections {
		whole := m.Sections[i].Data
		for n := range len(whole) {
			m.Sections[i].Data = whole[:n]
			if opened, err := Open(m); err == nil && (i == 0 || len(opened.Examples()) != 4) {
				t.Fatalf("section %s cut to %d bytes: got no error", m.Sections[i].Type, n)
			}
		}
		for n := range whole {
			m.Sections[i].Data = slices.Clone(whole)
			m.Sections[i].Data[n] ^= 0xff
			Open(m) // an error or not, but no panic
		}
		m.Sections[i].Data = whole
	}
}

// Examples of two kinds under one name get a mean each.
func TestDisagree(t *testing.T) {
	s, random := New(encoder(t, 20)), rand.New(rand.NewPCG(1, 1))
	for i := range 8 {
		s.Add("both", s.encoder.Encode(bar([]int{1, 12}[i%2], random)), nil)
		s.Add("one", s.encoder.Encode(bar(6, random)), nil)
	}
	classes, _ := s.present()
	means := s.meansOf(classes)
	if len(means) != 2 || len(means[0]) != 2 || len(means[1]) != 1 {
		t.Fatalf("got means %v", means)
	}
	m := modelOf(t, s)
	for _, which := range []int{1, 12} {
		if a := m.Predict(bar(which, random)); a.Label != 0 || !a.Sure {
			t.Errorf("bar %d: got class %d, sure %v (%.2f)", which, a.Label, a.Sure, a.Confidence)
		}
	}
}

// A set keeps what it made of symbols that an edit does not change, and is the set that
// is made at once all the same, as is its file.
func TestKept(t *testing.T) {
	s, random := bars(t, 4, 2, 8), rand.New(rand.NewPCG(5, 5))
	check := func(what string) {
		t.Helper()
		fresh := &Set{encoder: s.encoder, names: s.names, examples: s.examples, next: s.next}
		got, want := modelOf(t, s), modelOf(t, fresh)
		if !slices.Equal(got.Labels, want.Labels) || !slices.Equal(got.Network.Values(), want.Network.Values()) {
			t.Errorf("after %s: got another model than a new set of the same examples", what)
		}
		file, err := s.Encode(Features)
		if err != nil {
			t.Fatal(err)
		}
		read, err := model.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(read.Network.Values(), got.Network.Values()) {
			t.Errorf("after %s: the file holds other weights", what)
		}
	}
	check("nothing")
	first := modelOf(t, s)
	if modelOf(t, s) != first {
		t.Error("the set has not changed, and its model has")
	}
	id := must(s.Add("bar 2", s.encoder.Encode(bar(9, random)), nil))
	before := slices.Clone(first.Network.Values())
	must(s.Encode(Nothing))
	if !slices.Equal(first.Network.Values(), before) {
		t.Error("writing the file changed the model that was made before the last edit")
	}
	check("one more example")
	must(0, s.Move(id, "bar 3"))
	check("moving it")
	must(0, s.Remove(id))
	check("removing it")
	must(0, s.Restore(id))
	check("bringing it back")
	must(0, s.Rename("bar 3", "other"))
	check("renaming")
	must(0, s.Move(id, "new"))
	check("a new symbol")
	must(0, s.Remove(id))
	check("removing a symbol")
	must(0, s.Merge(bars(t, 1, 1, 3)))
	check("merging")
	other := bars(t, 3, 6, 9)
	for range MaxExamples {
		other.Add("bar 2", s.encoder.Encode(bar(2, random)), nil)
	}
	if s.Merge(other) == nil {
		t.Error("merging more examples than fit: got no error")
	}
	check("merging in vain")
}

// must returns v unless there is an error, and panics then.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestAlike(t *testing.T) {
	s := bars(t, 4, 1, 8)
	for _, e := range slices.Clone(s.examples) {
		if e.Class == 0 {
			s.Add("the same", e.Feature, nil)
		}
	}
	right, asked, pairs := s.Alike()
	if asked != 12 || right != 4 || len(pairs) != 1 || pairs[0].A != "bar 1" || pairs[0].B != "the same" || pairs[0].Of != 8 || pairs[0].Mistaken != asked-right {
		t.Errorf("got %d of %d, %+v", right, asked, pairs)
	}
	if right, asked, pairs := bars(t, 1, 1, 8).Alike(); right+asked+len(pairs) != 0 {
		t.Errorf("one example each: got %d, %d, %v", right, asked, pairs)
	}
}

func TestMerge(t *testing.T) {
	a, b := bars(t, 2, 1, 8), bars(t, 1, 8, 12)
	if err := a.Merge(b); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(a.Names(), len(a.Examples()), a.Count(1)) != "[bar 1 bar 8 bar 12] 6 3" {
		t.Errorf("got %v, %d examples", a.Names(), len(a.Examples()))
	}
	other := bars(t, 1, 3)
	other.encoder.model.Network.Values()[0] = 0.5
	if err := a.Merge(other); err != nil || a.Count(3) != 1 {
		t.Errorf("another encoder, with drawings: got %v", err)
	}
	other.examples[0].Strokes = nil
	if err := a.Merge(other); err != errOther || len(a.Examples()) != 7 {
		t.Errorf("another encoder, without: got %v, %d examples", err, len(a.Examples()))
	}
}

func TestLimits(t *testing.T) {
	s := bars(t, 1, 0)
	f := s.examples[0].Feature
	for range MaxExamples - 1 {
		if _, err := s.Add("bar 0", f, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Add("bar 0", f, nil); err != errFull {
		t.Errorf("one example too many: got %v", err)
	}
	for i := range MaxClasses - 1 {
		if _, err := s.Add(fmt.Sprint(i), f, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Add("one more", f, nil); err != errMany {
		t.Errorf("one symbol too many: got %v", err)
	}
	modelOf(t, s)
}

// A drawing and the mean of n examples have the cosine that rise undoes.
func TestRise(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	const size, rho = 2000, 0.7
	one := func() []float32 { // around the first axis
		v := make([]float32, size)
		for i := range v {
			v[i] = float32(random.NormFloat64() * math.Sqrt((1-rho)/size))
		}
		v[0] += float32(math.Sqrt(rho))
		unit(v)
		return v
	}
	for _, n := range []int{1, 3, 10} {
		var vectors []Example
		for range n {
			vectors = append(vectors, Example{Feature: newFeature(one())})
		}
		m := newMean(vectors, size)
		if got, want := float64(rise(n, rho)*dot(m.vector, one())), math.Sqrt(rho); math.Abs(got-want) > 0.03 {
			t.Errorf("%d examples: got %.3f, want %.3f", n, got, want)
		}
		if n > 1 && math.Abs(float64(m.alike/m.pairs)-rho) > 0.03 {
			t.Errorf("%d examples: got pairs of %.3f, want %.3f", n, m.alike/m.pairs, rho)
		}
	}
}

// What an edit costs beside the encoder: at most 5 ms, 50 ms for 100 classes.
func BenchmarkModel(b *testing.B) {
	for _, classes := range []int{10, 100} {
		b.Run(fmt.Sprint(classes, " classes of 10"), func(b *testing.B) {
			s, random := New(encoder(b, 60)), rand.New(rand.NewPCG(1, 1))
			for i := range 10 * classes {
				s.Add(fmt.Sprint(i%classes), s.encoder.Encode(bar(i%16, random)), nil)
			}
			for b.Loop() {
				s.changed(0)
				modelOf(b, s)
			}
		})
	}
}
