// Package throttle makes a server answer as over a slow line, for measurements: a
// browser's own emulation does not cover what workers fetch.
package throttle

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// packet is how many bytes an answer sends before another one may, if both are under way.
const packet = 4096

// A Line lets a number of bytes per second pass, those of all answers together. Each
// answer begins after the latency. Heads of answers and all requests count as nothing.
type Line struct {
	BytesPerSecond float64
	Latency        time.Duration

	mu   sync.Mutex
	free time.Time // when what has been sent is through
}

// Mobile returns a good mobile line: 10 Mbit/s and 40 ms.
func Mobile() *Line { return &Line{BytesPerSecond: 10e6 / 8, Latency: 40 * time.Millisecond} }

// SlowPhone returns the line of Lighthouse's phone: 1.6 Mbit/s and 150 ms.
func SlowPhone() *Line { return &Line{BytesPerSecond: 1.6e6 / 8, Latency: 150 * time.Millisecond} }

// Handler returns a handler that answers as h does, over the line.
func (l *Line) Handler(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now().Add(l.Latency)
		time.Sleep(l.Latency)
		h.ServeHTTP(&writer{ResponseWriter: w, line: l, ready: begin}, r)
	})
}

// pass takes bytes that could be sent from a time on and returns when they are through.
func (l *Line) pass(ready time.Time, bytes int) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.free.Before(ready) {
		l.free = ready
	}
	l.free = l.free.Add(time.Duration(float64(bytes) / l.BytesPerSecond * float64(time.Second)))
	return l.free
}

// A writer is an answer on its way through a line. All of the answer counts as ready from
// its beginning, so that what a timer or a handler is late at one packet is made up at the
// next ones.
type writer struct {
	http.ResponseWriter
	line  *Line
	ready time.Time // when the next packet could be sent
}

func (w *writer) Write(data []byte) (n int, err error) {
	for p := range slices.Chunk(data, packet) {
		w.ready = w.line.pass(w.ready, len(p))
		time.Sleep(time.Until(w.ready))
		sent, err := w.ResponseWriter.Write(p)
		if n += sent; err != nil {
			return n, err
		}
	}
	return n, nil
}
