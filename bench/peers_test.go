package main

import (
	"errors"
	"flag"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Setenv("PEERS_PYTHON", "/from/env")
	all := settings{only: groups, pairs: 5, epochs: 2, python: "/from/env"}
	for _, c := range []struct {
		name string
		args []string
		want settings
		err  error
	}{
		{"defaults", nil, all, nil},
		{"some", []string{"--only", "cnn, keras", "--pairs=1", "--epochs=3", "--python", "p", "--json", "f"},
			settings{only: []string{"cnn", "keras"}, pairs: 1, epochs: 3, python: "p", json: "f"}, nil},
		{"help", []string{"-h"}, settings{}, flag.ErrHelp},
		{"unknown group", []string{"--only", "rnn"}, settings{}, errUsage},
		{"no pairs", []string{"--pairs", "0"}, settings{}, errUsage},
		{"unknown flag", []string{"--pair"}, settings{}, errUsage},
		{"argument", []string{"cnn"}, settings{}, errUsage},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := parse(c.args)
			if !errors.Is(err, c.err) || err == nil && !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v, want %+v, %v", got, err, c.want, c.err)
			}
		})
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		want   float64
	}{
		{"one", []float64{3}, 3},
		{"odd", []float64{9, 1, 4}, 4},
		{"even", []float64{8, 1, 2, 4}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			first := c.values[0]
			if got := median(c.values); got != c.want || c.values[0] != first {
				t.Errorf("got %v of %v, want %v and the values as they were", got, c.values, c.want)
			}
		})
	}
}

// TestMedianPair wants each figure's own median: that of the ratios is not the
// ratio of the medians.
func TestMedianPair(t *testing.T) {
	speeds := func(ours, theirs float64) pair {
		return pair{result{ImagesPerSecond: ours}, result{ImagesPerSecond: theirs}, ours / theirs}
	}
	got := medianPair([]pair{speeds(100, 50), speeds(300, 100), speeds(200, 20)})
	if got.Ours.ImagesPerSecond != 200 || got.Theirs.ImagesPerSecond != 50 || got.Ratio != 3 {
		t.Errorf("got %+v, want 200, 50 and 3", got)
	}
}

func TestReadFit(t *testing.T) {
	for _, c := range []struct {
		name, out string
		want      result
	}{
		{"with validation", `{"train_seconds": 4, "images_per_second": 10, "accuracy": 0.99, "val_accuracy": 0.97}`, result{4, 10, 0.97, 1, ""}},
		{"without", `{"train_seconds": 4, "images_per_second": 10, "accuracy": 0.99}`, result{4, 10, 0.99, 1, ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := readFit([]byte(c.out), 1); err != nil || got != c.want {
				t.Errorf("got %+v, %v, want %+v", got, err, c.want)
			}
		})
	}
	if _, err := readFit([]byte("loss: 1"), 1); err == nil {
		t.Error("text: got no error")
	}
}

func TestCPUName(t *testing.T) {
	for _, c := range []struct{ name, info, want string }{
		{"amd64", "processor\t: 0\ncpu family\t: 25\nmodel\t\t: 1\nmodel name\t: AMD EPYC\n\nprocessor\t: 1\nmodel name\t: other\n", "AMD EPYC (family 25, model 1)"},
		{"name alone", "model name\t: ARMv7 Processor rev 4\n", "ARMv7 Processor rev 4"},
		{"arm64", "processor\t: 0\nBogoMIPS\t: 48.00\n", ""},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := cpuName(c.info); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestPrint fixes what people and documents take over: peers, columns, table.
func TestPrint(t *testing.T) {
	r := report{Machine: "a machine"}
	r.note("PyTorch", peer{versions: map[string]string{"torch": "2.15.0", "blas": "mkl"}}, nil)
	r.note("Keras", peer{}, errors.Join(errors.New("python3: no keras"), errors.New(".venv: not there")))
	missed := &contest{Title: "notebook", Least: 3, Pairs: make([]pair, 5), Median: pair{result{ImagesPerSecond: 250}, result{ImagesPerSecond: 100}, 2.5}}
	beside := &contest{Title: "beside", Pairs: make([]pair, 3)}
	r.Contests = []*contest{missed, beside}
	var out strings.Builder
	r.printHead(&out)
	r.printTable(&out)
	want := `a machine
PyTorch: blas mkl, torch 2.15.0
Keras: left out (bench -h says how to install it): python3: no keras; .venv: not there

| medians | pairs | inkling, images/s | peer, images/s | ratio | at least |
|---|---|---|---|---|---|
| notebook | 5 | 250 | 100 | 2.50 | 3: missed |
| beside | 3 | 0 | 0 | 0.00 | - |
`
	if got := out.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	missed.Least = 2.5
	if got, want := missed.verdict(), "2.5: reached"; got != want {
		t.Errorf("verdict: got %q, want %q", got, want)
	}
}

// TestEnvironment wants threads set and OpenBLAS left to its own choice.
func TestEnvironment(t *testing.T) {
	t.Setenv("OPENBLAS_CORETYPE", "Haswell")
	t.Setenv("OPENBLAS_L2_SIZE", "512")
	t.Setenv("OMP_NUM_THREADS", "8")
	env := peer{python: "python3", script: "x.py"}.command(t.Context(), 2, "fit").Environ()
	for _, pair := range env {
		if strings.HasPrefix(pair, "OPENBLAS_CORETYPE=") || strings.HasPrefix(pair, "OPENBLAS_L2_SIZE=") || pair == "OMP_NUM_THREADS=8" {
			t.Errorf("got %s", pair)
		}
	}
	if !strings.Contains(strings.Join(env, "\n"), "OMP_NUM_THREADS=2") {
		t.Errorf("got %q, want OMP_NUM_THREADS=2 in it", env)
	}
}

// TestBackends wants Keras's default first.
func TestBackends(t *testing.T) {
	p := peer{versions: map[string]string{"keras": "3", "jax": "1", "tensorflow": "2"}}
	if got := p.backends(); !reflect.DeepEqual(got, []string{"tensorflow", "jax"}) {
		t.Errorf("got %q", got)
	}
	delete(p.versions, "tensorflow")
	if got := p.backends(); !reflect.DeepEqual(got, []string{"jax"}) {
		t.Errorf("without tensorflow: got %q", got)
	}
}

func TestLastLine(t *testing.T) {
	if got, want := lastLine("Traceback\n  File\nModuleNotFoundError: No module named 'torch'\n\n"), "ModuleNotFoundError: No module named 'torch'"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
