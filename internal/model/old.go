package model

import (
	"strconv"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// oldPrefix is what stands before the header of formats 1 and 2.
const oldPrefix = prefix + 4

// openOld divides a file of format 1 or 2, without its checksum, into header and
// tensors.
func openOld(data []byte) (header, tensors []byte, err error) {
	if len(data) < oldPrefix {
		return nil, nil, refusal("header", strconv.Itoa(len(data)-prefix)+" bytes", "its length")
	}
	r := &reader{data: data[prefix:oldPrefix]}
	length := r.uint32()
	if room := len(data) - oldPrefix; length > maxHeader || int(length) > room {
		return nil, nil, refusal("header", strconv.Itoa(int(length))+" bytes", atMost(min(maxHeader, room)))
	}
	at := oldPrefix + int(length)
	return data[oldPrefix:at], data[at:], nil
}

// readOld reads the header of format 1 or 2. Format 1 has no background and no
// int8; neither tells the data's labels or pixels.
func (m *Model) readOld(r *reader, version int) error {
	input := nn.Shape{int(r.uint32()), int(r.uint32()), int(r.uint32())}
	m.Recipe = ink.Recipe(r.string())
	m.Labels = r.strings(maxOld)
	m.Temperature = r.float32()
	m.Threshold = r.float32()
	if version > 1 {
		m.Background = r.flag("background")
	}
	m.Source.High = 255
	m.Training.read(r)
	m.Precision = Precision(r.byte())
	if int(m.Precision) > version {
		r.fail("precision", strconv.Itoa(int(m.Precision)), atMost(version)+" in a file of this format")
	}
	return m.build(r, input)
}
