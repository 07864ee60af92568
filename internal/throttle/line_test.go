package throttle

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// late is an answer whose every write takes a while, as where timers fire late.
type late struct {
	http.ResponseWriter
	by time.Duration
}

func (w late) Write(data []byte) (int, error) {
	time.Sleep(w.by)
	return w.ResponseWriter.Write(data)
}

// A line takes as long as its bytes and its latency say, whoever is late on the way and
// however many answers share it.
func TestHandler(t *testing.T) {
	const ms = time.Millisecond
	tests := []struct {
		name    string
		answers []int // bytes
		late    time.Duration
		want    time.Duration
	}{
		{"nothing", []int{0}, 0, 40 * ms},
		{"one byte less than two packets", []int{2*packet - 1}, 0, 40*ms + 6552*time.Microsecond},
		{"a binary", []int{433_000}, 0, 40*ms + 346_400*time.Microsecond},
		{"a binary with late writes", []int{433_000}, 2 * ms, 40*ms + 346_400*time.Microsecond},
		{"five answers at once", []int{100_000, 100_000, 100_000, 100_000, 33_000}, 2 * ms, 40*ms + 346_400*time.Microsecond},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				line, begin := Mobile(), time.Now()
				var all sync.WaitGroup
				for _, bytes := range test.answers {
					answer := line.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, bytes)) }))
					all.Go(func() { answer.ServeHTTP(late{httptest.NewRecorder(), test.late}, nil) })
				}
				all.Wait()
				if took := time.Since(begin); took < test.want || took > test.want+test.late+ms {
					t.Errorf("got %v, want %v and at most %v more", took, test.want, test.late+ms)
				}
			})
		})
	}
}
