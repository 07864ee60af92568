package fit

import (
	"fmt"
	"strings"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// weighted returns the summed loss of a batch, with the loss of each image times
// the weight of its class. Like Keras it takes the mean of the gradients over the
// images, not over their weights.
func (l *loop) weighted(dlogits, logits []float32, labels []uint16) (loss float64, correct int) {
	classes := l.network.Classes()
	for i, label := range labels {
		row := dlogits[i*classes : (i+1)*classes]
		one, right := nn.SparseCategoricalCrossentropy(row, logits[i*classes:(i+1)*classes], labels[i:i+1], classes, l.Smoothing)
		weight := l.ClassWeights[label]
		for j := range row {
			row[j] *= weight / float32(len(labels))
		}
		loss, correct = loss+float64(weight)*one, correct+right
	}
	return loss, correct
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
