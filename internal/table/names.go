package table

import (
	"slices"
	"strconv"
	"strings"
)

// Names of columns, in lower case.
var (
	labelNames = []string{"label", "labels", "class", "target", "digit", "y", "emotion", "category", "letter", "character", "symbol"}
	indexNames = []string{"id", "index", "idx", "imageid", "image_id", "unnamed: 0", "unnamed: 0.1", "rowid", "row_id",
		"row", "filename", "file", "path"}
	pictureNames = []string{"png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "svg"}
	partNames    = []string{"usage", "split", "subset", "partition"}
	parts        = map[string]Part{
		"training": Train, "train": Train,
		"publictest": Validation, "validation": Validation, "valid": Validation, "val": Validation, "dev": Validation,
		"privatetest": Test, "testing": Test, "test": Test,
	}
)

// isNamed reports whether a column's name is one of these.
func isNamed(name string, names []string) bool {
	return slices.Contains(names, strings.ToLower(strings.TrimSpace(name)))
}

// isHeader reports whether the fields of a first line name the columns: most are no
// numbers, or the numbers among them are names as pandas makes them.
func isHeader(fields []string) bool {
	var numbers []string
	texts := 0
	for _, field := range fields {
		switch {
		case isNumber(field) || isPacked(field):
			numbers = append(numbers, field)
		case field != "":
			texts++
		}
	}
	return texts > len(numbers) || isCounting(numbers, 4) || isMangled(numbers)
}

// isCounting reports whether texts are 0, 1, 2, ... or 1, 2, 3, ..., at least least
// of them.
func isCounting(texts []string, least int) bool {
	if len(texts) < max(least, 1) || texts[0] != "0" && texts[0] != "1" {
		return false
	}
	first := int(texts[0][0] - '0')
	for i, text := range texts {
		if text != strconv.Itoa(first+i) {
			return false
		}
	}
	return true
}

// isMangled reports whether texts are a line of values that became names: pandas
// tells equal names apart by .1, .2, ..., so that 5,0,0,0,18,18 is written
// 5,0,0.1,0.2,18,18.1.
func isMangled(texts []string) bool {
	times, again := map[string]int{}, 0
	for _, text := range texts {
		name, suffix, repeated := strings.Cut(text, ".")
		before, seen := times[name]
		times[name] = before + 1
		if repeated != seen || repeated && suffix != strconv.Itoa(before) {
			return false
		}
		if repeated {
			again++
		}
	}
	return again >= 2
}

// isPacked reports whether a field holds the pixels of a whole image: four numbers or
// more with blanks or commas between them, in brackets or not.
func isPacked(field string) bool {
	n, ok := 0, true
	eachPacked([]byte(field), func(text []byte) bool {
		_, _, ok = number(text, '.')
		n++
		return ok && n < 16
	})
	return ok && n >= 4
}

// eachPacked calls f with the numbers of a packed field until it returns false.
func eachPacked(field []byte, f func(text []byte) bool) {
	between := func(b byte) bool { return b == ' ' || b == ',' || b == ';' || b == '\t' || b == '[' || b == ']' }
	for at := 0; at < len(field); {
		if between(field[at]) {
			at++
			continue
		}
		end := at
		for end < len(field) && !between(field[end]) {
			end++
		}
		if !f(field[at:end]) {
			return
		}
		at = end
	}
}

// skeleton returns what a name shares with its neighbours: all but its digits, "#" of
// a number.
func skeleton(name string) string {
	if isNumber(name) {
		return "#"
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, name))
}

// family returns which columns have numbered names of one kind, such as pixel0,
// pixel1, ..., if more than half of them have; else nil.
func family(names []string) []bool {
	count := map[string]int{}
	for _, name := range names {
		if bone := skeleton(name); bone != strings.ToLower(name) {
			count[bone]++
		}
	}
	for bone, n := range count {
		if 2*n <= len(names) {
			continue
		}
		members := make([]bool, len(names))
		for i, name := range names {
			members[i] = skeleton(name) == bone
		}
		return members
	}
	return nil
}

// isSquare reports whether images of this many pixels may be square.
func isSquare(pixels int) bool {
	side := 1
	for side*side < pixels {
		side++
	}
	return side*side == pixels
}
