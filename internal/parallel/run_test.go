package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// withProcessors runs a test on this many, whatever the machine has.
func withProcessors(t *testing.T, n int) {
	before := runtime.GOMAXPROCS(n)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// checkRun compares how often each piece of a call was done.
func checkRun(t *testing.T, n int) {
	t.Helper()
	calls := make([]atomic.Int32, n)
	Run(n, func(i int) { calls[i].Add(1) })
	for i := range calls {
		if got := calls[i].Load(); got != 1 {
			t.Errorf("n %d: got %d calls for %d, want 1", n, got, i)
		}
	}
}

func TestRun(t *testing.T) {
	for _, processors := range []int{1, 2, 5} {
		withProcessors(t, processors)
		for _, n := range []int{0, 1, 2, 3, 1000} {
			for range 50 {
				checkRun(t, n)
			}
		}
	}
}

func TestRunAfterSleep(t *testing.T) {
	withProcessors(t, 3)
	for range 20 {
		checkRun(t, 3)
		time.Sleep(3 * patience)
	}
}

// TestRunWithoutHelp has pieces of very different lengths.
func TestRunWithoutHelp(t *testing.T) {
	withProcessors(t, 2)
	for slow := range 4 {
		Run(4, func(i int) {
			if i == slow {
				time.Sleep(5 * patience)
			}
		})
	}
}

func TestRunsOverlap(t *testing.T) {
	withProcessors(t, 3)
	var callers sync.WaitGroup
	for range 4 {
		callers.Go(func() {
			for range 200 {
				checkRun(t, 7)
			}
		})
	}
	callers.Wait()
}

func TestRunsNest(t *testing.T) {
	withProcessors(t, 2)
	var inner atomic.Int32
	Run(10, func(int) { Run(10, func(int) { inner.Add(1) }) })
	if got := inner.Load(); got != 100 {
		t.Errorf("got %d inner calls, want 100", got)
	}
}

func TestRanges(t *testing.T) {
	withProcessors(t, 2)
	for _, n := range []int{0, 1, 9, 10, 11, 100} {
		calls := make([]atomic.Int32, n)
		Ranges(n, 10, func(from, to int) {
			if to-from > 10 {
				t.Errorf("n %d: got a range %d..%d, want at most 10 long", n, from, to)
			}
			for i := from; i < to; i++ {
				calls[i].Add(1)
			}
		})
		for i := range calls {
			if got := calls[i].Load(); got != 1 {
				t.Errorf("n %d: got %d calls for %d, want 1", n, got, i)
			}
		}
	}
}
