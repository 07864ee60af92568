// Package npy reads and writes NumPy's arrays: one in an .npy file, several by name
// in an .npz, which is a zip of .npy files.
//
// The format is NumPy's (numpy.lib.format, versions 1 to 3): the magic "\x93NUMPY",
// two bytes of version, the header's length (uint16, from version 2 uint32), and as
// header a Python dictionary of descr (byte order and type, "<f4"), fortran_order
// (whether the first index moves fastest) and shape. The values follow without gaps.
// Read are booleans, integers and floats of either byte order and both orders of
// indices; written are little-endian values, row by row.
package npy

import (
	"fmt"
	"math"
	"slices"

	"strconv"

	"github.com/seed-c844a918/inkling/internal/float16"
)

// FormatError says which part of a file is not as it should be.
type FormatError struct {
	Part      string // "header", "shape", ...
	Got, Want string
}

func (e *FormatError) Error() string {
	return "npy: " + e.Part + ": got " + e.Got + ", want " + e.Want
}

// Type is the type of an array's values, as NumPy writes it without byte order.
type Type string

// The types that are read.
const (
	Bool    Type = "b1"
	Int8    Type = "i1"
	Int16   Type = "i2"
	Int32   Type = "i4"
	Int64   Type = "i8"
	Uint8   Type = "u1"
	Uint16  Type = "u2"
	Uint32  Type = "u4"
	Uint64  Type = "u8"
	Float16 Type = "f2"
	Float32 Type = "f4"
	Float64 Type = "f8"
)

var types = []Type{Bool, Int8, Int16, Int32, Int64, Uint8, Uint16, Uint32, Uint64, Float16, Float32, Float64}

// maxText bounds the characters of a text.
const maxText = 1024

// known reports whether values of the type can be read.
func (t Type) known() bool {
	if t.Text() {
		n, err := strconv.Atoi(string(t[1:]))
		return err == nil && n > 0 && n <= maxText
	}
	return slices.Contains(types, t)
}

// Text reports whether the values are texts of a length in characters, as "U5" (four
// bytes per character) and "S5" (one). Only an [Archive] reads them.
func (t Type) Text() bool { return t[0] == 'U' || t[0] == 'S' }

// Size returns the number of bytes of a value.
func (t Type) Size() int {
	if t.Text() {
		n, _ := strconv.Atoi(string(t[1:])) // checked by known
		return n * t.unit()
	}
	return t.unit()
}

// unit returns the number of bytes that byte order applies to.
func (t Type) unit() int {
	switch t[0] {
	case 'U':
		return 4
	case 'S':
		return 1
	}
	return int(t[1] - '0')
}

// Integer reports whether the type holds whole numbers only.
func (t Type) Integer() bool { return t[0] == 'i' || t[0] == 'u' || t[0] == 'b' }

// Array is an array of any shape, a single value if Shape is empty.
type Array struct {
	Name  string // its name in an .npz, without ".npy"; else empty
	Shape []int  // sides, each 0 or more
	Type  Type
	Data  []byte // Len values, little-endian, row by row (the last index moves fastest)
}

// Floats returns an array of float32 values. It panics if their number is not that of
// the shape.
func Floats(name string, shape []int, values []float32) Array {
	a := Array{Name: name, Shape: shape, Type: Float32}
	if a.Len() != len(values) {
		panic(fmt.Sprintf("npy: %d values for the shape %v", len(values), shape))
	}
	a.Data = make([]byte, 0, 4*len(values))
	for _, v := range values {
		a.Data = appendUint(a.Data, uint64(math.Float32bits(v)), 4)
	}
	return a
}

// Len returns the number of values.
func (a *Array) Len() int {
	n := 1
	for _, side := range a.Shape {
		n *= side
	}
	return n
}

// At returns value i, counted row by row; integers beyond 2^53 are rounded.
func (a *Array) At(i int) float64 {
	size := a.Type.Size()
	bits := littleEndian(a.Data[i*size : (i+1)*size])
	switch a.Type {
	case Float64:
		return math.Float64frombits(bits)
	case Float32:
		return float64(math.Float32frombits(uint32(bits)))
	case Float16:
		return float64(float16.To(uint16(bits)))
	}
	if a.Type[0] != 'i' {
		return float64(bits)
	}
	unused := 64 - 8*size
	return float64(int64(bits<<unused) >> unused)
}

// Float32s returns all values, row by row.
func (a *Array) Float32s() []float32 {
	values := make([]float32, a.Len())
	for i := range values {
		values[i] = float32(a.At(i))
	}
	return values
}

// littleEndian returns the number that up to eight bytes make.
func littleEndian(bytes []byte) uint64 {
	bits := uint64(0)
	for i, b := range bytes {
		bits |= uint64(b) << (8 * i)
	}
	return bits
}

// appendUint appends the lowest bytes of a number.
func appendUint(to []byte, bits uint64, size int) []byte {
	for range size {
		to = append(to, byte(bits))
		bits >>= 8
	}
	return to
}
