// Package site makes sites: a page for drawings around somebody's models.
//
// What all sites share is a [Shell]: index.html, the manifest, the body of sw.js,
// scripts, styles and Go's binaries, each named after its content. The command build
// makes it from the sources. What differs is data, and stands in few files:
//
//	index.html            element "site": the models and the names of all files, as
//	                      JSON ([Info]); the title; words for what the model reads
//	manifest.webmanifest  the title
//	sw.js                 the first line: what to keep for offline use, and its version
//	element/              the first line of its script, copies of what that fetches, and
//	                      the version by which it asks for these and for its parts
//
// [Make] writes these and leaves the rest as it is, so that making a site takes
// neither Go nor a bundler. It also adds what hosts look for beside the page.
package site

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// Names of files that carry no content hash.
const (
	pageName          = serve.PageName
	manifestName      = "manifest.webmanifest"
	serviceWorkerName = serve.ServiceWorkerName
)

// A Shell is a site without models. Its index.html has an [Info] with the names of
// the binaries and the worker's script. Its sw.js has no first line yet, see [Make].
type Shell []File

// Options are what a site may choose.
type Options struct {
	Title string // of the page and the installed app; "": the shell's
}

// Make returns the files of a site, sorted by path and uncompressed.
func Make(shell Shell, models Models, o Options) ([]File, error) {
	html := find(shell, pageName)
	info, err := ReadInfo(html)
	if err != nil {
		return nil, err
	}
	info.DefaultModel, info.Models, info.Symbols = models.defaultName, models.info(), models.symbols.Path
	page, err := WithInfo(entitled(withoutSwitch(spoken(html, models.kind()), models), o.Title), info)
	if err != nil {
		return nil, err
	}
	manifest, unused, err := manifestOf(find(shell, manifestName), models.kind(), o.Title)
	if err != nil {
		return nil, err
	}
	inElement, err := element(shell, models, info)
	if err != nil {
		return nil, err
	}
	changed := append(unused, pageName, manifestName, serviceWorkerName, SingleName, elementScript)
	files := slices.Concat(shell.without(changed...), models.files(), inElement,
		[]File{{pageName, page}, {manifestName, manifest}})
	worker, err := serviceWorker(find(shell, serviceWorkerName), files, info)
	if err != nil {
		return nil, err
	}
	files = append(files, File{serviceWorkerName, worker})
	return sorted(append(files, forHosts(files)...)), nil
}

// without returns the shell's files other than those at paths.
func (s Shell) without(paths ...string) []File {
	return slices.DeleteFunc(slices.Clone(s), func(f File) bool { return slices.Contains(paths, f.Path) })
}

// serviceWorker returns sw.js: a line with the names of the files that it keeps for
// offline use and their version, and its body. It keeps all files but the binary for
// pictures, the models other than the default one with what belongs to models, and
// element/, which is for other pages; it keeps those once they have been used. Nor does
// it keep the manifest's pictures, which the browser takes when it installs the page. The
// version changes when any of the files changes.
func serviceWorker(body []byte, files []File, info Info) ([]byte, error) {
	var names []string
	var contents strings.Builder
	for _, f := range sorted(slices.Clone(files)) {
		ofModels := strings.HasPrefix(f.Path, "models/") && f.Path != info.Models[info.DefaultModel].URL
		if ofModels || path.Ext(f.Path) == ".png" || f.Path == info.Pictures || strings.HasPrefix(f.Path, ElementFolder) {
			continue
		}
		contents.WriteString(Hash(f.Data))
		if f.Path == pageName {
			f.Path = "./"
		}
		names = append(names, f.Path)
	}
	slices.Sort(names)
	list, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	line := fmt.Sprintf("const INKLING_VERSION=%q,INKLING_PRECACHE=%s;\n", Hash([]byte(contents.String())), list)
	return append([]byte(line), body...), nil
}
