package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/onnx"
	"github.com/seed-c844a918/inkling/internal/serve"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// packages are the peers, as npm installs them.
var packages = []string{
	"onnxruntime-web@1.30.0", "@tensorflow/tfjs-core@4.22.0",
	"@tensorflow/tfjs-backend-wasm@4.22.0", "@tensorflow/tfjs-backend-cpu@4.22.0",
}

// pages are the sources of the peers' pages, and what runs in ours.
//
//go:embed page
var pages embed.FS

// A peer is a page that answers by somebody else's runtime.
type peer struct {
	name    string
	script  string            // of page/, that is bundled
	backend string            // of TensorFlow.js
	files   map[string]string // of node_modules, by their names in the page
	model   string            // name of the file of weights
}

var peers = []peer{
	{
		name: "onnxruntime-web, wasm", script: "onnx.js", model: "model.onnx",
		files: map[string]string{"ort-wasm-simd-threaded.wasm": "onnxruntime-web/dist/ort-wasm-simd-threaded.wasm"},
	},
	{
		name: "TensorFlow.js, wasm", script: "tfjs.js", backend: "wasm", model: "weights.bin",
		files: map[string]string{"tfjs-backend-wasm-simd.wasm": "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm"},
	},
	{name: "TensorFlow.js, cpu", script: "tfjs.js", backend: "cpu", model: "weights.bin"},
}

// contestants returns our site and the peers with a model.
func contestants(ctx context.Context, m *model.Model, site, cache string) ([]*contestant, error) {
	pixels, err := json.Marshal(ints(imageFor(m)))
	if err != nil {
		return nil, err
	}
	ours, err := pages.ReadFile("page/inkling.js")
	if err != nil {
		return nil, err
	}
	if err := serve.Check(site); err != nil {
		return nil, fmt.Errorf("%w; make dist builds it", err)
	}
	all := []*contestant{{
		name: "Inkling, with its page", files: serve.NewFolder(site, ""),
		script: fmt.Sprintf("const IMAGE = %s;\n%s", pixels, ours),
	}}
	if err := install(ctx, cache); err != nil {
		return nil, err
	}
	layers, weights, err := layersOf(m)
	if err != nil {
		return nil, err
	}
	exported, err := onnx.Encode(m)
	if err != nil {
		return nil, err
	}
	models := map[string][]byte{"model.onnx": exported, "weights.bin": weights}
	for _, p := range peers {
		files, err := p.build(cache, map[string]string{"IMAGE": string(pixels), "LAYERS": layers})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		files[p.model] = models[p.model]
		packed, err := pack(files, cache)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		all = append(all, &contestant{name: p.name, files: packed})
	}
	return all, nil
}

// install has npm install the peers in a folder, without their scripts.
func install(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	args := []string{"install", "--prefix", dir, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"}
	args = append(args, packages...)
	out, err := exec.CommandContext(ctx, "npm", args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("npm %s: %w\n%s", strings.Join(args, " "), err, bytes.TrimSpace(out))
	}
	return nil
}

// A layer is one of the network's as page/tfjs.js reads it.
type layer struct {
	Kind    string `json:"kind"`
	Kernel  []int  `json:"kernel,omitempty"` // its shape; the bias has the last side
	ReLU    bool   `json:"relu,omitempty"`
	Same    bool   `json:"same,omitempty"`
	Size    []int  `json:"size,omitempty"`
	Strides []int  `json:"strides,omitempty"`
}

// layersOf returns a network's layers as JSON and its weights, float32, little-endian.
// The softmax's temperature becomes part of the weights before it.
func layersOf(m *model.Model) (layers string, weights []byte, err error) {
	m.Network.Values()
	var all []layer
	for i, from := range m.Network.Layers {
		to := layer{Kind: from.Kind()}
		switch l := from.(type) {
		case *nn.Conv2D:
			to.Kernel, to.Same, to.Strides = l.Params()[0].Shape, l.Padding == windows.Same, sides(l.Strides, [2]int{1, 1})
		case *nn.Dense:
			to.Kernel = l.Params()[0].Shape
		case *nn.MaxPool2D:
			to.Size, to.Same, to.Strides = l.Size[:], l.Padding == windows.Same, sides(l.Strides, l.Size)
		case *nn.ReLU:
			all[len(all)-1].ReLU = true
			continue
		case *nn.Dropout:
			continue
		case *nn.Flatten, *nn.Softmax:
		default:
			return "", nil, fmt.Errorf("layer %d: %s has no counterpart in page/tfjs.js", i+1, from.Kind())
		}
		scale := float32(1)
		if i == len(m.Network.Layers)-2 {
			scale = 1 / m.Temperature
		}
		for _, param := range from.Params() {
			for _, w := range param.Value {
				weights = binary.LittleEndian.AppendUint32(weights, math.Float32bits(w*scale))
			}
		}
		all = append(all, to)
	}
	text, err := json.Marshal(all)
	return string(text), weights, err
}

// sides returns strides, or what zeros stand for.
func sides(strides, otherwise [2]int) []int {
	return []int{cmp.Or(strides[0], otherwise[0]), cmp.Or(strides[1], otherwise[1])}
}

// build bundles a peer's script and returns the files of its page, whose head asks for
// them all at once.
func (p *peer) build(cache string, define map[string]string) (map[string][]byte, error) {
	sources, err := os.MkdirTemp(cache, "page-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(sources)
	if err := os.CopyFS(sources, pages); err != nil {
		return nil, err
	}
	define["BACKEND"] = `"` + p.backend + `"`
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(sources, "page", p.script)}, AbsWorkingDir: cache, Outdir: cache,
		Bundle: true, Format: api.FormatESModule, Target: api.ES2022, Platform: api.PlatformBrowser, LogLevel: api.LogLevelSilent,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone,
		Define: define, Alias: map[string]string{"backend": "@tensorflow/tfjs-backend-" + p.backend},
		Loader: map[string]api.Loader{".wasm": api.LoaderEmpty}, External: []string{"fs", "path", "util", "worker_threads", "perf_hooks", "os"},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("%s: %s", p.script, result.Errors[0].Text)
	}
	files := map[string][]byte{"main.js": result.OutputFiles[0].Contents}
	preloads := fmt.Sprintf("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"%s\">\n", p.model)
	for name, from := range p.files {
		if files[name], err = os.ReadFile(filepath.Join(cache, "node_modules", filepath.FromSlash(from))); err != nil {
			return nil, err
		}
		preloads += fmt.Sprintf("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"%s\">\n", name)
	}
	page, err := pages.ReadFile("page/index.html")
	if err != nil {
		return nil, err
	}
	files["index.html"] = bytes.Replace(page, []byte("PRELOADS\n"), []byte(preloads), 1)
	return files, nil
}

// packedFiles are the brotli forms of files, by the files' names.
type packedFiles map[string][]byte

// pack compresses files as our build does. It keeps the results in a folder, since 14 MB
// take a minute.
func pack(files map[string][]byte, cache string) (packedFiles, error) {
	packed := packedFiles{}
	for name, data := range files {
		sum := sha256.Sum256(data)
		kept := filepath.Join(cache, hex.EncodeToString(sum[:8])+".br")
		form, err := os.ReadFile(kept)
		if errors.Is(err, os.ErrNotExist) {
			var b bytes.Buffer
			if err = serve.Encodings[0].Compress(&b, data); err == nil {
				form, err = b.Bytes(), os.WriteFile(kept, b.Bytes(), 0o644)
			}
		}
		if err != nil {
			return nil, err
		}
		packed[name] = form
	}
	return packed, nil
}

func (p packedFiles) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "index.html"
	}
	data, ok := p[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Encoding", serve.Encodings[0].Name)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// ints returns bytes as numbers, which JSON writes as a list.
func ints(b []uint8) []int {
	all := make([]int, len(b))
	for i, v := range b {
		all[i] = int(v)
	}
	return all
}
