//go:build js && inklingpicture

// Symbols of one's own, in the larger binary as well. This paragraph stands at both
// ends, here and in web/worker/symbols.ts:
//
// There inklingGo also has symbols = {teach, remove, restore, move, rename, merge, renew,
// save, drawing, alike}. load takes the file of an encoder, which begins an empty set, and
// the file of a set with its examples, which goes on; its description then has symbols:
// [{name, examples: [id]}]. Each call is about the model in use, and returns a string if it
// cannot be done, which says why, and an Error after a panic. teach(strokes, name) makes the drawing in the buffers an
// example of a symbol, a new one if none has the name, and returns its id; remove(id) takes
// an example out, restore(id) brings it back, move(id, name) makes it one of another symbol,
// and rename(from, to) gives a symbol another name: they return null. merge (Uint8Array of a
// set's file) adds the examples of another set and returns their ids. Answers are those of
// the set as it was until renew() makes its model the one in use, so that many edits make
// one model; renew returns the description and moves image, answer and activations, as load
// does. Until something has been taught, predict and predictImage return -1. save(keep)
// returns the set's .ink file (Uint8Array) with nothing but what reads (0), with the
// examples' features (1) or with the drawings as well (2); drawing(id) returns the strokes
// of an example as {points, ends}, null if they are not kept; alike() returns {right, asked,
// pairs: [{a, b, mistaken, of}]}: how many examples are read right by what the others teach,
// and which symbols are taken for one another. These three change nothing.

package main

import (
	"errors"
	"syscall/js"

	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
)

var (
	errNoSet = errors.New("bridge: the model in use is no set of symbols that can be edited")
	errNoInk = errors.New("bridge: nothing is drawn")
)

// broken returns what a panic said as an Error of JavaScript: the program may not be in good order.
func broken(r any) js.Value { return js.Global().Get("Error").New(panicError(r).Error()) }

// taught is the set of a model.
type taught struct{ *fewshot.Set }

// describe returns the symbols with the IDs of their examples; those without any are
// left out.
func (t taught) describe() string {
	examples := make([][]int, len(t.Names()))
	for _, e := range t.Examples() {
		examples[e.Class] = append(examples[e.Class], int(e.ID))
	}
	var classes []int // with examples
	for class := range examples {
		if examples[class] != nil {
			classes = append(classes, class)
		}
	}
	return list(len(classes), func(i int) string {
		class := classes[i]
		return record("").with("name", quoted(t.Names()[class])).with("examples", integers(examples[class])).text()
	})
}

func init() {
	begin = func(m *model.Model) (symbols, error) {
		if _, examples, _ := fewshot.IsSet(m); !m.IsEncoder() && examples == 0 {
			return nil, nil
		}
		set, err := fewshot.Begin(m)
		if err != nil {
			return nil, err
		}
		return taught{set}, nil
	}
	more = append(more, extra{"symbols", map[string]any{
		"teach":   ask(teach),
		"remove":  ask(func(s *fewshot.Set, args []js.Value) (any, error) { return nil, s.Remove(uint32(args[0].Int())) }),
		"restore": ask(func(s *fewshot.Set, args []js.Value) (any, error) { return nil, s.Restore(uint32(args[0].Int())) }),
		"move": ask(func(s *fewshot.Set, args []js.Value) (any, error) {
			return nil, s.Move(uint32(args[0].Int()), args[1].String())
		}),
		"rename": ask(func(s *fewshot.Set, args []js.Value) (any, error) {
			return nil, s.Rename(args[0].String(), args[1].String())
		}),
		"merge":   ask(merge),
		"renew":   ask(renew),
		"save":    ask(save),
		"drawing": ask(drawing),
		"alike":   ask(alike),
	}})
}

// ask makes a function of JavaScript about the set in use; an error becomes its text, a panic
// an Error.
func ask(question func(s *fewshot.Set, args []js.Value) (any, error)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) (answer any) {
		defer func() {
			if r := recover(); r != nil {
				answer = broken(r)
			}
		}()
		t, ok := bridge.set.(taught)
		if !ok {
			return errNoSet.Error()
		}
		answer, err := question(t.Set, args)
		if err != nil {
			return err.Error()
		}
		return answer
	})
}

// renew makes the set's model the one in use and describes it.
func renew(s *fewshot.Set, _ []js.Value) (any, error) {
	m, err := s.Model()
	if err == fewshot.ErrEmpty {
		m, err = s.Encoder().Model(), nil
	}
	if err != nil {
		return nil, err
	}
	if bridge.model.Network == m.Network {
		bridge.model = m // which has room already
	} else {
		bridge.loaded = newLoaded(m, bridge.set, bridge.handle)
	}
	bridge.models[bridge.handle] = bridge.loaded
	return bridge.describe(), nil
}

// teach makes the first strokes in the buffers an example and returns its ID.
func teach(s *fewshot.Set, args []js.Value) (any, error) {
	n := args[0].Int()
	switch draw(int32(n), ink.Written) {
	case failed:
		return nil, bridge.err
	case nothingDrawn:
		return nil, errNoInk
	}
	return s.Add(args[1].String(), s.Encoder().Encode(bridge.image), copied(bridge.strokes[:n]))
}

// copied returns strokes that do not lie in the buffers.
func copied(strokes []ink.Stroke) []ink.Stroke {
	var all []ink.Stroke
	for _, stroke := range strokes {
		all = append(all, append(ink.Stroke{}, stroke...))
	}
	return all
}

// merge adds the examples of another set's file and returns their IDs.
func merge(s *fewshot.Set, args []js.Value) (any, error) {
	m, err := model.Decode(bytesOf(args[0]))
	if err != nil {
		return nil, err
	}
	if m.IsEncoder() {
		return nil, errEncoder
	}
	other, err := fewshot.Open(m)
	if err != nil {
		return nil, err
	}
	before := len(s.Examples())
	if err := s.Merge(other); err != nil {
		return nil, err
	}
	ids := []any{}
	for _, e := range s.Examples()[before:] {
		ids = append(ids, e.ID)
	}
	return ids, nil
}

// save returns the set's file.
func save(s *fewshot.Set, args []js.Value) (any, error) {
	file, err := s.Encode(fewshot.Keep(args[0].Int()))
	if err != nil {
		return nil, err
	}
	array := js.Global().Get("Uint8Array").New(len(file))
	js.CopyBytesToJS(array, file)
	return array, nil
}

// drawing returns the strokes of an example.
func drawing(s *fewshot.Set, args []js.Value) (any, error) {
	strokes, err := s.Drawing(uint32(args[0].Int()))
	if err != nil || strokes == nil {
		return nil, err
	}
	points, ends := []any{}, []any{}
	for _, stroke := range strokes {
		for _, p := range stroke {
			points = append(points, p.X, p.Y)
		}
		ends = append(ends, len(points)/2)
	}
	return map[string]any{
		"points": js.Global().Get("Float32Array").Call("from", points),
		"ends":   js.Global().Get("Uint32Array").Call("from", ends),
	}, nil
}

// alike returns the symbols that are hard to tell apart.
func alike(s *fewshot.Set, _ []js.Value) (any, error) {
	right, asked, pairs := s.Alike()
	list := []any{}
	for _, p := range pairs {
		list = append(list, map[string]any{"a": p.A, "b": p.B, "mistaken": p.Mistaken, "of": p.Of})
	}
	return map[string]any{"right": right, "asked": asked, "pairs": list}, nil
}
