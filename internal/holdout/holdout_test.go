package holdout

import (
	"reflect"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/model"
)

func TestRoundTrip(t *testing.T) {
	set := &dataset.Set{Width: 1, Height: 1, Pixels: []byte{1, 2, 3}, Labels: make([]uint16, 3)}
	for name, r := range map[string]*Record{
		"share":   {Share: 0.1, Digests: []Digest{DigestOf(set, []int{0, 2})}},
		"none":    {},
		"long":    {Writers: strings.Repeat("1,", 127) + "1", ValidationWriters: strings.Repeat("2", 255)},
		"writers": {Share: 0.25, Writers: "1-40", ValidationWriters: "41,42", Digests: []Digest{{1}, {2}}},
	} {
		m := &model.Model{Sections: []model.Section{{Type: "gRND", Data: []byte{1}}}}
		r.Put(m)
		r.Put(m)
		if got := Of(m); !reflect.DeepEqual(got, r) || len(m.Sections) != 2 {
			t.Errorf("%s: got %+v in %d sections, want %+v in 2", name, got, len(m.Sections), r)
		}
		data := m.Sections[1].Data
		for n := range len(data) - 8*len(r.Digests) { // one digest fewer is a record as well
			if got := parse(data[:n]); got != nil {
				t.Errorf("%s: of %d bytes got %+v, want nothing", name, n, got)
			}
		}
	}
	m := &model.Model{}
	(&Record{Writers: strings.Repeat("1,", 200)}).Put(m)
	(*Record)(nil).Put(m)
	if Of(m) != nil || len(m.Sections) > 0 {
		t.Error("too many writers, nothing: got a record")
	}
}

func TestHolds(t *testing.T) {
	set := &dataset.Set{Width: 1, Height: 1, Pixels: []byte{1, 2, 3}, Labels: make([]uint16, 3)}
	r := Record{Digests: []Digest{DigestOf(set, []int{0, 2})}}
	if !r.Holds(set, []int{0, 2}) || !r.Holds(set, []int{2, 0}) || r.Holds(set, []int{0, 1}) {
		t.Error("got other images taken for those that were kept, or these not")
	}
}

// FuzzOf reads sections of any bytes; what is read is written again as it was.
func FuzzOf(f *testing.F) {
	for _, r := range []Record{{Share: 0.1, Digests: []Digest{{1}}}, {Writers: strings.Repeat("1", 255)}} {
		m := &model.Model{}
		r.Put(m)
		f.Add(m.Sections[0].Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := &model.Model{Sections: []model.Section{{Type: sectionType, Data: data}}}
		r := Of(m)
		if r == nil {
			return
		}
		if r.Put(m); string(m.Sections[0].Data) != string(data) {
			t.Errorf("got %x, want %x", m.Sections[0].Data, data)
		}
	})
}
