package fit

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/choice"
)

// Monitor is the figure of an epoch that a callback watches.
type Monitor string

// The monitors, by Keras's names.
const (
	ValLoss     Monitor = "val_loss"     // less is better
	ValAccuracy Monitor = "val_accuracy" // more is better
)

// Monitors are the monitors by name.
var Monitors = choice.Table[Monitor]{{Name: string(ValLoss), Value: ValLoss}, {Name: string(ValAccuracy), Value: ValAccuracy}}

// of returns the figure of an epoch, turned so that less is better.
func (m Monitor) of(e Epoch) float64 {
	if m == ValAccuracy {
		return -e.ValAccuracy
	}
	return e.ValLoss
}

// EarlyStopping ends training when the monitor has not improved for some epochs,
// and leaves the weights of the best epoch, whether or not it came to that:
// Keras's EarlyStopping with restore_best_weights.
type EarlyStopping struct {
	Monitor  Monitor
	Patience int     // epochs without improvement, at least 1
	MinDelta float64 // what counts as an improvement is more than this, >= 0
}

// judge replays the history: the best epoch, from 1, and whether the patience is
// over. The history holds an epoch at least; a figure that is not a number is no
// improvement.
func (s *EarlyStopping) judge(history []Epoch) (best int, stop bool) {
	least, wait := math.Inf(1), 0
	best = 1
	for _, e := range history {
		wait++
		if value := s.Monitor.of(e); value+s.MinDelta < least {
			least, best, wait = value, e.Epoch, 0
		}
	}
	return best, wait >= s.Patience
}

// ReduceOnPlateau lowers the learning rate when the monitor has not improved for
// some epochs: Keras's ReduceLROnPlateau without cooldown.
type ReduceOnPlateau struct {
	Monitor  Monitor
	Factor   float32 // what the rate is multiplied by, 0 < Factor < 1; Keras's default is 0.1
	Patience int     // epochs without improvement, at least 1; Keras's default is 10
}

// plateauDelta is the least improvement that ReduceLROnPlateau counts.
const plateauDelta = 1e-4

// scale replays the history: the share of the learning rate that is left.
func (r *ReduceOnPlateau) scale(history []Epoch) float32 {
	least, wait, scale := math.Inf(1), 0, float32(1)
	for _, e := range history {
		wait++
		if value := r.Monitor.of(e); value < least-plateauDelta {
			least, wait = value, 0
		}
		if wait >= r.Patience {
			scale, wait = scale*r.Factor, 0
		}
	}
	return scale
}

// LowestValLoss returns the epoch, from 1, of the lowest validation loss, the first
// of equals; from there on a network learns its training images by heart. Without
// validation it returns 0.
func LowestValLoss(epochs []Epoch) int {
	best, least := 0, math.Inf(1)
	for i, e := range epochs {
		if e.ValLoss < least {
			best, least = i+1, e.ValLoss
		}
	}
	return best
}
