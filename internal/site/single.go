package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/serve"
)

// SingleName is the shell's script of the page as one file: the page's script with all
// that it imports, also what it would fetch later. A site of several files leaves it out.
const SingleName = "single.js"

// The places of index.html that a page of one file has otherwise.
var (
	styleLink  = regexp.MustCompile(`<link rel="stylesheet" href="([^"]*)">`)
	otherLink  = regexp.MustCompile(`<link rel="(?:preload|modulepreload|manifest)"[^>]*>\n?`)
	iconLink   = regexp.MustCompile(`(<link rel="icon"[^>]*href=")([^"]*)(")`)
	licences   = regexp.MustCompile(`(<a rel="license" )href="([^"]*)"`)
	module     = regexp.MustCompile(`<script type="module" src="[^"]*"></script>\n?`)
	policyText = regexp.MustCompile(`(?s)(<meta http-equiv="Content-Security-Policy" content=")[^"]*(")`)
)

// MakeSingle returns a page of one file, see [Make]. All files that the page refers to
// and that its scripts fetch stand in it. Its policy allows those alone.
func MakeSingle(shell Shell, models Models, o Options) ([]byte, error) {
	files, err := Make(shell, models, o)
	if err != nil {
		return nil, err
	}
	page := find(files, pageName)
	info, err := ReadInfo(page)
	if err != nil {
		return nil, err
	}
	if info, err = inlineFiles(info, files); err != nil {
		return nil, err
	}
	if page, err = WithInfo(page, info); err != nil {
		return nil, err
	}
	var policy policy
	text := policy.inlineStyles(string(page), files)
	text = otherLink.ReplaceAllLiteralString(module.ReplaceAllLiteralString(text, ""), "")
	text = inlineLinks(text, files)
	script := strings.ReplaceAll(string(find(shell, SingleName)), "</script", `<\/script`)
	if script == "" {
		return nil, fmt.Errorf("site: the page has no %s", SingleName)
	}
	policy.allow(&policy.scripts, script)
	text = policyText.ReplaceAllString(text, "${1}"+policy.String()+"${2}")
	before, after, ok := strings.Cut(text, "</body>")
	if !ok {
		return nil, fmt.Errorf("site: %s: no </body>", pageName)
	}
	return []byte(before + "<script>" + script + "</script>\n</body>" + after), nil
}

// A policy is what a page of one file may do: run and look as it was made, and reach
// what it made itself.
type policy struct{ scripts, styles []string } // hashes

// allow adds the hash of an element's content to a list.
func (p *policy) allow(list *[]string, content string) {
	sum := sha256.Sum256([]byte(content))
	hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	if !slices.Contains(*list, hash) {
		*list = append(*list, hash)
	}
}

// String returns the policy as CSP writes it.
func (p *policy) String() string {
	return "default-src 'none'; script-src 'wasm-unsafe-eval' " + strings.Join(p.scripts, " ") +
		"; style-src " + strings.Join(p.styles, " ") +
		"; img-src data: blob:; connect-src data:; worker-src data:; base-uri 'none'; form-action 'none'"
}

// inlineStyles puts style sheets into the page that refers to them, and allows them
// and the page's own scripts.
func (p *policy) inlineStyles(page string, files []File) string {
	for _, m := range inlineScript.FindAllStringSubmatch(page, -1) {
		p.allow(&p.scripts, m[1])
	}
	return styleLink.ReplaceAllStringFunc(page, func(link string) string {
		sheet := string(find(files, styleLink.FindStringSubmatch(link)[1]))
		p.allow(&p.styles, sheet)
		return "<style>" + sheet + "</style>"
	})
}

// inlineScript matches a script of the page itself.
var inlineScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// inlineLinks makes the page's icon and its licences part of it.
func inlineLinks(page string, files []File) string {
	page = iconLink.ReplaceAllStringFunc(page, func(link string) string {
		m := iconLink.FindStringSubmatch(link)
		return m[1] + dataURL(m[2], files) + m[3]
	})
	return licences.ReplaceAllStringFunc(page, func(link string) string {
		m := licences.FindStringSubmatch(link)
		return m[1] + `download="licences.txt" href="` + dataURL(m[2], files) + `"`
	})
}

// dataURL returns a file as an address.
func dataURL(name string, files []File) string {
	kind, _, _ := strings.Cut(serve.ContentTypes[path.Ext(name)], ";")
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(find(files, name))
}

// inlineFiles returns info with the files themselves in place of their addresses. Those
// that Go reads are gzip, which web/packed.ts unpacks; it knows them by the names behind
// the "#".
func inlineFiles(info Info, files []File) (Info, error) {
	var err error
	packed := func(name string) string {
		var b bytes.Buffer
		if packErr := gzipEncoding.Compress(&b, find(files, name)); packErr != nil {
			err = fmt.Errorf("site: %s: %w", name, packErr)
		}
		return "data:application/gzip;base64," + base64.StdEncoding.EncodeToString(b.Bytes()) + "#" + path.Base(name)
	}
	info.Wasm, info.Pictures, info.Worker = packed(info.Wasm), packed(info.Pictures), dataURL(info.Worker, files)
	models := map[string]Model{}
	for name, m := range info.Models {
		m.URL = packed(m.URL)
		if m.Near != "" {
			m.Near = dataURL(m.Near, files)
		}
		if m.Card != "" {
			m.Card = dataURL(m.Card, files)
		}
		sheets := map[string]string{}
		for sheet, path := range m.Sheets {
			sheets[sheet] = dataURL(path, files)
		}
		m.Sheets = sheets
		models[name] = m
	}
	info.Models = models
	info.Watch = true // nothing is to be kept for offline use: all is here
	return info, err
}

// gzipEncoding is the encoding that every browser can unpack by itself.
var gzipEncoding = serve.Encodings[1]

// WriteSingle makes a page of one file of the page that is part of the command and
// model files, and writes it to name, which ends in .html. An older page of one file is
// replaced, any other file is an error. It returns a line that says what it has made.
func WriteSingle(_ context.Context, name string, models []string, o Options) (string, error) {
	if ext := filepath.Ext(name); ext != ".html" && ext != ".htm" {
		return "", fmt.Errorf("site: %s: --single writes one file; give it a name that ends in .html", name)
	}
	if err := checkReplaceableFile(name); err != nil {
		return "", err
	}
	shell, _, err := Embedded()
	if err != nil {
		return "", err
	}
	read, err := ReadModels(models)
	if err != nil {
		return "", err
	}
	page, err := MakeSingle(shell, read, o)
	if err != nil {
		return "", err
	}
	if err := outputs.Save(name, page); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: %.2f MB, with model %s; a double click opens it", name, float64(len(page))/1e6, read.defaultName), nil
}

// maxSingle bounds what is read as a page of one file, in bytes.
const maxSingle = 1 << 30

// checkReplaceableFile returns an error if name is a file with something other than a page
// of one file.
func checkReplaceableFile(name string) error {
	stat, err := os.Stat(name)
	if err != nil || !stat.Mode().IsRegular() || stat.Size() == 0 {
		return nil // what else hinders writing, outputs.Save says
	}
	page, err := bounded.ReadFile(name, maxSingle)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	if info, err := ReadInfo(page); err != nil || !strings.HasPrefix(info.Wasm, "data:") {
		return fmt.Errorf("site: %s: is there and no page that --single wrote; move it away or choose another name", name)
	}
	return nil
}
