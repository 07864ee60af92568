package fit

import (
	"math"
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/parallel"
)

// Cosine is the large-margin cosine loss (Wang et al. 2018, eq. 4): the crossentropy of
// logits Scale*cos(features, class), the label's less by Scale*Margin. The network ends
// in a [similarity.UnitNormalization], an [nn.Rescaling] by the scale and Head, whose columns
// settle keeps at length 1 and whose bias it keeps at 0.
type Cosine struct {
	Crossentropy
	Margin float32   // 0 <= Margin < 1, in cosines
	Scale  float32   // above 0
	Head   *nn.Dense // (features, classes)
}

func (c *Cosine) train(dlogits, logits []float32, labels []uint16, classes int) (loss float64, correct int) {
	kept := make([]float32, len(labels))
	for i, label := range labels {
		own := &logits[i*classes+int(label)]
		kept[i] = *own
		*own -= c.Margin * c.Scale
	}
	loss, _ = c.Crossentropy.train(dlogits, logits, labels, classes)
	for i, label := range labels {
		logits[i*classes+int(label)] = kept[i]
		if isLargest(logits[i*classes:(i+1)*classes], int(label)) {
			correct++
		}
	}
	return loss, correct
}

// isLargest reports whether value i is the first of the largest.
func isLargest(values []float32, i int) bool {
	for j, v := range values {
		if v > values[i] || v == values[i] && j < i {
			return false
		}
	}
	return true
}

func (c *Cosine) settle() {
	params := c.Head.Params()
	UnitColumns(params[0].Value, c.Head.Units)
	clear(params[1].Value)
}

// unitChunk is how many columns UnitColumns takes at once.
const unitChunk = 256

// UnitColumns divides each column of a matrix (rows, columns) by its length; one of
// zeros stays.
func UnitColumns(values []float32, columns int) {
	parallel.Ranges(columns, unitChunk, func(from, to int) {
		var squares [unitChunk]float64
		for at := 0; at < len(values); at += columns {
			for j, v := range values[at+from : at+to] {
				squares[j] += float64(v) * float64(v)
			}
		}
		lengths := squares[:to-from]
		for j, square := range lengths {
			lengths[j] = 1
			if square > 0 {
				lengths[j] = math.Sqrt(square)
			}
		}
		for at := 0; at < len(values); at += columns {
			row := values[at+from : at+to]
			for j, v := range row {
				row[j] = float32(float64(v) / lengths[j])
			}
		}
	})
}

func (c *Cosine) order(part Part, random *rand.Rand) []int { return shuffled(part.Index, random) }
