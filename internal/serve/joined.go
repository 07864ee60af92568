package serve

import (
	"context"
	"net"
	"net/http"
)

// A joinedConn is a connection that can send several writes as one. net/http writes the
// head of an answer with as much of its body as fits into 4 kB, and the rest apart: two
// calls of the system where one does.
type joinedConn struct {
	*net.TCPConn // with its ReadFrom, which sends files
	joins        bool
	held         []byte // what was written since joins was set
}

// Write writes data, or holds it while writes are joined.
func (c *joinedConn) Write(data []byte) (int, error) {
	if !c.joins {
		return c.TCPConn.Write(data)
	}
	c.held = append(c.held, data...)
	return len(data), nil
}

// send writes what is held and joins no more.
func (c *joinedConn) send() error {
	_, err := c.TCPConn.Write(c.held)
	c.joins, c.held = false, c.held[:0]
	return err
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
	c.joins = true
	w.Write(body)
	http.NewResponseController(w).Flush()
	c.send()
}
