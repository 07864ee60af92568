// Package serve answers requests for the files of a finished site, and for no other
// files. It sends them compressed if the client accepts that.
package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ContentTypes holds the types of the files of a site, by extension; a site has no
// other kinds of files.
var ContentTypes = map[string]string{
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

// PageName is the file that a folder's address stands for.
const PageName = "index.html"

// HashedName matches a name that carries a content hash: main-ABCD2345.js.
var HashedName = regexp.MustCompile(`-[A-Z2-7]{8}\.[a-z0-9.]+$`)

// How long a browser may keep a file: for ever where the name carries a content
// hash, else it asks each time whether the file is still the same.
const (
	cacheForever = "public, max-age=31536000, immutable"
	cacheAsk     = "no-cache"
)

// Folder is the path of a folder that holds a finished site. It serves only the files
// of the site, never a listing of a folder.
type Folder string

// ServeHTTP answers GET and HEAD.
func (dir Folder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	root, err := os.OpenRoot(string(dir))
	if err != nil {
		http.Error(w, "no site here; make dist builds it", http.StatusServiceUnavailable)
		return
	}
	defer root.Close()
	serveFile(w, r, root.FS())
}

// serveFile answers with the file that the address names. Files beside it in other
// encodings are forms of it and cannot be asked for by their own addresses.
func serveFile(w http.ResponseWriter, r *http.Request, site fs.FS) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = PageName
	}
	contentType, ok := ContentTypes[path.Ext(name)]
	if !ok || !fs.ValidPath(name) || !IsFile(site, name) {
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

// cacheControl returns the Cache-Control header, which says how long a browser may
// keep the file.
func cacheControl(name string) string {
	if HashedName.MatchString(name) {
		return cacheForever
	}
	return cacheAsk
}

// IsFile reports whether name is a regular file of site.
func IsFile(site fs.FS, name string) bool {
	info, err := fs.Stat(site, name)
	return err == nil && info.Mode().IsRegular()
}

// forms returns the names of the encodings in which site holds the file.
func forms(site fs.FS, name string) []string {
	var all []string
	for _, e := range Encodings {
		if IsFile(site, name+e.Ext) {
			all = append(all, e.Name)
		}
	}
	return all
}

// extension returns the extension of the files of an encoding; "" is no encoding.
func extension(encodingName string) string {
	for _, e := range Encodings {
		if e.Name == encodingName {
			return e.Ext
		}
	}
	return ""
}

// Serve answers on l until ctx ends, and prints the address to open.
func Serve(ctx context.Context, l net.Listener, h http.Handler, stdout io.Writer) error {
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
