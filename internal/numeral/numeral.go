// Package numeral tells numbers from names among the labels of data. A label such as 4e00,
// a character's code in hex, or True is a name, though a parser of numbers may take it.
package numeral

import (
	"math"
	"strconv"
)

// most bounds whole numbers: all up to here are float64.
const most = 1 << 53

// Parse returns the number that a text holds in a form that programs write: digits, with
// a sign or not, a point or not, and perhaps an exponent with its sign and two digits or
// three, as in 5, -5.0, 5.000e+00 and 1E-05. ok is false for all other texts.
func Parse(text string) (v float64, ok bool) {
	at := 0
	digits := func() int {
		from := at
		for at < len(text) && text[at]-'0' <= 9 {
			at++
		}
		return at - from
	}
	isAt := func(a, b byte) bool { return at < len(text) && (text[at] == a || text[at] == b) }
	if isAt('+', '-') {
		at++
	}
	n := digits()
	if isAt('.', '.') {
		at++
		n += digits()
	}
	if isAt('e', 'E') {
		at++
		if !isAt('+', '-') {
			return 0, false
		}
		at++
		if e := digits(); e != 2 && e != 3 {
			return 0, false
		}
	}
	if n == 0 || at < len(text) {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}

// Whole returns the whole number that a text holds as [Parse] reads it, in digits: "5"
// for "5.0", "+5", "5e+00" and "05". ok is false for all other texts.
func Whole(text string) (digits string, ok bool) {
	v, ok := Parse(text)
	if !ok || v != math.Trunc(v) || math.Abs(v) > most {
		return "", false
	}
	return strconv.FormatInt(int64(v), 10), true
}
