// Package layerspec reads and writes hidden layers as text, the way of fit's flag
// --layers: "conv 16 3x3 relu, pool 2, dense 64 relu" is a list of layers between
// commas, each with its numbers and with the activation or normalization that
// follows it at once.
package layerspec

import (
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// row is how one kind of layer is written.
type row struct {
	word  string   // that a layer of the kind begins with
	form  string   // its line of help, "" if that of another row names it
	kinds []string // of package nn
	norm  bool     // whether norm may follow at once
	then  bool     // whether an activation may follow at once
	read  func(words []string) (layer nn.Layer, rest []string, err error)
	write func(layer nn.Layer, input nn.Shape) string // "" if the words cannot say it
}

// rows are the layers that begin with a word of their own. Activations begin with
// their function's name instead.
var rows = []row{
	{"dense", "dense UNITS", []string{"dense"}, true, true, readDense, writeDense},
	{"conv", "conv FILTERS SIZE      SIZE is 3 or 3x5, height first", []string{"conv2d"}, true, true, readConv, writeConv},
	{"pool", "pool SIZE              of the largest values; average SIZE of the means",
		[]string{"max_pool2d", "max_pool2d_same"}, false, false, readPool, writePool},
	{"average", "", []string{"average_pool2d"}, false, false, readAverage, writeAverage},
	{"global", "global max             of the whole picture; global average", nil, false, false, readGlobal, nil},
	{"dropout", "dropout RATE", []string{"dropout"}, false, false, readDropout, writeDropout},
	{"norm", "norm                   batch normalization", []string{"batch_normalization"}, false, true, readNorm, writeNorm},
	{"unit", "unit                   unit length: a dense behind it sees directions alone", []string{"unit_normalization"}, false, false,
		readUnit, writeUnit},
	{"flatten", "flatten                goes before the first dense in any case", []string{"flatten"}, false, false,
		readFlatten, writeFlatten},
}

// activations are the kinds of layers that begin with their function's name.
var activations = []string{"relu", "activation"}

// wordless are the kinds without words: softmax goes behind all, prototypes are made of
// examples, the others come with imported networks.
var wordless = []string{"softmax", "rescaling", "reshape", "prototypes"}

// Help returns the forms of layers, a few lines of two blanks and text.
func Help() string {
	text := "\n"
	for _, r := range rows {
		if r.form != "" {
			text += "  " + r.form + "\n"
		}
	}
	return text + activationsHelp() + `Behind the size of conv, pool and average may stand same (else Keras's valid) and
stride SIZE (else 1, of pooling the window's size). An activation may follow dense,
conv and norm at once, and norm dense and conv: "conv 16 3x3 same norm relu, pool 2".
A dense softmax over the classes goes behind all.`
}

// activationsHelp returns the names of the functions, in lines of two blanks and text.
func activationsHelp() string {
	text, line := "", " "
	for _, name := range activation.Names() {
		if number := numbered[name]; number != "" {
			name += " [" + number + "]"
		}
		if len(line)+len(name) > 78 {
			text, line = text+line+"\n", " "
		}
		line += " " + name + ","
	}
	return text + strings.TrimSuffix(line, ",") + "\n"
}

// words lists what a layer can begin with.
func words() string {
	var list []string
	for _, r := range rows {
		list = append(list, r.word)
	}
	return strings.Join(list, ", ") + " or an activation"
}

// Place returns where a kind of layer stands in this package: "words" if layers of it
// can be written, "wordless" if it is known that they cannot, "" if it was
// forgotten.
func Place(kind string) string {
	for _, r := range rows {
		if slices.Contains(r.kinds, kind) {
			return "words"
		}
	}
	switch {
	case slices.Contains(activations, kind):
		return "words"
	case slices.Contains(wordless, kind):
		return "wordless"
	}
	return ""
}

// rowOf returns the row that begins with a word; false if there is none.
func rowOf(word string) (row, bool) {
	for _, r := range rows {
		if r.word == word {
			return r, true
		}
	}
	return row{}, false
}
