package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// contentTypes of what a site holds; a site has no other kinds of files.
var contentTypes = map[string]string{
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".json":        "application/json",
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

// How long a browser may keep a file: for ever where the name carries a content
// hash, else it asks each time whether the file is still the same.
const (
	cacheForever = "public, max-age=31536000, immutable"
	cacheAsk     = "no-cache"
)

// siteHandler serves the finished site in a folder: only its files, compressed
// where the client takes that, never a folder's listing.
type siteHandler struct{ dir string }

func (h siteHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	root, err := os.OpenRoot(h.dir)
	if err != nil {
		http.Error(w, "no site here; make dist builds it", http.StatusServiceUnavailable)
		return
	}
	defer root.Close()
	serveFile(w, r, root.FS())
}

// serveFile answers with the file that the address names. Files beside it in
// other encodings are its forms, and no addresses of their own.
func serveFile(w http.ResponseWriter, r *http.Request, site fs.FS) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = pageName
	}
	contentType, ok := contentTypes[path.Ext(name)]
	if !ok || !fs.ValidPath(name) || !isFile(site, name) {
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	}
	header := w.Header()
	header.Set("Vary", "Accept-Encoding")
	chosen := choices(r.Header.Get("Accept-Encoding"), forms(site, name))
	if len(chosen) == 0 {
		http.Error(w, "none of the accepted encodings is to be had", http.StatusNotAcceptable)
		return
	}
	data, err := fs.ReadFile(site, name+extension(chosen[0]))
	if err != nil {
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	}
	header.Set("Content-Type", contentType)
	header.Set("Cache-Control", cacheControl(name))
	sum := sha256.Sum256(data)
	header.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	if chosen[0] != "" {
		header.Set("Content-Encoding", chosen[0])
		r.Header.Del("Range")
		header.Set("Content-Length", strconv.Itoa(len(data)))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// cacheControl says how long a browser may keep the file.
func cacheControl(name string) string {
	if hashedName.MatchString(name) {
		return cacheForever
	}
	return cacheAsk
}

// isFile reports whether name is a regular file of site.
func isFile(site fs.FS, name string) bool {
	info, err := fs.Stat(site, name)
	return err == nil && info.Mode().IsRegular()
}

// forms are the encodings in which site holds the file.
func forms(site fs.FS, name string) []string {
	var all []string
	for _, e := range encodings {
		if isFile(site, name+e.ext) {
			all = append(all, e.name)
		}
	}
	return all
}

// extension is what the files of an encoding end in; "" is no encoding.
func extension(encodingName string) string {
	for _, e := range encodings {
		if e.name == encodingName {
			return e.ext
		}
	}
	return ""
}

// listen opens addr, and says what to do when it is taken.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("serve: %s is in use by another program (another inkling?); stop that one, or choose another port: make ADDR=127.0.0.1:8081", addr)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: serve: %w", errUsage, err)
	}
	return l, nil
}

// runServe serves the site until ctx ends. The port is taken before anything is
// built, so that a taken one shows at once.
func runServe(ctx context.Context, s settings, stdout, stderr io.Writer) error {
	l, err := listen(s.addr)
	if err != nil {
		return err
	}
	defer l.Close()
	if s.watch {
		return serveWatch(ctx, s, l, stdout, stderr)
	}
	if s.build {
		if err := runDist(ctx, s, stderr); err != nil {
			return err
		}
	}
	if _, err := os.Stat(path.Join(s.out, pageName)); err != nil {
		return fmt.Errorf("serve: %w; make dist builds the site", err)
	}
	return serve(ctx, l, siteHandler{s.out}, stdout)
}

// serve answers on l until ctx ends, and prints the address to open.
func serve(ctx context.Context, l net.Listener, h http.Handler, stdout io.Writer) error {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	fmt.Fprintf(stdout, "http://%s/  (Ctrl-C stops)\n", l.Addr())
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
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
