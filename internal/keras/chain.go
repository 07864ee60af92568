package keras

import (
	"fmt"
	"slices"
	"strings"
)

// step is a layer as Keras describes it.
type step struct {
	place    string // "layer 3, conv2d_1 (Conv2D)"
	class    string
	settings map[string]any
	name     string
	inbound  []string // names of the layers whose outputs it takes, of each of its calls
}

// chain is a model's layers in their order, the input first.
func chain(model map[string]any) (steps []step, err error) {
	class, _ := model["class_name"].(string)
	config, _ := model["config"].(map[string]any)
	layers, ok := config["layers"].([]any)
	if list, old := model["config"].([]any); old {
		layers, ok = list, true
	}
	if !ok {
		return nil, fmt.Errorf("keras: config: got a %q without layers, want a Sequential or functional model", class)
	}
	for i, layer := range layers {
		s, err := readStep(i, layer)
		if err != nil {
			return nil, err
		}
		steps = append(steps, s)
	}
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
	for i, s := range steps {
		if (s.class == "InputLayer") != (i == 0) {
			return nil, fmt.Errorf("keras: %s: got it in place %d, want one input layer in front of all (build the model before saving it)", s.place, i+1)
		}
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("keras: config: got no layers")
	}
	return steps, nil
}

// readStep reads what all layers have.
func readStep(i int, layer any) (s step, err error) {
	fields, _ := layer.(map[string]any)
	s.class, _ = fields["class_name"].(string)
	s.settings, _ = fields["config"].(map[string]any)
	s.name, _ = s.settings["name"].(string)
	if own, ok := fields["name"].(string); ok {
		s.name = own
	}
	s.place = fmt.Sprintf("layer %d, %s (%s)", i+1, s.name, s.class)
	if s.settings == nil {
		return s, fmt.Errorf("keras: %s: got no config", s.place)
	}
	if registered, _ := fields["registered_name"].(string); registered != "" && registered != s.class {
		return s, fmt.Errorf("keras: %s: got the custom layer %s, want Keras's own", s.place, registered)
	}
	return s, s.readInbound(fields["inbound_nodes"])
}

// readInbound reads the calls of the layer: lists of [name, node, tensor, options]
// of Keras 2, or arguments with keras_history of Keras 3.
func (s *step) readInbound(nodes any) error {
	calls, _ := nodes.([]any)
	if len(calls) > 1 {
		return fmt.Errorf("keras: %s: got %d calls of one layer, want one: only models without a branch are read", s.place, len(calls))
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

// refuseOptions allows no option of a call but those that say what is so anyway.
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

// ordered brings the layers of a functional model into the order in which they are
// called, and refuses branches by the names of the layers.
func ordered(steps []step, config map[string]any) ([]step, error) {
	for _, s := range steps {
		if s.class != "InputLayer" && len(s.inbound) != 1 {
			return nil, fmt.Errorf("keras: %s: got %d inputs (%s), want one: only models without a branch are read", s.place, len(s.inbound), strings.Join(s.inbound, ", "))
		}
	}
	after := map[string]int{} // name of a layer: the place of the one that takes its output
	first := -1
	for i, s := range steps {
		switch {
		case s.class == "InputLayer" && first >= 0:
			return nil, fmt.Errorf("keras: %s: got a second input, want one", s.place)
		case s.class == "InputLayer":
			first = i
			continue
		}
		if other, taken := after[s.inbound[0]]; taken {
			return nil, fmt.Errorf("keras: %s: takes the output of %s, as %s does: only models without a branch are read", s.place, s.inbound[0], steps[other].place)
		}
		after[s.inbound[0]] = i
	}
	if first < 0 {
		return nil, fmt.Errorf("keras: config: got no InputLayer, want one")
	}
	order := []step{steps[first]}
	for len(order) <= len(steps) {
		next, more := after[order[len(order)-1].name]
		if !more {
			break
		}
		order = append(order, steps[next])
	}
	end := outputs(config["output_layers"])
	if last := order[len(order)-1]; len(order) != len(steps) || len(end) != 1 || end[0] != last.name {
		return nil, fmt.Errorf("keras: config: got the outputs %v and %d layers, of which %d in a row end in %s; want one row: only models without a branch are read", end, len(steps), len(order), last.place)
	}
	return order, nil
}

// outputs are the names of the layers whose outputs are the model's: of
// ["name", 0, 0], or of a list of such.
func outputs(value any) []string {
	list, _ := value.([]any)
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
