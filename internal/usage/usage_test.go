package usage

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
)

func TestIs(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want bool
	}{
		{"usage", Errorf("--epochs: got %d", 0), true},
		{"wrapped", fmt.Errorf("fit: %w", Errorf("--epochs: got %d", 0)), true},
		{"other", errors.New("fit: no images"), false},
		{"none", nil, false},
	} {
		if got := Is(c.err); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	if err := Errorf("--init: %w", fs.ErrNotExist); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, which does not wrap what was wrong", err)
	}
}
