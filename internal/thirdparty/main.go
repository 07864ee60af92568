// Command thirdparty writes THIRD_PARTY.md: the modules in the command inkling, on
// all platforms of a release, and in the page's wasm binary, with their licences.
//
//	thirdparty          writes THIRD_PARTY.md into the working folder
//	thirdparty -check   fails if it would be another one
//
// It reads the texts in the module cache and in GOROOT.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
)

// fileName is what the command writes.
const fileName = "THIRD_PARTY.md"

func main() {
	check := flag.Bool("check", false, "fail if "+fileName+" is not current, write nothing")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "thirdparty:", err)
		os.Exit(1)
	}
}

// run writes or checks the file.
func run(check bool) error {
	modules, err := modulesInUse()
	if err != nil {
		return err
	}
	page, err := render(modules)
	if err != nil {
		return err
	}
	if !check {
		return os.WriteFile(fileName, page, 0o644)
	}
	written, err := os.ReadFile(fileName)
	if err == nil && !bytes.Equal(written, page) {
		err = errors.New(fileName + " is not current; make third-party writes it")
	}
	return err
}
