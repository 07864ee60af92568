// Command symbols measures how well symbols of one's own are read from a few examples:
// by class means of an encoder's features (inkling teach), and by the recognizers that
// games and pages use, $P and $Q. make bench-symbols prints the table of
// docs/own-symbols.md.
package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/model"
)

func main() {
	var o options
	flag.StringVar(&o.encoder, "encoder", "web/models/symbols.ink", "the encoder of the rows of characters")
	flag.StringVar(&o.noDigits, "no-digits", "", "the encoder of the rows of digits, which was trained without any (default: -encoder)")
	flag.StringVar(&o.alphabets, "alphabets", "2",
		"Omniglot's alphabets that the encoder was not trained on: 2 Greek, 3 Katakana, 5 Latin, 6 Sanskrit, 7 Tagalog")
	flag.StringVar(&o.others, "other-writers", "1-20", "who draws one example of each pen digit")
	flag.StringVar(&o.writers, "writers", "21-30", "whose pen digits are read")
	flag.IntVar(&o.draws, "draws", 20, "draws of symbols, of examples, of both")
	flag.BoolVar(&o.peers, "peers", true, "measure $P and $Q as well")
	flag.BoolVar(&o.peersAlone, "peers-alone", false, "measure $P and $Q, and no encoder")
	flag.BoolVar(&o.tune, "choose", false, "look for fewshot's tuning on the alphabets instead, and print it")
	flag.StringVar(&o.dir, "data-dir", os.Getenv("INKLING_DATA"), "folder with the data sets")
	flag.Parse()
	if err := o.run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "symbols:", err)
		os.Exit(1)
	}
}

// options are the command's flags.
type options struct {
	encoder, noDigits, alphabets, others, writers, dir string
	draws                                              int
	peers, peersAlone, tune                            bool
}

// shotsOf are the numbers of examples of each symbol that are measured.
var shotsOf = []int{1, 3, 5, 10}

// run prints the table.
func (o *options) run(w io.Writer) error {
	characters, err := o.learners(o.encoder)
	if err != nil {
		return err
	}
	if o.tune {
		return o.tuned(w, characters[0].new().(*own).encoder.Encoder)
	}
	digits := characters
	if o.noDigits != "" {
		if digits, err = o.learners(o.noDigits); err != nil {
			return err
		}
	}
	omniglot, err := read("omniglot", o.dir, o.alphabets)
	if err != nil {
		return err
	}
	teachers, err := read("pen", o.dir, o.others)
	if err != nil {
		return err
	}
	pen, err := read("pen", o.dir, o.writers)
	if err != nil {
		return err
	}
	if o.peersAlone {
		characters, digits = characters[1:], digits[1:]
	}
	fmt.Fprintf(w, "%s; digits by %s; means of %d draws with 95 %% intervals, %%\n", o.encoder, either(o.noDigits, o.encoder), o.draws)
	for _, shots := range shotsOf {
		o.row(w, fmt.Sprintf("20 symbols of strangers, %d examples", shots), characters, func(random *rand.Rand) []task {
			return []task{strangers(omniglot, shots, random)}
		})
	}
	for _, shots := range shotsOf {
		o.row(w, fmt.Sprintf("10 digits of the same hand, %d examples", shots), digits, func(random *rand.Rand) []task {
			return sameHand(pen, shots, random)
		})
	}
	o.row(w, "10 digits, one example of each of 20 others", digits, func(random *rand.Rand) []task {
		return []task{othersHands(teachers, pen, random)}
	})
	return nil
}

// tuned chooses a tuning for an encoder.
func (o *options) tuned(w io.Writer, e *fewshot.Encoder) error {
	omniglot, err := read("omniglot", o.dir, o.alphabets)
	if err == nil {
		o.choose(w, e, omniglot)
	}
	return err
}

// either returns the first text, or the second if that is empty.
func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// learners returns what is compared: an encoder's class means, and the peers.
func (o *options) learners(path string) ([]learner, error) {
	data, err := bounded.ReadFile(path, 1<<24)
	if err != nil {
		return nil, err
	}
	m, err := model.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	e, err := fewshot.NewEncoder(m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	shared := newEncoded(e)
	list := []learner{{"class means", func() recognizer { return &own{encoder: shared} }}}
	if o.peers || o.peersAlone {
		known, knownQ := clouds{}, qClouds{}
		list = append(list,
			learner{"$P", func() recognizer { return &pDollar{clouds: known} }},
			learner{"$Q", func() recognizer { return &qDollar{clouds: knownQ} }})
	}
	return list, nil
}

// read returns the drawings of a set by some writers, or of some alphabets.
func read(name, dir, writers string) (dataset.Drawn, error) {
	s, err := dataset.Lookup(name)
	if err != nil {
		return dataset.Drawn{}, err
	}
	drawn, err := s.Drawings(dir, nil)
	if err != nil {
		return dataset.Drawn{}, err
	}
	drawn.Train, err = s.Writers.Choose(drawn.Train, writers)
	return drawn, err
}

// row measures all learners in the same draws and prints their line.
func (o *options) row(w io.Writer, title string, learners []learner, tasks func(random *rand.Rand) []task) {
	fmt.Fprintf(w, "%-44s", title)
	for _, l := range learners {
		var m measured
		for draw := range o.draws {
			m.draw(l, tasks(rand.New(rand.NewPCG(uint64(draw), 0))))
		}
		m.print(w, l.name)
	}
	fmt.Fprintln(w)
}
