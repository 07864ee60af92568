package fit

import (
	"fmt"
	"slices"
	"time"

	"github.com/seed-c844a918/inkling/internal/optim"
)

// State is a run between two steps. With the network, the images and the options
// of that run it holds all that the rest of it depends on.
type State struct {
	Epoch      int       // the running epoch, from 1; one more than Options.Epochs at the end
	Step       int       // steps of it taken; after the last one its validation is next
	Loss       float64   // summed over the images of those steps
	Correct    int       // right answers among them
	Sums       Sums      // the metrics of those images
	Seconds    float64   // of training, in all runs so far
	History    []Epoch   // the finished epochs
	Kept       int       // the epoch of KeptValues, 0 if there are none
	KeptValues []float32 // the weights that Run would leave
	Stopped    bool      // early stopping has ended the run
	Rounded    int       // the first of the finished epochs from which on all were trained by Options.Rounding; 0: none
	Values     []float32 // the weights
	Optimizer  optim.State
}

// state returns the state of the loop, in views of what it works on.
func (l *loop) state() State {
	s := l.at
	s.Seconds, s.Values, s.Optimizer = l.seconds(), l.network.Values(), l.Optimizer.State()
	return s
}

// resume puts the loop where s stood.
func (l *loop) resume(s State) error {
	if err := l.fits(s); err != nil {
		return fmt.Errorf("fit: resume: %w", err)
	}
	if err := l.Optimizer.SetState(s.Optimizer); err != nil {
		return fmt.Errorf("fit: resume: %w", err)
	}
	copy(l.network.Values(), s.Values)
	s.History, s.KeptValues = slices.Clone(s.History), slices.Clone(s.KeptValues)
	l.at, l.before = s, s.Seconds
	if l.Plateau != nil {
		l.scale = l.Plateau.scale(s.History)
	}
	return nil
}

// fits reports what of a state cannot belong to this run.
func (l *loop) fits(s State) error {
	if got, want := len(s.Values), l.network.Size(); got != want {
		return fmt.Errorf("got %d weights, want the network's %d", got, want)
	}
	if s.Kept != 0 && len(s.KeptValues) != len(s.Values) {
		return fmt.Errorf("got %d kept weights, want %d", len(s.KeptValues), len(s.Values))
	}
	for _, v := range s.Optimizer.Vectors {
		if len(v.Values) != len(s.Values) {
			return fmt.Errorf("got %d values of %s, want one for each of %d weights", len(v.Values), v.Name, len(s.Values))
		}
	}
	if s.Epoch != len(s.History)+1 || s.Epoch > l.Epochs+1 {
		return fmt.Errorf("got epoch %d after %d finished ones, of %d", s.Epoch, len(s.History), l.Epochs)
	}
	if s.Kept < 0 || s.Kept > len(s.History) || (s.Kept == 0) != (len(s.History) == 0) {
		return fmt.Errorf("got the weights of epoch %d kept after %d epochs", s.Kept, len(s.History))
	}
	if s.Rounded < 0 || s.Rounded > len(s.History) {
		return fmt.Errorf("got epochs of rounded weights from %d on after %d epochs", s.Rounded, len(s.History))
	}
	answers := s.Step * l.Batch
	if s.Step < 0 || s.Step > l.steps || s.Correct < 0 || s.Correct > answers {
		return fmt.Errorf("got %d right answers in %d steps of %d", s.Correct, s.Step, l.steps)
	}
	for _, m := range Metrics {
		if sum := *m.sum(&s.Sums); sum < 0 || sum > Sum(answers) {
			return fmt.Errorf("got a %s of %v images in %d steps of %d", m.Name, sum, s.Step, l.steps)
		}
	}
	return nil
}

// seconds returns the time of training in all runs.
func (l *loop) seconds() float64 { return l.before + time.Since(l.start).Seconds() }

// spent returns the time of the finished epochs in seconds.
func spent(history []Epoch) float64 {
	sum := 0.0
	for _, e := range history {
		sum += e.Seconds
	}
	return sum
}

// checkpoint hands the state on.
func (l *loop) checkpoint() {
	if l.Checkpoint != nil {
		l.Checkpoint(l.state())
		l.saved = time.Now()
	}
}

// checkpointIfDue does so if the last time is long enough ago, and after the
// first step.
func (l *loop) checkpointIfDue() {
	if l.Checkpoint != nil && time.Since(l.saved) >= l.CheckpointEvery {
		l.checkpoint()
	}
}
