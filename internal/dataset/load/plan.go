package load

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/background"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/model"
)

// Plan says whose drawings models are measured on, by ranges that each set takes.
type Plan struct {
	Pen, Unipen string // writers
	Alphabets   string // of Omniglot
	Dir         string // the folder with the data sets
}

// Measurement is one measurement of a model.
type Measurement struct {
	Name       string   // of a data set
	Writers    string   // who drew what is measured; "": the set's own choice
	Quiet      bool     // without the set's noisy writers
	Title      string   // what reports call it
	Background []string // sets that show none of the classes, as Backgrounds takes them
}

// Of returns the measurements for a model that was trained on a set, or the reason why
// there are none. A model of synthetic digits is measured on their test images, which
// need no download. UNIPEN and Omniglot are measured where they are among the data.
func (p Plan) Of(m *model.Model, trained string) (list []Measurement, why string) {
	source := dataset.Named(trained)
	usual := m.Width() == dataset.Side && m.Height() == dataset.Side
	switch {
	case usual && evaluate.ReadsDigits(m) && (source == nil || source.NoClass || len(source.Files) > 0):
		for _, name := range dataset.Measured() {
			one := Measurement{Name: name, Title: name}
			if dataset.Named(name).Writers != nil {
				one.Writers, one.Title = p.Pen, name+" digits of writers "+p.Pen
			}
			list = append(list, one)
		}
		return append(list, p.unipen("unipen-digits", "unipen-upper", "unipen-lower", "unipen-signs")...), ""
	case usual && background.Alphabet(m.Labels) == "letters" && p.has("unipen-letters"):
		return append(p.unipen("unipen-letters", "unipen-digits", "unipen-signs"), p.unipen("unipen-upper")...), ""
	case usual && source != nil && !source.NoClass:
		return []Measurement{{Name: trained, Title: trained}}, ""
	case trained == "":
		return nil, "not trained by inkling"
	case !usual:
		return nil, fmt.Sprintf("trained on %s in images of %dx%d", trained, m.Width(), m.Height())
	}
	return nil, "trained on " + trained
}

// has reports whether a set is among the data.
func (p Plan) has(name string) bool {
	return len(dataset.Named(name).Missing(p.Dir)) == 0
}

// unipen returns the measurements on a set of UNIPEN, with all writers and without the
// noisy ones, beside others of its sets and, of digits, Omniglot.
func (p Plan) unipen(name string, others ...string) []Measurement {
	if !p.has(name) {
		return nil
	}
	all := Measurement{Name: name, Writers: p.Unipen, Title: name + " of writers " + p.Unipen}
	for _, other := range others {
		if p.has(other) {
			all.Background = append(all.Background, other+"/"+p.Unipen)
		}
	}
	if name == "unipen-digits" && p.has("omniglot") {
		all.Background = append(all.Background, "omniglot/"+p.Alphabets)
	}
	quiet := all
	quiet.Quiet, quiet.Title, quiet.Background = true, name+"-quiet of writers "+p.Unipen, nil
	return []Measurement{all, quiet}
}
