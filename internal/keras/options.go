package keras

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/keras/chain"
	"github.com/seed-c844a918/inkling/internal/model"
)

// options holds a layer's settings. Each is taken by name; check refuses what is left
// and is not known to leave predictions as they are. The first mistake is kept in
// err, after which options give zeros.
type options struct {
	place  string
	name   string
	in     chain.Container
	values map[string]any
	taken  []string
	err    error
}

// harmless are options that play no part in a prediction.
var harmless = []string{
	"name", "trainable", "dtype", "batch_input_shape", "batch_shape", "activity_regularizer", "seed", "noise_shape", "rate", "stddev",
	"fused", "synchronized", "supports_masking", "optional", "l1", "l2", "momentum", "renorm_momentum",
}

// fail keeps the first mistake.
func (o *options) fail(format string, arguments ...any) {
	if o.err == nil {
		o.err = fmt.Errorf("keras: %s: %s", o.place, fmt.Sprintf(format, arguments...))
	}
}

// refuse says that an option's value is not one that is read.
func (o *options) refuse(name, want string) {
	o.fail("%s: got %s, want %s", name, python(o.values[name]), want)
}

// take returns an option; nil if it is not there.
func (o *options) take(name string) any {
	o.taken = append(o.taken, name)
	return o.values[name]
}

// check refuses options that nobody took, and computing in other floats.
func (o *options) check() error {
	if name := policyName(o.values["dtype"]); !slices.Contains(o.taken, "dtype") {
		if _, known := policies[name]; !known {
			o.fail("dtype: got %s, want float32, float16, bfloat16 or a mixed one", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.values)) {
		value := o.values[name]
		known := slices.Contains(o.taken, name) || slices.Contains(harmless, name) || value == nil || value == false ||
			strings.HasSuffix(name, "_initializer") || strings.HasSuffix(name, "_regularizer") || strings.HasSuffix(name, "_constraint")
		if !known {
			o.fail("%s: got %s: this option is not read", name, python(value))
		}
	}
	return o.err
}

// number returns a number, or fallback if there is none.
func (o *options) number(name string, fallback float64) float64 {
	value := scalar(o.take(name))
	if value == nil {
		return fallback
	}
	number, ok := value.(float64)
	if !ok || math.Abs(number) > math.MaxFloat32 {
		o.refuse(name, "a number")
	}
	return number
}

// scalar returns the one value of a list, or of an array as Keras writes them.
func scalar(value any) any {
	if fields, ok := value.(map[string]any); ok {
		config, _ := fields["config"].(map[string]any)
		value = config["value"]
	}
	if list, ok := value.([]any); ok && len(list) == 1 {
		return list[0]
	}
	return value
}

// whole returns a whole number of at least 1.
func (o *options) whole(name string) int {
	v, ok := o.take(name).(float64)
	if !ok || v != math.Trunc(v) || v < 1 || v > model.MaxUnits {
		o.refuse(name, "a whole number, 1.."+strconv.Itoa(model.MaxUnits))
		return 1
	}
	return int(v)
}

// pair returns a height and a width, or one number for both; fallback if there is none.
func (o *options) pair(name string, fallback [2]int) [2]int {
	value := o.take(name)
	if value == nil {
		return fallback
	}
	list, ok := value.([]any)
	if !ok {
		list = []any{value, value}
	}
	sides, ok := wholes(list)
	if !ok || len(sides) != 2 || min(sides[0], sides[1]) < 1 || max(sides[0], sides[1]) > model.MaxSide {
		o.refuse(name, "a height and a width, 1.."+strconv.Itoa(model.MaxSide))
		return [2]int{1, 1}
	}
	return [2]int{sides[0], sides[1]}
}

// wholes returns whole numbers, -1 or more; false if there are others.
func wholes(list []any) (numbers []int, ok bool) {
	for _, element := range list {
		v, ok := element.(float64)
		if !ok || v != math.Trunc(v) || v < -1 || v > model.MaxUnits {
			return nil, false
		}
		numbers = append(numbers, int(v))
	}
	return numbers, true
}

// only takes an option that may have one value, or none.
func (o *options) only(want any, name string) {
	if value := o.take(name); value != nil && value != want {
		o.refuse(name, fmt.Sprint(want))
	}
}

// flag returns a boolean; fallback if there is none.
func (o *options) flag(name string, fallback bool) bool {
	switch v := o.take(name).(type) {
	case nil:
		return fallback
	case bool:
		return v
	}
	o.refuse(name, "true or false")
	return fallback
}

// python returns a value as Keras prints it, "[1, None]"; of a class or function its name.
func python(value any) string {
	switch v := value.(type) {
	case nil:
		return "None"
	case []any:
		return "[" + elements(v) + "]"
	case map[string]any:
		for _, name := range []any{v["config"], v["class_name"]} {
			if name, ok := name.(string); ok {
				return name
			}
		}
	}
	return fmt.Sprint(value)
}

// tuple returns a shape as Keras prints it, "(None, 28, 1)" or "(784,)".
func tuple(shape []any) string {
	if len(shape) == 1 {
		return "(" + elements(shape) + ",)"
	}
	return "(" + elements(shape) + ")"
}

// elements returns the values of a list, separated by commas.
func elements(list []any) string {
	var texts []string
	for _, element := range list {
		texts = append(texts, python(element))
	}
	return strings.Join(texts, ", ")
}
