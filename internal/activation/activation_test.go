package activation

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// curves are settings of every function, by names of testdata/keras.json.
var curves = map[string]Curve{
	"leaky_relu": {Function: Rectified, Alpha: 0.2, Max: NoMax},
	"relu":       {Function: Rectified, Alpha: 0.1, Max: 1.5, Threshold: 0.5},
	"elu":        {Function: ELU, Alpha: 0.7}, "selu": {Function: SELU}, "gelu": {Function: GELU},
	"sigmoid": {Function: Sigmoid}, "hard_sigmoid": {Function: HardSigmoid, Alpha: 1.0 / 6}, "tanh": {Function: Tanh},
	"softplus": {Function: Softplus}, "softsign": {Function: Softsign}, "silu": {Function: SiLU},
	"hard_silu": {Function: HardSiLU, Alpha: 1.0 / 6}, "exponential": {Function: Exponential},
}

// TestAt compares values with those of Keras (testdata/make.py), and derivatives with
// central differences.
func TestAt(t *testing.T) {
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
	for name, c := range curves {
		t.Run(name, func(t *testing.T) {
			for i, want := range keras.Y[name] {
				value, _ := c.At(float64(keras.X[i]))
				if got := float32(value); math.Abs(float64(got-want)) > 1e-6*max(1, math.Abs(float64(want))) {
					t.Errorf("%s(%g): got %g, want %g", name, keras.X[i], got, want)
				}
			}
			for _, x := range keras.X {
				const step = 1e-6
				above, _ := c.At(float64(x) + step)
				below, _ := c.At(float64(x) - step)
				want := (above - below) / (2 * step)
				if _, got := c.At(float64(x)); math.Abs(got-want) > 1e-5*max(1, math.Abs(want)) {
					t.Errorf("derivative at %g: got %g, want %g", x, got, want)
				}
			}
		})
	}
}

// TestUsual checks that every function has its name, and that no other has one.
func TestUsual(t *testing.T) {
	for name, c := range curves {
		usual, ok := Usual(name)
		if !ok || usual.Function != c.Function {
			t.Errorf("%s: got %+v, %v, want %s", name, usual, ok, c.Function)
		}
	}
	if got, want := len(Names()), len(curves)+1; got != want { // relu6 is relu's
		t.Errorf("got %d names, want %d", got, want)
	}
	if _, ok := Usual("mish"); ok {
		t.Error("mish: got a curve, want none")
	}
}
