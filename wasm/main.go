//go:build js

// Command wasm is the page's half that is written in Go: it turns strokes into
// the network's input and asks the network. See bridge.go for the protocol.
package main

// main hands the set-up functions to the page and stays alive for its calls.
func main() {
	publish()
	select {}
}
