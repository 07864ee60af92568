package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/site"
)

// reference matches one src or href of a tag: the text before the address, the
// address and the closing quote.
var reference = regexp.MustCompile(`(<(?:link|script|img|source|use|image|a)\b[^>]*?\s(?:src|href)=")([^"]*)(")`)

// comment matches an HTML comment. The page's inline script holds none.
var comment = regexp.MustCompile(`(?s)[ \t]*<!--.*?-->\n?`)

// include matches a template that ends with the content of a file: its tag up to
// the address, the address, and the rest.
var include = regexp.MustCompile(`(?s)(<template\b[^>]*?) src="([^"]*)"(.*?)</template>`)

// readPage returns index.html with the files that its templates name in them.
func readPage(root string) (string, error) {
	html, err := os.ReadFile(filepath.Join(root, pageName))
	if err != nil {
		return "", fmt.Errorf("page: %w", err)
	}
	text := include.ReplaceAllStringFunc(string(html), func(template string) string {
		m := include.FindStringSubmatch(template)
		content, readErr := os.ReadFile(filepath.Join(root, filepath.FromSlash(m[2])))
		if readErr != nil {
			err = fmt.Errorf("page: %s: a template names %s: no such file", pageName, m[2])
		}
		return m[1] + m[3] + string(content) + "</template>"
	})
	return text, err
}

// rewritePage returns the index.html of the site. It points every reference to a
// source at the file made from it, removes comments, and adds preloads (scripts
// that the browser fetches as soon as it has read the page) and other tags to the
// head. names maps sources (web/page/main.ts) to paths in dist/. rewritePage
// returns an error for an address that is neither in names nor outside the site,
// and for a required one that the page does not refer to.
func rewritePage(html string, names map[string]string, required, preloads []string, head string) (string, error) {
	html = comment.ReplaceAllString(html, "")
	used := map[string]bool{}
	var missing []string
	html = reference.ReplaceAllStringFunc(html, func(tag string) string {
		m := reference.FindStringSubmatch(tag)
		to, ok := names[m[2]]
		switch {
		case ok:
			used[m[2]] = true
			return m[1] + to + m[3]
		case external(m[2]):
			return tag
		}
		missing = append(missing, m[2])
		return tag
	})
	if len(missing) > 0 {
		return "", fmt.Errorf("page: index.html: refers to %s: no such file", strings.Join(missing, ", "))
	}
	for _, r := range required {
		if !used[r] {
			return "", fmt.Errorf("page: index.html: no reference to %s", r)
		}
	}
	return intoHead(html, preloads, head)
}

// external reports whether an address needs no file of the site: it leads to
// another site or to a place in the page, or holds its data itself.
func external(address string) bool {
	if address == "" || address == "./" || address[0] == '#' || address[0] == '?' {
		return true
	}
	scheme, _, ok := strings.Cut(address, ":")
	return ok && !strings.Contains(scheme, "/")
}

// intoHead adds preloads and tags at the end of the head.
func intoHead(html string, preloads []string, tags string) (string, error) {
	before, after, ok := strings.Cut(html, "</head>")
	if !ok {
		return "", fmt.Errorf("page: index.html: no </head>")
	}
	var b strings.Builder
	b.WriteString(before)
	for _, p := range preloads {
		fmt.Fprintf(&b, "<link rel=\"modulepreload\" href=\"%s\">\n", p)
	}
	b.WriteString(tags + "</head>" + after)
	return b.String(), nil
}

// references returns the addresses in html that belong to the site, in order and
// without repeats.
func references(html string) []string {
	var all []string
	for _, m := range reference.FindAllStringSubmatch(html, -1) {
		if !external(m[2]) && !slices.Contains(all, m[2]) {
			all = append(all, m[2])
		}
	}
	return all
}

// assets are the files that the page and the manifest refer to.
type assets struct {
	root  string            // folder of index.html
	names map[string]string // address in the sources -> path in dist/
	files []site.File       // of the site so far
}

// name returns the path in dist/ of the file that an address in the sources
// refers to. It adds a file that no earlier step made, such as an icon, to the
// site under its hashed name.
func (a *assets) name(address string) (string, error) {
	if name, ok := a.names[address]; ok {
		return name, nil
	}
	if !filepath.IsLocal(filepath.FromSlash(address)) {
		return "", fmt.Errorf("refers to %s: outside the site", address)
	}
	data, err := os.ReadFile(filepath.Join(a.root, filepath.FromSlash(address)))
	if err != nil {
		return "", fmt.Errorf("refers to %s: no such file", address)
	}
	a.names[address] = a.add(site.Named(path.Base(address), data))
	return a.names[address], nil
}

// add adds a file to the site unless one of the same kind and content is there.
// It returns the path of the file that the site then holds.
func (a *assets) add(f site.File) string {
	for _, g := range a.files {
		if path.Ext(g.Path) == path.Ext(f.Path) && bytes.Equal(g.Data, f.Data) {
			return g.Path
		}
	}
	a.files = append(a.files, f)
	return f.Path
}

// addPage adds the files that the page refers to.
func (a *assets) addPage(html string) error {
	for _, address := range references(comment.ReplaceAllString(html, "")) {
		if _, err := a.name(address); err != nil {
			return fmt.Errorf("page: %s: %w", pageName, err)
		}
	}
	return nil
}

// addManifest adds the manifest and its pictures (every "src").
func (a *assets) addManifest(data []byte) error {
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		return fmt.Errorf("page: %s: %w", manifestName, err)
	}
	if err := eachSource(tree, a.name); err != nil {
		return fmt.Errorf("page: %s: %w", manifestName, err)
	}
	text, err := json.Marshal(tree)
	a.add(site.File{Path: manifestName, Data: text})
	return err
}

// eachSource replaces the value of every string named "src" below tree.
func eachSource(tree any, replace func(string) (string, error)) error {
	switch t := tree.(type) {
	case []any:
		for _, v := range t {
			if err := eachSource(v, replace); err != nil {
				return err
			}
		}
	case map[string]any:
		for k, v := range t {
			text, ok := v.(string)
			if k != "src" || !ok {
				if err := eachSource(v, replace); err != nil {
					return err
				}
				continue
			}
			to, err := replace(text)
			if err != nil {
				return err
			}
			t[k] = to
		}
	}
	return nil
}
