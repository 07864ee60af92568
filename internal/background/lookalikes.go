package background

import (
	"slices"
	"strings"
)

// Alphabet returns what classes are in the tables of this package: "digits" for 0 to 9,
// "letters" for A to Z in either case, or "" for others.
func Alphabet(classes []string) string {
	switch all := strings.Join(classes, ""); {
	case len(classes) == 10 && all == "0123456789":
		return "digits"
	case len(classes) == 26 && strings.EqualFold(all, "abcdefghijklmnopqrstuvwxyz"):
		return "letters"
	}
	return ""
}

// lookAlikes are the characters that a person takes for one of a model's classes
// when nothing stands beside them, in the order of the classes' likeness. They
// belong neither to a background nor to its figures: nobody could say what is
// right.
var lookAlikes = map[string][]string{
	// As digits: 0, 1, 2, 5, 6, 8 and 9.
	"digits": {
		"O", "Q", "D", "o", // 0
		"I", "L", "l", "i", "|", "(", ")", "/", `\`, "-", "'", ",", ".", "`", // 1, at any slant and size
		"Z", "z", // 2
		"S", "s", // 5
		"G", "b", // 6
		"B",      // 8
		"g", "q", // 9
	},
	// As letters: o, l, z, s, g or b, b, g or q; a t; the strokes that are an l or an i;
	// and the letters among inkling's own non-digits, a kind.
	"letters": {
		"letter",
		"0", "1", "2", "5", "6", "8", "9",
		"+",
		"|", "(", ")", "/", `\`, "-", "'", ",", ".", "`",
	},
}

// LookAlikes returns the characters that cannot be told from a class of digits or
// letters by their form alone; nil for other names.
func LookAlikes(of string) []string { return slices.Clone(lookAlikes[of]) }

// LooksLike reports whether a character is among LookAlikes.
func LooksLike(of, label string) bool {
	return slices.Contains(lookAlikes[of], label)
}
