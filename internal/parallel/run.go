package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// patience is how long a goroutine looks for work, or for the end of others' work, before it
// sleeps. To wake one takes some microseconds, as much as many a piece of a training step.
const patience = 200 * time.Microsecond

// looks is how often it looks between two readings of the clock.
const looks = 32

// job is one call of Run.
type job struct {
	run      func(i int)
	n        int64
	next     atomic.Int64  // the first piece that nobody has begun
	left     atomic.Int64  // pieces that have not ended
	finished chan struct{} // closed when none is left
}

// helpers are goroutines that live on from call to call.
var helpers struct {
	newest atomic.Pointer[job]
	asleep atomic.Int32
	wake   chan struct{}
	grow   sync.Mutex
	count  int // guarded by grow
}

func init() { helpers.wake = make(chan struct{}, runtime.NumCPU()) }

// Run calls run with 0..n-1, on as many processors as there are, and returns when all are
// done. It is made for short pieces, one call after the other: its goroutines stay awake for
// a moment. Calls may overlap or nest.
func Run(n int, run func(i int)) {
	wanted := min(runtime.GOMAXPROCS(0), n) - 1
	if wanted < 1 {
		for i := range n {
			run(i)
		}
		return
	}
	employ(wanted)
	j := &job{run: run, n: int64(n), finished: make(chan struct{})}
	j.left.Store(int64(n))
	helpers.newest.Store(j)
	for range min(wanted, int(helpers.asleep.Load())) {
		select {
		case helpers.wake <- struct{}{}:
		default: // enough are waking up
		}
	}
	j.work()
	j.wait()
}

// Ranges calls run, as Run does, for the ranges from <= i < to of this size, the last perhaps
// smaller, that 0..n-1 falls into.
func Ranges(n, size int, run func(from, to int)) {
	Run((n+size-1)/size, func(i int) { run(i*size, min((i+1)*size, n)) })
}

// employ sees to it that there are this many helpers.
func employ(wanted int) {
	helpers.grow.Lock()
	defer helpers.grow.Unlock()
	for ; helpers.count < wanted; helpers.count++ {
		go func() {
			for j := await(nil); ; j = await(j) {
				j.work()
			}
		}()
	}
}

// await returns the newest job once it is another than done.
func await(done *job) *job {
	for {
		if isSoon(func() bool { return helpers.newest.Load() != done }) {
			return helpers.newest.Load()
		}
		helpers.asleep.Add(1)
		if helpers.newest.Load() == done {
			<-helpers.wake
		}
		helpers.asleep.Add(-1)
	}
}

// work does pieces until none is left to begin.
func (j *job) work() {
	for i := j.next.Add(1) - 1; i < j.n; i = j.next.Add(1) - 1 {
		j.run(int(i))
		if j.left.Add(-1) == 0 {
			close(j.finished)
		}
	}
}

// wait returns when all pieces are done.
func (j *job) wait() {
	if !isSoon(func() bool { return j.left.Load() == 0 }) {
		<-j.finished
	}
}

// isSoon looks until something is so, or patience ends.
func isSoon(so func() bool) bool {
	for start := time.Now(); ; {
		for range looks {
			if so() {
				return true
			}
		}
		if time.Since(start) > patience {
			return false
		}
	}
}
