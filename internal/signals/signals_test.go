package signals

import (
	"context"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// send sends this process a signal.
func send(t *testing.T, signal syscall.Signal) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("a process can only be killed")
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(signal); err != nil {
		t.Fatal(err)
	}
}

// Each signal ends the context, and then a command that does not return.
func TestNotify(t *testing.T) {
	for signal, code := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143, syscall.SIGHUP: 129} {
		ended := make(chan *Interruption, 1)
		ctx := Notify(context.Background(), time.Millisecond, func(why *Interruption) { ended <- why })
		if err := ctx.Err(); err != nil {
			t.Fatal(err)
		}
		send(t, signal)
		why := <-ended
		if why.Signal != signal || why.ExitCode() != code {
			t.Errorf("got %v, code %d, want %v, code %d", why.Signal, why.ExitCode(), signal, code)
		}
		if got := Of(ctx); got != why {
			t.Errorf("got %v, want %v", got, why)
		}
	}
}

// A command that holds ends by itself.
func TestHold(t *testing.T) {
	ended := make(chan *Interruption, 1)
	ctx := Notify(context.Background(), 10*time.Millisecond, func(why *Interruption) { ended <- why })
	Hold(ctx)
	send(t, syscall.SIGTERM)
	<-ctx.Done()
	if got := Of(ctx); got != nil {
		t.Errorf("got %v, want the command's own error to count", got)
	}
	select {
	case <-ended:
		t.Error("the command was ended")
	case <-time.After(100 * time.Millisecond):
	}
}

// Without Notify there is nothing to hold, and nothing that a signal ended.
func TestOtherContexts(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	Hold(ctx)
	cancel()
	if got := Of(ctx); got != nil {
		t.Errorf("got %v, want nil", got)
	}
}
