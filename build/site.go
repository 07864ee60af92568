package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed-c844a918/inkling/internal/kernel/simd"
	"github.com/seed-c844a918/inkling/internal/serve"
	"github.com/seed-c844a918/inkling/internal/site"
	"github.com/seed-c844a918/inkling/internal/wasmbin"
)

// Names of sources and of the files that keep their names.
const (
	pageName            = serve.PageName
	manifestName        = "manifest.webmanifest"
	serviceWorkerName   = "sw.js"
	mainSource          = "web/page/main.ts"
	bootSource          = "web/boot/main.ts" // the page's first script, which stands in the page itself
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
	watch bool      // readable scripts, and the page reloads itself
	log   io.Writer // one line per step

	goroot   string
	wasm     []byte // what the first answer needs
	pictures []byte // the same, able to take pictures
}

// pictureTag builds the binary that takes pictures, see wasm/picture.go.
const pictureTag = "inklingpicture"

// build returns all files of the site, uncompressed.
func (b *builder) build(ctx context.Context) ([]site.File, error) {
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
	b.say("wasm", site.Named(wasmName, b.wasm))
	b.say("wasm", site.Named(picturesName, b.pictures))
	return nil
}

// binary compiles ./wasm, makes it smaller and adds the side module. Watched builds and
// builds with further tags, as in tests, keep the tables of tracebacks.
func (b *builder) binary(ctx context.Context, tools toolchain, tags string) ([]byte, error) {
	binary, err := tools.compile(ctx, tags)
	if err != nil {
		return nil, err
	}
	smaller, kept := shrink(binary, b.watch || b.tags != "" || tools.whole)
	if kept != nil {
		fmt.Fprintf(b.log, "%-10s %v: stays as it is, larger\n", "wasm", kept)
	}
	return wasmbin.AppendSection(smaller, simd.Section, simd.Module), nil
}

// assemble makes the site around the compiled binary, with all models of web/models.
func (b *builder) assemble() ([]site.File, error) {
	shell, err := b.shell()
	if err != nil {
		return nil, err
	}
	paths, err := b.modelPaths()
	if err != nil {
		return nil, err
	}
	models, err := site.ReadModels(paths)
	if err != nil {
		return nil, err
	}
	files, err := site.Make(shell, models, site.Options{})
	if err == nil {
		fmt.Fprintf(b.log, "%-10s %d, of %s\n", "models", len(paths), filepath.Dir(paths[0]))
	}
	return files, err
}

// modelPaths returns every *.ink of web/models.
func (b *builder) modelPaths() ([]string, error) {
	dir := filepath.Join(b.root, "web", "models")
	paths, err := filepath.Glob(filepath.Join(dir, "*.ink"))
	if err == nil && len(paths) == 0 {
		err = fmt.Errorf("models: %s: no *.ink file; make train writes one", dir)
	}
	return paths, err
}

// shell makes what all sites share, around the compiled binary.
func (b *builder) shell() (site.Shell, error) {
	wasm, pictures := site.Named(wasmName, b.wasm), site.Named(picturesName, b.pictures)
	script, err := b.bundler().script(workerSource, workerName)
	if err != nil {
		return nil, err
	}
	script = site.Named(script.Path, script.Data)
	b.say("bundle", script)
	scripts, err := b.scripts()
	if err != nil {
		return nil, err
	}
	info := site.Info{
		Wasm: wasm.Path, WasmBytes: len(wasm.Data), Worker: script.Path, Pictures: pictures.Path,
		Models: map[string]site.Model{}, Watch: b.watch,
	}
	files, err := b.page(append([]site.File{wasm, pictures, script}, scripts.files...), info, scripts)
	if err != nil {
		return nil, err
	}
	worker, err := b.bundler().script(serviceWorkerSource, serviceWorkerName)
	if err != nil {
		return nil, err
	}
	b.say("worker", worker)
	element, err := b.element()
	if err != nil {
		return nil, err
	}
	single, err := b.bundler().script(mainSource, site.SingleName)
	if err != nil {
		return nil, err
	}
	b.say("single", single)
	return append(append(files, worker, single), element...), nil
}

// bundler returns the bundler of this checkout.
func (b *builder) bundler() bundler {
	return bundler{root: b.root, goroot: b.goroot, debug: b.watch}
}

// scripts bundles the page's script and style.
func (b *builder) scripts() (bundled, error) {
	out, err := b.bundler().bundle([]string{mainSource, styleSource})
	if err != nil {
		return out, err
	}
	for _, f := range out.files {
		b.say("bundle", f)
	}
	return out, nil
}

// page adds index.html, the manifest and their pictures to files.
func (b *builder) page(files []site.File, info site.Info, scripts bundled) ([]site.File, error) {
	html, err := readPage(b.root)
	if err != nil {
		return nil, err
	}
	boot, err := b.bundler().script(bootSource, "boot.js")
	if err != nil {
		return nil, err
	}
	if html, err = withScript(html, bootSource, boot.Data); err != nil {
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
	text, err := rewritePage(html, a.names, required, scripts.needs(scripts.entries[mainSource]), b.headTags())
	if err != nil {
		return nil, err
	}
	page, err := site.WithInfo([]byte(allowInline(text)), info)
	if err != nil {
		return nil, err
	}
	f := site.File{Path: pageName, Data: page}
	b.say("page", f)
	return append(a.files, f), nil
}

// headTags returns further tags for the head: in watch mode the script that
// reloads the page.
func (b *builder) headTags() string {
	if !b.watch {
		return ""
	}
	return `<script src="` + reloadScript + `" defer></script>` + "\n"
}

// say prints the result of one step.
func (b *builder) say(step string, f site.File) {
	fmt.Fprintf(b.log, "%-10s %-36s %9d bytes\n", step, f.Path, len(f.Data))
}
