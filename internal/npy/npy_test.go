package npy

import (
	"bytes"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/unzip"
)

// file returns an .npy file with this header and these values.
func file(header string, values ...byte) []byte {
	data := append([]byte(magic), 1, 0, byte(len(header)), 0)
	return append(append(data, header...), values...)
}

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name  string
		data  []byte
		shape []int
		want  []float32
	}{
		{"uint8", file("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", 0, 7, 255), []int{3}, []float32{0, 7, 255}},
		{"bool", file("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", 0, 1), []int{2}, []float32{0, 1}},
		{"int16", file("{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }", 0xff, 0xff, 1, 1), []int{2}, []float32{-1, 257}},
		{"big-endian", file("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }", 0xff, 0xfe, 1, 2), []int{2}, []float32{-2, 258}},
		{"float16", file("{'descr': '<f2', 'fortran_order': False, 'shape': (3,), }", 0, 0x3c, 1, 0, 0, 0xc2), []int{3}, []float32{1, 1.0 / (1 << 24), -3}},
		{"one value", file("{'descr': '|i1', 'fortran_order': False, 'shape': (), }", 0x80), []int{}, []float32{-128}},
		{"empty", file("{'descr': '<f8', 'fortran_order': False, 'shape': (4, 0), }"), []int{4, 0}, []float32{}},
		{"columns", file("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", 1, 2, 3, 4, 5, 6), []int{2, 3}, []float32{1, 3, 5, 2, 4, 6}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Decode(c.data)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Float32s(); !reflect.DeepEqual(a.Shape, c.shape) || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v %v, want %v %v", a.Shape, got, c.shape, c.want)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"nothing", "magic", nil},
		{"version", "version: got 9", append([]byte(magic), 9, 0, 0, 0)},
		{"no header", "header: got 99 bytes", append([]byte(magic), 1, 0, 99, 0)},
		{"objects", `descr: got Python objects, "|O8", want numbers or texts: np.stack(x)`, file("{'descr': '|O8', 'fortran_order': False, 'shape': (1,), }")},
		{"records", "entry descr", file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }")},
		{"no shape", "entry shape", file("{'descr': '<f4', 'fortran_order': False, }")},
		{"negative side", "shape: got", file("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }")},
		{"too few values", "values: got 3 bytes", file("{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }", 1, 2, 3)},
		{"too many values", "values: got 3 bytes", file("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", 1, 2, 3)},
		{"a product that overflows", "values: got 0 bytes", file("{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296), }")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Decode(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

// arrays returns two arrays of different types and shapes.
func arrays() []Array {
	return []Array{
		Floats("arr_0", []int{2, 3}, []float32{1, -2, 0.5, 3, float32(math.Inf(1)), 1e-30}),
		{Name: "y", Shape: []int{4}, Type: Uint8, Data: []byte{3, 1, 2, 0}},
	}
}

func TestRoundTrip(t *testing.T) {
	data, err := EncodeZip(arrays())
	if err != nil {
		t.Fatal(err)
	}
	got, err := DecodeZip(data)
	if err != nil {
		t.Fatal(err)
	}
	if want := arrays(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestNumPy reads what NumPy wrote (testdata/make.py).
func TestNumPy(t *testing.T) {
	for _, name := range []string{"plain.npz", "compressed.npz"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeZip(data)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 3 {
			t.Fatalf("%s: got %d arrays, want 3", name, len(got))
		}
		for i, a := range got {
			for j, v := range a.Float32s() {
				if want := float32(j - 2); v != want {
					t.Errorf("%s: %s: value %d: got %v, want %v", name, []string{"rows", "columns", "single"}[i], j, v, want)
				}
			}
		}
	}
}

func TestTruncated(t *testing.T) {
	whole := Encode(arrays()[0])
	for n := range whole {
		if _, err := Decode(whole[:n]); err == nil {
			t.Errorf("first %d of %d bytes: got an array, want an error", n, len(whole))
		}
	}
	archive, err := EncodeZip(arrays())
	if err != nil {
		t.Fatal(err)
	}
	for n := range archive {
		if _, err := DecodeZip(archive[:n]); err == nil {
			t.Errorf("first %d of %d bytes: got arrays, want an error", n, len(archive))
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(Encode(arrays()[0]))
	f.Add(file("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 1), }", 0xff, 0xfe, 1, 2))
	f.Fuzz(func(t *testing.T, data []byte) {
		var a Array
		var err error
		memory.Bounded(t, 8, len(data), func() { a, err = Decode(data) })
		if err != nil {
			return
		}
		again, err := Decode(Encode(a))
		if err != nil || !bytes.Equal(again.Data, a.Data) {
			t.Errorf("decoded again: got %v %v, want %v", again, err, a)
		}
	})
}

func FuzzDecodeZip(f *testing.F) {
	for _, name := range []string{"plain.npz", "compressed.npz"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var list []Array
		var err error
		memory.Bounded(t, 8*unzip.Factor, len(data), func() { list, err = DecodeZip(data) })
		if err != nil {
			return
		}
		total := 0
		for _, a := range list {
			total += len(a.Data)
		}
		if total > len(data)*1032 {
			t.Errorf("got %d bytes of arrays from %d", total, len(data))
		}
	})
}
