package nn

import (
	"cmp"
	"slices"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/initial"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// Kind is one kind of layer. Each layer's file registers its own, under every name
// that the layer's Kind method returns.
type Kind struct {
	Name  string       // "dense", as the .ink file writes it
	Class string       // "Dense", Keras's name, which people know
	New   func() Layer // a layer of this kind whose settings are not set
}

// kinds holds what the layers' files have registered.
var kinds []Kind

// Register adds a kind of layer; it is called by init functions only. (Inlined, it
// would add 5 kB to the page's wasm.)
//
//go:noinline
func Register(name, class string, new func() Layer) { kinds = append(kinds, Kind{name, class, new}) }

// KindOf returns the kind of this name; false if there is none.
func KindOf(name string) (Kind, bool) {
	for _, kind := range kinds {
		if kind.Name == name {
			return kind, true
		}
	}
	return Kind{}, false
}

// Kinds returns all kinds of layers, sorted by name.
func Kinds() []Kind {
	return slices.SortedFunc(slices.Values(kinds), func(a, b Kind) int { return cmp.Compare(a.Name, b.Name) })
}

// clone returns a layer with the same settings, not built.
func clone(layer Layer) Layer {
	kind, ok := KindOf(layer.Kind())
	if !ok {
		panic("nn: clone of the unknown layer " + layer.Kind())
	}
	copied := kind.New()
	from := layer.Settings()
	for i, to := range copied.Settings() {
		switch to := to.(type) {
		case *int:
			*to = *from[i].(*int)
		case *float32:
			*to = *from[i].(*float32)
		case *[2]int:
			*to = *from[i].(*[2]int)
		case *windows.Padding:
			*to = *from[i].(*windows.Padding)
		case *Shape:
			*to = *from[i].(*Shape)
		case *activation.Function:
			*to = *from[i].(*activation.Function)
		case *initial.Weights:
			*to = *from[i].(*initial.Weights)
		default:
			panic("nn: clone of a setting of an unknown type of " + kind.Name)
		}
	}
	return copied
}
