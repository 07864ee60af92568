package serve

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// A joinedConn is a connection that can send several writes as one. net/http writes the
// head of an answer with as much of its body as fits into 4 kB, and the rest apart: two
// calls of the system where one does.
type joinedConn struct {
	*net.TCPConn         // with its ReadFrom, which sends files
	held         *[]byte // what was written since writes are joined; nil: they are not
}

// buffers holds what connections have held.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// Write writes data, or holds it while writes are joined.
func (c *joinedConn) Write(data []byte) (int, error) {
	if c.held == nil {
		return c.TCPConn.Write(data)
	}
	*c.held = append(*c.held, data...)
	return len(data), nil
}

// join holds what is written from now on.
func (c *joinedConn) join() { c.held = buffers.Get().(*[]byte) }

// send writes what is held and joins no more. A connection that did not take all of it
// is closed: nothing else may follow.
func (c *joinedConn) send() {
	if _, err := c.TCPConn.Write(*c.held); err != nil {
		c.Close()
	}
	*c.held = (*c.held)[:0]
	buffers.Put(c.held)
	c.held = nil
}

// A joinedListener makes its connections able to join writes.
type joinedListener struct{ net.Listener }

// Accept returns the next connection.
func (l joinedListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok {
		return &joinedConn{TCPConn: tcp}, err
	}
	return c, err
}

// connKey is the key of a request's connection in its context.
type connKey struct{}

// withConn is the ConnContext of servers whose handlers join writes.
func withConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

// writeWhole writes the whole body of an answer, with its head in one write where the
// request's connection can.
func writeWhole(w http.ResponseWriter, r *http.Request, body []byte) {
	c, ok := r.Context().Value(connKey{}).(*joinedConn)
	if !ok {
		w.Write(body)
		return
	}
	c.join()
	w.Write(body)
	http.NewResponseController(w).Flush()
	c.send()
}
