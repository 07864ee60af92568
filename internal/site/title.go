package site

import (
	"html"
	"regexp"
)

// The page's places for the site's title.
var (
	titleTag = regexp.MustCompile(`<title[^>]*>[^<]*</title>`)
	heading  = regexp.MustCompile(`<h1[^>]*>[^<]*</h1>`)
)

// kindSwitch matches the page's switch between what to read, kindChoice one choice in it.
var (
	kindSwitch = regexp.MustCompile(`(?s)<fieldset id="reads">.*?</fieldset>\n`)
	kindChoice = regexp.MustCompile(`<label><input [^>]*name="reads" value="(\w+)".*</label>\n`)
)

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

// withoutSwitch returns page without the choices of kindSwitch that the site lacks, and
// without the switch where fewer than two are left.
func withoutSwitch(page []byte, models Models) []byte {
	return kindSwitch.ReplaceAllFunc(page, func(all []byte) []byte {
		left := 0
		all = kindChoice.ReplaceAllFunc(all, func(choice []byte) []byte {
			name := string(kindChoice.FindSubmatch(choice)[1])
			if !models.has(name) && (name != "symbols" || models.symbols.Path == "") {
				return nil
			}
			left++
			return choice
		})
		if left < 2 {
			return nil
		}
		return all
	})
}
