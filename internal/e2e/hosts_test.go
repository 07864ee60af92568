package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"

	"path/filepath"
	"strings"
	"testing"

	server "github.com/seed-c844a918/inkling/internal/serve"
)

// A host serves the files of dist/ in its own way.
type host struct {
	name    string
	folder  string // where the site lies; "": at the root
	handler func(dir string) http.Handler
	scripts []string // that run before the page's own
	trouble string   // what the browser's console may say
}

// hosts are the ways in which static hosts differ. All of them serve the same dist/.
var hosts = []host{
	{name: "br by Accept-Encoding", handler: func(dir string) http.Handler { return server.NewFolder(dir, "") }},
	{name: "gzip by type, as GitHub Pages", handler: answerAs(file{gzipTypes: true})},
	{name: "nothing compressed", handler: answerAs(file{})},
	{name: "gz decoded by the host", handler: answerAs(file{gzNamed: true})},
	{name: "compressed bytes under the plain name", handler: answerAs(file{gzInPlace: true})},
	{name: "wrong types", handler: answerAs(file{types: map[string]string{
		".wasm": "application/octet-stream", ".ink": "text/plain", ".js": "text/plain",
	}}), trouble: "text/plain"},
	{name: "a folder of a host", folder: "/people/ada/inkling/", handler: answerAs(file{})},
	{name: "a page with 200 for what is missing", handler: answerAs(file{noForms: true, pageFor404: true})},
	{name: "a strict policy", handler: answerAs(file{headers: map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
			"connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'",
		"X-Content-Type-Options": "nosniff",
	}})},
}

// A file says how a host answers for one.
type file struct {
	types      map[string]string // other content types, by extension
	headers    map[string]string
	gzipTypes  bool // texts and wasm come with Content-Encoding: gzip
	gzNamed    bool // FILE.gz comes with Content-Encoding: gzip
	gzInPlace  bool // wasm and ink are gzip, without a word
	noForms    bool // there is neither FILE.gz nor FILE.br
	pageFor404 bool // index.html comes for what is missing
}

// answerAs returns what makes a host that answers so.
func answerAs(how file) func(dir string) http.Handler {
	return func(dir string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { how.answer(w, dir, r.URL.Path) })
	}
}

// answer answers with a file of dir.
func (f file) answer(w http.ResponseWriter, dir, name string) {
	if strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	ext := filepath.Ext(name)
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if form := ext == ".gz" || ext == ".br"; err != nil || f.noForms && form {
		if !f.pageFor404 {
			http.NotFound(w, nil)
			return
		}
		name, ext = "index.html", ".html"
		data, _ = os.ReadFile(filepath.Join(dir, name))
	}
	kind, ok := f.types[ext]
	if !ok {
		kind = server.ContentTypes[ext]
	}
	packed, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)) + ".gz")
	isBinary := ext == ".wasm" || ext == ".ink"
	switch {
	case f.gzipTypes && err == nil && ext != ".ink", f.gzInPlace && err == nil && isBinary:
		data = packed
	}
	if f.gzipTypes && err == nil && ext != ".ink" || f.gzNamed && ext == ".gz" {
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.Header().Set("Content-Type", kind)
	for name, value := range f.headers {
		w.Header().Set(name, value)
	}
	w.Write(data)
}

// start starts the host and returns its site.
func (h host) start(t *testing.T, dir string) *site {
	t.Helper()
	folder := h.folder
	if folder == "" {
		folder = "/"
	}
	listening := httptest.NewServer(http.StripPrefix(strings.TrimSuffix(folder, "/"), h.handler(dir)))
	t.Cleanup(listening.Close)
	return &site{server: listening, folder: folder}
}

// distFolder returns the folder of the finished site.
func distFolder(t *testing.T) string {
	t.Helper()
	get(t, finishedSite)
	return filepath.Join(workDir, "dist")
}

// One dist/ answers a drawing on each of these hosts.
func TestHosts(t *testing.T) {
	dir := distFolder(t)
	for _, h := range hosts {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			p := newPage(t, h.start(t, dir), h.scripts...)
			if h.trouble != "" {
				p.expectTrouble(h.trouble)
			}
			p.visit("")
			p.answersSeven()
		})
	}
}

// answersSeven waits for the page and draws a 7.
func (p *page) answersSeven() {
	p.t.Helper()
	p.waitState("ready")
	p.draw(seven)
	if got := p.waitFinal(1); got.Label != "7" {
		p.t.Errorf("a drawn 7: got %q", got.Label)
	}
}
