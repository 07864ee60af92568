// Package models holds the encoder of symbols of one's own for the command; the page
// fetches the same file.
package models

import _ "embed"

// Symbols is symbols.ink: what inkling teach makes features with.
//
//go:embed symbols.ink
var Symbols []byte
