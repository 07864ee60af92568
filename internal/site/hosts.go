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

// headers returns _headers: those of [serve.Headers] for all files, and for the files
// named after their content that browsers may keep them for ever.
func headers(files []File) []byte {
	var b strings.Builder
	b.WriteString("/*\n")
	for _, h := range serve.Headers(find(files, pageName), "") {
		b.WriteString("  " + h.Name + ": " + h.Value + "\n")
	}
	for _, f := range sorted(append([]File{}, files...)) {
		if serve.HashedName.MatchString(f.Path) {
			b.WriteString("/" + f.Path + "\n  Cache-Control: " + serve.CacheForever + "\n")
		}
	}
	return []byte(b.String())
}
