package evaluate

import (
	"fmt"
	"io"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/model"
)

// Result holds what a training run reached: file names, counts, seconds, and the
// metrics of the weights in the file. Of a resumed run, epochs and seconds of
// training are those of all its parts.
type Result struct {
	Model           string   `json:"model"`
	History         string   `json:"history"`
	Data            string   `json:"data"`
	Parameters      int      `json:"parameters"`
	Epochs          int      `json:"epochs"`
	KeptEpoch       int      `json:"kept_epoch"`
	LowestValLoss   int      `json:"lowest_val_loss_epoch,omitempty"` // from there on it overfits
	Stopped         bool     `json:"stopped_early"`
	LoadSeconds     float64  `json:"load_seconds"`
	TrainSeconds    float64  `json:"train_seconds"`
	ImagesPerSecond float64  `json:"images_per_second"`
	Loss            *float64 `json:"loss,omitempty"`
	Accuracy        *float64 `json:"accuracy,omitempty"`
	ValLoss         *float64 `json:"val_loss,omitempty"`
	ValAccuracy     *float64 `json:"val_accuracy,omitempty"`
	TestLoss        *float64 `json:"test_loss,omitempty"`
	TestAccuracy    *float64 `json:"test_accuracy,omitempty"`
	K               int      `json:"top_k,omitempty"`
	TopK            *float64 `json:"top_k_categorical_accuracy,omitempty"`
	ValTopK         *float64 `json:"val_top_k_categorical_accuracy,omitempty"`
	TestTopK        *float64 `json:"test_top_k_categorical_accuracy,omitempty"`
}

// NewResult measures a trained model as it ships on its parts, adds the figures to
// the model's metrics, and returns the result, whose files and load time are the
// caller's to fill in. Without test images, test is nil.
func NewResult(m *model.Model, h fit.History, train, validation fit.Part, test *dataset.Set) Result {
	r := Result{
		Data: m.Training.Data, Parameters: m.Network.Size(), K: h.TopK,
		Epochs: len(h.Epochs), KeptEpoch: h.Kept, LowestValLoss: fit.LowestValLoss(h.Epochs), Stopped: h.Stopped,
		TrainSeconds: h.Seconds, ImagesPerSecond: float64(len(train.Index)*len(h.Epochs)) / h.Seconds,
	}
	r.Loss, r.Accuracy, r.TopK = reach(m, "", train, h.TopK)
	r.ValLoss, r.ValAccuracy, r.ValTopK = reach(m, "val_", validation, h.TopK)
	if test != nil {
		r.TestLoss, r.TestAccuracy, r.TestTopK = reach(m, "test_", fit.All(test), h.TopK)
	}
	return r
}

// reach measures a model on a part, with the precision of the file, and adds the
// figures to its metrics. It returns nil for all of them if the part is empty, and nil
// for top if k is 0. A figure that is infinite or NaN is nil and not added to the
// metrics, because neither the file nor JSON can hold it.
func reach(m *model.Model, prefix string, part fit.Part, k int) (mean, accuracy, top *float64) {
	if len(part.Index) == 0 {
		return nil, nil, nil
	}
	var loss fit.Loss
	if m.IsEncoder() {
		loss = &fit.Prototypes{Scale: 1 / m.Temperature}
	}
	reached := fit.Evaluate(m.Network, part, loss, k)
	add := func(name string, value float64) *float64 {
		if float := float32(value); float-float != 0 {
			return nil
		}
		metric := model.Metric{Name: prefix + name, Value: float32(value)}
		m.Training.Metrics = append(m.Training.Metrics, metric)
		value = float64(metric.Value)
		return &value
	}
	mean, accuracy = add("loss", reached.Loss), add("accuracy", reached.Accuracy)
	if k > 0 {
		top = &reached.TopK
	}
	return mean, accuracy, top
}

// Print writes the result as text; why says why the run stopped, if it stopped
// early.
func (r Result) Print(w io.Writer, why string) error {
	fmt.Fprintf(w, "%s: %d parameters, the weights of epoch %d\n", r.Model, r.Parameters, r.KeptEpoch)
	if r.Stopped {
		fmt.Fprintf(w, "stopped early after epoch %d: %s\n", r.Epochs, why)
	}
	if r.LowestValLoss > 0 && r.LowestValLoss < r.Epochs {
		fmt.Fprintf(w, "lowest validation loss in epoch %d of %d: after it the network overfits\n", r.LowestValLoss, r.Epochs)
	}
	for _, part := range []struct {
		name                string
		loss, accuracy, top *float64
	}{
		{"training", r.Loss, r.Accuracy, r.TopK},
		{"validation", r.ValLoss, r.ValAccuracy, r.ValTopK},
		{"test", r.TestLoss, r.TestAccuracy, r.TestTopK},
	} {
		if part.loss == nil {
			continue
		}
		fmt.Fprintf(w, "  %-10s  loss: %.4f - accuracy: %.4f", part.name, *part.loss, *part.accuracy)
		if part.top != nil {
			fmt.Fprintf(w, " - top %d: %.4f", r.K, *part.top)
		}
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintf(w, "trained in %.2fs (%.0f images/s), loaded in %.2fs; history in %s\n",
		r.TrainSeconds, r.ImagesPerSecond, r.LoadSeconds, r.History)
	return err
}
