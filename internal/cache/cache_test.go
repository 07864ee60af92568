package cache

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func key(i int) Key { return KeyOf("kind", []byte{byte(i), byte(i >> 8)}) }

// save puts n values from the first on and saves them.
func save(t *testing.T, c *Cache, first, n int) {
	t.Helper()
	var all sync.WaitGroup
	for i := first; i < first+n; i++ {
		all.Go(func() { c.Put(key(i), []byte{byte(i), byte(i >> 8), 7}) })
	}
	all.Wait()
	if err := c.Save(); err != nil {
		t.Fatal(err)
	}
}

func TestCache(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "inkling")
	const kind = "drawing 1 28x28"
	save(t, Open(dir, kind, 3), 0, 300)
	save(t, Open(dir, kind, 3), 300, 1)
	c := Open(dir, kind, 3)
	for i := range 301 {
		if got, ok := c.Get(key(i)); !ok || !bytes.Equal(got, []byte{byte(i), byte(i >> 8), 7}) {
			t.Fatalf("value %d: got %v, %v", i, got, ok)
		}
	}
	for name, other := range map[string]*Cache{
		"another kind": Open(dir, "drawing 2 28x28", 3),
		"another size": Open(dir, kind, 4),
		"none":         nil,
	} {
		if got, ok := other.Get(key(1)); ok {
			t.Errorf("%s: got %v, want nothing", name, got)
		}
	}
	if _, ok := c.Get(key(301)); ok {
		t.Error("a key that was not put: got a value")
	}
	var none *Cache
	none.Put(key(1), nil)
	if err := none.Save(); err != nil {
		t.Error(err)
	}
}

// Kind and data together make the key, and where one ends matters.
func TestKeyOf(t *testing.T) {
	a, b, c := KeyOf("ab", []byte("c")), KeyOf("a", []byte("bc")), KeyOf("ab", []byte("c"))
	if a == b || a != c {
		t.Errorf("got %x, %x, %x; want the first and third alike", a[:4], b[:4], c[:4])
	}
}

// A pack that is cut or has a byte changed is passed over, whatever the place.
func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	save(t, Open(dir, "k", 3), 0, 2)
	paths, err := filepath.Glob(filepath.Join(dir, "k", "*.pack"))
	if err != nil || len(paths) != 1 {
		t.Fatalf("got %v, %v; want one pack", paths, err)
	}
	whole, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		changed := bytes.Clone(whole)
		changed[i] ^= 1
		for what, data := range map[string][]byte{"cut": whole[:i], "changed": changed} {
			if err := os.WriteFile(paths[0], data, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, ok := Open(dir, "k", 3).Get(key(0)); ok {
				t.Errorf("%s at %d: got a value", what, i)
			}
		}
	}
}

// Above the limit the packs used longest ago go.
func TestLimit(t *testing.T) {
	dir := t.TempDir()
	clock := time.Now().Add(-time.Hour)
	at := func(kind string) *Cache {
		clock = clock.Add(time.Minute)
		now := clock
		return open(dir, kind, 3, 2500, func() time.Time { return now })
	}
	for i := range 3 {
		kind := fmt.Sprint("kind ", i)
		save(t, at(kind), 0, 20) // 748 bytes
		at(kind)                 // uses it
	}
	at("kind 0") // again
	save(t, at("kind 3"), 0, 20)
	for i, want := range []bool{true, false, true, true} {
		if _, ok := at(fmt.Sprint("kind ", i)).Get(key(0)); ok != want {
			t.Errorf("kind %d is there: got %v, want %v", i, ok, want)
		}
	}
}
