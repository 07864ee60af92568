// Package model reads and writes .ink files: one trained network with all that
// the page needs to use it.
//
// # The format, version 3
//
// All numbers are little-endian; float32 is IEEE 754 binary32, float16 binary16.
// A string is one byte of length and that many bytes of UTF-8. A flag is one byte,
// 0 or 1.
//
//	offset  bytes
//	0       8      signature 89 49 4E 4B 0D 0A 1A 0A: "\x89INK\r\n\x1a\n", which,
//	               like PNG's, shows a transfer that changed line ends
//	8       2      version, 3
//	10      ...    sections, without gaps
//	end-4   4      CRC-32 (IEEE 802.3) of all bytes before
//
// A section is a type of four letters, a uint32 length L and L bytes. The first
// letter tells a reader that does not know the section what to do, as in PNG's
// chunks: a capital one (bit 5 is 0) means that the file cannot be used without it,
// and the reader refuses the file by the section's name; a small one (bit 5 is 1)
// that the section may be skipped. The other letters are capital. Every file begins
// with these six, in this order:
//
//	HEAD  input        uint32 height, width, channels as the recipe has them; sides 1..1024
//	      recipe       string "drawing", "writing" or "picture", uint16 version: see internal/ink
//	      temperature  float32 > 0: logits are divided by it before the softmax
//	      threshold    float32 0..1: below this confidence an answer is not sure; 0: none
//	      background   flag: the network has more classes than there are labels, mostly
//	                   one, the last ones, for what is none of them
//	      precision    uint8 of the tensors: 0 float32, 1 float16, 2 int8, 3 int4
//	CLSS  labels       uint16 count (0..1000), that many strings: the classes' names,
//	                   none empty, all different
//	      in the data  flag; if 1, as many strings: each class's label as it stood in
//	                   the data, a number or a folder's name, all different
//	DATA  range        float32 low, high: the data's values of no ink and full ink
//	      inverted     flag: the data were dark on light, and were inverted
//	      transposed   flag: the data's rows were columns, and were transposed
//	MADE  training     string data set, uint64 seed, uint64 split seed, uint32 epochs,
//	                   uint32 batch size, string optimizer, float32 learning rate,
//	                   uint8 count of metrics, each a string name and a float32 value
//	LAYR  layers       uint8 count, each a string kind with its settings:
//	                     "flatten", "relu", "softmax"  none
//	                     "dense"                       uint32 units
//	                     "dropout"                     float32 rate, 0 <= rate < 1
//	                     "conv2d"                      uint32 filters; uint16 height, width of
//	                                                   the window, uint16 vertical, horizontal
//	                                                   stride; uint8 padding: 0 valid, 1 same,
//	                                                   n + 1: n zeros on every side
//	                     "max_pool2d"                  uint16 height, width of the window,
//	                                                   uint16 vertical, horizontal stride
//	                     "max_pool2d_same"             the same; windows reach over the edge
//	                     "average_pool2d"              the same and uint8 padding
//	                     "unit_normalization"          none
//	                     "prototypes"                  uint32 classes, columns, others, nearest;
//	                                                   float32 share: see similarity.Prototypes
//	                     "batch_normalization"         float32 momentum 0..1, float32 epsilon > 0
//	                     "reshape"                     uint8 count (1..3), that many uint32
//	                                                   sides 1..65536, as many values as before
//	                     "rescaling"                   float32 scale, offset: x*scale + offset
//	                     "activation"                  string function, float32 alpha, max,
//	                                                   threshold: activation.Function has the formulas
//	TENS  tensors      without gaps, in the layers' order
//
// The last layer is a softmax over the labels and the background, or, in a file without
// labels, a unit_normalization of one dimension: an encoder, which makes features. Shapes follow
// from the input and the layers, as in Keras. A dense layer has the tensors kernel
// (in, units) and bias (units); conv2d kernel (height, width, in, filters) and bias
// (filters); batch_normalization gamma, beta, moving_mean and moving_variance
// (channels); prototypes kernel (in, columns + others), class (columns), the number of
// each column's class, and bias (classes + 1). All lie row by row. Every float is finite, a variance not negative.
//
// With int8 a kernel is first a float32 scale for each channel of its output, the
// last dimension, whose lowest 8 bits are 0, and then int8 values, each times its
// channel's scale; a channel's largest has the size 127, or all are 0 and so is the
// scale. The other tensors are float32. The same model always makes the same bytes:
// there is no date, host or path in a file.
//
// With int4 the tensors begin with a byte for each kernel, 4 or 8, the bits of its values.
// One of 8 is as with int8. One of 4 is a scale for each channel and values of -7..7, two
// in a byte, the first in its low half; what is left of the last byte is 0. Scales are
// as large as they can be: the values of a channel have no common divisor but 1, or all
// are 0 and so is the scale. Others are at least 2^-100. A kernel that 4 bits can hold has
// 4.
//
// Sections that may be skipped stand behind the six. One is known, and stands first:
//
//	tURN  turn         float32, radians, more than 0 and at most 1: the logits of an answer are
//	                   the mean of those of the image as it is and turned this far either way
//
// The others are kept: a model that is read and written again has them unchanged (see
// [Section]). [Model.Ground] reads one of them:
//
//	gRND  ground       a byte: 1 dark, 2 light, what nearly all pictures lay on that the network
//	                   has learned from, of recipe picture; anything else says nothing
//
// Package holdout reads and writes sPLT, which images fit kept for validation, and package
// fewshot fEAT, eXAM and dRAW, of symbols of one's own.
//
// One image takes at most 256 MB beside the weights, for the input, the outputs of all
// layers and their scratch, and at most 2^34 multiplications; pooling and functions
// count as nn.Sequential.Cost says. The answers to an empty and to a full image are
// finite numbers.
//
// A reader refuses versions, recipes and their versions, layers, precisions and
// capital sections that it does not know, and bytes that are not accounted for.
//
// # Versions 1 and 2
//
// Decode reads them still. Behind the version stands a uint32 length, at most
// 65536, and a header of that length: input, the recipe's name (of version 1),
// labels (1..256), temperature, threshold, from version 2 on background, then
// training, precision (int8 from version 2 on) and layers, all in the forms above.
// The tensors follow up to the checksum. Such a file does not tell the labels in
// the data, and its range is 0..255.
package model

import (
	"errors"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Model is the content of an .ink file.
type Model struct {
	Recipe      ink.Recipe     // how drawings become the network's input
	Labels      []string       // names of the classes, in the order of the probabilities
	DataLabels  []string       // of each class the label as it stood in the data, all different; nil: not known
	Source      Source         // how the data's images became the network's
	Temperature float32        // 1 where none was fitted
	Threshold   float32        // least confidence of a sure answer, 0: every answer is sure
	Background  bool           // the network's classes behind the labels', one or more, stand for what is none of them
	Turn        float32        // radians: an answer is the mean of those to the image as it is and turned this far either way; 0: as it is
	Training    Training       // how the weights were made
	Precision   Precision      // of the weights in the file
	Network     *nn.Sequential // takes (height, width, channels of the recipe), ends in a softmax
	Sections    []Section      // of the file, which decoding does not read: see Ground

	tried         bool      // whether Try has passed
	pixels        []float32 // the network's input
	turned        []float32 // and turned
	mean          []float32 // of the logits
	probabilities []float32 // Predict's answer, the background's behind it
}

// Source says how the images of the data, as they stood in files, became images of
// 0 background to 255 ink. The zero value is that of data which were such images.
type Source struct {
	Low, High  float32 // values of the data that became 0 and 255; both 0: 0 and 255
	Inverted   bool    // the data were dark on light
	Transposed bool    // the data's rows were columns, as in EMNIST's own files
}

// Range returns the values of the data that became 0 and 255.
func (s Source) Range() (low, high float32) {
	if s.Low == 0 && s.High == 0 {
		return 0, 255
	}
	return s.Low, s.High
}

// Training says how a model was made.
type Training struct {
	Data         string // name of the data set
	Seed         uint64 // of first weights, order and augmentation
	SplitSeed    uint64 // of the validation split
	Epochs       int    // epochs trained
	Batch        int    // batch size
	Optimizer    string // "adam"
	LearningRate float32
	Metrics      []Metric // in the trainer's order
}

// Metric is a figure measured when the model was made, "val_accuracy" 0.9712.
type Metric struct {
	Name  string
	Value float32
}

// Metric returns the value of the figure with this name; false if there is none.
func (t Training) Metric(name string) (float32, bool) {
	for _, m := range t.Metrics {
		if m.Name == name {
			return m.Value, true
		}
	}
	return 0, false
}

// Form returns how the network's input is made.
func (m *Model) Form() ink.Form {
	return ink.Form{Recipe: m.Recipe, Width: m.Width(), Height: m.Height()}
}

// Height returns the input's height in pixels.
func (m *Model) Height() int { return m.Network.Input[0] }

// Width returns the input's width in pixels.
func (m *Model) Width() int { return m.Network.Input[1] }

// IsEncoder reports whether the network makes features, of length 1, and knows no
// classes.
func (m *Model) IsEncoder() bool { return len(m.Labels) == 0 }

// Features writes an encoder's features of one image, (Classes), to dst; with Turn they
// are a mean of features, and shorter than 1. It panics with
// nn.ErrLength on another length of image and does not allocate after the first call.
func (m *Model) Features(dst []float32, image []uint8) {
	copy(dst, m.Logits(image))
}

// ErrNotFinite is the error of an answer that is not a number: weights of the network
// multiply beyond float32.
var ErrNotFinite = errors.New("ink: the network's answer is not a finite number: its weights are damaged or were trained too far")

// Try asks about an empty image and a full one, and returns [ErrNotFinite] if an
// answer is not finite. Afterwards Predict does not allocate.
func (m *Model) Try() error {
	if m.tried {
		return nil
	}
	image := make([]uint8, m.Network.Input.Size())
	features := make([]float32, m.Network.Classes())
	for range 2 {
		if m.IsEncoder() {
			m.Features(features, image)
			for _, v := range features {
				if !finite(v) {
					return ErrNotFinite
				}
			}
		} else if err := m.Predict(image).Err(); err != nil {
			return err
		}
		for i := range image {
			image[i] = 255
		}
	}
	m.tried = true
	return nil
}

// Answer is what a model says of one image.
type Answer struct {
	Label         int       // the class with the largest probability, the first of equals
	Confidence    float32   // that probability, 0..1
	Sure          bool      // Confidence reaches the model's threshold
	Probabilities []float32 // one per class, together 1 less the background's; valid until the next Predict
}

// Err returns [ErrNotFinite] for an answer that is not finite. Finite weights can give
// such an answer, too.
func (a Answer) Err() error {
	if !finite(a.Confidence) {
		return ErrNotFinite
	}
	return nil
}

// Predict classifies one image, whose bytes are those of Form. It
// panics with nn.ErrLength on another length, works in buffers of the model's
// own and does not allocate after the first call.
func (m *Model) Predict(image []uint8) Answer {
	if m.probabilities == nil {
		m.probabilities = make([]float32, m.Network.Classes())
	}
	nn.SoftmaxRow(m.probabilities, m.Logits(image), m.Temperature)
	probabilities := m.probabilities[:len(m.Labels)]
	label := metrics.ArgMax(probabilities)
	confidence := probabilities[label]
	return Answer{label, confidence, confidence >= m.Threshold, probabilities}
}
