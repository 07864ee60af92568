package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/serve"
)

// Names of sources and of the files that keep their names.
const (
	pageName            = serve.PageName
	manifestName        = "manifest.webmanifest"
	serviceWorkerName   = "sw.js"
	mainSource          = "web/page/main.ts"
	styleSource         = "web/style.css"
	serviceWorkerSource = "web/sw/main.ts"
	workerName          = "worker.js" // the worker that Go runs in
	workerSource        = "web/worker/main.ts"
	wasmName            = "inkling.wasm"
	picturesName        = "pictures.wasm"
)

// builder makes the site of one checkout. It keeps the wasm binary, so that a
// further build need not compile it again.
type builder struct {
	root  string    // folder of index.html and go.mod, absolute
	tags  string    // further Go build tags
	model string    // the site's one model; "": all of web/models
	watch bool      // readable scripts, and the page reloads itself
	log   io.Writer // one line per step

	goroot   string
	wasm     []byte // what the first answer needs
	pictures []byte // the same, able to take pictures
}

// pictureTag builds the binary that takes pictures, see wasm/picture.go.
const pictureTag = "inklingpicture"

// siteInfo is what the page's scripts know about the build, as INKLING_SITE. Its
// addresses are relative to the page.
type siteInfo struct {
	Wasm         string               `json:"wasm"`
	WasmBytes    int                  `json:"wasmBytes"`
	Worker       string               `json:"worker"`   // the script of the worker that Go runs in
	Pictures     string               `json:"pictures"` // the binary that takes pictures
	DefaultModel string               `json:"defaultModel"`
	Models       map[string]modelInfo `json:"models"`
	Symbols      string               `json:"symbols"` // the encoder of symbols of one's own; "": none
	Watch        bool                 `json:"watch"`
}

// modelInfo is one model of siteInfo. Bytes count the uncompressed file. Card is
// empty if inkling card has written none. Sheets are the pictures that a card names.
type modelInfo struct {
	URL    string            `json:"url"`
	Bytes  int               `json:"bytes"`
	Card   string            `json:"card"`
	Sheets map[string]string `json:"sheets"`
}

// build returns all files of the site, uncompressed.
func (b *builder) build(ctx context.Context) ([]file, error) {
	if err := b.compile(ctx); err != nil {
		return nil, err
	}
	return b.assemble()
}

// compile makes the wasm binaries and logs which size flags this Go refuses.
func (b *builder) compile(ctx context.Context) error {
	tools, err := probe(ctx, b.root, sizeFlags)
	if err != nil {
		return err
	}
	for _, f := range tools.refused {
		fmt.Fprintf(b.log, "%-10s this Go refuses %s: built without it, larger\n", "wasm", f)
	}
	if b.goroot, err = tools.goroot(ctx); err != nil {
		return err
	}
	if b.wasm, err = b.binary(ctx, tools, b.tags); err != nil {
		return err
	}
	if b.pictures, err = b.binary(ctx, tools, strings.TrimPrefix(b.tags+","+pictureTag, ",")); err != nil {
		return err
	}
	b.say("wasm", named(wasmName, b.wasm))
	b.say("wasm", named(picturesName, b.pictures))
	return nil
}

// binary compiles ./wasm and makes it smaller. Watched builds and builds with
// further tags, as in tests, keep the tables of tracebacks.
func (b *builder) binary(ctx context.Context, tools toolchain, tags string) ([]byte, error) {
	binary, err := tools.compile(ctx, tags)
	if err != nil {
		return nil, err
	}
	smaller, kept := shrink(binary, b.watch || b.tags != "" || tools.whole)
	if kept != nil {
		fmt.Fprintf(b.log, "%-10s %v: built with them, larger\n", "wasm", kept)
	}
	return smaller, nil
}

// assemble makes the site around the compiled binary.
func (b *builder) assemble() ([]file, error) {
	paths, err := b.modelPaths()
	if err != nil {
		return nil, err
	}
	models, err := readModels(paths)
	if err != nil {
		return nil, err
	}
	wasm, pictures := named(wasmName, b.wasm), named(picturesName, b.pictures)
	files := []file{wasm, pictures}
	for _, name := range models.names() {
		files = append(files, models.all(name)...)
		b.say("model", models.files[name])
	}
	if models.symbols.path != "" {
		files = append(files, models.symbols)
		b.say("encoder", models.symbols)
	}
	info := describe(wasm, models, b.watch)
	info.Pictures = pictures.path
	script, err := b.bundler().script(workerSource, workerName, nil)
	if err != nil {
		return nil, err
	}
	element, err := b.element(script, models)
	if err != nil {
		return nil, err
	}
	script = named(script.path, script.data)
	b.say("bundle", script)
	info.Worker = script.path
	scripts, err := b.scripts(info)
	if err != nil {
		return nil, err
	}
	files, err = b.page(append(append(files, script), scripts.files...), info, scripts)
	if err != nil {
		return nil, err
	}
	worker, err := b.worker(files, info)
	if err != nil {
		return nil, err
	}
	return sorted(append(append(files, worker), element...)), nil
}

// describe returns the siteInfo of a binary and models.
func describe(wasm file, models modelSet, watch bool) siteInfo {
	info := siteInfo{
		Wasm: wasm.path, WasmBytes: len(wasm.data),
		DefaultModel: models.defaultName, Models: map[string]modelInfo{}, Symbols: models.symbols.path, Watch: watch,
	}
	for name, f := range models.files {
		info.Models[name] = modelInfo{f.path, len(f.data), models.cards[name].path, models.sheetPaths(name)}
	}
	return info
}

// bundler returns the bundler of this checkout.
func (b *builder) bundler() bundler {
	return bundler{root: b.root, goroot: b.goroot, debug: b.watch}
}

// scripts bundles the page's script and style.
func (b *builder) scripts(info siteInfo) (bundled, error) {
	text, err := json.Marshal(info)
	if err != nil {
		return bundled{}, err
	}
	out, err := b.bundler().bundle([]string{mainSource, styleSource}, map[string]string{"INKLING_SITE": string(text)})
	if err != nil {
		return out, err
	}
	for _, f := range out.files {
		b.say("bundle", f)
	}
	return out, nil
}

// page adds index.html, the manifest and their pictures to files.
func (b *builder) page(files []file, info siteInfo, scripts bundled) ([]file, error) {
	html, err := readPage(b.root)
	if err != nil {
		return nil, err
	}
	manifest, err := os.ReadFile(filepath.Join(b.root, manifestName))
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	a := assets{root: b.root, names: map[string]string{manifestName: manifestName}, files: files}
	maps.Copy(a.names, scripts.entries)
	if err := a.addPage(html); err != nil {
		return nil, err
	}
	if err := a.addManifest(manifest); err != nil {
		return nil, err
	}
	required := []string{mainSource, styleSource, manifestName}
	text, err := rewritePage(withoutSwitch(html, info.Models), a.names, required, preloads(info, scripts), b.headTags())
	if err != nil {
		return nil, err
	}
	f := file{pageName, []byte(text)}
	b.say("page", f)
	return append(a.files, f), nil
}

// preloads returns the scripts that the first answer needs and that the page's
// tags do not name. The worker fetches the rest, so that the first paint need not
// wait for it.
func preloads(info siteInfo, scripts bundled) []string {
	return append(scripts.needs(scripts.entries[mainSource]), info.Worker)
}

// headTags returns further tags for the head: in watch mode the script that
// reloads the page.
func (b *builder) headTags() string {
	if !b.watch {
		return ""
	}
	return `<script src="` + reloadScript + `" defer></script>` + "\n"
}

// worker returns the service worker. The worker keeps what the page needs offline:
// all files except the binary for pictures and the files of models other than the
// default one. It keeps those once they have been used. Its version changes when
// any of the files changes.
func (b *builder) worker(files []file, info siteInfo) (file, error) {
	var names []string
	var contents strings.Builder
	for _, f := range files {
		ofModels := strings.HasPrefix(f.path, "models/") && f.path != info.Models[info.DefaultModel].URL
		if ofModels || f.path == info.Pictures {
			continue
		}
		contents.WriteString(hashOf(f.data))
		if f.path == pageName {
			f.path = "./"
		}
		names = append(names, f.path)
	}
	slices.Sort(names)
	list, err := json.Marshal(names)
	if err != nil {
		return file{}, err
	}
	f, err := b.bundler().script(serviceWorkerSource, serviceWorkerName, map[string]string{
		"INKLING_PRECACHE": string(list),
		"INKLING_VERSION":  `"` + hashOf([]byte(contents.String())) + `"`,
	})
	if err == nil {
		b.say("worker", f)
	}
	return f, err
}

// say prints the result of one step.
func (b *builder) say(step string, f file) {
	fmt.Fprintf(b.log, "%-10s %-36s %9d bytes\n", step, f.path, len(f.data))
}

// checkModel reports whether data is the file of an encoder; it returns an error unless
// it is a model file that this version reads.
func checkModel(data []byte) (encoder bool, err error) {
	m, err := model.Decode(data)
	return err == nil && m.IsEncoder(), err
}
