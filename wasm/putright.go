//go:build js && inklingpicture

// Answers that somebody puts right, in the larger binary as well. This paragraph stands at
// both ends, here and in web/worker/corrections.ts:
//
// There inklingGo also has corrections = {begin, add, stand, answers}, about the model in use.
// begin(Uint8Array of the model's file, Uint8Array of its .near file) makes it answer with
// corrections, of which there are none yet; add(strokes, label) takes the drawing in the
// buffers for the class with that index; stand(strokes, label) takes it as one whose answer was
// left standing; each returns null, a string that says why not, or an Error after a panic.
// answers() returns what the drawings are taken for, in their order: [{before, wasSure,
// after, sure}], before by the network alone, after with all corrections. predict and
// predictImage answer with them from then on, until the model is dropped.

package main

import (
	"errors"
	"syscall/js"

	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/ink"
)

var errUncorrected = errors.New("bridge: begin comes before drawings that are put right")

func init() {
	more = append(more, extra{"corrections", map[string]any{
		"begin":   guarded(beginCorrection),
		"add":     guarded(takeDrawing((*fewshot.Correction).Add)),
		"stand":   guarded(takeDrawing((*fewshot.Correction).Stand)),
		"answers": guarded(correctedAnswers),
	}})
}

// guarded makes a function of JavaScript that needs a model in use; an error
// becomes its text, a panic an Error.
func guarded(call func(args []js.Value) (any, error)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) (answer any) {
		defer func() {
			if r := recover(); r != nil {
				answer = broken(r)
			}
		}()
		if bridge.model == nil {
			return errNoModel.Error()
		}
		answer, err := call(args)
		if err != nil {
			return err.Error()
		}
		return answer
	})
}

// beginCorrection makes the model in use answer with corrections.
func beginCorrection(args []js.Value) (any, error) {
	nearby, err := fewshot.DecodeNearby(bytesOf(args[1]), bridge.model, fewshot.ModelSum(bytesOf(args[0])))
	if err != nil {
		return nil, err
	}
	c, err := fewshot.NewCorrection(bridge.model, nearby, fewshot.UsualRule)
	if err != nil {
		return nil, err
	}
	bridge.correction = c
	bridge.models[bridge.handle] = bridge.loaded
	return nil, nil
}

// takeDrawing has the correction take the first strokes in the buffers, for a class.
func takeDrawing(take func(c *fewshot.Correction, image []uint8, class int) error) func(args []js.Value) (any, error) {
	return func(args []js.Value) (any, error) {
		c, ok := bridge.correction.(*fewshot.Correction)
		if !ok {
			return nil, errUncorrected
		}
		switch draw(int32(args[0].Int()), ink.Written) {
		case failed:
			return nil, bridge.err
		case nothingDrawn:
			return nil, errNoInk
		}
		return nil, take(c, bridge.image, args[1].Int())
	}
}

// correctedAnswers returns what the drawings that were put right are taken for.
func correctedAnswers([]js.Value) (any, error) {
	c, ok := bridge.correction.(*fewshot.Correction)
	if !ok {
		return nil, errUncorrected
	}
	list := []any{}
	for i := range c.Len() {
		before, after := c.Own(i)
		list = append(list, map[string]any{
			"before": before.Label, "wasSure": before.Sure, "after": after.Label, "sure": after.Sure,
		})
	}
	return list, nil
}
