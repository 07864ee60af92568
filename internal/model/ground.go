package model

import (
	"slices"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// groundSection may be skipped: a byte, 1 dark or 2 light, what nearly all pictures lay on
// that a network of recipe picture has learned from. The page's smaller binary, which takes
// no pictures, does so.
const groundSection = "gRND"

// Ground returns what the pictures lay on that the network has learned from.
func (m *Model) Ground() ink.Ground {
	for _, s := range m.Sections {
		if s.Type == groundSection && len(s.Data) == 1 && s.Data[0] <= byte(ink.LightGround) {
			return ink.Ground(s.Data[0])
		}
	}
	return ink.AnyGround
}

// SetGround has the file say so.
func (m *Model) SetGround(g ink.Ground) {
	m.Sections = slices.DeleteFunc(m.Sections, func(s Section) bool { return s.Type == groundSection })
	if g != ink.AnyGround {
		m.Sections = append(m.Sections, Section{groundSection, []byte{byte(g)}})
	}
}
