// Package choice holds tables of options, such as the optimizers of a command
// line. The value behind a name, the words of help, the shell's completion and
// the text of an error all come from the same row.
package choice

import (
	"fmt"
	"strings"
)

// Option is one row of a table.
type Option[T any] struct {
	Name  string
	Help  string // a few words for help and completion; "" where the name says all
	Value T
}

// Table holds options in the order in which help lists them. Names are unique.
type Table[T any] []Option[T]

// Lookup returns the value of the option with this name. The error of a name
// that is not in the table lists those that are.
func (t Table[T]) Lookup(name string) (T, error) {
	for _, o := range t {
		if o.Name == name {
			return o.Value, nil
		}
	}
	var none T
	return none, fmt.Errorf("got %q, want %s", name, t.List())
}

// Names returns the names of the options that a predicate holds for.
func (t Table[T]) Names(wanted func(T) bool) []string {
	var names []string
	for _, o := range t {
		if wanted(o.Value) {
			names = append(names, o.Name)
		}
	}
	return names
}

// List returns all names, "sgd, adam or nadam".
func (t Table[T]) List() string { return Or(t.Names(func(T) bool { return true })) }

// Usage returns all names with their words of help, "constant or cosine (falls
// to 0)".
func (t Table[T]) Usage() string {
	words := make([]string, len(t))
	for i, o := range t {
		words[i] = o.Name
		if o.Help != "" {
			words[i] += " (" + o.Help + ")"
		}
	}
	return Or(words)
}

// Completions returns the words that a shell offers, each with its help behind a
// tab, as cobra's completions have them.
func (t Table[T]) Completions() []string {
	words := make([]string, len(t))
	for i, o := range t {
		words[i] = o.Name
		if o.Help != "" {
			words[i] += "\t" + o.Help
		}
	}
	return words
}

// Or joins words as a sentence does: "a", "a or b", "a, b or c".
func Or(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
