package optim

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// reference is what Keras 3 answered; testdata/make.py wrote it.
type reference struct {
	Start      []float64
	Gradients  [][]float64
	Optimizers map[string]struct{ After [][]float64 }
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
	for name, o := range map[string]Optimizer{
		"SGD":          NewSGD(),
		"SGD momentum": &SGD{LearningRate: 0.01, Momentum: 0.9},
		"SGD nesterov": &SGD{LearningRate: 0.01, Momentum: 0.9, Nesterov: true},
		"Adam":         NewAdam(),
	} {
		t.Run(name, func(t *testing.T) {
			values := float32s(want.Start)
			for step, g := range want.Gradients {
				o.Step(values, float32s(g))
				for i, w := range want.Optimizers[name].After[step] {
					if math.Abs(float64(values[i])-w) > 1e-6 {
						t.Fatalf("step %d, value %d: got %.8f, want %.8f", step, i, values[i], w)
					}
				}
			}
		})
	}
}

func TestLengthsPanic(t *testing.T) {
	for name, run := range map[string]func(){
		"gradients shorter": func() { NewAdam().Step(make([]float32, 3), make([]float32, 2)) },
		"values change": func() {
			o := NewSGD()
			o.Step(make([]float32, 3), make([]float32, 3))
			o.Step(make([]float32, 4), make([]float32, 4))
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
