package picture

import (
	"encoding/binary"
	"image"
)

// WebP is RIFF: "RIFF", a length, "WEBP", then chunks of a name, a length and
// content, padded to an even length (RFC 9649, section 2).
const (
	riffHeader  = 12
	chunkHeader = 8
	frameHeader = 16 // of a frame's content, before its own chunks
)

// chunks calls each with the chunks in data, in order, until it returns false.
func chunks(data []byte, each func(name string, content []byte) bool) {
	for len(data) >= chunkHeader {
		length := uint64(binary.LittleEndian.Uint32(data[4:]))
		content := data[chunkHeader:]
		if length > uint64(len(content)) {
			return
		}
		if !each(string(data[:4]), content[:length]) {
			return
		}
		data = content[min(length+length%2, uint64(len(content))):]
	}
}

// chunk returns the content of a WebP's first chunk of this name, or nil if there is
// none.
func chunk(data []byte, name string) (found []byte) {
	if len(data) < riffHeader || string(data[:4]) != "RIFF" || string(data[8:riffHeader]) != "WEBP" {
		return nil
	}
	chunks(data[riffHeader:], func(n string, content []byte) bool {
		if n == name {
			found = content
		}
		return found == nil
	})
	return found
}

// firstFrame returns the first frame of an animated WebP as a separate file. It
// returns other data unchanged.
func firstFrame(data []byte) ([]byte, error) {
	frame := chunk(data, "ANMF")
	if frame == nil {
		return data, nil
	}
	if len(frame) < frameHeader {
		return nil, &FormatError{"webp frame", "a file that ends early", "a whole picture"}
	}
	extended := make([]byte, 10) // VP8X: flags, and the frame's size
	copy(extended[4:], frame[6:12])
	var body []byte
	chunks(frame[frameHeader:], func(name string, content []byte) bool {
		switch name {
		case "ALPH":
			extended[0] = 1 << 4
			body = appendChunk(body, name, content)
		case "VP8 ", "VP8L":
			body = appendChunk(body, name, content)
			return false
		}
		return true
	})
	file := appendChunk(nil, "VP8X", extended)
	file = append(append([]byte("WEBP"), file...), body...)
	head := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(file)))
	return append(head, file...), nil
}

func appendChunk(file []byte, name string, content []byte) []byte {
	file = binary.LittleEndian.AppendUint32(append(file, name...), uint32(len(content)))
	file = append(file, content...)
	return append(file, make([]byte, len(content)%2)...)
}

// widenWebP scales the channels of a lossy WebP to those of a JPEG, which the decoder takes them
// for: 16..235 of Y is black..white there, and 16..240 all of Cb and Cr (RFC 9649, section 2.5,
// which refers to Rec. 601).
func widenWebP(m image.Image) {
	var planes *image.YCbCr
	switch m := m.(type) {
	case *image.YCbCr:
		planes = m
	case *image.NYCbCrA:
		planes = &m.YCbCr
	default:
		return
	}
	var light, colour [256]uint8
	for v := range 256 {
		light[v] = widened(v, 16, 0, 219)
		colour[v] = widened(v, 128, 128, 224)
	}
	for i, v := range planes.Y {
		planes.Y[i] = light[v]
	}
	for _, plane := range [][]uint8{planes.Cb, planes.Cr} {
		for i, v := range plane {
			plane[i] = colour[v]
		}
	}
}

// widened moves v from around one middle to around another, scaled from a span to 255, and rounds.
func widened(v, from, to, span int) uint8 {
	double := 2*255*(v-from) + span*(2*to+1)
	return uint8(min(max(double/(2*span), 0), 255))
}
