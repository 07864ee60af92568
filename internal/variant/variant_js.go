// Package variant chooses among the ways to compute that a CPU has.
package variant

// Name returns the variant in use: always "portable" in the browser.
func Name() string { return "portable" }

// Err returns nil: there is nothing to choose.
func Err() error { return nil }
