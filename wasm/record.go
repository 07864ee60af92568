//go:build js

package main

import (
	"strconv"
	"syscall/js"
)

// A record is a JSON object in the making, without its last brace. An object of JavaScript
// that Go makes value by value takes a call and a finalizer for each; one that is parsed takes
// two calls.
type record string

// with returns the record with another field, whose value is JSON.
func (r record) with(name, value string) record {
	separator := record(`,"`)
	if r == "" {
		separator = `{"`
	}
	return r + separator + record(name+`":`+value)
}

// number returns the record with a field of an integer.
func (r record) number(name string, value int) record { return r.with(name, strconv.Itoa(value)) }

// text returns the whole object as JSON.
func (r record) text() string { return string(r) + "}" }

// object makes the record an object of JavaScript.
func (r record) object() js.Value { return js.Global().Get("JSON").Call("parse", r.text()) }

// list returns a JSON array of n values; text returns the JSON of each.
func list(n int, text func(i int) string) string {
	all := "["
	for i := range n {
		if i > 0 {
			all += ","
		}
		all += text(i)
	}
	return all + "]"
}

// integers returns a JSON array.
func integers(values []int) string {
	return list(len(values), func(i int) string { return strconv.Itoa(values[i]) })
}

// quoted returns a string of UTF-8 as JSON.
func quoted(s string) string {
	text, done := `"`, 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		const digits = "0123456789abcdef"
		text += s[done:i] + `\u00` + digits[c>>4:c>>4+1] + digits[c&15:c&15+1]
		done = i + 1
	}
	return text + s[done:] + `"`
}
