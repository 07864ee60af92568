package serve

import (
	"html"
	"regexp"
	"strings"
)

// A Header is a header of an answer.
type Header struct{ Name, Value string }

// policyTag matches the content security policy of a page.
var policyTag = regexp.MustCompile(`(?s)<meta http-equiv="Content-Security-Policy" content="([^"]*)">`)

// Headers returns the headers that every file of a site gets, beside its type. page is
// index.html: the policy in its head becomes a header, which scripts of workers obey,
// too. ancestors are the sites that may show the page in a frame, as in frame-ancestors
// of CSP: "'none'", "https://school.example"; empty means any.
func Headers(page []byte, ancestors string) []Header {
	policy := ""
	if m := policyTag.FindSubmatch(page); m != nil {
		policy = strings.Join(strings.Fields(html.UnescapeString(string(m[1]))), " ")
	}
	if ancestors != "" {
		policy = strings.TrimPrefix(policy+"; frame-ancestors "+ancestors, "; ")
	}
	all := []Header{
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "no-referrer"},
		{"Permissions-Policy", "geolocation=(), microphone=(), payment=(), usb=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
	}
	if policy != "" {
		all = append(all, Header{"Content-Security-Policy", policy})
	}
	return all
}
