//go:build inklingpage

package site

import _ "embed"

// embedded is the page, as Pack writes it. "go run ./build page" makes the file.
//
//go:embed page.zip
var embedded []byte
