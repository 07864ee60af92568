// Package serve answers requests for the files of a finished site, and for no other
// files. It sends them compressed if the client accepts that.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net"
	"net/http"
	"os"
	"path"
	"regexp"
	"runtime/debug"
	"syscall"
	"time"
)

// ContentTypes holds the types of the files of a site, by extension; a site has no
// other kinds of files.
var ContentTypes = map[string]string{
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".json":        "application/json",
	".near":        "application/octet-stream",
	".map":         "application/json",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".ico":         "image/x-icon",
	".webp":        "image/webp",
	".woff2":       "font/woff2",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".ink":         "application/octet-stream",
}

// Serves reports whether a file of this name is sent to browsers. Others, such as
// _headers, are for hosts.
func Serves(name string) bool {
	_, ok := ContentTypes[path.Ext(name)]
	return ok
}

// PageName is the file that a folder's address stands for.
const PageName = "index.html"

// ServiceWorkerName is the page's service worker.
const ServiceWorkerName = "sw.js"

// HashedName matches a name that carries a content hash: main-ABCD2345.js.
var HashedName = regexp.MustCompile(`-[A-Z2-7]{8}\.[a-z0-9.]+$`)

// How long a browser may keep a file: for ever where the name carries a content
// hash, else it asks each time whether the file is still the same.
const (
	CacheForever = "public, max-age=31536000, immutable"
	cacheAsk     = "no-cache"
)

// cacheControl returns the Cache-Control header, which says how long a browser may
// keep the file.
func cacheControl(name string) string {
	if HashedName.MatchString(name) {
		return CacheForever
	}
	return cacheAsk
}

// IsFile reports whether name is a regular file of site.
func IsFile(site fs.FS, name string) bool {
	info, err := fs.Stat(site, name)
	return err == nil && info.Mode().IsRegular()
}

// Limits of a connection. A browser sends headers of about 1 kB.
const (
	headerTime  = 10 * time.Second // for the headers of a request
	idleTime    = 60 * time.Second // between two requests
	stallTime   = 30 * time.Second // for a block of an answer
	headerBytes = 16 << 10         // of the headers of a request
	blockBytes  = 32 << 10         // of a block
)

// garbage is how much a server of a site may allocate before it collects, in per cent of
// what it holds, which is a few MB: 20 % of its time went into collecting at Go's 100.
const garbage = 400

// Site serves the site in dir, as [Serve] and [NewFolder] say, in a program that does
// nothing else meanwhile.
func Site(ctx context.Context, l net.Listener, dir, ancestors string, stdout io.Writer) error {
	defer debug.SetGCPercent(debug.SetGCPercent(garbage))
	return Serve(ctx, l, NewFolder(dir, ancestors), stdout)
}

// Serve answers on l until ctx ends, and prints the address to open.
func Serve(ctx context.Context, l net.Listener, h http.Handler, stdout io.Writer) error {
	server := newServer(ctx, h)
	fmt.Fprintf(stdout, "http://%s/  (Ctrl-C stops)\n", l.Addr())
	done := make(chan error, 1)
	go func() { done <- server.Serve(joinedListener{l}) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if server.Shutdown(grace) != nil {
		server.Close()
	}
	return nil
}

// newServer returns the server of [Serve]. It ends connections whose client sends or
// takes nothing for a while, so that slow ones hold no memory for long.
func newServer(ctx context.Context, h http.Handler) *http.Server {
	return &http.Server{
		Handler:           steady{h, stallTime},
		ReadHeaderTimeout: headerTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerBytes - 4096, // net/http adds 4096
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnContext:       withConn,
	}
}

// steady passes on answers in blocks, of which each must be taken within stall.
type steady struct {
	http.Handler
	stall time.Duration
}

// ServeHTTP answers with the handler's answer, block by block.
func (s steady) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	blocks := &blockWriter{w, http.NewResponseController(w), s.stall}
	s.Handler.ServeHTTP(blocks, r)
	blocks.renew() // for what net/http still holds
}

// A blockWriter renews the connection's deadline with each block.
type blockWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
}

// renew gives the client time for another block. Connections without deadlines, as in
// tests, go on without.
func (b *blockWriter) renew() { b.control.SetWriteDeadline(time.Now().Add(b.stall)) }

// Write writes data in blocks.
func (b *blockWriter) Write(data []byte) (n int, err error) {
	for n < len(data) && err == nil {
		var wrote int
		b.renew()
		wrote, err = b.ResponseWriter.Write(data[n:min(len(data), n+blockBytes)])
		n += wrote
	}
	return n, err
}

// ReadFrom writes what src holds in blocks, which the system sends where src is a file:
// net hands a file over to sendfile by itself or within one io.LimitedReader.
func (b *blockWriter) ReadFrom(src io.Reader) (n int64, err error) {
	left := int64(math.MaxInt64)
	if limited, ok := src.(*io.LimitedReader); ok {
		src, left = limited.R, limited.N
	}
	for left > 0 && err == nil {
		b.renew()
		var wrote int64
		wrote, err = io.CopyN(b.ResponseWriter, src, min(left, blockBytes))
		n, left = n+wrote, left-wrote
	}
	if err == io.EOF {
		err = nil
	}
	return n, err
}

// Unwrap returns the writer of the connection.
func (b *blockWriter) Unwrap() http.ResponseWriter { return b.ResponseWriter }

// Listen opens addr, host:port. If the port is taken, the error says what to do, and
// names the flag or setting that chooses another one.
func Listen(addr, choose string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("serve: %s is in use by another program (another inkling?); stop that one, "+
			"or choose another port: %s", addr, choose)
	}
	if err != nil {
		return nil, fmt.Errorf("serve: %w: %w", ErrAddress, err)
	}
	return l, nil
}

// ErrAddress says that nothing can listen at an address.
var ErrAddress = errors.New("not an address to serve at")

// Check returns an error unless dir holds a site.
func Check(dir string) error {
	if _, err := os.Stat(path.Join(dir, PageName)); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
