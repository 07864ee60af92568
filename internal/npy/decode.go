package npy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/unzip"
)

const magic = "\x93NUMPY"

// maxSides is NumPy's own limit before version 2.
const maxSides = 32

// Decode reads an .npy file. Whatever the bytes, it returns an array or a
// [FormatError], and allocates at most a few times the file's size. The array may
// view data.
func Decode(data []byte) (Array, error) {
	header, values, err := open(data)
	if err != nil {
		return Array{}, err
	}
	h, err := parseHeader(header)
	if err != nil {
		return Array{}, err
	}
	a := Array{Shape: h.shape, Type: Type(h.descr[1:])}
	if a.Type.Text() {
		return Array{}, wrongType(h.descr)
	}
	if n, ok := size(h.shape, len(values)/a.Type.Size()); !ok || n*a.Type.Size() != len(values) {
		return Array{}, &FormatError{"values", strconv.Itoa(len(values)) + " bytes", fmt.Sprintf("those of the shape %v of %s", h.shape, a.Type)}
	}
	if h.descr[0] == '>' && a.Type.Size() > 1 {
		values = swapped(slices.Clone(values), a.Type.unit())
	}
	if h.fortran && len(h.shape) > 1 {
		values = transposed(values, h.shape, a.Type.Size())
	}
	a.Data = values
	return a, nil
}

// DecodeZip reads the arrays of an .npz file in its order; other members are passed
// over. It allocates at most [unzip.Factor] times the file's size, and a few times
// that for arrays that are not written as this package writes them.
func DecodeZip(data []byte) ([]Array, error) {
	members, err := unzip.All(data)
	if err != nil {
		return nil, err
	}
	var arrays []Array
	for _, m := range members {
		name, isArray := strings.CutSuffix(m.Name, ".npy")
		if !isArray {
			continue
		}
		a, err := Decode(m.Data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		a.Name = name
		arrays = append(arrays, a)
	}
	return arrays, nil
}

// open returns header and values of a file.
func open(data []byte) (header string, values []byte, err error) {
	if len(data) < len(magic)+4 || string(data[:len(magic)]) != magic {
		return "", nil, &FormatError{"magic", "other bytes", "an .npy file"}
	}
	major := data[len(magic)]
	if major < 1 || major > 3 {
		return "", nil, &FormatError{"version", strconv.Itoa(int(major)), "1, 2 or 3"}
	}
	at := len(magic) + 4
	if major > 1 {
		at += 2
	}
	if len(data) < at {
		return "", nil, &FormatError{"header", "the end of the file", "its length"}
	}
	length := littleEndian(data[len(magic)+2 : at])
	if length > uint64(len(data)-at) {
		return "", nil, &FormatError{"header", strconv.FormatUint(length, 10) + " bytes", "at most " + strconv.Itoa(len(data)-at)}
	}
	end := at + int(length)
	return string(data[at:end]), data[end:], nil
}

// header is what a file says of its values.
type header struct {
	descr   string // byte order and type
	fortran bool
	shape   []int
}

// parseHeader reads the Python dictionary that NumPy writes.
func parseHeader(text string) (h header, err error) {
	h.descr, err = entry(text, "descr", "'", "'")
	if err != nil {
		return h, err
	}
	if len(h.descr) < 3 || !strings.ContainsAny(h.descr[:1], "<>|=") || !Type(h.descr[1:]).known() {
		return h, wrongType(h.descr)
	}
	order, err := entry(text, "fortran_order", "", ",")
	if err != nil {
		return h, err
	}
	if h.fortran = order == "True"; !h.fortran && order != "False" {
		return h, &FormatError{"fortran_order", strconv.Quote(order), "True or False"}
	}
	sides, err := entry(text, "shape", "(", ")")
	if err != nil {
		return h, err
	}
	h.shape, err = parseShape(sides)
	return h, err
}

// wrongType returns the error for a type of values that is not supported.
func wrongType(descr string) error {
	if strings.Contains(descr, "O") {
		return &FormatError{"descr", "Python objects, " + strconv.Quote(descr[:min(len(descr), 80)]),
			"numbers or texts: np.stack(x) of images of one size, np.array(y, dtype=str) of names"}
	}
	return &FormatError{"descr", strconv.Quote(descr[:min(len(descr), 80)]), `a boolean, an integer or a float, such as "<f4"`}
}

// entry returns the text of one entry of the dictionary between two marks.
func entry(text, key, open, end string) (string, error) {
	_, rest, found := strings.Cut(text, "'"+key+"':")
	rest, opened := strings.CutPrefix(strings.TrimLeft(rest, " "), open)
	value, _, ended := strings.Cut(rest, end)
	if !found || !opened || !ended {
		return "", &FormatError{"header", strconv.Quote(text[:min(len(text), 80)]), "an entry " + key}
	}
	return value, nil
}

// parseShape reads "784, 64" or "10,".
func parseShape(text string) ([]int, error) {
	shape := []int{}
	for _, part := range strings.Split(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		side, err := strconv.Atoi(part)
		if err != nil || side < 0 || len(shape) == maxSides {
			return nil, &FormatError{"shape", strconv.Quote(text[:min(len(text), 80)]), "at most 32 sides of 0 or more"}
		}
		shape = append(shape, side)
	}
	return shape, nil
}

// size returns the number of values of a shape, or false if it exceeds most.
func size(shape []int, most int) (int, bool) {
	if slices.Contains(shape, 0) {
		return 0, true
	}
	n := 1
	for _, side := range shape {
		if side > most/n {
			return 0, false
		}
		n *= side
	}
	return n, true
}

// swapped reverses the bytes of each value in place, and returns values.
func swapped(values []byte, size int) []byte {
	for at := 0; at < len(values); at += size {
		slices.Reverse(values[at : at+size])
	}
	return values
}

// transposed returns a copy, row by row, of values stored with the first index moving
// fastest.
func transposed(values []byte, shape []int, size int) []byte {
	rows := make([]byte, 0, len(values))
	index := make([]int, len(shape))
	for range len(values) / size {
		at := 0
		for axis := len(shape) - 1; axis >= 0; axis-- {
			at = at*shape[axis] + index[axis]
		}
		rows = append(rows, values[at*size:(at+1)*size]...)
		for axis := len(shape) - 1; axis >= 0; axis-- {
			if index[axis]++; index[axis] < shape[axis] {
				break
			}
			index[axis] = 0
		}
	}
	return rows
}
