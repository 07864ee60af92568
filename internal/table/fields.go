package table

import (
	"bytes"
	"math"
	"strconv"
)

// field returns the field that begins at a place of a line, without the blanks and
// quotes around it, and where the next one begins: the line's length after the last.
// A quote that does not end leaves ok false.
func field(line []byte, at int, separator byte) (text []byte, next int, ok bool) {
	for line[at] == ' ' && separator != ' ' {
		at++
	}
	if line[at] == '"' {
		return quotedField(line, at+1, separator)
	}
	end := at
	for line[end] != separator && end < len(line)-1 {
		end++
	}
	return bytes.TrimSpace(line[at:end]), end + 1, true
}

// quotedField does the work of field after an opening quote; two quotes stand for one.
func quotedField(line []byte, at int, separator byte) (text []byte, next int, ok bool) {
	end, double := at, false
	for {
		n := bytes.IndexByte(line[end:], '"')
		if n < 0 {
			return nil, 0, false
		}
		if end += n; line[end+1] != '"' {
			break
		}
		double = true
		end += 2
	}
	text = bytes.TrimSpace(line[at:end])
	if double {
		text = bytes.ReplaceAll(text, []byte(`""`), []byte(`"`))
	}
	for end++; line[end] == ' ' && separator != ' ' || line[end] == '\r'; end++ {
	}
	return text, end + 1, line[end] == separator || end == len(line)-1
}

// split returns all fields of a line.
func split(line []byte, separator byte) ([]string, bool) {
	if separator == ' ' {
		line = single(bytes.Clone(line))
	}
	var list []string
	for at := 0; at < len(line); {
		text, next, ok := field(line, at, separator)
		if !ok {
			return nil, false
		}
		list = append(list, string(text))
		at = next
	}
	return list, true
}

// single makes one blank of each run of blanks and tabs, none at the ends, in place.
func single(line []byte) []byte {
	n := 0
	for _, b := range line {
		if b == '\t' || b == '\r' {
			b = ' '
		}
		if b == ' ' && (n == 0 || line[n-1] == ' ') {
			continue
		}
		if b == '\n' && n > 0 && line[n-1] == ' ' {
			n--
		}
		line[n] = b
		n++
	}
	return line[:n]
}

// separatorOf returns what separates the fields of a line. A comma may be a decimal
// one where as many semicolons or tabs as values stand beside it.
func separatorOf(line []byte) byte {
	count := map[byte]int{}
	inside := false
	for _, b := range line {
		if b == '"' {
			inside = !inside
		}
		if !inside {
			count[b]++
		}
	}
	for _, separator := range []byte{';', '\t', '|'} {
		if n := count[separator]; n > 0 && 2*n+1 >= count[','] {
			return separator
		}
	}
	if count[','] == 0 && bytes.IndexByte(bytes.TrimSpace(line), ' ') >= 0 {
		return ' '
	}
	return ','
}

// powers are those of ten that a float64 holds exactly.
var powers = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
	1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// decimal returns the number that begins at a place of a line and where it ends; ok is
// false for all but decimals of up to 15 digits that are product or quotient of two
// exact float64, and so the nearest one (Clinger 1990).
func decimal(line []byte, at int, point byte) (v float64, end int, ok bool) {
	negative := line[at] == '-'
	if negative {
		at++
	}
	first, digits, significant, power := at, uint64(0), 0, 0
	for fraction := false; ; at++ {
		d := line[at] - '0'
		switch {
		case d <= 9:
			digits = digits*10 + uint64(d)
			if digits > 0 {
				significant++
			}
			if fraction {
				power--
			}
			continue
		case line[at] == point && !fraction:
			fraction = true
			continue
		}
		break
	}
	if at == first || at == first+1 && line[first] == point || significant > 15 {
		return 0, at, false
	}
	if line[at] == 'e' || line[at] == 'E' {
		n, after, ok := exponent(line, at+1)
		if !ok {
			return 0, at, false
		}
		power, at = power+n, after
	}
	v = float64(digits)
	switch {
	case digits == 0:
	case power < -22 || power > 22:
		return 0, at, false
	case power < 0:
		v /= powers[-power]
	default:
		v *= powers[power]
	}
	if negative {
		v = -v
	}
	return v, at, true
}

// exponent returns the number after an e, of up to three digits.
func exponent(line []byte, at int) (n, end int, ok bool) {
	negative := line[at] == '-'
	if negative || line[at] == '+' {
		at++
	}
	first := at
	for ; line[at]-'0' <= 9 && at-first < 4; at++ {
		n = n*10 + int(line[at]-'0')
	}
	if negative {
		n = -n
	}
	return n, at, at > first && at-first < 4
}

// number returns the finite number that a field holds, True and False as 1 and 0.
func number(text []byte, point byte) (v float64, isBool, ok bool) {
	switch string(text) {
	case "True", "true", "TRUE":
		return 1, true, true
	case "False", "false", "FALSE":
		return 0, true, true
	}
	if len(text) > 64 { // no number is longer
		return 0, false, false
	}
	plain := string(text)
	if point != '.' {
		plain = string(bytes.Replace(text, []byte{point}, []byte{'.'}, 1))
	}
	v, err := strconv.ParseFloat(plain, 64)
	return v, false, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// isNumber reports whether a field holds a finite number.
func isNumber(text string) bool {
	_, _, ok := number([]byte(text), '.')
	return ok
}
