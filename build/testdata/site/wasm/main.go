//go:build js && wasm

// Command wasm is the smallest program that the build can compile.
package main

func main() {}
