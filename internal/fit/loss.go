package fit

import (
	"fmt"
	"strings"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// weighted is the loss of a batch, each image's times the weight of its class.
// Like Keras it takes the mean over the images, not over their weights.
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

// LossError says that a batch's loss was not a finite number.
type LossError struct {
	Epoch, Step int // from 1
	Loss        float64
	Images      []int // of the batch, as indices of the training set
}

// namedImages is how many of a batch's images a LossError lists.
const namedImages = 8

// Error is one line.
func (e *LossError) Error() string {
	list := strings.Trim(fmt.Sprint(e.Images[:min(len(e.Images), namedImages)]), "[]")
	if more := len(e.Images) - namedImages; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("fit: epoch %d, step %d: loss is %v, of the images %s: try a lower learning rate", e.Epoch, e.Step, e.Loss, list)
}
