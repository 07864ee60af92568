package model

import (
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/initial"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// settings appends the settings of a layer that validSettings has passed.
func (w *writer) settings(layer nn.Layer) {
	for _, setting := range layer.Settings() {
		switch v := setting.(type) {
		case *int:
			w.uint32(uint32(*v))
		case *float32:
			w.float32(*v)
		case *[2]int:
			w.uint16(uint16(v[0]))
			w.uint16(uint16(v[1]))
		case *windows.Padding:
			*w = append(*w, byte(*v))
		case *activation.Function:
			w.string(string(*v))
		case *nn.Shape:
			*w = append(*w, byte(len(*v)))
			for _, side := range *v {
				w.uint32(uint32(side))
			}
		}
	}
}

// settings reads the settings of a layer.
func (r *reader) settings(layer nn.Layer) {
	for _, setting := range layer.Settings() {
		switch v := setting.(type) {
		case *int:
			*v = int(r.uint32())
		case *float32:
			*v = r.float32()
		case *[2]int:
			*v = r.pair()
		case *windows.Padding:
			*v = windows.Padding(r.byte())
		case *activation.Function:
			*v = activation.Function(r.string())
		case *nn.Shape:
			for range r.byte() {
				*v = append(*v, int(r.uint32()))
			}
		}
	}
}

// validSettings reports the first setting of a layer that the file cannot hold.
func validSettings(place string, layer nn.Layer) error {
	if _, ok := nn.KindOf(layer.Kind()); !ok {
		return refusal(place, quote(layer.Kind()), "a layer that is known")
	}
	for _, setting := range layer.Settings() {
		if err := validSetting(place, setting); err != nil {
			return err
		}
	}
	return nil
}

// validSetting checks one setting.
func validSetting(place string, setting any) error {
	switch v := setting.(type) {
	case *int:
		if *v > MaxUnits {
			return refusal(place, strconv.Itoa(*v)+" units or filters", atMost(MaxUnits))
		}
	case *float32:
		if !finite(*v) {
			return refusal(place, float(*v), "a finite number")
		}
	case *[2]int:
		if side := max(v[0], v[1]); side > MaxSide {
			return refusal(place, "a side of "+strconv.Itoa(side), atMost(MaxSide))
		}
	case *windows.Padding: // layers know which they take
	case *activation.Function:
		return validStrings(place, string(*v))
	case *nn.Shape:
		if len(*v) < 1 || len(*v) > 3 || slices.Max(*v) > MaxUnits {
			return refusal(place, "the shape "+v.String(), "1..3 sides of at most "+strconv.Itoa(MaxUnits))
		}
	case *initial.Weights: // of training alone
	default:
		return refusal(place, "a setting of an unknown type", "one that the file can hold")
	}
	return nil
}
