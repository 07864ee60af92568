package fit

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/crossentropy"
)

// Loss is what training minimises: [Crossentropy], [Cosine] or [Prototypes].
type Loss interface {
	// train returns the summed loss and the right answers of a batch, and writes the
	// gradient of the mean loss to dlogits. Both are (N, classes), what the network's
	// last layer before a softmax makes.
	train(dlogits, logits []float32, labels []uint16, classes int) (loss float64, correct int)
	// measure returns what is reported of a part that is not trained on.
	measure(logits []float32, labels []uint16, classes int) (loss float64, correct int)
	// settle brings the weights back to where the loss wants them after a step.
	settle()
	// order puts the images of an epoch in order.
	order(part Part, random *rand.Rand) []int
}

// Crossentropy is Keras's SparseCategoricalCrossentropy from logits.
type Crossentropy struct {
	Smoothing    float32   // of the labels, 0 <= Smoothing < 1: the share of the target that all classes divide among them
	ClassWeights []float32 // (Classes), what an image's loss counts in training; nil: 1
}

// train weighs the images as Keras does: the mean of the gradients is over the images,
// not over their weights.
func (c *Crossentropy) train(dlogits, logits []float32, labels []uint16, classes int) (loss float64, correct int) {
	return c.trainPart(dlogits, logits, labels, classes, len(labels))
}

// trainPart does what train does for some samples of a batch of this many.
func (c *Crossentropy) trainPart(dlogits, logits []float32, labels []uint16, classes, batch int) (loss float64, correct int) {
	if c.ClassWeights == nil {
		return crossentropy.PartOfBatch(dlogits, logits, labels, classes, c.Smoothing, batch)
	}
	for i, label := range labels {
		row := dlogits[i*classes : (i+1)*classes]
		one, right := crossentropy.SparseCategorical(row, logits[i*classes:(i+1)*classes], labels[i:i+1], classes, c.Smoothing)
		weight := c.ClassWeights[label]
		for j := range row {
			row[j] *= weight / float32(batch)
		}
		loss, correct = loss+float64(weight)*one, correct+right
	}
	return loss, correct
}

func (c *Crossentropy) measure(logits []float32, labels []uint16, classes int) (loss float64, correct int) {
	return crossentropy.SparseCategorical(nil, logits, labels, classes, c.Smoothing)
}

func (*Crossentropy) settle() {}

func (*Crossentropy) order(part Part, random *rand.Rand) []int { return shuffled(part.Index, random) }

// shuffled returns the numbers in random order.
func shuffled(index []int, random *rand.Rand) []int {
	order := append([]int(nil), index...)
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	return order
}

// BalancedWeights returns class weights by which every class counts the same,
// scikit-learn's: images / (classes * images of the class).
func BalancedWeights(p Part) []float32 {
	counts := make([]int, len(p.Set.Classes))
	for _, i := range p.Index {
		counts[p.Set.Labels[i]]++
	}
	weights := make([]float32, len(counts))
	for class, n := range counts {
		weights[class] = float32(len(p.Index)) / float32(len(counts)*max(n, 1))
	}
	return weights
}

// ParseWeights reads the weights of a part's classes: "balanced", or "NAME=W,...", where
// those that are not named count 1; nil, all the same, of "".
func ParseWeights(text string, train Part) ([]float32, error) {
	switch text {
	case "":
		return nil, nil
	case "balanced":
		return BalancedWeights(train), nil
	}
	classes := train.Set.Classes
	weights := make([]float32, len(classes))
	for class := range weights {
		weights[class] = 1
	}
	for part := range strings.SplitSeq(text, ",") {
		name, number, _ := strings.Cut(strings.TrimSpace(part), "=")
		class := slices.Index(classes, name)
		weight, err := strconv.ParseFloat(number, 32)
		if class < 0 || err != nil || !(weight >= 0 && weight <= 1e6) {
			return nil, fmt.Errorf("got %q, want balanced, or NAME=W with one of the classes %s and 0 <= W <= 1e6",
				part, strings.Join(classes, ", "))
		}
		weights[class] = float32(weight)
	}
	return weights, nil
}

// LossError says that a batch's loss was not a finite number.
type LossError struct {
	Epoch, Step int // from 1
	Loss        float64
	Images      []int // of the batch, as indices of the training set
}

// namedImages is how many of a batch's images a LossError lists.
const namedImages = 8

// Error returns one line.
func (e *LossError) Error() string {
	list := strings.Trim(fmt.Sprint(e.Images[:min(len(e.Images), namedImages)]), "[]")
	if more := len(e.Images) - namedImages; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("fit: epoch %d, step %d: loss is %v, of the images %s: try a lower learning rate", e.Epoch, e.Step, e.Loss, list)
}
