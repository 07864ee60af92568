package optim

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// Every row of the table makes the optimizer of its name, with Keras's settings
// or with those given.
func TestKinds(t *testing.T) {
	for _, kind := range Kinds {
		usual, given := kind.Value.New(Settings{}), kind.Value.New(Settings{LearningRate: 0.5})
		if usual.Name() != kind.Name || given.Rate() != 0.5 || usual.Rate() <= 0 || usual.Rate() == 0.5 {
			t.Errorf("%s: got %s with the rates %v and %v", kind.Name, usual.Name(), usual.Rate(), given.Rate())
		}
	}
}

// What a kind takes changes its steps, and nothing else does.
func TestKindsTakeSettings(t *testing.T) {
	for _, kind := range Kinds {
		for name, c := range map[string]struct {
			takes    bool
			settings Settings
		}{
			"momentum":     {kind.Value.Momentum, Settings{Momentum: 0.5}},
			"nesterov":     {kind.Value.Nesterov, Settings{Momentum: 0.5, Nesterov: true}},
			"weight decay": {kind.Value.WeightDecay, Settings{WeightDecay: 0.5}},
		} {
			if name == "nesterov" && kind.Value.Momentum && !kind.Value.Nesterov {
				continue // changed by its momentum
			}
			if changes := after(kind.Value.New(c.settings)) != after(kind.Value.New(Settings{})); changes != c.takes {
				t.Errorf("%s: a %s changes its steps: %v, want %v", kind.Name, name, changes, c.takes)
			}
		}
	}
}

// after returns a value after three steps.
func after(o Optimizer) float32 {
	values := []float32{1}
	for range 3 {
		o.Step(values, []float32{0.25}, 1)
	}
	return values[0]
}

func TestScheduleKinds(t *testing.T) {
	for _, kind := range Schedules {
		plain, warmed := kind.Value.New(0)(0, 10), kind.Value.New(0.5)(0, 10)
		if plain != 1 || (warmed < 1) != kind.Value.Warmup {
			t.Errorf("%s: begins at %v, with a warmup at %v", kind.Name, plain, warmed)
		}
	}
}

// Every type of this package with a SetState method is what a row makes, so that no
// optimizer is without a name.
func TestKindsAreWhole(t *testing.T) {
	made := map[string]bool{}
	for _, kind := range Kinds {
		made[reflect.TypeOf(kind.Value.New(Settings{})).Elem().Name()] = true
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	method := regexp.MustCompile(`(?m)^func \((?:\w+ )?\*(\w+)\) SetState\(`)
	for _, source := range sources {
		data, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range method.FindAllSubmatch(data, -1) {
			if name := string(match[1]); !made[name] {
				t.Errorf("%s: got the optimizer %s, which no row of Kinds makes", source, name)
			}
		}
	}
}

// TestDocumentsNameKinds wants the lists of optimizers in documents to be whole.
func TestDocumentsNameKinds(t *testing.T) {
	for document, list := range map[string]*regexp.Regexp{
		"README.md":          regexp.MustCompile(`Optimizers: ([\w,\s]+)\.`),
		"docs/from-keras.md": regexp.MustCompile("(?m)^(.*`--optimizer .*)$"),
	} {
		text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(document)))
		if err != nil {
			t.Fatal(err)
		}
		var listed string
		for _, match := range list.FindAllSubmatch(text, -1) {
			listed += " " + strings.ToLower(string(match[1]))
		}
		for _, kind := range Kinds {
			if !regexp.MustCompile(`\b` + regexp.QuoteMeta(kind.Name) + `\b`).MatchString(listed) {
				t.Errorf("%s: add it to the list of optimizers in %s", kind.Name, document)
			}
		}
	}
}
