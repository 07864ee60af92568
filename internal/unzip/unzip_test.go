package unzip

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/memory"
)

// archive is a zip of a folder and these members, deflated.
func archive(t testing.TB, contents ...string) []byte {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	if _, err := w.Create("folder/"); err != nil {
		t.Fatal(err)
	}
	for i, content := range contents {
		member, err := w.Create(string(rune('a' + i)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := member.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestAll(t *testing.T) {
	members, err := All(archive(t, "one", "two"))
	if err != nil || len(members) != 2 || members[1].Name != "b" || string(members[1].Data) != "two" {
		t.Errorf("got %v %v, want a and b", members, err)
	}
}

// TestBounds changes what the directory says of a member's size.
func TestBounds(t *testing.T) {
	for _, size := range []uint32{2, 1 << 30} {
		data := archive(t, "one")
		directory := bytes.LastIndex(data, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint32(data[directory+24:], size)
		if _, err := All(data); err == nil || !strings.Contains(err.Error(), "zip: a: ") {
			t.Errorf("a size of %d: got %v, want an error", size, err)
		}
	}
}

// No archive makes more than its size allows, whatever its members share.
func FuzzAll(f *testing.F) {
	f.Add(archive(f, "one", strings.Repeat("two", 1000)))
	f.Fuzz(func(t *testing.T, data []byte) {
		memory.Bounded(t, 2*Factor, len(data), func() { All(data) })
	})
}
