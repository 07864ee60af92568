package site

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/keras/saved"
	"github.com/seed-c844a918/inkling/internal/model"
)

// preferredModels are the page's defaults, best first.
var preferredModels = []string{"digits", "notebook-plain"}

// Models holds models and what inkling card wrote beside them.
type Models struct {
	inks        map[string]File            // by name: digits, notebook-plain, ...
	cards       map[string]File            // NAME.card.json, where there is one
	sheets      map[string]map[string]File // pictures that a card names, by that name: NAME.SET.png
	nears       map[string]File            // NAME.near, where there is one: what its answers are put right by
	symbols     File                       // the encoder of symbols of one's own; without a path: none
	kinds       map[string]kind            // what each reads
	defaultName string
}

// maxFile bounds a model and what stands beside it, in bytes.
const maxFile = 1 << 30

// ReadModels reads model files, NAME.ink, checks that they decode, and reads what
// inkling card wrote beside them. The default model is digits or notebook-plain if it
// is among them, or else the first one.
func ReadModels(paths []string) (Models, error) {
	m := Models{
		inks: map[string]File{}, cards: map[string]File{}, nears: map[string]File{},
		sheets: map[string]map[string]File{}, kinds: map[string]kind{},
	}
	var names []string
	for _, p := range paths {
		name := strings.TrimSuffix(filepath.Base(p), ".ink")
		if m.has(name) {
			return m, fmt.Errorf("site: %s: another model has this name, by which pages know it; rename one", p)
		}
		data, err := bounded.ReadFile(p, maxFile)
		if err != nil {
			return m, fmt.Errorf("site: %w", err)
		}
		decoded, err := model.Decode(data)
		if err != nil && saved.Is(data) {
			err = saved.ErrNotInk
		}
		if err != nil {
			return m, fmt.Errorf("site: %s: %w", p, err)
		}
		if decoded.IsEncoder() {
			if m.symbols.Data != nil {
				return m, fmt.Errorf("site: %s: a site has one encoder for symbols, and another stands before it: leave one out", p)
			}
			m.symbols = Named("models/"+fileName(name)+".ink", data)
			continue
		}
		names = append(names, name)
		m.kinds[name] = kindOf(decoded)
		m.inks[name] = Named("models/"+fileName(name)+".ink", data)
		if err := m.readCard(filepath.Dir(p), name); err != nil {
			return m, fmt.Errorf("site: %w", err)
		}
		if err := m.readNear(filepath.Dir(p), name); err != nil {
			return m, fmt.Errorf("site: %w", err)
		}
	}
	if len(names) == 0 {
		return m, fmt.Errorf("site: %s is an encoder, which reads nothing until it has been taught: inkling teach makes a model of it", paths[0])
	}
	m.defaultName = defaultModel(names)
	return m, nil
}

// fileName returns a model's name as addresses take it on any host: what is no letter,
// digit, dot, dash or underscore of ASCII becomes a dash.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '-'
	}, name)
}

// readCard reads a model's card and sheets, if there are any.
func (m *Models) readCard(dir, name string) error {
	data, err := bounded.ReadFile(filepath.Join(dir, name+".card.json"), maxFile)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	m.cards[name] = Named("models/"+fileName(name)+".card.json", data)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	m.sheets[name] = map[string]File{}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), name+".") || filepath.Ext(e.Name()) != ".png" {
			continue
		}
		data, err := bounded.ReadFile(filepath.Join(dir, e.Name()), maxFile)
		if err != nil {
			return err
		}
		m.sheets[name][e.Name()] = Named("models/"+fileName(e.Name()), data)
	}
	return nil
}

// readNear reads the drawings near a model's, if there are any and they are of this model: one
// that was trained again is not put right until they have been made again.
func (m *Models) readNear(dir, name string) error {
	path := filepath.Join(dir, name+".near")
	data, err := bounded.ReadFile(path, maxFile)
	if os.IsNotExist(err) {
		return nil
	}
	if err == nil && fewshot.NearbyOf(data, m.inks[name].Data) {
		m.nears[name] = Named("models/"+fileName(name)+".near", data)
	}
	return err
}

// has reports whether a model of this name is among them.
func (m Models) has(name string) bool {
	_, ok := m.inks[name]
	return ok
}

// kind returns what the default model reads.
func (m Models) kind() kind { return m.kinds[m.defaultName] }

// files returns all files of all models, sorted by path.
func (m Models) files() []File {
	var all []File
	for name, ink := range m.inks {
		all = append(all, ink)
		if card, ok := m.cards[name]; ok {
			all = append(all, card)
		}
		if near, ok := m.nears[name]; ok {
			all = append(all, near)
		}
		all = slices.AppendSeq(all, maps.Values(m.sheets[name]))
	}
	if m.symbols.Path != "" {
		all = append(all, m.symbols)
	}
	return sorted(all)
}

// info returns the models as [Info] names them.
func (m Models) info() map[string]Model {
	all := map[string]Model{}
	for name, ink := range m.inks {
		sheets := map[string]string{}
		for sheet, f := range m.sheets[name] {
			sheets[sheet] = f.Path
		}
		all[name] = Model{ink.Path, len(ink.Data), m.cards[name].Path, m.nears[name].Path, sheets}
	}
	return all
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
