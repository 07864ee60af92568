package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// preferredModels are the page's defaults, best first.
var preferredModels = []string{"digits", "notebook-plain"}

// modelSet holds the files of web/models.
type modelSet struct {
	files       map[string]file            // by name: digits, notebook-plain, ...
	cards       map[string]file            // NAME.card.json, where there is one
	sheets      map[string]map[string]file // pictures that a card names, by that name: NAME.SET.png
	symbols     file                       // the encoder of symbols of one's own; without a path: none
	defaultName string
}

// modelPaths returns the paths of the site's models: the one that was asked for,
// or every *.ink of web/models.
func (b *builder) modelPaths() ([]string, error) {
	if b.model != "" {
		return []string{b.model}, nil
	}
	dir := filepath.Join(b.root, "web", "models")
	paths, err := filepath.Glob(filepath.Join(dir, "*.ink"))
	if err == nil && len(paths) == 0 {
		err = fmt.Errorf("models: %s: no *.ink file; make train writes one", dir)
	}
	return paths, err
}

// readModels reads models, checks that they decode, and reads what inkling card
// wrote beside them.
func readModels(paths []string) (modelSet, error) {
	set := modelSet{files: map[string]file{}, cards: map[string]file{}, sheets: map[string]map[string]file{}}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			return set, err
		}
		encoder, err := checkModel(data)
		if err != nil {
			return set, fmt.Errorf("models: %s: %w", p, err)
		}
		name := strings.TrimSuffix(filepath.Base(p), ".ink")
		if encoder {
			set.symbols = named("models/"+name+".ink", data)
			continue
		}
		set.files[name] = named("models/"+name+".ink", data)
		if err := set.readCard(filepath.Dir(p), name); err != nil {
			return set, err
		}
	}
	if len(set.files) == 0 {
		return set, fmt.Errorf("models: %s is an encoder, which reads nothing until it has been taught: inkling teach makes a model of it",
			paths[0])
	}
	set.defaultName = defaultModel(set.names())
	return set, nil
}

// readCard reads a model's card and sheets, if there are any.
func (s *modelSet) readCard(dir, name string) error {
	data, err := os.ReadFile(filepath.Join(dir, name+".card.json"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	s.cards[name] = named("models/"+name+".card.json", data)
	paths, err := filepath.Glob(filepath.Join(dir, name+".*.png"))
	if err != nil {
		return err
	}
	s.sheets[name] = map[string]file{}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		s.sheets[name][filepath.Base(p)] = named("models/"+filepath.Base(p), data)
	}
	return nil
}

// all returns the files of a model.
func (s modelSet) all(name string) []file {
	all := []file{s.files[name]}
	if card, ok := s.cards[name]; ok {
		all = append(all, card)
	}
	return slices.AppendSeq(all, maps.Values(s.sheets[name]))
}

// sheetPaths returns the paths of a model's sheets by their names in its card.
func (s modelSet) sheetPaths(name string) map[string]string {
	paths := map[string]string{}
	for sheet, f := range s.sheets[name] {
		paths[sheet] = f.path
	}
	return paths
}

// names returns the names of the models, sorted.
func (s modelSet) names() []string {
	var names []string
	for name := range s.files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// defaultModel returns the model that the page loads unless ?model= names another:
// the first preferred one, or else the first of names.
func defaultModel(names []string) string {
	for _, name := range preferredModels {
		if slices.Contains(names, name) {
			return name
		}
	}
	return names[0]
}
