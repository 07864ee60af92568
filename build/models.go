package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// preferredModels are the page's defaults, best first.
var preferredModels = []string{"digits", "notebook-plain"}

// modelSet is what web/models holds.
type modelSet struct {
	files       map[string]file // by name: digits, notebook-plain, ...
	defaultName string
}

// readModels reads every *.ink below dir and checks that it decodes.
func readModels(dir string) (modelSet, error) {
	set := modelSet{files: map[string]file{}}
	paths, err := filepath.Glob(filepath.Join(dir, "*.ink"))
	if err != nil {
		return set, err
	}
	if len(paths) == 0 {
		return set, fmt.Errorf("models: %s: no *.ink file; make train writes one", dir)
	}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			return set, err
		}
		if err := checkModel(data); err != nil {
			return set, fmt.Errorf("models: %s: %w", p, err)
		}
		name := strings.TrimSuffix(filepath.Base(p), ".ink")
		set.files[name] = named("models/"+name+".ink", data)
	}
	set.defaultName = defaultModel(set.names())
	return set, nil
}

// names are the models' names, sorted.
func (s modelSet) names() []string {
	var names []string
	for name := range s.files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// defaultModel is the model that the page loads unless ?model= names another:
// the first preferred one, else the first of names.
func defaultModel(names []string) string {
	for _, name := range preferredModels {
		if slices.Contains(names, name) {
			return name
		}
	}
	return names[0]
}
