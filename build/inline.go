package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
)

// inline matches a script in the page itself.
var inline = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// withScript returns html with a script itself in place of the tag that refers to source.
func withScript(html, source string, script []byte) (string, error) {
	tag := `<script src="` + source + `"></script>`
	before, after, ok := strings.Cut(html, tag)
	if !ok {
		return "", fmt.Errorf("page: %s: no %s", pageName, tag)
	}
	return before + "<script>" + strings.TrimSpace(string(script)) + "</script>" + after, nil
}

// allowInline adds the hashes of the page's own scripts to its content security
// policy, which then allows them and no others.
func allowInline(html string) string {
	const policy = "script-src "
	for _, m := range inline.FindAllStringSubmatch(html, -1) {
		sum := sha256.Sum256([]byte(m[1]))
		html = strings.Replace(html, policy, policy+"'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"' ", 1)
	}
	return html
}
