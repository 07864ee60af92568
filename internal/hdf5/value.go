package hdf5

import (
	"fmt"
	"math"
	"strings"
)

// datatype is the type of an element.
type datatype struct {
	class  byte
	size   int
	signed bool // of integers
	other  bool // of integers: big-endian, or not of all their bits
	text   bool // of variable length
}

// The classes of types that are read.
const (
	integerClass  = 0
	floatClass    = 1
	stringClass   = 3
	variableClass = 9
)

// classNames are the classes of types by number (The Datatype Message).
var classNames = []string{
	"integers", "floats", "times", "text", "bit fields", "opaque bytes (bfloat16 is kept so)", "compounds", "references", "enumerations",
	"variable length", "arrays",
}

// className returns the name of a type's class.
func (d datatype) className() string {
	if int(d.class) < len(classNames) {
		return classNames[d.class]
	}
	return fmt.Sprintf("class %d", d.class)
}

// ieee holds the properties of IEEE 754's types: bit offset 0, precision, where
// exponent and mantissa lie and how long they are.
var ieee = map[int][6]uint64{2: {0, 16, 10, 5, 0, 10}, 4: {0, 32, 23, 8, 0, 23}, 8: {0, 64, 52, 11, 0, 52}}

// readDatatype reads The Datatype Message.
func readDatatype(data []byte) (d datatype, err error) {
	r := &reader{data: data}
	head := r.uint(4)
	size := r.uint(4)
	if r.err != nil {
		return d, r.err
	}
	d = datatype{class: byte(head & 15), size: int(size)}
	bits := head >> 8
	switch d.class {
	case integerClass:
		d.signed = bits&8 != 0
		offset, precision := r.uint(2), r.uint(2)
		d.other = d.size > 8 || bits&1 != 0 || offset != 0 || int(precision) != 8*d.size
	case floatClass:
		got := [6]uint64{r.uint(2), r.uint(2), r.uint(1), r.uint(1), r.uint(1), r.uint(1)}
		if want, ok := ieee[d.size]; !ok || got != want || bits&0x41 != 0 || r.err != nil {
			return d, &FormatError{"type", fmt.Sprintf("a float of %d bytes of another form", d.size), "a little-endian float16, float32 or float64"}
		}
	case variableClass:
		d.text = bits&15 == 1
		if d.size != 16 {
			return d, &FormatError{"type", fmt.Sprintf("a reference of %d bytes", d.size), "16"}
		}
	}
	if d.size < 1 {
		return d, &FormatError{"type", "no size", "at least 1 byte"}
	}
	return d, nil
}

// maxSides is HDF5's own limit.
const maxSides = 32

// readDataspace reads The Dataspace Message; a scalar has no sides.
func readDataspace(data []byte) ([]int, error) {
	r := &reader{data: data}
	version, rank := r.uint(1), int(r.uint(1))
	r.skip(1)
	scalar := true
	if version == 1 {
		r.skip(5)
	} else {
		scalar = r.uint(1) < 2
	}
	if r.err != nil || version < 1 || version > 2 || rank > maxSides || !scalar {
		return nil, &FormatError{"shape", fmt.Sprintf("version %d, %d sides", version, rank), "version 1 or 2, at most 32 sides"}
	}
	shape := make([]int, rank)
	for i := range shape {
		side := r.uint(8)
		if side > math.MaxInt32 {
			return nil, &FormatError{"shape", fmt.Sprintf("a side of %d", side), "at most 2147483647"}
		}
		shape[i] = int(side)
	}
	return shape, r.err
}

// elements returns the number of elements of a shape; false if they are more than
// most.
func elements(shape []int, most int) (int, bool) {
	n := 1
	for _, side := range shape {
		if side > 0 && n > most/side {
			return 0, false
		}
		n *= side
	}
	return n, true
}

// texts returns the texts of an attribute, of fixed length or in a global heap.
func (f *file) texts(a attribute) ([]string, error) {
	n, ok := elements(a.shape, len(a.data)/a.kind.size)
	if !ok || a.kind.class != stringClass && !a.kind.text {
		if ok && n == 0 {
			return nil, nil // h5py writes an empty list as floats
		}
		return nil, &FormatError{"attribute " + a.name, "another type or a part of it", "text"}
	}
	r := &reader{data: a.data}
	var texts []string
	for range n {
		if !a.kind.text {
			texts = append(texts, strings.TrimRight(text(r.take(a.kind.size)), " "))
			continue
		}
		length, address, index := r.uint(4), r.uint(8), r.uint(4)
		content, err := f.globalHeap(address, index, length)
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(content))
	}
	return texts, r.err
}

// globalHeap returns an object of a collection (Global Heap).
func (f *file) globalHeap(address, index, length uint64) ([]byte, error) {
	if length == 0 {
		return nil, nil
	}
	head := f.block("global heap", address, 16, "GCOL", 1)
	head.skip(3)
	size := head.uint(8)
	if head.err != nil || size < 16 {
		return nil, &FormatError{"global heap", "another block", "GCOL"}
	}
	r := f.at(address+16, size-16)
	for len(r.data) >= 16 {
		got := r.uint(2)
		r.skip(6)
		n := r.uint(8)
		if got == 0 || n > uint64(len(r.data)) {
			break
		}
		content := r.take(int(n))
		if got == index && n >= length {
			return content[:length], f.spend(int(length))
		}
		r.skip(min(int(-n&7), len(r.data)))
	}
	if r.err != nil {
		return nil, r.err
	}
	return nil, &FormatError{"global heap", "no such object", fmt.Sprint(index)}
}
