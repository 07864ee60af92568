package serve

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// trusted is how long a file, once looked at, counts as unchanged. A site that has been
// replaced is served at once, as people see it, and a thousand requests look at it once.
const trusted = 5 * time.Millisecond

// A Folder serves the site in a folder: its files alone, never a listing. The site may
// be replaced at any time.
type Folder struct {
	dir       string
	page      string // the path of index.html
	ancestors string

	mu     sync.Mutex
	now    *opened
	looked time.Time // at index.html
}

// opened is a site's folder, with what its answers share. It closes when the last
// request that uses it has ended.
type opened struct {
	dir     string
	root    *os.Root
	page    fs.FileInfo                // of index.html; nil: there is none
	headers fields                     // of every answer
	ofPage  func(name string) []Header // of a file's, see [PageHeaders]
	forms   forms
	users   int  // requests under way
	stale   bool // replaced by another
}

// NewFolder returns a Folder for dir. ancestors are the sites that may show the page
// in a frame, see [Headers].
func NewFolder(dir, ancestors string) *Folder {
	return &Folder{dir: dir, page: filepath.Join(dir, PageName), ancestors: ancestors}
}

// ServeHTTP answers GET and HEAD.
func (f *Folder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	site, err := f.use()
	if err != nil {
		http.Error(w, "no site here; make dist builds it, inkling site makes one", http.StatusServiceUnavailable)
		return
	}
	defer f.release(site)
	site.headers.set(w.Header())
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

// use returns the site as it lies in the folder now: another one where index.html is
// another. release must follow.
func (f *Folder) use() (*opened, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now == nil || time.Since(f.looked) > trusted {
		if err := f.look(); err != nil {
			return nil, err
		}
	}
	f.now.users++
	return f.now, nil
}

// look opens the folder unless the same site is open. The caller holds the lock.
func (f *Folder) look() error {
	page, _ := os.Stat(f.page)
	if f.now == nil || page == nil || !same(f.now.page, page) {
		fresh, err := open(f.dir, page, f.ancestors)
		if err != nil {
			return err
		}
		if f.now != nil {
			f.now.stale = true
			f.now.closeUnused()
		}
		f.now = fresh
	}
	f.looked = time.Now()
	return nil
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
func open(dir string, page fs.FileInfo, ancestors string) (*opened, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	html, err := fs.ReadFile(root.FS(), PageName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		root.Close()
		return nil, err
	}
	ofPage := func(name string) []Header { return PageHeaders(name, html, ancestors) }
	return &opened{dir: dir, root: root, page: page, headers: fieldsOf(Headers(ancestors)), ofPage: ofPage}, nil
}

// serveFile answers with a file in the best form that the client takes, and reports
// whether there is one. Files beside it in other encodings are forms of it and cannot
// be asked for by their own addresses.
func (o *opened) serveFile(w http.ResponseWriter, r *http.Request, name string) bool {
	if _, ok := ContentTypes[path.Ext(name)]; !ok || !fs.ValidPath(name) {
		return false
	}
	for _, encoding := range choices(r.Header.Get("Accept-Encoding"), encodingNames) {
		if o.serveForm(w, r, formName{name, encoding}) {
			return true
		}
	}
	file, _ := o.file(name)
	if file == nil {
		return false
	}
	file.Close()
	w.Header().Set("Vary", "Accept-Encoding")
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
