package hdf5

import (
	"encoding/binary"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/memory"
)

// open reads a file that h5py wrote (testdata/make.py).
func open(t testing.TB, name string) *Object {
	t.Helper()
	root, err := Open(read(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// child returns a member that must be there.
func child(t testing.TB, root *Object, path string) *Object {
	t.Helper()
	o, found, err := root.Child(path)
	if err != nil || !found {
		t.Fatalf("%s: got %v %v, want it", path, found, err)
	}
	return o
}

func TestFloats(t *testing.T) {
	common := map[string][]int{"contiguous": {3, 4}, "deep/er/scalar": {}, "double": {5}, "half": {2, 3}, "empty": {0}}
	early := map[string][]int{"chunked": {7, 5}, "deflated": {7, 5, 2}, "shuffled": {50}}
	for i := range 40 {
		early["many/"+strconv.Itoa(i)] = []int{i}
	}
	for name, lists := range map[string][]map[string][]int{"earliest.h5": {common, early}, "latest.h5": {common}} {
		root := open(t, name)
		for _, list := range lists {
			for path, want := range list {
				shape, values, err := child(t, root, path).Floats()
				if err != nil || !reflect.DeepEqual(shape, want) {
					t.Errorf("%s: %s: got %v %v, want %v", name, path, shape, err, want)
				}
				for i, v := range values {
					if v != float32(i) {
						t.Fatalf("%s: %s: value %d: got %v, want %d", name, path, i, v, i)
					}
				}
			}
		}
	}
}

func TestIntegers(t *testing.T) {
	root := open(t, "integers.h5")
	for path, want := range map[string][]float32{
		"int8": {-2, -1, 0, 1}, "uint8": {0, 1, 2, 3}, "int32": {-2, -1, 0, 1}, "int64": {-2, -1, 0, 1}, "uint64": {0, 1, 2, 3}, "count": {60},
	} {
		o := child(t, root, path)
		_, values, err := o.Floats()
		if err != nil || !slices.Equal(values, want) || !o.Integers() {
			t.Errorf("%s: got %v %v, integers %v, want %v", path, values, err, o.Integers(), want)
		}
	}
	if child(t, open(t, "earliest.h5"), "half").Integers() {
		t.Error("half: got integers, want floats")
	}
}

func TestNames(t *testing.T) {
	names, err := child(t, open(t, "earliest.h5"), "many").Names()
	if err != nil || len(names) != 40 || !slices.Contains(names, "39") {
		t.Errorf("got %v %v, want 0 to 39", names, err)
	}
}

func TestStrings(t *testing.T) {
	for _, name := range []string{"earliest.h5", "latest.h5"} {
		for attribute, want := range map[string][]string{
			"texts": {"one", "zwei", "셋"}, "fixed": {"a", "bcd"}, "none": nil, "single": {strings.Repeat("x", 300)},
		} {
			got, found, err := open(t, name).Strings(attribute)
			if err != nil || !found || !slices.Equal(got, want) {
				t.Errorf("%s: %s: got %q %v %v, want %q", name, attribute, got, found, err, want)
			}
		}
		if _, found, err := open(t, name).Strings("nothing"); found || err != nil {
			t.Errorf("%s: got an attribute (%v) that is not there", name, err)
		}
	}
}

func TestRefuses(t *testing.T) {
	for _, c := range []struct{ file, path, want string }{
		{"earliest.h5", "lzf", "filter: got number 32000"},
		{"earliest.h5", "many", "got a group, want a data set"},
		{"integers.h5", "big", "got an integer of 4 bytes of another form"},
		{"integers.h5", "bfloat16", "got values of opaque bytes (bfloat16 is kept so), want floats or integers"},
		{"integers.h5", "truth", "got values of enumerations"},
		{"latest.h5", "chunked", "layout: got class 2 of version 4"},
	} {
		_, _, err := child(t, open(t, c.file), c.path).Floats()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %s: error: got %v, want %q", c.file, c.path, err, c.want)
		}
	}
	if _, found, err := open(t, "latest.h5").Child("double/nothing"); found || err != nil {
		t.Errorf("got %v %v, want nothing", found, err)
	}
}

// A header that continues where it began ends.
func TestRing(t *testing.T) {
	const header, block = 128, 144
	data := make([]byte, 100_000)
	copy(data, signature)
	data[13], data[14] = 8, 8 // bytes of an address and of a length
	binary.LittleEndian.PutUint64(data[64:], header)
	data[header] = 1
	binary.LittleEndian.PutUint32(data[header+8:], 24)
	message := data[block:]
	message[0], message[2] = continuation, 16
	binary.LittleEndian.PutUint64(message[8:], block)
	binary.LittleEndian.PutUint64(message[16:], 24)
	if _, err := Open(data); err == nil || !strings.Contains(err.Error(), "more than 1000 blocks") {
		t.Errorf("got %v, want a refusal", err)
	}
}

// A chunk that comes twice hides that another is missing.
func TestChunkTwice(t *testing.T) {
	c := &chunked{
		file: &file{data: make([]byte, 64), left: 1000}, shape: []int{4}, sides: []int{2}, size: 8,
		data: make([]byte, 32), missing: 32, placed: map[int]bool{},
	}
	if err := c.chunk(0, 16, 0, []int{0}); err != nil {
		t.Fatal(err)
	}
	if err := c.chunk(0, 16, 0, []int{0}); err == nil || !strings.Contains(err.Error(), "a second one at [0]") {
		t.Errorf("got %v, want a refusal", err)
	}
	if err := c.chunk(0, 16, 0, []int{2}); err != nil || c.missing != 0 {
		t.Errorf("got %v, %d bytes missing, want none", err, c.missing)
	}
}

// visit reads all that a file holds and returns how many values that is.
func visit(o *Object, depth int) int {
	o.Strings("texts")
	if o.IsData() {
		_, values, _ := o.Floats()
		return len(values)
	}
	names, _ := o.Names()
	total := 0
	for _, name := range names {
		if child, found, _ := o.Child(name); found && depth > 0 {
			total += visit(child, depth-1)
		}
	}
	return total
}

// TestTruncated checks that a part of a file is refused, and does not panic if it
// says to be whole.
func TestTruncated(t *testing.T) {
	for name, size := range map[string]int{"earliest.h5": 40, "latest.h5": 28} {
		whole := read(t, name)
		for n := 0; n < len(whole); n += 1 + n/200 {
			if _, err := Open(whole[:n]); err == nil {
				t.Errorf("%s: first %d of %d bytes: got a file, want an error", name, n, len(whole))
			}
		}
		clear(whole[size : size+8])
		for n := 0; n < len(whole); n += 1 + n/200 {
			if root, err := Open(whole[:n]); err == nil {
				visit(root, 3)
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, name := range []string{"small.h5", "latest.h5"} { // long ones are slow to minimise
		f.Add(read(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		memory.Bounded(t, 4*Factor, len(data), func() {
			root, err := Open(data)
			if err != nil {
				return
			}
			if got := 4 * visit(root, 5); got > Factor*len(data) {
				t.Errorf("got %d bytes of values from %d", got, len(data))
			}
		})
	})
}

// TestTypeNames checks that what is no float is named in words.
func TestTypeNames(t *testing.T) {
	for class, want := range map[byte]string{0: "integers", stringClass: "text", 8: "enumerations", 12: "class 12"} {
		if got := (datatype{class: class}).className(); got != want {
			t.Errorf("class %d: got %q, want %q", class, got, want)
		}
	}
}
