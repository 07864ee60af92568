package dataset

import (
	"os"
	"strings"
)

// SplitList returns the parts of a list of data sets, "mnist,pen*3", without spaces
// around them. A comma in the path of a file or folder that is there divides nothing.
func SplitList(text string) []string {
	parts := strings.Split(text, ",")
	var list []string
	for len(parts) > 0 {
		n := 1
		for end := len(parts); end > 1; end-- {
			if path, times, _ := CutTimes(strings.Join(parts[:end], ",")); isThere(path) && !strings.Contains(times, ",") {
				n = end
				break
			}
		}
		list = append(list, strings.TrimSpace(strings.Join(parts[:n], ",")))
		parts = parts[n:]
	}
	return list
}

// CutTimes divides "pen*3" into name and times, as strings.Cut does. An asterisk in the
// path of a file or folder that is there divides nothing.
func CutTimes(part string) (name, times string, repeated bool) {
	part = strings.TrimSpace(part)
	at := strings.LastIndexByte(part, '*')
	if at < 0 || isThere(part) {
		return part, "", false
	}
	return part[:at], part[at+1:], true
}

// isThere reports whether there is a file or folder of this path.
func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
