// Package cache keeps what is costly to compute and small, in files in the user's
// cache folder, under keys made of all that it was computed from.
//
// A folder per kind of value holds packs, one per run that added values:
//
//	magic    8 bytes "inkcach1"
//	size     uint32, of a value in bytes
//	count    uint32
//	keys     count of 32 bytes
//	values   count of size bytes
//	checksum 32 bytes, SHA-256 of all before
//
// Integers are little-endian. Packs are written whole and renamed into place, so
// that commands at the same time do not meet half of one; one that is damaged is
// passed over. The packs used longest ago go first when all take too much room.
package cache

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	renameio "github.com/google/renameio/v2/maybe"
)

// Limit is how many bytes the packs of all kinds may take: 1 GB.
const Limit = 1_000_000_000

const (
	magic  = "inkcach1"
	header = len(magic) + 4 + 4
	ending = ".pack"
)

// Key names a value by all that it was computed from.
type Key [sha256.Size]byte

// KeyOf returns the key of a value that is computed from data in a way that kind names,
// version and all: "drawing 1 28x28".
func KeyOf(kind string, data []byte) Key {
	h := sha256.New()
	h.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(kind))))
	h.Write([]byte(kind))
	h.Write(data)
	return Key(h.Sum(nil))
}

// Cache is the values of one kind, all of one size. Its methods may be called at the
// same time. A nil *Cache holds nothing and keeps nothing.
type Cache struct {
	root, dir string
	size      int // of a value
	limit     int64
	now       func() time.Time

	old   map[Key][]byte // as read
	mutex sync.Mutex
	fresh map[Key][]byte // put since
}

// Dir returns the folder in the user's cache folder, "" if there is none.
func Dir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "inkling")
}

// Open reads the values of a kind, size bytes each, below dir. What cannot be read
// counts as not there: a cache only saves time.
func Open(dir, kind string, size int) *Cache { return open(dir, kind, size, Limit, time.Now) }

func open(dir, kind string, size int, limit int64, now func() time.Time) *Cache {
	c := &Cache{root: dir, dir: filepath.Join(dir, folder(kind)), size: size, limit: limit, now: now}
	c.old, c.fresh = make(map[Key][]byte), make(map[Key][]byte)
	packs, err := os.ReadDir(c.dir)
	if err != nil {
		return c
	}
	for _, entry := range packs {
		path := filepath.Join(c.dir, entry.Name())
		if info, err := entry.Info(); err != nil || !strings.HasSuffix(path, ending) || info.Size() > limit {
			continue
		}
		data, err := os.ReadFile(path)
		if err == nil && c.add(data) {
			_ = os.Chtimes(path, now(), now()) // so that it stays; where that is not allowed, it goes sooner
		}
	}
	return c
}

// folder returns the kind as a folder's name.
func folder(kind string) string { return strings.ReplaceAll(kind, " ", "-") }

// add takes the values of a pack; false if it is damaged or of another size.
func (c *Cache) add(pack []byte) bool {
	if len(pack) < header+sha256.Size || !bytes.HasPrefix(pack, []byte(magic)) {
		return false
	}
	body, sum := pack[:len(pack)-sha256.Size], pack[len(pack)-sha256.Size:]
	size := int64(binary.LittleEndian.Uint32(body[len(magic):]))
	count := int64(binary.LittleEndian.Uint32(body[len(magic)+4:]))
	if size != int64(c.size) || int64(len(body)-header) != count*(sha256.Size+size) {
		return false
	}
	if want := sha256.Sum256(body); !bytes.Equal(want[:], sum) {
		return false
	}
	keys, values := body[header:], body[header+int(count)*sha256.Size:]
	for i := range int(count) {
		c.old[Key(keys[i*sha256.Size:])] = values[i*c.size : (i+1)*c.size]
	}
	return true
}

// Get returns the value of a key; false if it is not there. It must not be changed.
func (c *Cache) Get(key Key) (value []byte, ok bool) {
	if c == nil {
		return nil, false
	}
	if value, ok = c.old[key]; ok {
		return value, true
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	value, ok = c.fresh[key]
	return value, ok
}

// ErrLength is the panic of a value whose length is not that of the cache's values.
const ErrLength = "cache: length of value is not the cache's"

// Put keeps a copy of a value until Save.
func (c *Cache) Put(key Key, value []byte) {
	if c == nil {
		return
	}
	if len(value) != c.size {
		panic(ErrLength)
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.fresh[key] = slices.Clone(value)
}

// Save writes the values that were put since Open as a pack, and removes the packs
// used longest ago while all of them take more than the limit.
func (c *Cache) Save() error {
	if c == nil {
		return nil
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if len(c.fresh) > 0 {
		pack := c.pack()
		if int64(len(pack)) > c.limit {
			return nil
		}
		if err := os.MkdirAll(c.dir, 0o755); err != nil {
			return err
		}
		name := strconv.FormatInt(c.now().UnixNano(), 36) + "-" + strconv.Itoa(os.Getpid()) + ending
		if err := renameio.WriteFile(filepath.Join(c.dir, name), pack, 0o644); err != nil {
			return err
		}
		clear(c.fresh)
	}
	return shrink(c.root, c.limit)
}

// pack returns the fresh values as a file, in the order of their keys.
func (c *Cache) pack() []byte {
	var keys []Key
	for key := range c.fresh {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b Key) int { return bytes.Compare(a[:], b[:]) })
	pack := make([]byte, 0, header+len(keys)*(sha256.Size+c.size)+sha256.Size)
	pack = append(pack, magic...)
	pack = binary.LittleEndian.AppendUint32(pack, uint32(c.size))
	pack = binary.LittleEndian.AppendUint32(pack, uint32(len(keys)))
	for _, key := range keys {
		pack = append(pack, key[:]...)
	}
	for _, key := range keys {
		pack = append(pack, c.fresh[key]...)
	}
	sum := sha256.Sum256(pack)
	return append(pack, sum[:]...)
}

// shrink removes packs below a folder, those used longest ago first, until the rest
// takes no more than limit bytes.
func shrink(root string, limit int64) error {
	type pack struct {
		path string
		size int64
		used time.Time
	}
	var packs []pack
	total := int64(0)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !strings.HasSuffix(path, ending) {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			packs = append(packs, pack{path, info.Size(), info.ModTime()})
			total += info.Size()
		}
		return nil // removed meanwhile
	})
	if err != nil {
		return err
	}
	slices.SortFunc(packs, func(a, b pack) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.path, b.path)) })
	for _, p := range packs {
		if total <= limit {
			break
		}
		if err := os.Remove(p.path); err != nil {
			return err
		}
		total -= p.size
	}
	return nil
}
