package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/seed-c844a918/inkling/internal/fit"
)

// progress shows a training run: a bar for the running epoch on a terminal, and
// everywhere one line for each finished epoch, in Keras's words.
type progress struct {
	w      io.Writer
	epochs int
	topK   int                      // whose accuracy the lines have; 0: none
	bar    *progressbar.ProgressBar // nil between epochs and off a terminal
	live   bool
	start  time.Time // of the epoch
}

// barColumns is how wide a terminal must be for the bar and what stands beside
// it; on a narrower one only finished epochs are shown.
const barColumns = 96

// newProgress shows this many epochs on w.
func newProgress(w io.Writer, epochs, topK int) *progress {
	return &progress{w: w, epochs: epochs, topK: topK, live: columns(w) >= barColumns}
}

// columns is the width of the terminal that w is, 0 of anything else.
func columns(w io.Writer) int {
	if !isTerminal(w) {
		return 0
	}
	width, _, err := term.GetSize(int(w.(*os.File).Fd()))
	if err != nil {
		return 0
	}
	return width
}

// isTerminal reports whether somebody watches w.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// step moves the bar.
func (p *progress) step(s fit.Step) {
	if !p.live {
		return
	}
	if p.bar == nil {
		p.start = time.Now()
		p.bar = progressbar.NewOptions(s.Steps,
			progressbar.OptionSetWriter(p.w), progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false),
			progressbar.OptionSetWidth(12), progressbar.OptionThrottle(65*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	left := time.Since(p.start) / time.Duration(s.Step) * time.Duration(s.Steps-s.Step)
	p.bar.Describe(fmt.Sprintf("Epoch %d/%d - step %d/%d - ETA %.0fs - loss: %.4f - accuracy: %.4f",
		s.Epoch, p.epochs, s.Step, s.Steps, left.Seconds(), s.Loss, s.Accuracy))
	if s.Step < s.Steps { // a full bar would go before the validation
		p.bar.Set(s.Step)
	}
}

// epoch replaces the bar by the epoch's line.
func (p *progress) epoch(e fit.Epoch) {
	p.close()
	line := fmt.Sprintf("Epoch %d/%d - %.2fs - loss: %.4f - accuracy: %.4f", e.Epoch, p.epochs, e.Seconds, e.Loss, e.Accuracy)
	if p.topK > 0 {
		line += fmt.Sprintf(" - top_k_categorical_accuracy: %.4f", e.TopK)
	}
	if !math.IsNaN(e.ValLoss) {
		line += fmt.Sprintf(" - val_loss: %.4f - val_accuracy: %.4f", e.ValLoss, e.ValAccuracy)
		if p.topK > 0 {
			line += fmt.Sprintf(" - val_top_k_categorical_accuracy: %.4f", e.ValTopK)
		}
	}
	fmt.Fprintln(p.w, line)
}

// close removes the bar.
func (p *progress) close() {
	if p.bar != nil {
		p.bar.Clear()
		p.bar = nil
	}
}
