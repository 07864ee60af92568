package optim

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"slices"
	"testing"
)

// reference is what Keras 3 answered; testdata/make.py wrote it.
type reference struct {
	Start      []float64
	Gradients  [][]float64
	Optimizers map[string]struct{ After [][]float64 }
}

// against are optimizers with the settings that testdata/make.py gives to Keras's, by
// the names there.
var against = map[string]Optimizer{
	"SGD":              NewSGD(),
	"SGD momentum":     &SGD{LearningRate: 0.01, Momentum: 0.9},
	"SGD nesterov":     &SGD{LearningRate: 0.01, Momentum: 0.9, Nesterov: true},
	"Adagrad":          &Adagrad{LearningRate: 0.01, Initial: 0.1, Epsilon: 1e-7},
	"Adadelta":         &Adadelta{LearningRate: 1, Rho: 0.95, Epsilon: 1e-7},
	"RMSprop":          NewRMSprop(),
	"RMSprop centered": &RMSprop{LearningRate: 0.001, Rho: 0.9, Momentum: 0.5, Centered: true, Epsilon: 1e-7},
	"Adam":             NewAdam(),
	"AdamW":            NewAdamW(),
	"Nadam":            NewNadam(),
}

// TestNothingFadesBelowNormal lets what optimizers remember fade without gradients: it
// ends at 0 and is never denormal. To look for it costs Adadelta more than it gains.
func TestNothingFadesBelowNormal(t *testing.T) {
	for name, o := range against {
		if o.Name() == "adadelta" {
			continue
		}
		fresh := reflect.New(reflect.TypeOf(o).Elem())
		fresh.Elem().Set(reflect.ValueOf(o).Elem())
		o := fresh.Interface().(Optimizer)
		if err := o.SetState(State{}); err != nil {
			t.Fatal(err)
		}
		values, grads := make([]float32, 40), make([]float32, 40)
		for i := range grads {
			grads[i] = float32(math.Pow(10, -float64(i)/4))
		}
		for step := range 3_000 {
			o.Step(values, grads, 1)
			clear(grads)
			for _, v := range o.State().Vectors {
				for _, x := range v.Values {
					if x != 0 && math.Abs(float64(x)) < 0x1p-126 {
						t.Fatalf("%s: after %d steps %s holds %g, which is denormal", name, step, v.Name, x)
					}
				}
			}
		}
	}
}

func TestAgainstKeras(t *testing.T) {
	data, err := os.ReadFile("testdata/optimizers.json")
	if err != nil {
		t.Fatal(err)
	}
	var want reference
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	compared := map[string]bool{}
	for name, o := range against {
		compared[o.Name()] = true
		t.Run(name, func(t *testing.T) {
			after := want.Optimizers[name].After
			if len(after) != len(want.Gradients) {
				t.Fatalf("testdata/optimizers.json: got %d steps of %q, want %d: add it to testdata/make.py and run %s",
					len(after), name, len(want.Gradients), "cd internal/optim/testdata && python make.py")
			}
			values := float32s(want.Start)
			for step, g := range want.Gradients {
				o.Step(values, float32s(g), 1)
				for i, w := range after[step] {
					if math.Abs(float64(values[i])-w) > 1e-6 {
						t.Fatalf("step %d, value %d: got %.8f, want %.8f", step, i, values[i], w)
					}
				}
			}
		})
	}
	for _, kind := range Kinds {
		if !compared[kind.Name] {
			t.Errorf("%s: add it to against (optim_test.go) and to kinds of testdata/make.py", kind.Name)
		}
	}
}

// resumed returns a constructor of each kind with Keras's settings, and of those whose
// state holds more with other settings.
func resumed() map[string]func() Optimizer {
	all := map[string]func() Optimizer{
		"sgd, nesterov": func() Optimizer { return &SGD{LearningRate: 0.01, Momentum: 0.9, Nesterov: true} },
		"rmsprop, centered": func() Optimizer {
			return &RMSprop{LearningRate: 0.01, Rho: 0.9, Momentum: 0.5, Centered: true, Epsilon: 1e-7}
		},
	}
	for _, kind := range Kinds {
		all[kind.Name] = func() Optimizer { return kind.Value.New(Settings{}) }
	}
	return all
}

// run takes some steps with changing gradients and scales.
func run(o Optimizer, values []float32, from, to int) {
	for step := from; step < to; step++ {
		grads := make([]float32, len(values))
		for i := range grads {
			grads[i] = float32(math.Sin(float64(step*len(grads) + i)))
		}
		o.Step(values, grads, 1/float32(step+1))
	}
}

func TestStateGoesOn(t *testing.T) {
	for name, make := range resumed() {
		t.Run(name, func(t *testing.T) {
			o, want := make(), []float32{1, -2, 3}
			run(o, want, 0, 9)
			for _, at := range []int{0, 1, 5} {
				first, second, got := make(), make(), []float32{1, -2, 3}
				run(first, got, 0, at)
				if err := second.SetState(first.State()); err != nil {
					t.Fatal(err)
				}
				run(first, []float32{0, 0, 0}, at, 9) // changes no copy
				run(second, got, at, 9)
				if !slices.Equal(got, want) {
					t.Errorf("state after %d steps: got %v at the end, want %v", at, got, want)
				}
			}
		})
	}
}

func TestStateOfAnotherKind(t *testing.T) {
	sgd, values := NewSGD(), []float32{1}
	run(sgd, values, 0, 1)
	err := NewAdam().SetState(sgd.State())
	if want := "optim: adam: got vectors velocity, want m, v"; err == nil || err.Error() != want {
		t.Errorf("error: got %v, want %s", err, want)
	}
}

// Parameters that do not decay go Adam's way, the others AdamW's.
func TestDecays(t *testing.T) {
	start := []float32{1, 2, 3, 4, 5, 6}
	adam, all, some := slices.Clone(start), slices.Clone(start), slices.Clone(start)
	run(NewAdam(), adam, 0, 5)
	run(NewAdamW(), all, 0, 5)
	o := NewAdamW()
	o.Decays = []Range{{1, 3}, {4, 5}}
	run(o, some, 0, 5)
	for i, got := range some {
		want := adam[i]
		if i == 1 || i == 2 || i == 4 {
			want = all[i]
		}
		if got != want || adam[i] == all[i] {
			t.Errorf("value %d: got %v, want %v; %v without decay, %v with", i, got, want, adam[i], all[i])
		}
	}
}

func TestLengthsPanic(t *testing.T) {
	for name, run := range map[string]func(){
		"gradients shorter": func() { NewAdam().Step(make([]float32, 3), make([]float32, 2), 1) },
		"values change": func() {
			o := NewSGD()
			o.Step(make([]float32, 3), make([]float32, 3), 1)
			o.Step(make([]float32, 4), make([]float32, 4), 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got := recover(); got != ErrLength {
					t.Errorf("panic: got %v, want %v", got, ErrLength)
				}
			}()
			run()
		})
	}
}

func float32s(v []float64) []float32 {
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(x)
	}
	return out
}
