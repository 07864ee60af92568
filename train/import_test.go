package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/npy"
	"github.com/seed-c844a918/inkling/internal/unzip"
)

const kerasFiles = "../internal/keras/testdata/"

func TestImport(t *testing.T) {
	dir := t.TempDir()
	chain, square := filepath.Join(dir, "chain.ink"), dense(t, dir, 36)
	for _, c := range []struct {
		name       string
		args       []string
		says, want string // on standard error and output
	}{
		{"a whole model", []string{kerasFiles + "keras3/chain.keras", "--out", chain}, "pixels: 0..255 (the model begins with Rescaling(0.00784314, -1))", "chain.ink: 12 layers, 3246 parameters, float32, classes 0, 1, 2"},
		{"weights like a model", []string{kerasFiles + "keras3/chain.weights.h5", "--like", kerasFiles + "keras3/chain.keras", "--labels", "a,b,c,d,e,f,g,h,i,j"}, "", "classes a, b, c"},
		{"weights like an .ink file", []string{kerasFiles + "keras2/chain.legacy-weights.h5", "--like", chain}, "pixels: 0..1 (as in", "3246 parameters"},
		{"weights and layers", []string{kerasFiles + "keras2/mlp.npz", "--layers", "dense 64 relu, dense 32 relu", "--recipe", "picture", "--precision", "int8"}, "recipe: picture", "52650 parameters, int8"},
		{"the size of the weights", []string{kerasFiles + "keras2/mlp.npz", "--layers", "dense 64 relu, dense 32 relu"}, "images: 28x28 (--size WxH would say otherwise)", "7 layers"},
		{"another size", []string{kerasFiles + "keras2/mlp.npz", "--layers", "dense 64 relu, dense 32 relu", "--size", "16x49"}, "pixels: 0..1 (--pixels 0..255", "7 layers"},
		{"small squares", []string{square, "--layers", "dropout 0.5, dense 4 relu", "--labels", "a,b"}, "images: 6x6 (", "6 layers, 158 parameters"},
		{"pixels asked for", []string{kerasFiles + "cases/undecided.keras", "--pixels", "0..255"}, "pixels: 0..255 (as --pixels says)", "classes 0, 1, 2\n"},
		{"pixels 0..1", []string{kerasFiles + "brought/times2minus1.keras"}, "pixels: 0..1 (the model begins with Rescaling(2, -1))", "7850 parameters"},
		{"an adapted normalization", []string{kerasFiles + "brought/adapted.h5"}, "pixels: 0..1 (the model begins with Normalization of mean 0.1", "90 parameters"},
		{"augmentation", []string{kerasFiles + "brought/nested.keras"}, "left out, since only training sees them: RandomFlip, RandomRotation\n", "90 parameters"},
		{"mixed precision", []string{kerasFiles + "brought/mixed.keras"}, "the model computed in mixed_float16: answers", "90 parameters"},
		{"many classes", []string{kerasFiles + "brought/c300.keras"}, "", "classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ... (300)\n"},
		{"logits", []string{kerasFiles + "options/logits.keras", "--pixels", "0..255"}, "the model ends in logits: a softmax was added", "classes 0, 1, 2\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !slices.Contains(c.args, "--out") {
				c.args = append(c.args, "--out", filepath.Join(dir, "other.ink"))
			}
			stdout, stderr, err := inkling(append([]string{"import"}, c.args...)...)
			if err != nil || !strings.Contains(stderr, c.says) || !strings.Contains(stdout, c.want) {
				t.Errorf("got %q, %q, %v, want %q and %q", stdout, stderr, err, c.want, c.says)
			}
		})
	}
}

// TestImportTakesFunctions checks that import says which function of a model's own it took
// for Keras's.
func TestImportTakesFunctions(t *testing.T) {
	whole, err := os.ReadFile(kerasFiles + "cases/inside.keras")
	if err != nil {
		t.Fatal(err)
	}
	members, err := unzip.All(whole)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	for _, m := range members {
		w, err := archive.Create(m.Name)
		if err != nil {
			t.Fatal(err)
		}
		data := strings.Replace(string(m.Data), `"activation": "relu"`,
			`"activation": {"module": "builtins", "class_name": "function", "config": "swish", "registered_name": "function"}`, 1)
		if _, err := io.WriteString(w, data); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := write(t, dir, "own.keras", file.String())
	_, stderr, err := inkling("import", path, "--out", filepath.Join(dir, "own.ink"))
	if want := "(Conv2D): swish: Keras's activation was taken for the function of that name"; err != nil || !strings.Contains(stderr, want) {
		t.Errorf("got %q, %v, want %q", stderr, err, want)
	}
}

// dense writes an .npz file with the weights of Dense(4) and Dense(2) for a number of
// inputs, and returns its path.
func dense(t *testing.T, dir string, inputs int) string {
	t.Helper()
	var arrays []npy.Array
	for i, shape := range [][]int{{inputs, 4}, {4}, {4, 2}, {2}} {
		arrays = append(arrays, npy.Floats(fmt.Sprint("arr_", i), shape, make([]float32, nn.Shape(shape).Size())))
	}
	data, err := npy.EncodeZip(arrays)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, dir, fmt.Sprint("dense", inputs, ".npz"), string(data))
}

func TestImportRefuses(t *testing.T) {
	out := filepath.Join(t.TempDir(), "x.ink")
	oblong := dense(t, filepath.Dir(out), 35)
	for _, c := range []struct {
		name, want string
		args       []string
		code       int
	}{
		{"a branch", "layer 4, add (Add): got 2 inputs", []string{kerasFiles + "keras3/branch.keras"}, 1},
		{"weights alone", "want --like FILE or --layers", []string{kerasFiles + "keras2/mlp.npz"}, 2},
		{"layers of a whole model", "got --layers, which is of weights alone, with a whole model: leave it out", []string{kerasFiles + "keras3/chain.keras", "--layers", "dense 4"}, 2},
		{"a whole model like another", "got --like, which is of weights alone", []string{kerasFiles + "keras3/chain.h5", "--like", kerasFiles + "keras3/chain.keras"}, 2},
		{"no weights like a model", "got an architecture without weights", []string{kerasFiles + "options/middle.json", "--like", kerasFiles + "keras3/chain.keras"}, 1},
		{"other layers", "got tensors [(784, 64), (64)], want [kernel (784, 63), bias (63)]", []string{kerasFiles + "keras2/mlp.npz", "--layers", "dense 63 relu, dense 32 relu"}, 1},
		{"no square", "the first dense takes 35 values, which are no square: want --size WxH", []string{oblong, "--layers", "dense 4", "--labels", "a,b"}, 2},
		{"another size", "got tensors [(35, 4), (4)], want [kernel (40, 4), bias (4)]", []string{oblong, "--layers", "dense 4", "--labels", "a,b", "--size", "8x5"}, 1},
		{"a size alone", "--size belongs to --layers", []string{oblong, "--size", "7x5"}, 2},
		{"no size", `--size: got "7x", want WIDTHxHEIGHT`, []string{oblong, "--layers", "dense 4", "--size", "7x"}, 2},
		{"labels", "got 2 --labels, want 10", []string{kerasFiles + "keras3/chain.keras", "--labels", "a,b"}, 2},
		{"labels twice", `--labels: got two classes with the name "b"`, []string{kerasFiles + "options/logits.keras", "--labels", "a,b,b"}, 2},
		{"an empty label", `--labels: class 2 of 3 has no name`, []string{kerasFiles + "options/logits.keras", "--labels", "a,,b"}, 2},
		{"undecided pixels", "--pixels 0..1 or --pixels 0..255", []string{kerasFiles + "cases/undecided.keras"}, 2},
		{"quantized", "the model is quantized (int8)", []string{kerasFiles + "brought/int8.keras"}, 1},
		{"binary", "got one value (binary)", []string{kerasFiles + "brought/binary.keras"}, 1},
		{"a folder", "got a folder, want a .keras", []string{"."}, 1},
		{"pixels", `--pixels: got "0..2", want 0..1 or 0..255`, []string{kerasFiles + "keras3/chain.keras", "--pixels", "0..2"}, 2},
		{"no model", "got bytes of another kind", []string{"import.go"}, 1},
		{"no file", syscall.ENOENT.Error(), []string{"nothing.keras"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := inkling(append([]string{"import", "--out", out}, c.args...)...)
			if err == nil || !strings.Contains(err.Error(), c.want) || exitCode(err) != c.code {
				t.Errorf("error: got %v, want %q and exit code %d", err, c.want, c.code)
			}
		})
	}
}

// TestExportImport brings a model out and back again.
func TestExportImport(t *testing.T) {
	dir := t.TempDir()
	weights, again := filepath.Join(dir, "w.npz"), filepath.Join(dir, "again.ink")
	if _, _, err := inkling("export", trained(t), "--out", weights); err != nil {
		t.Fatal(err)
	}
	if _, _, err := inkling("import", weights, "--like", trained(t), "--out", again); err != nil {
		t.Fatal(err)
	}
	want, err1 := readModel(trained(t))
	got, err2 := readModel(again)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if !slices.Equal(got.Network.Values(), want.Network.Values()) {
		t.Error("got other weights than were exported")
	}
	if _, _, err := inkling("export", again, "--out", "model.pb"); err == nil || exitCode(err) != 2 {
		t.Errorf("another ending: got %v, want a usage error", err)
	}
}

// TestInit trains from a model's weights, at a rate that leaves them.
func TestInit(t *testing.T) {
	dir := t.TempDir()
	weights, out := filepath.Join(dir, "w.npz"), filepath.Join(dir, "on.ink")
	if _, _, err := inkling("export", trained(t), "--out", weights); err != nil {
		t.Fatal(err)
	}
	want, err := readModel(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{weights, trained(t)} {
		if _, _, err := inkling(quick(out, "--init", from, "--optimizer", "sgd", "--learning-rate", "1e-12")...); err != nil {
			t.Fatal(err)
		}
		got, err := readModel(out)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Network.Values(), want.Network.Values()) {
			t.Errorf("from %s: got other weights", filepath.Base(from))
		}
		_, _, err = inkling(quick(out, "--init", from, "--layers", "dense 20")...)
		if err == nil || !strings.Contains(err.Error(), "(784, 64)") || !strings.Contains(err.Error(), "(784, 20)") {
			t.Errorf("from %s: error: got %v, want one with both shapes", filepath.Base(from), err)
		}
	}
	if _, err := os.Stat(out); err != nil {
		t.Error(err)
	}
}
