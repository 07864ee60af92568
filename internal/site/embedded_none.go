//go:build !inklingpage

package site

// embedded is nil: the command is built without the page.
var embedded []byte
