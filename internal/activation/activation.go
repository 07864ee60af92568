// Package activation holds the functions that layers of activations apply to each value.
package activation

import "math"

// Function is an elementwise function by Keras's name.
type Function string

// The functions, with Keras's definitions; alpha, Max and Threshold are a [Curve]'s.
const (
	Rectified   Function = "relu"         // x above Threshold (else 0), cut to 0..Max, less alpha*max(Threshold-x, 0)
	ELU         Function = "elu"          // x above 0, else alpha*(e^x - 1) (Clevert et al. 2016)
	SELU        Function = "selu"         // 1.0507*elu with alpha 1.6733 (Klambauer et al. 2017)
	GELU        Function = "gelu"         // x * the normal distribution's Φ(x) (Hendrycks & Gimpel 2016)
	Sigmoid     Function = "sigmoid"      // 1/(1 + e^-x)
	HardSigmoid Function = "hard_sigmoid" // alpha*x + 0.5, cut to 0..1
	Tanh        Function = "tanh"         //
	Softplus    Function = "softplus"     // log(1 + e^x)
	Softsign    Function = "softsign"     // x/(1 + |x|)
	SiLU        Function = "silu"         // x*sigmoid(x) (Ramachandran et al. 2017)
	HardSiLU    Function = "hard_silu"    // x*hard_sigmoid(x)
	Exponential Function = "exponential"  // e^x
)

// NoMax is the Max of an activation that is not cut.
const NoMax = math.MaxFloat32

// SELU's constants, as Keras rounds them.
const (
	seluAlpha = 1.6732632423543772
	seluScale = 1.0507009873554805
)

// Curve is a function with its settings.
type Curve struct {
	Function  Function
	Alpha     float32 // of relu (the slope below Threshold), elu, hard_sigmoid and hard_silu; else 0
	Max       float32 // of relu, [NoMax] for none; else 0
	Threshold float32 // of relu, 0 or more; else 0
}

// usual are the curves by Keras's names with Keras 3's defaults, in the order of help.
var usual = []struct {
	name  string
	curve Curve
}{
	{"relu", Curve{Function: Rectified, Max: NoMax}},
	{"relu6", Curve{Function: Rectified, Max: 6}},
	{"leaky_relu", Curve{Function: Rectified, Alpha: 0.2, Max: NoMax}},
	{"elu", Curve{Function: ELU, Alpha: 1}},
	{"selu", Curve{Function: SELU}},
	{"gelu", Curve{Function: GELU}},
	{"sigmoid", Curve{Function: Sigmoid}},
	{"hard_sigmoid", Curve{Function: HardSigmoid, Alpha: 1.0 / 6}},
	{"tanh", Curve{Function: Tanh}},
	{"softplus", Curve{Function: Softplus}},
	{"softsign", Curve{Function: Softsign}},
	{"silu", Curve{Function: SiLU}},
	{"hard_silu", Curve{Function: HardSiLU, Alpha: 1.0 / 6}},
	{"exponential", Curve{Function: Exponential}},
}

// Usual returns the curve of a name with Keras 3's defaults; false if there is none.
func Usual(name string) (Curve, bool) {
	for _, u := range usual {
		if u.name == name {
			return u.curve, true
		}
	}
	return Curve{}, false
}

// Names returns the names that Usual knows.
func Names() (names []string) {
	for _, u := range usual {
		names = append(names, u.name)
	}
	return names
}

// At returns the function's value and derivative at x; NaN if it is not known. It goes
// without math.Tanh, Expm1 and Log1p, whose last digits float32 does not hold: 4 kB
// less in the page's wasm.
func (c Curve) At(x float64) (value, slope float64) {
	alpha := float64(c.Alpha)
	switch c.Function {
	case Rectified:
		return c.rectified(x)
	case ELU:
		return elu(x, alpha)
	case SELU:
		value, slope = elu(x, seluAlpha)
		return seluScale * value, seluScale * slope
	case GELU:
		return gelu(x)
	case Sigmoid:
		value = sigmoid(x)
		return value, value * (1 - value)
	case HardSigmoid:
		return hardSigmoid(x, alpha)
	case Tanh:
		value = 2*sigmoid(2*x) - 1
		return value, 1 - value*value
	case Softplus:
		return max(x, 0) + math.Log(1+math.Exp(-math.Abs(x))), sigmoid(x)
	case Softsign:
		share := 1 / (1 + math.Abs(x))
		return x * share, share * share
	case SiLU:
		s := sigmoid(x)
		return x * s, s + x*s*(1-s)
	case HardSiLU:
		h, rise := hardSigmoid(x, alpha)
		return x * h, h + x*rise
	case Exponential:
		value = math.Exp(x)
		return value, value
	}
	return math.NaN(), math.NaN()
}

// rectified computes Keras's relu with all its parameters.
func (c Curve) rectified(x float64) (value, slope float64) {
	threshold, most := float64(c.Threshold), float64(c.Max)
	if x <= threshold {
		return -float64(c.Alpha) * (threshold - x), float64(c.Alpha)
	}
	if x >= most {
		return most, 0
	}
	return x, 1
}

// elu returns x above 0, else alpha*(e^x - 1).
func elu(x, alpha float64) (value, slope float64) {
	if x > 0 {
		return x, 1
	}
	slope = alpha * math.Exp(x)
	return slope - alpha, slope
}

// gelu returns x times the share of a unit normal below x.
func gelu(x float64) (value, slope float64) {
	below := (1 + math.Erf(x/math.Sqrt2)) / 2
	density := math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
	return x * below, below + x*density
}

// sigmoid returns 1/(1 + e^-x).
func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// hardSigmoid returns alpha*x + 0.5, cut to 0..1.
func hardSigmoid(x, alpha float64) (value, slope float64) {
	value = alpha*x + 0.5
	if value <= 0 || value >= 1 {
		return min(max(value, 0), 1), 0
	}
	return value, alpha
}
