package npy

import (
	"bytes"
	"context"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/unzip"
)

// readAll reads every array of an archive.
func readAll(data []byte) ([]Array, error) {
	a, err := OpenZip(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var list []Array
	for i := range a.Arrays {
		array, err := a.Read(context.Background(), i)
		if err != nil {
			return nil, err
		}
		list = append(list, array)
	}
	return list, nil
}

// TestArchive reads what DecodeZip reads: other byte orders, orders of indices, packed.
func TestArchive(t *testing.T) {
	for _, name := range []string{"plain.npz", "compressed.npz"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := DecodeZip(data)
		if err != nil {
			t.Fatal(err)
		}
		got, err := readAll(data)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			if got[i].Name != want[i].Name || !reflect.DeepEqual(got[i].Float32s(), want[i].Float32s()) {
				t.Errorf("%s: got %v, want %v", name, got[i], want[i])
			}
		}
		for n := range data {
			if _, err := readAll(data[:n]); err == nil {
				t.Errorf("%s: first %d of %d bytes: got arrays, want an error", name, n, len(data))
			}
		}
	}
}

// An array's header that promises other values than the archive holds is refused, and
// named when the array is asked for.
func TestArchiveRefuses(t *testing.T) {
	data, err := EncodeZip([]Array{{Name: "x", Shape: []int{3}, Type: Uint8, Data: []byte{1, 2}}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := OpenZip(bytes.NewReader(data), int64(len(data)))
	if err != nil || a.Arrays[0].String() != "x (not readable)" {
		t.Fatalf("got %v %v, want x, not readable", a, err)
	}
	if _, err := a.Read(context.Background(), 0); err == nil || !strings.HasPrefix(err.Error(), "x: npy: values: got 2 bytes") {
		t.Errorf("got %v, want the values' error", err)
	}
}

func FuzzArchive(f *testing.F) {
	for _, name := range []string{"plain.npz", "compressed.npz"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		memory.Bounded(t, 16*unzip.Factor, len(data), func() { readAll(data) })
	})
}
