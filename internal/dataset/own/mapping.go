package own

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/idx"
)

// maxMapping bounds the file of a mapping, in bytes.
const maxMapping = 64 << 10

// readMapping takes the classes' names from EMNIST's file of them beside IDX files, such as
// emnist-letters-mapping.txt, or says why not: a line for each label with the codes of the
// characters it stands for, of which the first is the name.
func (d *reading) readMapping(images string) {
	path := mappingOf(images)
	if path == "" || !d.labelled() {
		return
	}
	var why error
	if d.Named {
		why = fmt.Errorf("--labels names the classes")
	} else {
		d.classes, why = d.mapped(path)
	}
	d.noteNames("file "+filepath.Base(path), why)
}

// mapped returns the names of the labels as a mapping has them, or an error that says why not.
func (d *reading) mapped(path string) (*classNames, error) {
	text, err := bounded.ReadFile(path, maxMapping)
	if tooLong := new(bounded.LimitError); errors.As(err, &tooLong) {
		err = tooLong // without the path, which is said
	}
	if err != nil {
		return nil, err
	}
	names, first, err := parseMapping(string(text))
	if err != nil {
		return nil, err
	}
	return d.fitting(names, first)
}

// mappingOf returns the path of the mapping that belongs to a file of images, beside it; "" if
// there is none.
func mappingOf(images string) string {
	folder := filepath.Dir(images)
	name, _ := idx.ParseName(images)
	entries, _ := os.ReadDir(folder) // without it there is none
	for _, e := range entries {
		set, is := strings.CutSuffix(strings.NewReplacer("_", "-", ".", "-").Replace(strings.ToLower(e.Name())), "mapping-txt")
		if set = strings.TrimSuffix(set, "-"); is && e.Type().IsRegular() && (set == name.Set || set == "") {
			return filepath.Join(folder, e.Name())
		}
	}
	return ""
}

// parseMapping returns the characters of a mapping and the label of the first, which others
// follow without a gap.
func parseMapping(text string) (names []string, first int, err error) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		var numbers []int
		for _, field := range fields {
			v, err := strconv.Atoi(field)
			if err != nil {
				return nil, 0, fmt.Errorf("line %d: got %.40q, want a label and the codes of its characters", n, strings.TrimSpace(line))
			}
			numbers = append(numbers, v)
		}
		if len(names) == 0 {
			first = numbers[0]
		}
		if len(numbers) < 2 || numbers[0] != first+len(names) || numbers[1] > unicode.MaxRune || !unicode.IsGraphic(rune(numbers[1])) ||
			len(names) == dataset.MaxClasses {
			return nil, 0, fmt.Errorf("line %d: got %.40q, want the label %d and the codes of its characters",
				n, strings.TrimSpace(line), first+len(names))
		}
		names = append(names, string(rune(numbers[1])))
	}
	return names, first, nil
}
