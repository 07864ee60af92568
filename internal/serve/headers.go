package serve

import (
	"html"
	"path"
	"regexp"
	"strings"
)

// A Header is a header of an answer.
type Header struct{ Name, Value string }

const policyName = "Content-Security-Policy"

// policyTag matches the content security policy of a page.
var policyTag = regexp.MustCompile(`(?s)<meta http-equiv="Content-Security-Policy" content="([^"]*)">`)

// Headers returns the headers that every file of a folder gets, beside its type.
// ancestors are the sites that may show its pages in a frame, as in frame-ancestors of
// CSP: "'none'", "https://school.example"; empty means any.
func Headers(ancestors string) []Header {
	all := []Header{
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "no-referrer"},
		{"Permissions-Policy", "geolocation=(), microphone=(), payment=(), usb=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
	}
	if ancestors != "" {
		all = append(all, Header{policyName, "frame-ancestors " + ancestors})
	}
	return all
}

// PageHeaders returns the headers that a file gets in place of those of [Headers] of the
// same name. index.html, its service worker and its scripts get the policy in the head of
// page, which is index.html: scripts of workers obey only that of their own answer. Other
// files have none of it: somebody's page beside index.html has scripts and forms of its
// own, and the element's worker reads for others' pages.
func PageHeaders(name string, page []byte, ancestors string) []Header {
	m := policyTag.FindSubmatch(page)
	if m == nil || !isOfPage(name) {
		return nil
	}
	policy := strings.Join(strings.Fields(html.UnescapeString(string(m[1]))), " ")
	if ancestors != "" {
		policy += "; frame-ancestors " + ancestors
	}
	return []Header{{policyName, policy}}
}

// isOfPage reports whether a file is index.html or a script of it.
func isOfPage(name string) bool {
	isOwn := HashedName.MatchString(name) && path.Ext(name) == ".js" && path.Dir(name) == "."
	return name == PageName || name == ServiceWorkerName || isOwn
}
