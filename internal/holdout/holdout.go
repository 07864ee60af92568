// Package holdout keeps in an .ink file which images its training run kept for
// validation, so that they can be found again, and told from others.
package holdout

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/model"
)

// sectionType names a section that may be skipped: float64 share; the writers learned from and
// those kept for validation, each a byte that tells the length and as many bytes; a digest of 8
// bytes for each data set. docs/ink-format.md repeats it.
const sectionType = "sPLT"

// Record says what a training run kept for validation.
type Record struct {
	Share             float64  // of the images of each set, 0 <= Share < 1
	Writers           string   // whose drawings were learned from, such as "1-40"; "": the set's usual
	ValidationWriters string   // whose were for validation alone; "": nobody's
	Digests           []Digest // of the images kept of each set that shows classes
}

// Digest tells some images from others.
type Digest [8]byte

// DigestOf returns the first bytes of the SHA-256 of the ink of those images of a set that
// index names, in the set's order.
func DigestOf(set *dataset.Set, index []int) (d Digest) {
	hash := sha256.New()
	for _, i := range slices.Sorted(slices.Values(index)) {
		hash.Write(set.Ink(i))
	}
	copy(d[:], hash.Sum(nil))
	return d
}

// Holds reports whether these images of a set are those that the run kept of one.
func (r *Record) Holds(set *dataset.Set, index []int) bool {
	return slices.Contains(r.Digests, DigestOf(set, index))
}

// ShareText returns the share as fit --split takes it.
func (r *Record) ShareText() string { return strconv.FormatFloat(r.Share, 'g', -1, 64) }

// Of returns the record in a model's file; nil if it has none that can be read.
func Of(m *model.Model) *Record {
	return parse(m.Section(sectionType))
}

// parse reads a section; nil if it is not of this form.
func parse(data []byte) *Record {
	if len(data) < 8 {
		return nil
	}
	r := &Record{Share: math.Float64frombits(binary.LittleEndian.Uint64(data))}
	data = data[8:]
	for _, text := range []*string{&r.Writers, &r.ValidationWriters} {
		if len(data) == 0 || len(data) < 1+int(data[0]) {
			return nil
		}
		end := 1 + int(data[0])
		*text, data = string(data[1:end]), data[end:]
	}
	if !(r.Share >= 0 && r.Share < 1) || len(data)%len(Digest{}) != 0 {
		return nil
	}
	for digest := range slices.Chunk(data, len(Digest{})) {
		r.Digests = append(r.Digests, Digest(digest))
	}
	return r
}

// Put has the model's file hold the record. One whose writers do not fit in a byte of
// length is left out.
func (r *Record) Put(m *model.Model) {
	m.SetSection(sectionType, nil)
	if r == nil || max(len(r.Writers), len(r.ValidationWriters)) > math.MaxUint8 {
		return
	}
	data := binary.LittleEndian.AppendUint64(nil, math.Float64bits(r.Share))
	for _, text := range []string{r.Writers, r.ValidationWriters} {
		data = append(append(data, byte(len(text))), text...)
	}
	for _, digest := range r.Digests {
		data = append(data, digest[:]...)
	}
	m.SetSection(sectionType, data)
}
