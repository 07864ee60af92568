package site

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
)

// The page's places for the site's title.
var (
	titleTag = regexp.MustCompile(`<title[^>]*>[^<]*</title>`)
	heading  = regexp.MustCompile(`<h1[^>]*>[^<]*</h1>`)
)

// kindSwitch matches the page's switch between the models of digits and of letters.
var kindSwitch = regexp.MustCompile(`(?s)<fieldset id="reads">.*?</fieldset>\n`)

// entitled returns page with a title in its head and its heading, in place of words
// that change with the language. An empty title changes nothing.
func entitled(page []byte, title string) []byte {
	if title == "" {
		return page
	}
	text := html.EscapeString(title)
	page = titleTag.ReplaceAllLiteral(page, []byte("<title>"+text+"</title>"))
	return heading.ReplaceAllLiteral(page, []byte("<h1>"+text+"</h1>"))
}

// withoutSwitch returns page without kindSwitch unless the site has both models.
func withoutSwitch(page []byte, models Models) []byte {
	if models.has("digits") && models.has("letters") {
		return page
	}
	return kindSwitch.ReplaceAllLiteral(page, nil)
}

// entitledManifest returns the manifest with a title as the names of the app. An empty
// title changes nothing.
func entitledManifest(manifest []byte, title string) ([]byte, error) {
	if title == "" {
		return manifest, nil
	}
	var tree map[string]any
	if err := json.Unmarshal(manifest, &tree); err != nil {
		return nil, fmt.Errorf("site: %s: %w", manifestName, err)
	}
	tree["name"], tree["short_name"] = title, title
	delete(tree, "description")
	return json.Marshal(tree)
}
