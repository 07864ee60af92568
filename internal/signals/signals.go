// Package signals ends a command when the system or the user says so.
//
// SIGINT (Ctrl-C), SIGTERM and SIGHUP (a closed terminal) end the command's context.
// A command that does not return soon after is ended then and there: files are
// written as a whole or not at all, so that nothing is left half done. A command that
// has something to keep says so by Hold, and ends by itself. The second signal ends
// any command as the system does. SIGHUP that was ignored when the command began, as
// nohup does it, stays ignored.
package signals

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// Patience is how long a command has to return after a signal.
const Patience = 500 * time.Millisecond

// watch is what a context knows of its command.
type watch struct{ held atomic.Bool }

// watchKey is the key of a context's watch.
type watchKey struct{}

// Interruption is the cause of a context that a signal has ended.
type Interruption struct{ Signal os.Signal }

// Error returns what people call it.
func (i *Interruption) Error() string { return "interrupted" }

// ExitCode returns the shell's code for a process that a signal has ended: 130 for
// Ctrl-C.
func (i *Interruption) ExitCode() int {
	if number, ok := i.Signal.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return 130
}

// Notify returns a context that ends with the first signal, the cause of which is an
// *Interruption. If the command has neither returned nor called Hold patience later,
// end is called.
func Notify(parent context.Context, patience time.Duration, end func(*Interruption)) context.Context {
	w := &watch{}
	ctx, cancel := context.WithCancelCause(context.WithValue(parent, watchKey{}, w))
	came := make(chan os.Signal, 1)
	signal.Notify(came, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) {
		signal.Notify(came, syscall.SIGHUP)
	}
	go func() {
		why := &Interruption{<-came}
		signal.Stop(came)
		cancel(why)
		time.Sleep(patience)
		if !w.held.Load() {
			end(why)
		}
	}()
	return ctx
}

// Hold says that the command ends by itself from here on, because it has something to
// keep. A pipe that nobody reads any more, as when a terminal is closed, does not end
// it either.
func Hold(ctx context.Context) {
	signal.Ignore(syscall.SIGPIPE)
	if w, ok := ctx.Value(watchKey{}).(*watch); ok {
		w.held.Store(true)
	}
}

// Of returns the interruption of a command, or nil if no signal came or the command
// ends by itself: then its own error says what happened.
func Of(ctx context.Context) *Interruption {
	w, notified := ctx.Value(watchKey{}).(*watch)
	why, interrupted := errors.AsType[*Interruption](context.Cause(ctx))
	if !notified || !interrupted || w.held.Load() {
		return nil
	}
	return why
}
