package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/seed-c844a918/inkling/internal/site"
)

// bundler turns the sources of web/ into what browsers load.
type bundler struct {
	root   string // folder of index.html
	goroot string // where wasm_exec.js comes from
	debug  bool   // readable output with source maps, for the watch mode
}

// bundled is the result of bundling several entry points.
type bundled struct {
	files   []site.File
	entries map[string]string   // source (web/page/main.ts) -> path in dist/
	chunks  map[string][]string // path in dist/ -> paths it imports at once, sorted
}

// bundle makes one file of each entry, with shared or lazy chunks beside them,
// all named after their content.
func (b bundler) bundle(entries []string) (bundled, error) {
	o := b.options()
	o.EntryPoints = entries
	o.Format, o.Splitting, o.Metafile = api.FormatESModule, true, true
	o.EntryNames, o.ChunkNames, o.AssetNames = "[name]-[hash]", "[name]-[hash]", "[name]-[hash]"
	result := api.Build(o)
	if err := buildError(result.Errors); err != nil {
		return bundled{}, err
	}
	out := bundled{files: b.outputs(result)}
	var err error
	out.entries, out.chunks, err = readMetafile(result.Metafile)
	return out, err
}

// script makes one classic script, called name, of one entry. A service worker
// must keep its name from one release to the next.
func (b bundler) script(entry, name string) (site.File, error) {
	o := b.options()
	o.EntryPointsAdvanced = []api.EntryPoint{{InputPath: entry, OutputPath: strings.TrimSuffix(name, ".js")}}
	o.Format, o.Sourcemap = api.FormatIIFE, api.SourceMapNone
	result := api.Build(o)
	if err := buildError(result.Errors); err != nil {
		return site.File{}, err
	}
	return b.outputs(result)[0], nil
}

// options returns the options that all bundles share.
func (b bundler) options() api.BuildOptions {
	o := api.BuildOptions{
		AbsWorkingDir: b.root,
		Outdir:        filepath.Join(b.root, "dist"),
		Bundle:        true,
		Target:        api.ES2022,
		Charset:       api.CharsetUTF8,
		LogLevel:      api.LogLevelSilent,
		LegalComments: api.LegalCommentsNone,
		Loader: map[string]api.Loader{
			".svg": api.LoaderFile, ".png": api.LoaderFile, ".woff2": api.LoaderFile,
		},
	}
	if b.debug {
		o.Sourcemap = api.SourceMapInline
	} else {
		o.MinifyWhitespace, o.MinifyIdentifiers, o.MinifySyntax = true, true, true
	}
	o.Plugins = []api.Plugin{wasmExec(b.goroot), styleTexts(o)}
	return o
}

// outputs returns the files of a result, with paths below dist/.
func (b bundler) outputs(result api.BuildResult) []site.File {
	var files []site.File
	for _, f := range result.OutputFiles {
		rel, err := filepath.Rel(filepath.Join(b.root, "dist"), f.Path)
		if err != nil {
			panic("bundle: an output lies outside dist")
		}
		files = append(files, site.File{Path: filepath.ToSlash(rel), Data: f.Contents})
	}
	return files
}

// wasmExec returns a plugin that resolves the import "wasm_exec" to the file in
// goroot. Its namespace keeps that path out of the hashes in file names.
func wasmExec(goroot string) api.Plugin {
	source := filepath.Join(goroot, "lib", "wasm", "wasm_exec.js")
	return api.Plugin{Name: "wasm_exec", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^wasm_exec$`},
			func(api.OnResolveArgs) (api.OnResolveResult, error) {
				return api.OnResolveResult{Path: "wasm_exec.js", Namespace: "goroot"}, nil
			})
		build.OnLoad(api.OnLoadOptions{Filter: `^wasm_exec\.js$`, Namespace: "goroot"},
			func(api.OnLoadArgs) (api.OnLoadResult, error) {
				data, err := os.ReadFile(source)
				text := string(data)
				return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, err
			})
	}}
}

// metafile is the part of esbuild's metafile that the page needs.
type metafile struct {
	Outputs map[string]struct {
		EntryPoint string `json:"entryPoint"`
		Imports    []struct {
			Path string `json:"path"`
			Kind string `json:"kind"`
		} `json:"imports"`
	} `json:"outputs"`
}

// readMetafile returns the output made from each entry, and the other outputs
// that each output needs before it can run.
func readMetafile(text string) (entries map[string]string, chunks map[string][]string, err error) {
	var m metafile
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return nil, nil, fmt.Errorf("bundle: metafile: %w", err)
	}
	entries, chunks = map[string]string{}, map[string][]string{}
	for out, o := range m.Outputs {
		name := strings.TrimPrefix(out, "dist/")
		if o.EntryPoint != "" {
			entries[o.EntryPoint] = name
		}
		for _, i := range o.Imports {
			if i.Kind == "import-statement" {
				chunks[name] = append(chunks[name], strings.TrimPrefix(i.Path, "dist/"))
			}
		}
		slices.Sort(chunks[name])
	}
	return entries, chunks, nil
}

// needs returns all files that must be there before the entry at path can run,
// sorted and without the entry itself.
func (b bundled) needs(path string) []string {
	seen := map[string]bool{path: true}
	var all []string
	for queue := []string{path}; len(queue) > 0; queue = queue[1:] {
		for _, next := range b.chunks[queue[0]] {
			if !seen[next] {
				seen[next] = true
				all = append(all, next)
				queue = append(queue, next)
			}
		}
	}
	slices.Sort(all)
	return all
}

// buildError joins esbuild's messages into one error, each with its place.
func buildError(messages []api.Message) error {
	if len(messages) == 0 {
		return nil
	}
	var lines []string
	for _, m := range messages {
		line := m.Text
		if l := m.Location; l != nil {
			line = fmt.Sprintf("%s:%d:%d: %s", l.File, l.Line, l.Column+1, m.Text)
		}
		lines = append(lines, "bundle: "+line)
	}
	return fmt.Errorf("%s", strings.Join(lines, "\n"))
}
