package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/optim"
	"github.com/seed-c844a918/inkling/internal/predict"
)

// inkling runs the command line in this process.
func inkling(args ...string) (stdout, stderr string, err error) {
	return inklingUntil(context.Background(), args...)
}

// inklingUntil runs it until the context ends, as Ctrl-C does.
func inklingUntil(ctx context.Context, args ...string) (stdout, stderr string, err error) {
	var out, progress bytes.Buffer
	root := newRootCommand()
	root.SetArgs(args)
	root.SetOut(&out)
	root.SetErr(&progress)
	err = root.ExecuteContext(ctx)
	return out.String(), progress.String(), err
}

// quick returns flags that train on synthetic digits in about a second.
func quick(out string, more ...string) []string {
	return append([]string{"fit", "--data", "synthetic", "--epochs", "2", "--out", out}, more...)
}

// trained returns the path of a model of synthetic digits, trained once for all tests.
func trained(t *testing.T) string {
	t.Helper()
	if shared == "" {
		dir, err := os.MkdirTemp("", "inkling")
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "synthetic.ink")
		if _, _, err := inkling(quick(path)...); err != nil {
			t.Fatal(err)
		}
		shared = path
	}
	return shared
}

var shared string

// asCommand, in the environment, makes the test binary the command itself, which
// tests can kill.
const asCommand = "INKLING_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		checkpointEvery = 20 * time.Millisecond
		main()
		os.Exit(0)
	}
	cached, err := os.MkdirTemp("", "inkling-cache")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_CACHE_HOME", cached)
	code := m.Run()
	os.RemoveAll(cached)
	if shared != "" {
		os.RemoveAll(filepath.Dir(shared))
	}
	os.Exit(code)
}

// TestWalk goes the way of the README without a browser: fit, summary, evaluate,
// predict.
func TestWalk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mine.ink")
	stdout, stderr, err := inkling(quick(path, "--json")...)
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^Epoch 2/2 - \d+\.\d\ds - loss: 0\.\d{4} - accuracy: 0\.\d{4} - val_loss: 0\.\d{4} - val_accuracy: 0\.\d{4}$`)
	if !line.MatchString(stderr) {
		t.Errorf("progress: got %q, want a line like %s", stderr, line)
	}
	var fitted struct {
		Epochs       int
		TestAccuracy float64 `json:"test_accuracy"`
		LoadSeconds  float64 `json:"load_seconds"`
		TrainSeconds float64 `json:"train_seconds"`
	}
	decode(t, stdout, &fitted)
	if fitted.Epochs != 2 || fitted.TestAccuracy < 0.7 || fitted.TrainSeconds <= 0 || fitted.LoadSeconds <= 0 {
		t.Errorf("fit: got %+v", fitted)
	}
	history, err := os.ReadFile(strings.TrimSuffix(path, ".ink") + ".history.csv")
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(strings.TrimSpace(string(history)), "\n"); len(lines) != 3 || lines[0] != "epoch,loss,accuracy,val_loss,val_accuracy" {
		t.Errorf("history: got %q, want a head and two lines", history)
	}

	stdout, _, err = inkling("evaluate", path, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var measured struct {
		Accuracy float64
		Count    int
		Data     string
	}
	decode(t, stdout, &measured)
	if diff := measured.Accuracy - fitted.TestAccuracy; measured.Data != "synthetic" || measured.Count == 0 || diff > 1e-6 || diff < -1e-6 {
		t.Errorf("evaluate: got %+v, want fit's test accuracy %v", measured, fitted.TestAccuracy)
	}
	stdout, _, err = inkling("summary", path)
	if err != nil || !strings.Contains(stdout, "dense_1 (dense)     (None, 32)     2080") || !strings.Contains(stdout, "Total params: 52650") {
		t.Errorf("summary: got %v\n%s", err, stdout)
	}
}

func TestPredictStrokes(t *testing.T) {
	dir := t.TempDir()
	one := write(t, dir, "one.json", `[[[0.5,0.1],[0.5,0.5],[0.49,0.9]]]`)
	several := write(t, dir, "several.json", `[{"label":1,"strokes":[[[5,1],[5,9]]]},{"strokes":[]}]`)
	stdout, _, err := inkling("predict", trained(t), one, several, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var got []predict.Prediction
	decode(t, stdout, &got)
	if len(got) != 3 || got[0].Index != nil || *got[1].Index != 0 || *got[2].Index != 1 {
		t.Fatalf("got %s, want three answers, the last two numbered", stdout)
	}
	if len(got[0].Probabilities) != 10 || got[0].Label == "" || !got[0].Sure {
		t.Errorf("one.json: got %+v, want a sure label and ten probabilities", got[0])
	}
	if got[2].Label != "" || got[2].Sure || len(got[2].Probabilities) != 0 {
		t.Errorf("an empty drawing: got %+v, want no label", got[2])
	}
	text, _, err := inkling("predict", trained(t), several)
	if err != nil || !strings.Contains(text, "several.json[1]") || !strings.Contains(text, "nothing drawn") {
		t.Errorf("as text: got %v\n%s", err, text)
	}
}

func TestSameSeedSameFile(t *testing.T) {
	dir := t.TempDir()
	read := func(name, seed string) string {
		path := filepath.Join(dir, name)
		if _, _, err := inkling("fit", "--data", "synthetic", "--epochs", "1", "--seed", seed, "--out", path); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if a, b := read("a.ink", "3"), read("b.ink", "3"); a != b {
		t.Error("seed 3 twice: got different files")
	}
	if a, b := read("a.ink", "3"), read("c.ink", "4"); a == b {
		t.Error("seeds 3 and 4: got the same file")
	}
}

func TestInterruptKeepsTheOldModel(t *testing.T) {
	path := write(t, t.TempDir(), "old.ink", "an older model")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err := inklingUntil(ctx, quick(path)...)
	if err == nil || !strings.Contains(err.Error(), "there is no model to keep") {
		t.Errorf("error: got %v", err)
	}
	if data, _ := os.ReadFile(path); string(data) != "an older model" {
		t.Errorf("the file: got %q, want what was there", data)
	}
}

// One bad file does not lose the answers to the others.
func TestPredictGoesOn(t *testing.T) {
	dir := t.TempDir()
	bad := write(t, dir, "bad.png", "not a picture")
	good := write(t, dir, "good.json", `[[[5,1],[5,9]]]`)
	stdout, stderr, err := inkling("predict", trained(t), bad, good, filepath.Join(dir, "none.png"), "--json")
	if err == nil || !strings.Contains(err.Error(), "none.png") || !strings.Contains(stderr, "bad.png") {
		t.Errorf("got the error %v and %q, want one bad file in each", err, stderr)
	}
	var got []predict.Prediction
	decode(t, stdout, &got)
	if len(got) != 1 || got[0].File != good {
		t.Errorf("got %s, want the answer to good.json", stdout)
	}
}

// TestMistakes checks the message and the exit code of each.
func TestMistakes(t *testing.T) {
	dir := t.TempDir()
	broken := write(t, dir, "broken.ink", "\x89INK\r\n\x1a\n\x01\x00")
	strokes := write(t, dir, "strokes.json", `[{"label":1,"strokes":[[[5,1],["x",9]]]}]`)
	picture := write(t, dir, "picture.png", "not a picture")
	idx := write(t, dir, "t-idx3-ubyte", "\x00\x00\x08\x03\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x02abcd")
	drawn := write(t, dir, "drawn.png", "\x89PNG\r\n\x1a\n")
	nothing := write(t, dir, "nothing.json", "[]")
	model := trained(t)
	for _, c := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"unknown command", []string{"fitt"}, 2, `"fitt"`},
		{"unknown flag", []string{"fit", "--epoch", "3"}, 2, "--epoch"},
		{"no epochs", []string{"fit", "--epochs", "0"}, 2, "--epochs 0"},
		{"split", []string{"fit", "--split", "1"}, 2, "--split 1"},
		{"layers", []string{"fit", "--layers", "dense 64 relu, dense x"}, 2, `layer 2, "dense x": got x units`},
		{"layer", []string{"fit", "--layers", "cnov 3"}, 2, `layer 1, "cnov 3": got "cnov", want dense, conv`},
		{"window", []string{"fit", "--layers", "conv 3 3x"}, 2, `got the window "3x", want 1..1024 pixels`},
		{"behind a layer", []string{"fit", "--layers", "pool 2 relu"}, 2, `got "relu" behind pool`},
		{"optimizer", []string{"fit", "--optimizer", "lion"}, 2, `"lion", want ` + optim.Kinds.List()},
		{"momentum of another", []string{"fit", "--momentum", "0.9"}, 2, "belongs to --optimizer sgd"},
		{"nesterov of another", []string{"fit", "--nesterov"}, 2, "belongs to --optimizer sgd with --momentum"},
		{"decay of another", []string{"fit", "--weight-decay", "0.1"}, 2, "belongs to --optimizer adamw"},
		{"schedule", []string{"fit", "--schedule", "step"}, 2, `"step", want constant or cosine`},
		{"warm-up of another", []string{"fit", "--warmup", "0.1"}, 2, "belongs to --schedule cosine"},
		{"warm-up", []string{"fit", "--warmup", "1", "--schedule", "cosine"}, 2, "--warmup 1"},
		{"smoothing", []string{"fit", "--label-smoothing", "1"}, 2, "--label-smoothing 1"},
		{"precision", []string{"fit", "--precision", "int3"}, 2, `"int3", want int4, int8, float16 or float32`},
		{"int4 epochs", []string{"fit", "--int4-epochs", "3"}, 2, "belongs to --precision int4"},
		{"int4 and stopping", []string{"fit", "--precision", "int4", "--early-stopping", "3"}, 2, "give --int4-epochs 30"},
		{"refuse without validation", []string{"fit", "--data", "synthetic", "--refuse", "0.1", "--split", "0"}, 2, "--refuse wants a validation part"},
		{"tiles", []string{"card", model, "--data", "synthetic", "--tiles", "-1"}, 2, "got --tiles -1, want at least 0"},
		{"writers", []string{"evaluate", model, "--data", "pen", "--writers", "5-"}, 2, `"5-"`},
		{"no model", []string{"evaluate"}, 2, "accepts 1 arg"},
		{"unknown data", []string{"fit", "--data", "minst"}, 2, `"minst", want mnist`},
		{"writers of another", []string{"fit", "--data", "synthetic", "--writers", "3"}, 2, "--writers belongs to --data pen, "},
		{"nowhere to write", []string{"fit", "--data", "synthetic", "--out", filepath.Join(dir, "none", "x.ink")}, 1, "there is no folder"},
		{"a folder to write", []string{"fit", "--data", "synthetic", "--out", dir}, 1, "is a folder"},
		{"missing data", []string{"fit", "--data-dir", dir}, 1, "inkling data mnist"},
		{"missing pen", []string{"evaluate", model, "--data", "pen", "--data-dir", dir}, 1, "inkling data pen"},
		{"missing model", []string{"evaluate", filepath.Join(dir, "none.ink")}, 1, "none.ink: " + syscall.ENOENT.Error() + "; inkling fit writes models"},
		{"another format", []string{"fit", "--data", "synthetic", "--out", "mine.keras"}, 2, "want the name of an .ink file"},
		{"a sheet of another format", []string{"data", "synthetic", "--sheet", "seen.jpg"}, 2, `got --sheet "seen.jpg", want the name of a .png file`},
		{"a folder called .html", []string{"site", "page.html", "--model", model}, 2, "--single for one file"},
		{"a path that is not there", []string{"fit", "--data", "none/x.csv"}, 2, `"none/x.csv": there is no such file or folder`},
		{"a picture for a model", []string{"summary", drawn}, 1, "drawn.png: got a picture, want an .ink file: the model comes first"},
		{"no drawings", []string{"evaluate", model, "--data", nothing}, 1, "nothing.json: got no image, want one at least"},
		{"truncated model", []string{"summary", broken}, 1, "broken.ink: ink: file: got 10 bytes, want at least 14: it is truncated"},
		{"not a picture", []string{"predict", model, picture}, 1, "picture.png"},
		{"stroke file", []string{"predict", model, strokes}, 1, "strokes.json: drawing 1, stroke 1, point 2: x is"},
		{"IDX of another size", []string{"predict", model, idx}, 1, "got images of 2x2, want the model's input 28x28"},
	} {
		t.Run(c.name, func(t *testing.T) {
			stdout, _, err := inkling(c.args...)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("error: got %v, want one line with %q", err, c.want)
			}
			if got := exitCode(err); got != c.code {
				t.Errorf("exit code: got %d, want %d", got, c.code)
			}
			if strings.TrimSpace(stdout) != "" {
				t.Errorf("standard output: got %q, want nothing", stdout)
			}
		})
	}
}

func TestParseRanges(t *testing.T) {
	in, err := dataset.ParseRanges("1, 4,7-9")
	if err != nil {
		t.Fatal(err)
	}
	for n := range 11 {
		if got, want := in(n), n == 1 || n == 4 || n >= 7 && n <= 9; got != want {
			t.Errorf("%d: got %v, want %v", n, got, want)
		}
	}
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
}

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// list returns the names in a folder.
func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
