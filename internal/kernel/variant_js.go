package kernel

// Name is the variant in use: always "portable" in the browser.
func Name() string { return "portable" }

// Err is nil: there is nothing to choose.
func Err() error { return nil }
