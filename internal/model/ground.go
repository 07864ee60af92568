package model

import "github.com/seed-c844a918/inkling/internal/ink"

// groundSection may be skipped: a byte, 1 dark or 2 light, what nearly all pictures lay on
// that a network of recipe picture has learned from. The page's smaller binary, which takes
// no pictures, does so.
const groundSection = "gRND"

// Ground returns what the pictures lay on that the network has learned from.
func (m *Model) Ground() ink.Ground {
	if data := m.Section(groundSection); len(data) == 1 && data[0] <= byte(ink.LightGround) {
		return ink.Ground(data[0])
	}
	return ink.AnyGround
}

// SetGround has the file say so.
func (m *Model) SetGround(g ink.Ground) {
	var data []byte
	if g != ink.AnyGround {
		data = []byte{byte(g)}
	}
	m.SetSection(groundSection, data)
}
