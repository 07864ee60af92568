package model

import (
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
)

func TestGround(t *testing.T) {
	m := small(t, Float32)
	m.Sections = []Section{{"eXTR", []byte("some")}}
	for _, want := range []ink.Ground{ink.DarkGround, ink.LightGround, ink.AnyGround} {
		m.SetGround(want)
		read, err := Decode(encode(t, m))
		if err != nil || read.Ground() != want || len(read.Sections) != 1+min(int(want), 1) {
			t.Errorf("%s: got %s and %d sections, %v", want, read.Ground(), len(read.Sections), err)
		}
	}
	for _, data := range []string{"", "\x03", "\x01\x01"} {
		m.Sections = []Section{{groundSection, []byte(data)}}
		if got := m.Ground(); got != ink.AnyGround {
			t.Errorf("%q: got %s, want any", data, got)
		}
	}
}
