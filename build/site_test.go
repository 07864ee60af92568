package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/site"
)

// checkoutOf returns a copy of testdata/site with the named models.
func checkoutOf(t *testing.T, models ...string) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS("testdata/site")); err != nil {
		t.Fatal(err)
	}
	for i, name := range models {
		write(t, filepath.Join(root, "web", "models", name+".ink"), modelFile(t, uint64(i)))
	}
	return root
}

// modelFile returns the file of a small model.
func modelFile(t *testing.T, seed uint64) []byte {
	t.Helper()
	network, err := nn.NewSequential(nn.Shape{2, 2, 1}, new(nn.Flatten), &nn.Dense{Units: 2}, new(nn.Softmax))
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(seed)
	data, err := model.Encode(&model.Model{
		Recipe: ink.Drawing, Labels: []string{"a", "b"}, Temperature: 1, Network: network,
		Training: model.Training{Data: "none", Seed: seed, Epochs: 1, Batch: 1, Optimizer: "adam", LearningRate: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// edit replaces text in a file of a checkout.
func edit(t *testing.T, path, old, new string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s: no %q in it", path, old)
	}
	write(t, path, bytes.ReplaceAll(data, []byte(old), []byte(new)))
}

// buildSite builds a checkout in memory.
func buildSite(t *testing.T, root string) map[string]string {
	t.Helper()
	b := builder{root: root, log: io.Discard}
	files, err := b.build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return contents(files)
}

func contents(files []site.File) map[string]string {
	all := map[string]string{}
	for _, f := range files {
		all[f.Path] = string(f.Data)
	}
	return all
}

// one returns the only path that matches.
func one(t *testing.T, built map[string]string, pattern string) string {
	t.Helper()
	re := regexp.MustCompile("^" + pattern + "$")
	var found []string
	for _, path := range slices.Sorted(maps.Keys(built)) {
		if re.MatchString(path) {
			found = append(found, path)
		}
	}
	if len(found) != 1 {
		t.Fatalf("files matching %s: got %q, want one; the site holds %q", pattern, found, slices.Sorted(maps.Keys(built)))
	}
	return found[0]
}

func TestBuildNamesFilesAfterTheirContent(t *testing.T) {
	built := buildSite(t, checkoutOf(t, "digits", "other"))
	const hash = "-[A-Z2-7]{8}"
	for _, pattern := range []string{
		"index.html", "sw.js", "manifest.webmanifest",
		"main" + hash + `\.js`, "worker" + hash + `\.js`, "lazy" + hash + `\.js`, "chunk" + hash + `\.js`, "style" + hash + `\.css`,
		"inkling" + hash + `\.wasm`, "pictures" + hash + `\.wasm`, "icon" + hash + `\.svg`, "models/digits" + hash + `\.ink`, "models/other" + hash + `\.ink`,
	} {
		one(t, built, pattern)
	}
	for path, text := range built {
		if hashed := strings.Contains(path, ".ink") || strings.Contains(path, ".wasm"); hashed && !strings.HasPrefix(path, "element/") {
			if got := site.Named("x"+filepath.Ext(path), []byte(text)).Path[1:]; !strings.HasSuffix(path, got) {
				t.Errorf("name %s: want the hash of its content, %s", path, got)
			}
		}
	}
}

func TestBuildRewritesThePage(t *testing.T) {
	built := buildSite(t, checkoutOf(t, "digits"))
	page := built["index.html"]
	for _, want := range []string{
		`src="` + one(t, built, `main-\w+\.js`) + `"`,
		`rel="stylesheet" href="` + one(t, built, `style-\w+\.css`) + `"`,
		`rel="manifest" href="manifest.webmanifest"`,
		`<link rel="modulepreload" href="` + one(t, built, `chunk-\w+\.js`) + `">`,
		`<script>(()=>{console.log("boot");})();</script>`, `<a href="#pad">`, `<a href="https://example.org/">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("index.html: no %s in it:\n%s", want, page)
		}
	}
	for _, unwanted := range []string{"<!--", "web/", reloadScript} {
		if strings.Contains(page, unwanted) {
			t.Errorf("index.html: holds %q:\n%s", unwanted, page)
		}
	}
}

// A script's own style sheet is part of it, with what the sheet imports.
func TestBuildPutsSheetsIntoScripts(t *testing.T) {
	site := buildSite(t, checkoutOf(t, "digits"))
	if script := site[one(t, site, `lazy-\w+\.js`)]; !strings.Contains(script, "p{--ink: navy}p{color:var(--ink)}") {
		t.Errorf("lazy.js: got %s, want its sheet, minified", script)
	}
}

func TestBuildTellsScriptsTheNames(t *testing.T) {
	built := buildSite(t, checkoutOf(t, "digits", "other"))
	wasm := one(t, built, `inkling-\w+\.wasm`)
	info, err := site.ReadInfo([]byte(built["index.html"]))
	want := site.Info{
		Wasm: wasm, WasmBytes: len(built[wasm]), Worker: one(t, built, `worker-\w+\.js`),
		Pictures: one(t, built, `pictures-\w+\.wasm`), DefaultModel: "digits", Models: info.Models,
	}
	if err != nil || !reflect.DeepEqual(info, want) {
		t.Errorf("index.html says %+v, %v; want %+v", info, err, want)
	}
	if script := built["element/inkling-pad.js"]; !strings.HasPrefix(script, `const INKLING_ELEMENT={"version":"`) {
		t.Errorf("element/inkling-pad.js: got %s, want its files named first", script)
	}
	worker := built["sw.js"]
	for path := range built {
		name := path
		switch path {
		case "sw.js", "404.html", "_headers", ".nojekyll", site.WorkflowName:
			continue
		case "index.html":
			name = "./"
		}
		want := !strings.HasPrefix(path, "models/other") && !strings.HasPrefix(path, "pictures-") && !strings.HasPrefix(path, "element/")
		if got := strings.Contains(worker, `"`+name+`"`); got != want {
			t.Errorf("sw.js keeps %s: got %v, want %v", name, got, want)
		}
	}
	var manifest struct{ Icons []struct{ Src string } }
	if err := json.Unmarshal([]byte(built["manifest.webmanifest"]), &manifest); err != nil {
		t.Fatal(err)
	}
	if _, ok := built[manifest.Icons[0].Src]; !ok {
		t.Errorf("manifest icon %s: not in the site", manifest.Icons[0].Src)
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	first := buildSite(t, checkoutOf(t, "digits", "other"))
	second := buildSite(t, checkoutOf(t, "digits", "other"))
	if !maps.Equal(first, second) {
		t.Errorf("two checkouts in different folders: got %q and %q",
			slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(second)))
	}
}

func TestBuildFollowsAChange(t *testing.T) {
	root := checkoutOf(t, "digits")
	before := buildSite(t, root)
	edit(t, filepath.Join(root, "web", "style.css"), "white", "black")
	after := buildSite(t, root)
	if a, b := one(t, before, `style-\w+\.css`), one(t, after, `style-\w+\.css`); a == b {
		t.Errorf("style: name %s stayed though the content changed", a)
	}
	if a, b := one(t, before, `main-\w+\.js`), one(t, after, `main-\w+\.js`); a != b {
		t.Errorf("main: got %s, want %s as before", b, a)
	}
	if before["sw.js"] == after["sw.js"] {
		t.Error("sw.js: unchanged though a file that it keeps has changed")
	}
}

func TestBuildRefuses(t *testing.T) {
	tests := []struct {
		name   string
		damage func(t *testing.T, root string)
		want   string
	}{
		{"a script that does not parse", func(t *testing.T, root string) {
			edit(t, root+"/web/page/main.ts", "document.title =", "document.title = = ")
		}, `bundle: web/page/main.ts:5:18: Unexpected "="`},
		{"an import that is not there", func(t *testing.T, root string) {
			edit(t, root+"/web/page/main.ts", "./shared", "./nowhere")
		}, `bundle: web/page/main.ts:1:26: Could not resolve "./nowhere"`},
		{"a reference without a file", func(t *testing.T, root string) {
			edit(t, root+"/index.html", "web/icon.svg", "web/gone.svg")
		}, "page: index.html: refers to web/gone.svg: no such file"},
		{"a reference outside the site", func(t *testing.T, root string) {
			edit(t, root+"/index.html", "web/icon.svg", "../../etc/passwd")
		}, "page: index.html: refers to ../../etc/passwd: outside the site"},
		{"a page without its script", func(t *testing.T, root string) {
			edit(t, root+"/index.html", ` src="web/page/main.ts"`, "")
		}, "page: index.html: no reference to web/page/main.ts"},
		{"a manifest that is no JSON", func(t *testing.T, root string) {
			write(t, root+"/manifest.webmanifest", []byte("{"))
		}, "page: manifest.webmanifest: unexpected end of JSON input"},
		{"Go that does not compile", func(t *testing.T, root string) {
			edit(t, root+"/wasm/main.go", "func main() {}", "func main() { nowhere() }")
		}, "undefined: nowhere"},
		{"a model that does not decode", func(t *testing.T, root string) {
			write(t, root+"/web/models/digits.ink", []byte("not a model"))
		}, "digits.ink: ink: signature: "},
		{"no model", func(t *testing.T, root string) {
			os.RemoveAll(root + "/web/models")
		}, "no *.ink file; make train writes one"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := checkoutOf(t, "digits")
			test.damage(t, root)
			b := builder{root: root, log: io.Discard}
			_, err := b.build(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("build: got %v, want an error with %q", err, test.want)
			}
		})
	}
}

// A failed build leaves the old site in place and says why it failed.
func TestDistKeepsTheOldSite(t *testing.T) {
	root := checkoutOf(t, "digits")
	s := settings{root: root, out: filepath.Join(root, "dist")}
	if err := runDist(t.Context(), s, io.Discard); err != nil {
		t.Fatal(err)
	}
	before := listing(t, s.out)
	edit(t, root+"/web/page/main.ts", "document.title =", "document.title = = ")
	if err := runDist(t.Context(), s, io.Discard); err == nil {
		t.Fatal("a broken script: got no error")
	}
	if after := listing(t, s.out); !slices.Equal(before, after) {
		t.Errorf("dist after a failed build: got %q, want %q", after, before)
	}
	if left, _ := filepath.Glob(root + "/.dist-*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// listing returns all files below dir.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestDistRefusesAFolderThatIsNoSite(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "thesis.txt"), []byte("years of work"))
	err := runDist(t.Context(), settings{root: checkoutOf(t, "digits"), out: dir}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "no site of ours") {
		t.Errorf("dist into a foreign folder: got %v, want a refusal", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "thesis.txt")); err != nil {
		t.Error(err)
	}
}

func TestProbeGoesOnWithoutRefusedFlags(t *testing.T) {
	flags := []sizeFlag{
		{experiment: "nosuchexperiment"},
		{args: []string{"-gcflags=all=-l"}},
		{args: []string{"-gcflags=-nosuchflag"}},
	}
	tools, err := probe(t.Context(), checkoutOf(t), flags)
	if err != nil {
		t.Fatal(err)
	}
	var refused []string
	for _, f := range tools.refused {
		refused = append(refused, f.String())
	}
	if want := []string{"GOEXPERIMENT=nosuchexperiment", "-gcflags=-nosuchflag"}; !slices.Equal(refused, want) {
		t.Errorf("refused: got %q, want %q", refused, want)
	}
	binary, err := tools.compile(t.Context(), "")
	if err != nil || !bytes.HasPrefix(binary, []byte("\x00asm")) {
		t.Errorf("compile without the refused flags: got %d bytes, %v; want a wasm binary", len(binary), err)
	}
}

func TestCompileHidesThisMachine(t *testing.T) {
	root := checkoutOf(t)
	tools, err := probe(t.Context(), root, sizeFlags)
	if err != nil {
		t.Fatal(err)
	}
	binary, err := tools.compile(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	goroot, err := tools.goroot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{root, goroot} {
		if bytes.Contains(binary, []byte(path)) {
			t.Errorf("the binary holds the path %s", path)
		}
	}
}

func TestCompileStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := builder{root: checkoutOf(t, "digits"), log: io.Discard}
	if _, err := b.build(ctx); err == nil {
		t.Error("a cancelled build: got no error")
	}
}

func TestReadPage(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "web", "pad.html"), []byte("<p>pad</p>\n"))
	page := filepath.Join(root, pageName)
	write(t, page, []byte(`<a-pad><template shadowrootmode="open" src="web/pad.html"><link></template> more</a-pad><template>own</template>`))
	const want = `<a-pad><template shadowrootmode="open"><link><p>pad</p>` + "\n" + `</template> more</a-pad><template>own</template>`
	if got, err := readPage(root); err != nil || got != want {
		t.Errorf("readPage: got %q, %v; want %q", got, err, want)
	}
	write(t, page, []byte(`<template src="web/gone.html"></template>`))
	if _, err := readPage(root); err == nil || !strings.Contains(err.Error(), "web/gone.html") {
		t.Errorf("a file that is not there: got %v, want an error that names it", err)
	}
}
