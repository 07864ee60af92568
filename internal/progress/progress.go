// Package progress shows on a terminal how work goes on: bars for what runs, and
// lines for what is done, which are written anywhere.
package progress

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/plain"
)

// NewBar returns a bar of total units, -1 if that is not yet known, in a common
// style, which the options may change. It vanishes when it is full.
func NewBar(w io.Writer, total int64, options ...progressbar.Option) *progressbar.ProgressBar {
	return progressbar.NewOptions64(total, append([]progressbar.Option{
		progressbar.OptionSetWriter(plain.Exact(w)), progressbar.OptionSetWidth(24),
		progressbar.OptionThrottle(65 * time.Millisecond), progressbar.OptionClearOnFinish(),
	}, options...)...)
}

// Epochs shows a training run: a bar for the running epoch on a terminal, and
// everywhere a line per finished epoch, in Keras's words.
type Epochs struct {
	w      io.Writer
	epochs int
	topK   int                      // of fit.Options
	bar    *progressbar.ProgressBar // nil between epochs and off a terminal
	live   bool
	start  time.Time // of the epoch
}

// barColumns is how wide a terminal must be for the bar and what stands beside
// it; on a narrower one only finished epochs are shown.
const barColumns = 96

// NewEpochs returns a view on w of a run of this many epochs. The lines also
// have the metrics that a run with this topK measures.
func NewEpochs(w io.Writer, epochs, topK int) *Epochs {
	return &Epochs{w: w, epochs: epochs, topK: topK, live: columns(w) >= barColumns}
}

// columns returns the width of a terminal, 0 of anything else.
func columns(w io.Writer) int {
	file, ok := plain.File(w)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// IsTerminal reports whether w is a terminal, so that somebody may be watching.
func IsTerminal(w io.Writer) bool {
	file, ok := plain.File(w)
	return ok && term.IsTerminal(int(file.Fd()))
}

// Step moves the bar.
func (p *Epochs) Step(s fit.Step) {
	if !p.live {
		return
	}
	if p.bar == nil {
		p.start = time.Now()
		p.bar = NewBar(p.w, int64(s.Steps), progressbar.OptionSetWidth(12),
			progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false))
	}
	left := time.Since(p.start) / time.Duration(s.Step) * time.Duration(s.Steps-s.Step)
	p.bar.Describe(fmt.Sprintf("Epoch %d/%d - step %d/%d - ETA %.0fs - loss: %.4f - accuracy: %.4f",
		s.Epoch, p.epochs, s.Step, s.Steps, left.Seconds(), s.Loss, s.Accuracy))
	if s.Step < s.Steps { // a full bar would go before the validation
		p.bar.Set(s.Step)
	}
}

// Epoch replaces the bar by the epoch's line.
func (p *Epochs) Epoch(e fit.Epoch) {
	p.Close()
	line := fmt.Sprintf("Epoch %d/%d - %.2fs - loss: %.4f - accuracy: %.4f", e.Epoch, p.epochs, e.Seconds, e.Loss, e.Accuracy)
	line += p.metrics(func(m fit.Metric) string { return fmt.Sprintf(" - %s: %.4f", m.Name, *m.Train(&e)) })
	if !math.IsNaN(e.ValLoss) {
		line += fmt.Sprintf(" - val_loss: %.4f - val_accuracy: %.4f", e.ValLoss, e.ValAccuracy)
		line += p.metrics(func(m fit.Metric) string { return fmt.Sprintf(" - val_%s: %.4f", m.Name, *m.Val(&e)) })
	}
	fmt.Fprintln(p.w, line)
}

// metrics returns the text of the metrics that the run measures.
func (p *Epochs) metrics(text func(fit.Metric) string) (all string) {
	for _, m := range fit.Metrics {
		if m.Measured(p.topK) {
			all += text(m)
		}
	}
	return all
}

// Close removes the bar.
func (p *Epochs) Close() {
	if p.bar != nil {
		p.bar.Clear()
		p.bar = nil
	}
}
