package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"

	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	server "github.com/seed-c844a918/inkling/internal/serve"
)

// A way is how a host serves the files of dist/.
type way struct {
	name    string
	folder  string // where the site lies; "": at the root
	handler func(dir string) http.Handler
	scripts []string // that run before the page's own
	asked   string   // ending of an address that the page must have asked for
}

// ways are how static hosts differ. All of them serve the same dist/.
var ways = []way{
	{name: "br by Accept-Encoding", handler: func(dir string) http.Handler { return server.NewFolder(dir, "") }},
	{name: "gzip by type, as GitHub Pages", handler: answerAs(file{gzipTypes: true})},
	{name: "nothing compressed", handler: answerAs(file{}), asked: ".wasm.gz"},
	{name: "gz decoded by the host", handler: answerAs(file{gzNamed: true}), asked: ".wasm.gz"},
	{name: "compressed bytes under the plain name", handler: answerAs(file{gzInPlace: true})},
	{name: "wrong types", handler: answerAs(file{types: map[string]string{".wasm": "text/plain", ".ink": "chemical/x-inchi"}})},
	{name: "a folder of a host", folder: "/people/ada/inkling/", handler: answerAs(file{})},
	{name: "a page with 200 for what is missing", handler: answerAs(file{noForms: true, pageFor404: true})},
	{name: "a strict policy", handler: answerAs(file{headers: map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
			"connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'",
		"X-Content-Type-Options": "nosniff",
	}})},
	{name: "storage forbidden", handler: answerAs(file{}), scripts: []string{noStorage}},
}

// noStorage is a script that makes storage fail as where a reader has forbidden it.
const noStorage = `
	for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB"]) {
		Object.defineProperty(window, name, { get() { throw new DOMException("forbidden", "SecurityError"); } });
	}
	navigator.serviceWorker.register = () => Promise.reject(new DOMException("forbidden", "SecurityError"));
`

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
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	for name, value := range f.headers {
		w.Header().Set(name, value)
	}
	w.Write(data)
}

// start starts the host and returns its site.
func (h way) start(t *testing.T, dir string) *site {
	t.Helper()
	folder := h.folder
	if folder == "" {
		folder = "/"
	}
	var asked atomic.Bool
	files := http.StripPrefix(strings.TrimSuffix(folder, "/"), h.handler(dir))
	listening := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, h.asked) {
			asked.Store(true)
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		listening.Close()
		if !asked.Load() {
			t.Errorf("the page has not asked for *%s", h.asked)
		}
	})
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
	for _, h := range ways {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			p := newPage(t, h.start(t, dir), h.scripts...)
			p.expectTrouble("Executing inline script") // of which the host's own policy knows nothing
			p.visit("")
			p.answersSeven()
			p.run(`breaches = breaches.filter((breach) => breach !== "script-src-elem inline")`)
		})
	}
}

// Where a host sends a file as Brotli under its plain name without a word, the page
// names the cause.
func TestHostsNameTheCause(t *testing.T) {
	dir := distFolder(t)
	s := siteAt(t, get(t, finishedSite), "/")
	s.answer(".wasm", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		data, _ := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path)) + ".br")
		w.Write(data)
	})
	p := newPage(t, s)
	p.visit("")
	p.waitState("error")
	if got := p.text("reason"); !strings.Contains(got, "Content-Encoding") {
		t.Errorf("reason: got %q, want the missing header named", got)
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

// A frame on a page of another site, which gives it storage of its own, answers as well.
func TestHostsInAFrame(t *testing.T) {
	framed := way{handler: answerAs(file{})}.start(t, distFolder(t))
	page := `<!doctype html><iframe src="` + framed.url("") + `" width="900" height="800" style="border: 0"></iframe>`
	outer := httptest.NewServer(content("text/html", []byte(page)))
	t.Cleanup(outer.Close)
	address := strings.Replace(outer.URL, "127.0.0.1", "localhost", 1)
	p := newPage(t, &site{server: &httptest.Server{URL: address}, folder: "/"})
	p.others = append(p.others, framed.url(""))
	p.visit("")
	frame := p.inFrame(framed)
	frame.answersSeven()
}

// inFrame returns the page in the only frame of p, which shows a site.
func (p *page) inFrame(s *site) *page {
	p.t.Helper()
	var id target.ID
	for deadline := time.Now().Add(patience); id == "" && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		all, err := chromedp.Targets(p.ctx)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, info := range all {
			if info.Type == "iframe" && strings.HasPrefix(info.URL, s.url("")) {
				id = info.TargetID
			}
		}
	}
	if id == "" {
		p.t.Fatal("the frame did not come")
	}
	ctx, cancel := chromedp.NewContext(p.ctx, chromedp.WithTargetID(id))
	p.t.Cleanup(cancel)
	frame := &page{t: p.t, ctx: ctx, site: s, tolerate: map[string]bool{}}
	frame.listen()
	frame.do(chromedp.Evaluate[chromedp.Void](recorder))
	return frame
}
