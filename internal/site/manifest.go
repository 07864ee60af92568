package site

import (
	"encoding/json"
	"fmt"
	"slices"
)

// manifestOf returns the manifest of a site, and the paths of files that the shell's
// names and it does not: pictures of the page as it reads digits under its own name,
// which are none of another site.
func manifestOf(shell []byte, k kind, title string) (manifest []byte, unused []string, err error) {
	if title == "" && k == digits {
		return shell, nil, nil
	}
	var tree map[string]any
	if err := json.Unmarshal(shell, &tree); err != nil {
		return nil, nil, fmt.Errorf("site: %s: %w", manifestName, err)
	}
	if text, ok := words[k]["description"]; ok {
		tree["description"] = text
	}
	if title != "" {
		tree["name"], tree["short_name"] = title, title
		delete(tree, "description")
	}
	unused = sources(tree["screenshots"])
	delete(tree, "screenshots")
	manifest, err = json.Marshal(tree)
	return manifest, unused, err
}

// sources returns the addresses of a manifest's list of pictures.
func sources(list any) (all []string) {
	pictures, _ := list.([]any)
	for _, p := range pictures {
		if picture, ok := p.(map[string]any); ok {
			if src, ok := picture["src"].(string); ok {
				all = append(all, src)
			}
		}
	}
	return slices.Compact(all)
}
