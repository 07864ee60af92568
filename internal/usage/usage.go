// Package usage tells mistakes in a command line from all other errors: the command
// ends with another exit code.
package usage

import (
	"errors"
	"fmt"
)

// Error is a mistake in the command line.
type Error struct{ error }

// Unwrap returns what was wrong.
func (e Error) Unwrap() error { return e.error }

// Errorf returns an Error whose text fmt.Errorf makes.
func Errorf(format string, args ...any) error { return Error{fmt.Errorf(format, args...)} }

// Is reports whether err is, or wraps, a mistake in the command line.
func Is(err error) bool { return errors.As(err, new(Error)) }
