package site

import (
	_ "embed"
	"strings"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// WorkflowName is the place of the workflow that puts a site on GitHub Pages, in a
// repository whose root is the site.
const WorkflowName = ".github/workflows/pages.yml"

//go:embed pages.yml
var workflow []byte

// notFoundName is the file that hosts answer with if there is none.
const notFoundName = "404.html"

// notFound is what hosts show for an address without a file.
//
//go:embed 404.html
var notFound []byte

// forHosts returns the files that hosts look for: 404.html; .nojekyll, which keeps
// GitHub Pages from leaving files out; _headers, which Netlify and Cloudflare Pages
// read; and the workflow for GitHub Pages.
func forHosts(files []File) []File {
	return []File{{notFoundName, notFound}, {".nojekyll", nil}, {"_headers", headers(files)}, {WorkflowName, workflow}}
}

// headers returns _headers: what [serve.Headers] says of all files, [serve.PageHeaders] of
// some, and that browsers may keep the files named after their content for ever.
func headers(files []File) []byte {
	var b strings.Builder
	rule := func(path string, headers ...serve.Header) {
		if len(headers) == 0 {
			return
		}
		b.WriteString("/" + path + "\n")
		for _, h := range headers {
			b.WriteString("  " + h.Name + ": " + h.Value + "\n")
		}
	}
	page := find(files, pageName)
	rule("*", serve.Headers("")...)
	rule("", serve.PageHeaders(pageName, page, "")...)
	for _, f := range sorted(append([]File{}, files...)) {
		own := serve.PageHeaders(f.Path, page, "")
		if serve.HashedName.MatchString(f.Path) {
			own = append(own, serve.Header{Name: "Cache-Control", Value: serve.CacheForever})
		}
		rule(f.Path, own...)
	}
	return []byte(b.String())
}
