package keras

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// step is a layer as Keras describes it.
type step struct {
	place     string // "layer 3, conv2d_1 (Conv2D)"
	class     string
	settings  map[string]any
	name      string
	in        container
	operation bool     // a function of keras.ops, no layer
	inbound   []string // names of the layers whose outputs it takes, of each of its calls
}

// container says in which nested models a layer stands; the zero value is none.
type container struct {
	place string // "layer 2, encoder (Sequential), "
	kinds string // as Keras 3 names their weights: "sequential_1/"
	names string // by their own names: "encoder/"
	top   string // name of the outermost: "encoder"
}

// containers are the classes of models that hold layers.
var containers = map[string]string{"Sequential": "sequential", "Functional": "functional", "Model": "functional"}

// maxDepth bounds how deep models are nested.
const maxDepth = 16

// chain returns a model's layers in their order, the input first; those of nested
// models stand in their place.
func chain(model map[string]any) ([]step, error) {
	steps, err := layersOf(model, container{}, maxDepth)
	if err != nil {
		return nil, err
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("keras: config: got no layers")
	}
	for i, s := range steps {
		if (s.class == "InputLayer") != (i == 0) {
			return nil, fmt.Errorf("keras: %s: got it in place %d, want one input layer in front of all (build the model before saving it)",
				s.place, i+1)
		}
	}
	return steps, nil
}

// layersOf returns the layers of a model that stands in a container.
func layersOf(model map[string]any, in container, depth int) (steps []step, err error) {
	class, _ := model["class_name"].(string)
	config, _ := model["config"].(map[string]any)
	layers, ok := config["layers"].([]any)
	if list, old := model["config"].([]any); old {
		layers, ok = list, true
	}
	if !ok && containers[class] == "" && class != "Dense" && model["registered_name"] != nil {
		return nil, fmt.Errorf("keras: config: got the subclassed model %q, whose layers are Python code, "+
			"want a Sequential or functional model of the same layers", class)
	}
	if !ok {
		return nil, fmt.Errorf("keras: config: got a %q without layers, want a Sequential or functional model", class)
	}
	for i, layer := range layers {
		s, err := readStep(i, layer, in)
		if err != nil {
			return nil, err
		}
		steps = append(steps, s)
	}
	number(steps)
	switch class {
	case "Sequential":
		steps = withInput(steps, config)
	case "Functional", "Model":
		if steps, err = ordered(steps, config); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("keras: config: got a %q, want a Sequential or functional model", class)
	}
	return flattened(steps, depth)
}

// number names the nested models among the steps as Keras 3 names their weights:
// sequential, sequential_1, ...
func number(steps []step) {
	seen := map[string]int{}
	for i := range steps {
		s := &steps[i]
		kind := containers[s.class]
		if kind == "" {
			continue
		}
		s.in.kinds += numbered(kind, seen[kind]) + "/"
		s.in.names += s.name + "/"
		s.in.place = s.place + ", "
		if s.in.top == "" {
			s.in.top = s.name
		}
		seen[kind]++
	}
}

// numbered returns kind for the first of its kind, 0, then kind_1, ...
func numbered(kind string, n int) string {
	if n == 0 {
		return kind
	}
	return kind + "_" + strconv.Itoa(n)
}

// flattened puts the layers of nested models in their place, without their inputs but
// for the first.
func flattened(steps []step, depth int) (flat []step, err error) {
	for _, s := range steps {
		if containers[s.class] == "" {
			flat = append(flat, s)
			continue
		}
		if depth == 0 {
			return nil, fmt.Errorf("keras: %s: got models nested deeper than %d", s.place, maxDepth)
		}
		inner, err := layersOf(map[string]any{"class_name": s.class, "config": s.settings}, s.in, depth-1)
		if err != nil {
			return nil, err
		}
		if len(flat) > 0 && len(inner) > 0 && inner[0].class == "InputLayer" {
			inner = inner[1:]
		}
		flat = append(flat, inner...)
	}
	return flat, nil
}

// readStep reads what all layers have.
func readStep(i int, layer any, in container) (s step, err error) {
	fields, _ := layer.(map[string]any)
	s.in = in
	s.class, _ = fields["class_name"].(string)
	if plain, ok := aliases[s.class]; ok {
		s.class = plain
	}
	s.settings, _ = fields["config"].(map[string]any)
	s.name, _ = s.settings["name"].(string)
	if own, ok := fields["name"].(string); ok {
		s.name = own
	}
	s.place = fmt.Sprintf("%slayer %d, %s (%s)", in.place, i+1, s.name, s.class)
	module, _ := fields["module"].(string)
	s.operation = strings.HasPrefix(module, "keras.src.ops") || strings.HasPrefix(module, "keras.ops")
	if list, ok := fields["config"].([]any); ok && containers[s.class] != "" { // Keras 1 and TensorFlow 1
		s.settings = map[string]any{"layers": list}
	}
	if s.settings == nil {
		return s, fmt.Errorf("keras: %s: got no config", s.place)
	}
	if s.operation {
		return s, s.refusal()
	}
	if registered, _ := fields["registered_name"].(string); registered != "" && registered != s.class && registered != fields["class_name"] {
		return s, fmt.Errorf("keras: %s: got the custom layer %s, want Keras's own: its Python code is not in the file", s.place, registered)
	}
	return s, s.readInbound(fields["inbound_nodes"])
}

// readInbound reads the calls of the layer: lists of [name, node, tensor, options]
// of Keras 2, or arguments with keras_history of Keras 3.
func (s *step) readInbound(nodes any) error {
	calls, _ := nodes.([]any)
	if len(calls) > 1 {
		return fmt.Errorf("keras: %s: got %d calls of one layer, want one: %s", s.place, len(calls), noBranch)
	}
	for _, call := range calls {
		if node, ok := call.(map[string]any); ok {
			s.collect(node["args"])
			if err := s.refuseOptions(node["kwargs"]); err != nil {
				return err
			}
			continue
		}
		tensors, _ := call.([]any)
		for _, t := range tensors {
			fields, _ := t.([]any)
			if len(fields) < 3 {
				return fmt.Errorf("keras: %s: got inbound_nodes of another form", s.place)
			}
			name, _ := fields[0].(string)
			s.inbound = append(s.inbound, name)
			if len(fields) > 3 {
				if err := s.refuseOptions(fields[3]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// collect finds the tensors in the arguments of a call.
func (s *step) collect(value any) {
	switch v := value.(type) {
	case []any:
		for _, element := range v {
			s.collect(element)
		}
	case map[string]any:
		config, _ := v["config"].(map[string]any)
		if history, ok := config["keras_history"].([]any); ok && len(history) > 0 {
			name, _ := history[0].(string)
			s.inbound = append(s.inbound, name)
		}
	}
}

// refuseOptions refuses the options of a call, except those that change nothing.
func (s *step) refuseOptions(value any) error {
	options, _ := value.(map[string]any)
	for name, v := range options {
		if v != nil && v != false {
			return fmt.Errorf("keras: %s: called with %s: got %v, want nothing", s.place, name, v)
		}
	}
	return nil
}

// withInput puts the input layer in front that a Sequential may lack: its shape is
// then the first layer's, or the model's.
func withInput(steps []step, config map[string]any) []step {
	if len(steps) > 0 && steps[0].class == "InputLayer" {
		return steps
	}
	shape := config["build_input_shape"]
	if len(steps) > 0 {
		for _, key := range []string{"batch_input_shape", "batch_shape"} {
			if own, ok := steps[0].settings[key]; ok {
				shape = own
			}
		}
	}
	if shape == nil {
		return steps
	}
	return slices.Insert(steps, 0, step{place: "the input", class: "InputLayer", settings: map[string]any{"batch_shape": shape}})
}

// noBranch ends the errors about models that are no chain of layers.
const noBranch = "only models without a branch are read"

// ordered brings the layers of a functional model into the order in which they are
// called, and refuses several inputs or outputs and branches by the names of the
// layers.
func ordered(steps []step, config map[string]any) ([]step, error) {
	if in := outputs(config["input_layers"]); len(in) > 1 {
		return nil, fmt.Errorf("keras: config: got %d inputs (%s), want one: join them before the model", len(in), strings.Join(in, ", "))
	}
	end := outputs(config["output_layers"])
	if len(end) > 1 {
		return nil, fmt.Errorf("keras: config: got %d outputs (%s), want one, of the classes: "+
			"keras.Model(model.inputs, model.outputs[0]).save(...) has one", len(end), strings.Join(end, ", "))
	}
	after, first, err := followers(steps)
	if err != nil {
		return nil, err
	}
	order := []step{steps[first]}
	for len(order) <= len(steps) {
		next, more := after[order[len(order)-1].name]
		if !more {
			break
		}
		order = append(order, steps[next])
	}
	if last := order[len(order)-1]; len(order) != len(steps) || len(end) != 1 || end[0] != last.name {
		return nil, fmt.Errorf("keras: config: got the outputs %v and %d layers, of which %d in a row end in %s; want one row: %s",
			end, len(steps), len(order), last.place, noBranch)
	}
	return order, nil
}

// followers returns, for the name of each layer, the place of the one that takes its
// output, and the place of the input.
func followers(steps []step) (after map[string]int, first int, err error) {
	for _, s := range steps {
		if s.class != "InputLayer" && len(s.inbound) != 1 {
			return nil, 0, fmt.Errorf("keras: %s: got %d inputs (%s), want one: %s",
				s.place, len(s.inbound), strings.Join(s.inbound, ", "), noBranch)
		}
	}
	after, first = map[string]int{}, -1
	for i, s := range steps {
		switch {
		case s.class == "InputLayer" && first >= 0:
			return nil, 0, fmt.Errorf("keras: %s: got a second input, want one", s.place)
		case s.class == "InputLayer":
			first = i
			continue
		}
		if other, taken := after[s.inbound[0]]; taken {
			return nil, 0, fmt.Errorf("keras: %s: takes the output of %s, as %s does: %s", s.place, s.inbound[0], steps[other].place, noBranch)
		}
		after[s.inbound[0]] = i
	}
	if first < 0 {
		return nil, 0, fmt.Errorf("keras: config: got no InputLayer, want one")
	}
	return after, first, nil
}

// outputs returns the names of the layers that give the model's outputs. value is
// ["name", 0, 0], or a list or dictionary of such lists.
func outputs(value any) []string {
	list, _ := value.([]any)
	fields, _ := value.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		list = append(list, fields[name])
	}
	if len(list) > 0 {
		if name, ok := list[0].(string); ok {
			return []string{name}
		}
	}
	var names []string
	for _, element := range list {
		names = append(names, outputs(element)...)
	}
	return names
}
