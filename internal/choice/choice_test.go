package choice_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/choice"
)

var sizes = choice.Table[int]{{Name: "small", Help: "fits a phone", Value: 10}, {Name: "large", Value: 100}, {Name: "huge", Value: 1000}}

func ExampleTable() {
	fmt.Println(sizes.Lookup("large"))
	_, err := sizes.Lookup("tiny")
	fmt.Println(err)
	fmt.Println(sizes.Usage())
	// Output:
	// 100 <nil>
	// got "tiny", want small, large or huge
	// small (fits a phone), large or huge
}

func TestNames(t *testing.T) {
	if got := sizes.Names(func(n int) bool { return n < 500 }); !slices.Equal(got, []string{"small", "large"}) {
		t.Errorf("names: got %v", got)
	}
	if got := sizes.Completions(); !slices.Equal(got, []string{"small\tfits a phone", "large", "huge"}) {
		t.Errorf("completions: got %q", got)
	}
}

func TestOr(t *testing.T) {
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a or b": {"a", "b"}, "a, b or c": {"a", "b", "c"}} {
		if got := choice.Or(words); got != want {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
}
