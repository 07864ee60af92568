package site

import (
	"html"
	"regexp"
	"strings"

	"github.com/seed-c844a918/inkling/internal/model"
)

// A kind is what a model reads, as far as the page's words depend on it; web/types.ts
// has the same.
type kind string

const (
	digits   kind = "digits"
	letters  kind = "letters"
	drawings kind = "drawings"
	pictures kind = "pictures"
)

// kindOf returns what a model reads, by the rule of web/element/kind.ts.
func kindOf(m *model.Model) kind {
	if !m.Recipe.Draws() {
		return pictures
	}
	all := strings.Join(m.Labels, "")
	if len(all) == len(m.Labels) && strings.Trim(all, "0123456789") == "" {
		return digits
	}
	if strings.ToUpper(all) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		return letters
	}
	return drawings
}

// words are the texts of index.html and its pad for sites whose own model reads no
// digits: by kind, then by the keys of web/i18n/en.ts, which has the same texts and says
// them again once a model is there. "description" is the page's and the manifest's.
var words = map[kind]map[string]string{
	letters: {
		"title":       "Inkling: draw a letter, see it read",
		"description": "Draw a letter and watch a small neural network read it while you draw.",
		"invitation":  "Draw a letter",
	},
	drawings: {
		"title":       "Inkling: draw, and see it read",
		"description": "Draw, and watch a small neural network read it while you draw.",
		"invitation":  "Draw something",
	},
	pictures: {
		"title":       "Inkling: show a picture, see it read",
		"description": "Show a picture and watch a small neural network read it.",
		"tagline":     "A small neural network reads the picture you show it.",
		"pad":         "Place for a picture",
		"invitation":  "Show a picture",
		"advice":      "or paste it, or drop it here",
		"nothing":     "Show a picture, and the answer appears here",
	},
}

// The places of words in index.html that no data-t marks, each with a text between
// what it keeps.
var (
	root        = regexp.MustCompile(`(<html)()(\s)`)
	sheetKind   = regexp.MustCompile(`(<section id="sheet"[^>]* data-kind=")([^"]*)(")`)
	description = regexp.MustCompile(`(<meta name="description" content=")([^"]*)(")`)
	answerWords = regexp.MustCompile(`(<strong id="words">)([^<]*)(<)`)
)

// spoken returns page with the words for what its model reads, which then stand there
// before the model has come. index.html itself speaks of digits.
func spoken(page []byte, k kind) []byte {
	if k == digits {
		return page
	}
	page = put(page, root, ` data-kind="`+string(k)+`"`)
	page = put(page, sheetKind, string(k))
	for key, text := range words[k] {
		text = html.EscapeString(text)
		switch key {
		case "description":
			page = put(page, description, text)
		case "nothing":
			page = put(page, answerWords, text)
		default:
			page = put(page, regexp.MustCompile(`(<[^>]* data-t="`+key+`"[^>]*>)([^<]*)(<)`), text)
			page = put(page, regexp.MustCompile(`( aria-label=")([^"]*)(" data-t-label="`+key+`")`), text)
		}
	}
	return page
}

// put returns page with text as the second group of a place, wherever that is.
func put(page []byte, place *regexp.Regexp, text string) []byte {
	return place.ReplaceAll(page, []byte("${1}"+strings.ReplaceAll(text, "$", "$$")+"${3}"))
}
