package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/choice/pick"
	"github.com/seed-c844a918/inkling/internal/fit"
)

// callbackFlags are the flags of what Keras's callbacks and class_weight do.
type callbackFlags struct {
	stopping     int     // patience of early stopping in epochs; 0: none
	minDelta     float64 // the least improvement that it counts
	monitor      string  // "val_loss" or "val_accuracy"
	plateau      int     // patience in epochs before the learning rate falls; 0: it does not
	factor       float32 // what it is then multiplied by
	classWeights string  // "balanced", "NAME=W,..."; "": all count the same
}

// register adds the flags.
func (c *callbackFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.IntVar(&c.stopping, "early-stopping", 0,
		"stop after this number of epochs without improvement, and keep the best epoch's weights in any case")
	flags.Float64Var(&c.minDelta, "min-delta", 0, "for --early-stopping: the least improvement that counts")
	pick.Flag(cmd, &c.monitor, "monitor", "val_loss", "what --early-stopping and --reduce-on-plateau watch", fit.Monitors)
	flags.IntVar(&c.plateau, "reduce-on-plateau", 0, "lower the learning rate after this number of epochs without improvement")
	flags.Float32Var(&c.factor, "plateau-factor", 0.1, "for --reduce-on-plateau: what the rate is multiplied by")
	flags.StringVar(&c.classWeights, "class-weights", "", "how much images of a class count: balanced, or NAME=W,... (others 1)")
}

// checkCallbacks reports flags that do not go together.
func (f *fitFlags) checkCallbacks() error {
	c := &f.callbacks
	if _, err := pick.Choose("monitor", c.monitor, fit.Monitors); err != nil {
		return err
	}
	switch watching := c.stopping != 0 || c.plateau != 0 || f.best; {
	case c.stopping < 0 || c.plateau < 0 || !(c.minDelta >= 0) || !(c.factor > 0 && c.factor < 1):
		return usagef("fit: got --early-stopping %d --min-delta %v --reduce-on-plateau %d --plateau-factor %v, "+
			"want epochs, no negative delta and 0 < factor < 1", c.stopping, c.minDelta, c.plateau, c.factor)
	case c.stopping != 0 && f.best:
		return usagef("fit: --early-stopping keeps the best epoch of --monitor itself: leave --best out")
	case c.plateau != 0 && f.schedule != "constant":
		return usagef("fit: --reduce-on-plateau belongs to --schedule constant")
	case watching && f.split == 0 && f.validationWriters == "":
		return usagef("fit: --best, --early-stopping and --reduce-on-plateau want a validation part: give --split")
	}
	return nil
}

// join sets the options.
func (c *callbackFlags) join(o *fit.Options, stderr io.Writer, rate float32) {
	if c.stopping > 0 {
		o.Stopping = &fit.EarlyStopping{Monitor: fit.Monitor(c.monitor), Patience: c.stopping, MinDelta: c.minDelta}
	}
	if c.plateau > 0 {
		o.Plateau = &fit.ReduceOnPlateau{Monitor: fit.Monitor(c.monitor), Factor: c.factor, Patience: c.plateau}
		o.OnPlateau = func(epoch int, scale float32) {
			fmt.Fprintf(stderr, "learning rate %.4g from epoch %d on: %s did not improve\n", rate*scale, epoch+1, c.monitor)
		}
	}
}
