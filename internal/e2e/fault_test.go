package e2e

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Where the page's scripts cannot run, it says why at once, and what helps.
func TestNoScript(t *testing.T) {
	server := get(t, finishedSite)
	tests := []struct {
		name, part string
		answer     http.HandlerFunc
		address    string // "" for the site's
		want       string
	}{
		{"missing", "main-", status(http.StatusNotFound), "", "did not come"},
		{"a part missing", "chunk-", status(http.StatusNotFound), "", "did not come"},
		{"sandboxed", "index.html", withPolicy(server, "sandbox allow-scripts"), "", "allow-same-origin"},
		{"a file", "", nil, "file://" + filepath.Join(workDir, "dist", "index.html"), "http.server"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			if test.answer != nil {
				s.answer(test.part, test.answer)
			}
			address := test.address
			if address == "" {
				address = s.url("index.html")
			}
			p := newPage(t, s)
			p.expectTrouble("")
			p.do(chromedp.Navigate(address))
			p.waitState("error")
			said := eval[string](p, `document.querySelector(".fault").innerText`)
			if !strings.Contains(said, test.want) || strings.Count(said, "\n") > 2 {
				t.Errorf("got %q, want what is said of %q alone", said, test.want)
			}
		})
	}
}
