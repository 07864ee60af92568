package serve

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// keptBytes is the size up to which the bytes of a file are kept in memory. Larger files
// are sent by the system, from the file to the connection (sendfile).
const keptBytes = 32 << 10

// fields are headers as net/http keeps them, to be set without allocating: canonical
// names, and values that all answers share.
type fields []struct {
	name   string
	values []string
}

// fieldsOf returns headers as fields.
func fieldsOf(headers []Header) fields {
	all := make(fields, len(headers))
	for i, h := range headers {
		all[i].name, all[i].values = http.CanonicalHeaderKey(h.Name), []string{h.Value}
	}
	return all
}

// set sets the fields in a header.
func (f fields) set(header http.Header) {
	for _, field := range f {
		header[field.name] = field.values
	}
}

// A formName names a form of a file: the file, below the site's folder, and its encoding.
type formName struct{ file, encoding string }

// path returns the path of the form's own file, below the site's folder.
func (n formName) path() string { return n.file + extension(n.encoding) }

// A form is a file of the site in one encoding, with what its answers need.
type form struct {
	path   string       // of the file, as the system knows it
	info   fs.FileInfo  // of the file when all this was made
	fields fields       // of an answer with the whole file
	data   []byte       // of a file of at most keptBytes; nil: a larger one
	looked atomic.Int64 // at the file, in nanoseconds since 1970
}

// forms holds the forms that were asked for, which are as many as the site's files at most.
type forms struct {
	mu  sync.RWMutex
	all map[formName]*form
}

// get returns what is known of a form; nil: nothing.
func (f *forms) get(name formName) *form {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.all[name]
}

// put keeps a form.
func (f *forms) put(name formName, known *form) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.all == nil {
		f.all = map[formName]*form{}
	}
	f.all[name] = known
}

// serveForm answers with a form of a file and reports whether there is one.
func (o *opened) serveForm(w http.ResponseWriter, r *http.Request, name formName) bool {
	known := o.forms.get(name)
	if known != nil && known.data != nil && known.isCurrent() {
		known.answer(w, r, nil)
		return true
	}
	file, info := o.file(name.path())
	if file == nil {
		return false
	}
	defer file.Close()
	if known == nil || !same(known.info, info) {
		var err error
		if known, err = o.prepare(name, file, info); err != nil {
			http.Error(w, "the file cannot be read", http.StatusInternalServerError)
			return true
		}
		o.forms.put(name, known)
	}
	known.answer(w, r, file)
	return true
}

// prepare returns the form that an open file is, its bytes read where they are to be kept.
func (o *opened) prepare(name formName, file *os.File, info fs.FileInfo) (*form, error) {
	known := &form{path: filepath.Join(o.dir, filepath.FromSlash(name.path())), info: info}
	headers := []Header{
		{"Vary", "Accept-Encoding"},
		{"Content-Type", ContentTypes[path.Ext(name.file)]},
		{"Cache-Control", cacheControl(name.file)},
		{"ETag", tag(info)},
		{"Content-Length", strconv.FormatInt(info.Size(), 10)},
	}
	if name.encoding != "" {
		headers = append(headers, Header{"Content-Encoding", name.encoding})
	}
	known.fields = fieldsOf(append(headers, o.ofPage(name.file)...))
	if info.Size() > keptBytes {
		return known, nil
	}
	data := make([]byte, info.Size())
	_, err := io.ReadFull(file, data)
	known.data = data
	return known, err
}

// isCurrent reports whether the form's file has stayed as it was.
func (f *form) isCurrent() bool {
	now := time.Now().UnixNano()
	if now-f.looked.Load() <= int64(trusted) {
		return true
	}
	info, err := os.Stat(f.path)
	if err != nil || !same(f.info, info) {
		return false
	}
	f.looked.Store(now)
	return true
}

// answer answers with the form, from file where its bytes are not kept.
func (f *form) answer(w http.ResponseWriter, r *http.Request, file io.ReadSeeker) {
	f.fields.set(w.Header())
	if f.data != nil {
		if isForAll(r) {
			writeWhole(w, r, f.data)
			return
		}
		file = bytes.NewReader(f.data)
	}
	if w.Header()["Content-Encoding"] != nil {
		r.Header.Del("Range") // of the file itself, not of this form
	} else {
		w.Header().Del("Content-Length") // ServeContent knows that of a range
	}
	http.ServeContent(w, r, "", time.Time{}, file)
}

// isForAll reports whether a request asks for a whole file, whatever the client has.
func isForAll(r *http.Request) bool {
	if r.Method != http.MethodGet {
		return false
	}
	for _, name := range []string{"Range", "If-None-Match", "If-Match"} {
		if r.Header[name] != nil {
			return false
		}
	}
	return true
}

// same reports whether a file has stayed as it was.
func same(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) && os.SameFile(a, b)
}

// tag returns the ETag of a file, which differs between its forms and after a change.
func tag(info fs.FileInfo) string {
	return fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size())
}
