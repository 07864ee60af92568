// Package chain reads a Keras model's JSON as its layers in the order in which they are
// called, those of nested models in their place. It refuses branches, several inputs or
// outputs, and layers whose code is not Keras's.
package chain

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Step is a layer as Keras describes it.
type Step struct {
	Place     string // "layer 3, conv2d_1 (Conv2D)"
	Class     string
	Settings  map[string]any
	Name      string
	In        Container
	Operation bool     // a function of keras.ops, no layer
	inbound   []string // names of the layers whose outputs it takes, of each of its calls
}

// Container says in which nested models a layer stands; the zero value is none.
type Container struct {
	Kinds string // as Keras 3 names their weights: "sequential_1/"
	Names string // by their own names: "encoder/"
	Top   string // name of the outermost: "encoder"
	place string // "layer 2, encoder (Sequential), "
}

// containers are the classes of models that hold layers.
var containers = map[string]string{"Sequential": "sequential", "Functional": "functional", "Model": "functional"}

// MaxDepth bounds how deep models are nested.
const MaxDepth = 16

// Read returns a model's layers in their order, the input first; those of nested
// models stand in their place.
func Read(model map[string]any) ([]Step, error) {
	steps, err := layersOf(model, Container{}, MaxDepth)
	if err != nil {
		return nil, err
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("keras: config: got no layers")
	}
	for i, s := range steps {
		if (s.Class == "InputLayer") != (i == 0) {
			return nil, fmt.Errorf("keras: %s: got it in place %d, want one input layer in front of all (build the model before saving it)",
				s.Place, i+1)
		}
	}
	return steps, nil
}

// layersOf returns the layers of a model that stands in a container.
func layersOf(model map[string]any, in Container, depth int) (steps []Step, err error) {
	class, _ := model["class_name"].(string)
	config, _ := model["config"].(map[string]any)
	layers, ok := config["layers"].([]any)
	if list, old := model["config"].([]any); old {
		layers, ok = list, true
	}
	if own := OwnCode(model); own != "" && (ok || containers[class] != "") {
		return nil, fmt.Errorf("keras: config: got the model class %s, want Keras's own Sequential or Functional: %s", own, notInFile)
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
func number(steps []Step) {
	seen := map[string]int{}
	for i := range steps {
		s := &steps[i]
		kind := containers[s.Class]
		if kind == "" {
			continue
		}
		s.In.Kinds += Numbered(kind, seen[kind]) + "/"
		s.In.Names += s.Name + "/"
		s.In.place = s.Place + ", "
		if s.In.Top == "" {
			s.In.Top = s.Name
		}
		seen[kind]++
	}
}

// Numbered returns kind for the first of its kind, 0, then kind_1, ...
func Numbered(kind string, n int) string {
	if n == 0 {
		return kind
	}
	return kind + "_" + strconv.Itoa(n)
}

// flattened puts the layers of nested models in their place, without their inputs but
// for the first.
func flattened(steps []Step, depth int) (flat []Step, err error) {
	for _, s := range steps {
		if containers[s.Class] == "" {
			flat = append(flat, s)
			continue
		}
		if depth == 0 {
			return nil, fmt.Errorf("keras: %s: got models nested deeper than %d", s.Place, MaxDepth)
		}
		inner, err := layersOf(map[string]any{"class_name": s.Class, "config": s.Settings}, s.In, depth-1)
		if err != nil {
			return nil, err
		}
		if len(flat) > 0 && len(inner) > 0 && inner[0].Class == "InputLayer" {
			inner = inner[1:]
		}
		flat = append(flat, inner...)
	}
	return flat, nil
}

// readStep reads what all layers have.
func readStep(i int, layer any, in Container) (s Step, err error) {
	fields, _ := layer.(map[string]any)
	s.In = in
	s.Class, _ = fields["class_name"].(string)
	if plain, ok := aliases[s.Class]; ok {
		s.Class = plain
	}
	s.Settings, _ = fields["config"].(map[string]any)
	s.Name, _ = s.Settings["name"].(string)
	if own, ok := fields["name"].(string); ok {
		s.Name = own
	}
	s.Place = fmt.Sprintf("%slayer %d, %s (%s)", in.place, i+1, s.Name, s.Class)
	module, _ := fields["module"].(string)
	s.Operation = strings.HasPrefix(module, "keras.src.ops") || strings.HasPrefix(module, "keras.ops")
	if list, ok := fields["config"].([]any); ok && containers[s.Class] != "" { // Keras 1 and TensorFlow 1
		s.Settings = map[string]any{"layers": list}
	}
	if s.Settings == nil {
		return s, fmt.Errorf("keras: %s: got no config", s.Place)
	}
	if own := OwnCode(fields); own != "" {
		return s, fmt.Errorf("keras: %s: got the custom layer %s, want Keras's own: %s", s.Place, own, notInFile)
	}
	if refusals[s.Class] != "" || s.Operation {
		return s, s.Refusal()
	}
	return s, s.readInbound(fields["inbound_nodes"])
}

// readInbound reads the calls of the layer: lists of [name, node, tensor, options]
// of Keras 2, or arguments with keras_history of Keras 3.
func (s *Step) readInbound(nodes any) error {
	calls, _ := nodes.([]any)
	if len(calls) > 1 {
		return fmt.Errorf("keras: %s: got %d calls of one layer, want one: %s", s.Place, len(calls), noBranch)
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
				return fmt.Errorf("keras: %s: got inbound_nodes of another form", s.Place)
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
func (s *Step) collect(value any) {
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
func (s *Step) refuseOptions(value any) error {
	options, _ := value.(map[string]any)
	for name, v := range options {
		if v != nil && v != false {
			return fmt.Errorf("keras: %s: called with %s: got %v, want nothing", s.Place, name, v)
		}
	}
	return nil
}

// withInput puts the input layer in front that a Sequential may lack: its shape is
// then the first layer's, or the model's.
func withInput(steps []Step, config map[string]any) []Step {
	if len(steps) > 0 && steps[0].Class == "InputLayer" {
		return steps
	}
	shape := config["build_input_shape"]
	if len(steps) > 0 {
		for _, key := range []string{"batch_input_shape", "batch_shape"} {
			if own, ok := steps[0].Settings[key]; ok {
				shape = own
			}
		}
	}
	if shape == nil {
		return steps
	}
	return slices.Insert(steps, 0, Step{Place: "the input", Class: "InputLayer", Settings: map[string]any{"batch_shape": shape}})
}

// noBranch ends the errors about models that are no chain of layers.
const noBranch = "only models without a branch are read"

// ordered brings the layers of a functional model into the order in which they are
// called, and refuses several inputs or outputs and branches by the names of the
// layers.
func ordered(steps []Step, config map[string]any) ([]Step, error) {
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
	order := []Step{steps[first]}
	for len(order) <= len(steps) {
		next, more := after[order[len(order)-1].Name]
		if !more {
			break
		}
		order = append(order, steps[next])
	}
	if last := order[len(order)-1]; len(order) != len(steps) || len(end) != 1 || end[0] != last.Name {
		return nil, fmt.Errorf("keras: config: got the outputs %v and %d layers, of which %d in a row end in %s; want one row: %s",
			end, len(steps), len(order), last.Place, noBranch)
	}
	return order, nil
}

// followers returns, for the name of each layer, the place of the one that takes its
// output, and the place of the input.
func followers(steps []Step) (after map[string]int, first int, err error) {
	for _, s := range steps {
		if s.Class != "InputLayer" && len(s.inbound) != 1 {
			return nil, 0, fmt.Errorf("keras: %s: got %d inputs (%s), want one: %s",
				s.Place, len(s.inbound), strings.Join(s.inbound, ", "), noBranch)
		}
	}
	after, first = map[string]int{}, -1
	for i, s := range steps {
		switch {
		case s.Class == "InputLayer" && first >= 0:
			return nil, 0, fmt.Errorf("keras: %s: got a second input, want one", s.Place)
		case s.Class == "InputLayer":
			first = i
			continue
		}
		if other, taken := after[s.inbound[0]]; taken {
			return nil, 0, fmt.Errorf("keras: %s: takes the output of %s, as %s does: %s", s.Place, s.inbound[0], steps[other].Place, noBranch)
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
