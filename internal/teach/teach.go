// Package teach makes a set of symbols of one's own drawings or pictures, for the
// command inkling teach; internal/fewshot says how.
package teach

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/plain"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// Result is what was learned.
type Result struct {
	Model    string   `json:"model"`
	Bytes    int      `json:"bytes"`
	Symbols  []Symbol `json:"symbols"`
	Examples int      `json:"examples"`
	Seconds  float64  `json:"seconds"` // reading, learning and writing

	// Each example read by what the others teach, symbols of one example left out.
	Asked    int      `json:"asked"`
	Accuracy *float64 `json:"accuracy,omitempty"` // 0..1; nil if none was asked about
	Alike    []Alike  `json:"alike,omitempty"`    // symbols taken for one another
}

// Symbol is one that was learned.
type Symbol struct {
	Name     string `json:"name"`
	Examples int    `json:"examples"`
}

// Alike is two symbols of which examples are taken for the other.
type Alike struct {
	Symbols  [2]string `json:"symbols"`
	Mistaken int       `json:"mistaken"`
	Of       int       `json:"of"` // examples of both
}

// Options say what to write.
type Options struct {
	Out      string // an .ink file
	Drawings bool   // keep what was drawn
	Fixed    bool   // keep no examples
}

// Check returns a usage error for options that do not go together.
func (o *Options) Check() error {
	switch {
	case o.Out == "":
		return usage.Errorf("teach: give --out FILE.ink")
	case o.Drawings && o.Fixed:
		return usage.Errorf("teach: --drawings keeps what --fixed leaves out")
	}
	return outputs.Model("--out", o.Out)
}

// Begin returns the set of a file, or an empty one of an encoder's; name is what errors
// call it.
func Begin(name string, file []byte) (*fewshot.Set, error) {
	m, err := model.Decode(file)
	if err != nil {
		return nil, fmt.Errorf("teach: %s: %w", name, err)
	}
	return BeginModel(name, m)
}

// BeginModel does what Begin does with a file that has been read.
func BeginModel(name string, m *model.Model) (*fewshot.Set, error) {
	set, err := fewshot.Begin(m)
	if err != nil {
		return nil, fmt.Errorf("teach: %s: %w", name, err)
	}
	return set, nil
}

// Run adds the data to a set and writes its file.
func (o *Options) Run(set *fewshot.Set, data *load.Data) (Result, error) {
	start := time.Now()
	if err := Learn(set, data); err != nil {
		return Result{}, fmt.Errorf("teach: %w", err)
	}
	keep := fewshot.Features
	switch {
	case o.Drawings:
		keep = fewshot.Drawings
	case o.Fixed:
		keep = fewshot.Nothing
	}
	file, err := set.Encode(keep)
	if err == nil {
		err = outputs.Save(o.Out, file)
	}
	if err != nil {
		return Result{}, fmt.Errorf("teach: %w", err)
	}
	r := newResult(set, start)
	r.Model, r.Bytes = o.Out, len(file)
	return r, nil
}

// Learn adds the drawings of a stroke file, or the pictures of a folder, to a set.
// Drawings without a label are an error, and so is what no symbol can take.
func Learn(set *fewshot.Set, data *load.Data) error {
	source, err := data.Source()
	if err != nil {
		return err
	}
	if source.HasDrawings() {
		drawn, err := source.Drawings(data.Dir, data.Names)
		if err != nil {
			return err
		}
		data.SayDrawings(source, drawn.Train)
		return learnDrawings(set, data.Name, drawn)
	}
	e := set.Encoder()
	form := e.Form()
	data.Own.Width, data.Own.Height, data.Own.Recipe, data.Own.Ground = form.Width, form.Height, form.Recipe, e.Model().Ground()
	learned, err := data.Learned()
	if err != nil {
		return err
	}
	images := learned.As(form.Recipe)
	if images.Width != form.Width || images.Height != form.Height {
		return fmt.Errorf("%s: got images of %dx%d, want the encoder's input %dx%d",
			data.Name, images.Width, images.Height, form.Width, form.Height)
	}
	for i, label := range images.Labels {
		if _, err := set.Add(images.Classes[label], e.Encode(images.Image(i)), nil); err != nil {
			return fmt.Errorf("%s: image %d, %q: %w", data.Name, i+1, images.Classes[label], err)
		}
	}
	return nil
}

// learnDrawings adds drawings, with their strokes.
func learnDrawings(set *fewshot.Set, name string, drawn dataset.Drawn) error {
	e := set.Encoder()
	image := make([]uint8, e.Form().Size())
	for i, d := range drawn.Train {
		if d.Label < 0 || d.Label >= len(drawn.Classes) {
			return fmt.Errorf("%s: drawing %d has no label, want the name of what it shows", name, i+1)
		}
		if !e.Form().DrawTo(image, d.Strokes, ink.Pen, d.Step()) {
			return fmt.Errorf("%s: drawing %d: nothing is drawn, want a point at least", name, i+1)
		}
		if _, err := set.Add(drawn.Classes[d.Label], e.Encode(image), strokes.Squared(d.Strokes)); err != nil {
			return fmt.Errorf("%s: drawing %d, %q: %w", name, i+1, drawn.Classes[d.Label], err)
		}
	}
	if len(drawn.Train) == 0 {
		return fmt.Errorf("%s: %w", name, errNothing)
	}
	return nil
}

var errNothing = errors.New("got no drawings, want some of each symbol")

// newResult returns what a set has learned since a time.
func newResult(set *fewshot.Set, since time.Time) Result {
	r := Result{Examples: len(set.Examples()), Seconds: time.Since(since).Seconds()}
	for class, name := range set.Names() {
		r.Symbols = append(r.Symbols, Symbol{name, set.Count(class)})
	}
	right, asked, pairs := set.Alike()
	if r.Asked = asked; asked > 0 {
		accuracy := float64(right) / float64(asked)
		r.Accuracy = &accuracy
	}
	for _, p := range pairs {
		r.Alike = append(r.Alike, Alike{[2]string{p.A, p.B}, p.Mistaken, p.Of})
	}
	return r
}

// most is how many pairs Print lists.
const most = 10

// Print writes the result as text.
func (r Result) Print(w io.Writer) error {
	fmt.Fprintf(w, "%s: in the whole set %d examples of %d symbols, %d bytes, in %.2fs\n",
		plain.Text(r.Model), r.Examples, len(r.Symbols), r.Bytes, r.Seconds)
	if r.Accuracy != nil {
		fmt.Fprintf(w, "of %d drawings, each read by what the others teach, %.1f %% are right\n", r.Asked, 100**r.Accuracy)
	}
	for i, a := range r.Alike {
		if i == most {
			fmt.Fprintf(w, "and %d pairs more\n", len(r.Alike)-most)
			break
		}
		fmt.Fprintf(w, "hard to tell apart: %s and %s (%d of %d drawings); more drawings of both help\n",
			plain.Text(a.Symbols[0]), plain.Text(a.Symbols[1]), a.Mistaken, a.Of)
	}
	return nil
}
