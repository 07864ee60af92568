//go:build js && inklingpanic

// With the build tag inklingpanic, which only the browser tests set, Go can be
// made to fail in all ways that the page has to survive.

package main

import (
	"sync"
	"syscall/js"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// panicInCall panics inside an export, which recovers.
//
//go:wasmexport panicInCall
func panicInCall() (label int32) {
	defer recoverTo(&label)
	ink.Form{Recipe: ink.Drawing, Width: 1, Height: 1}.Draw(nil, nil)
	return 0
}

// panicInProgram panics a moment later, outside any call, where nothing can
// recover: the program ends.
//
//go:wasmexport panicInProgram
func panicInProgram() {
	js.Global().Call("setTimeout", js.FuncOf(func(js.Value, []js.Value) any { panic("crash asked for by a test") }), 0)
}

// dieInCall ends the runtime inside an export by a fatal error, which nothing can
// recover from.
//
//go:wasmexport dieInCall
func dieInCall() int32 {
	new(sync.Mutex).Unlock()
	return 0
}

// hangInCall never returns.
//
//go:wasmexport hangInCall
func hangInCall() int32 {
	for {
	}
}
