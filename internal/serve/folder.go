package serve

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Folder serves the site in a folder: its files alone, never a listing. The site may
// be replaced at any time.
type Folder struct {
	dir       string
	ancestors string

	mu  sync.Mutex
	now *opened
}

// opened is a site's folder, with what its answers share. It closes when the last
// request that uses it has ended.
type opened struct {
	root    *os.Root
	info    fs.FileInfo // of the folder
	page    fs.FileInfo // of index.html; nil: there is none
	headers []Header
	users   int  // requests under way
	stale   bool // replaced by another
}

// NewFolder returns a Folder for dir. ancestors are the sites that may show the page
// in a frame, see [Headers].
func NewFolder(dir, ancestors string) *Folder { return &Folder{dir: dir, ancestors: ancestors} }

// ServeHTTP answers GET and HEAD.
func (f *Folder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	site, err := f.use()
	if err != nil {
		http.Error(w, "no site here; make dist builds it, inkling site makes one", http.StatusServiceUnavailable)
		return
	}
	defer f.release(site)
	for _, h := range site.headers {
		w.Header().Set(h.Name, h.Value)
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = PageName
	}
	if !site.serveFile(w, r, name) {
		http.Error(w, "404 page not found", http.StatusNotFound)
	}
}

// use returns the site as it lies in the folder now. release must follow.
func (f *Folder) use() (*opened, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	info, err := os.Stat(f.dir)
	if err != nil {
		return nil, err
	}
	page, _ := os.Stat(path.Join(f.dir, PageName))
	if f.now == nil || !os.SameFile(f.now.info, info) || !same(f.now.page, page) {
		fresh, err := open(f.dir, info, page, f.ancestors)
		if err != nil {
			return nil, err
		}
		if f.now != nil {
			f.now.stale = true
			f.now.closeUnused()
		}
		f.now = fresh
	}
	f.now.users++
	return f.now, nil
}

// release ends the use of a site.
func (f *Folder) release(site *opened) {
	f.mu.Lock()
	defer f.mu.Unlock()
	site.users--
	site.closeUnused()
}

// closeUnused closes a site that was replaced and that nothing uses any more.
func (o *opened) closeUnused() {
	if o.stale && o.users == 0 {
		o.root.Close()
	}
}

// open opens a site's folder.
func open(dir string, info, page fs.FileInfo, ancestors string) (*opened, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	html, err := fs.ReadFile(root.FS(), PageName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		root.Close()
		return nil, err
	}
	return &opened{root: root, info: info, page: page, headers: Headers(html, ancestors)}, nil
}

// same reports whether a file has stayed as it was.
func same(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// serveFile answers with a file in the best form that the client takes, and reports
// whether there is one. Files beside it in other encodings are forms of it and cannot
// be asked for by their own addresses.
func (o *opened) serveFile(w http.ResponseWriter, r *http.Request, name string) bool {
	contentType, ok := ContentTypes[path.Ext(name)]
	if !ok || !fs.ValidPath(name) {
		return false
	}
	header := w.Header()
	header.Set("Vary", "Accept-Encoding")
	for _, encoding := range choices(r.Header.Get("Accept-Encoding"), encodingNames) {
		file, info := o.file(name + extension(encoding))
		if file == nil {
			continue
		}
		defer file.Close()
		header.Set("Content-Type", contentType)
		header.Set("Cache-Control", cacheControl(name))
		header.Set("ETag", tag(info))
		if encoding != "" {
			header.Set("Content-Encoding", encoding)
			r.Header.Del("Range")
			header.Set("Content-Length", strconv.FormatInt(info.Size(), 10))
		}
		http.ServeContent(w, r, "", time.Time{}, file)
		return true
	}
	file, _ := o.file(name)
	if file == nil {
		return false
	}
	file.Close()
	http.Error(w, "none of the accepted encodings is to be had", http.StatusNotAcceptable)
	return true
}

// file opens a regular file of the site; nil: there is none.
func (o *opened) file(name string) (*os.File, fs.FileInfo) {
	file, err := o.root.Open(name)
	if err != nil {
		return nil, nil
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		file.Close()
		return nil, nil
	}
	return file, info
}

// tag returns the ETag of a file, which differs between its forms and after a change.
func tag(info fs.FileInfo) string {
	return fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size())
}
