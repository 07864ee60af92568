package nn

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// activations are settings of every function, by names of testdata/keras.json.
var activations = map[string]*Activation{
	"leaky_relu": {Function: Rectified, Alpha: 0.2, Max: NoMax},
	"relu":       {Function: Rectified, Alpha: 0.1, Max: 1.5, Threshold: 0.5},
	"elu":        {Function: ELU, Alpha: 0.7}, "selu": {Function: SELU}, "gelu": {Function: GELU},
	"sigmoid": {Function: Sigmoid}, "hard_sigmoid": {Function: HardSigmoid, Alpha: 1.0 / 6}, "tanh": {Function: Tanh},
	"softplus": {Function: Softplus}, "softsign": {Function: Softsign}, "silu": {Function: SiLU},
	"hard_silu": {Function: HardSiLU, Alpha: 1.0 / 6}, "exponential": {Function: Exponential},
}

// TestActivations compares values with those of Keras (testdata/make_keras.py), and
// derivatives with central differences.
func TestActivations(t *testing.T) {
	data, err := os.ReadFile("testdata/keras.json")
	if err != nil {
		t.Fatal(err)
	}
	var keras struct {
		X []float32
		Y map[string][]float32
	}
	if err := json.Unmarshal(data, &keras); err != nil {
		t.Fatal(err)
	}
	for name, a := range activations {
		t.Run(name, func(t *testing.T) {
			y := make([]float32, len(keras.X))
			a.Forward(y, keras.X, Span{})
			for i, want := range keras.Y[name] {
				if math.Abs(float64(y[i]-want)) > 1e-6*max(1, math.Abs(float64(want))) {
					t.Errorf("%s(%g): got %g, want %g", name, keras.X[i], y[i], want)
				}
			}
			for _, x := range keras.X {
				const step = 1e-6
				above, _ := a.at(float64(x) + step)
				below, _ := a.at(float64(x) - step)
				want := (above - below) / (2 * step)
				if _, got := a.at(float64(x)); math.Abs(got-want) > 1e-5*max(1, math.Abs(want)) {
					t.Errorf("derivative at %g: got %g, want %g", x, got, want)
				}
			}
		})
	}
}

func TestUnknownFunction(t *testing.T) {
	if _, err := NewSequential(Shape{2}, &Activation{Function: "mish"}); err == nil {
		t.Error("got a network, want an error")
	}
}
