package picture

import (
	"bytes"
	"encoding/binary"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// orientation returns the EXIF orientation of a picture, 1..8. It returns 1,
// upright, if the file notes none.
func orientation(data []byte, format string) int {
	switch format {
	case "jpeg":
		return orientationIn(jpegEXIF(data))
	case "png":
		return orientationIn(pngEXIF(data))
	case "webp":
		return orientationIn(chunk(data, "EXIF"))
	case "tiff":
		return orientationIn(data)
	}
	return 1
}

// exifName stands before EXIF in JPEG, and by mistake in others.
const exifName = "Exif\x00\x00"

// jpegEXIF returns the EXIF in the header of a JPEG, or nil if there is none.
func jpegEXIF(data []byte) (exif []byte) {
	segments(data, func(marker byte, segment []byte) bool {
		if marker == markerAPP && bytes.HasPrefix(segment, []byte(exifName)) {
			exif = segment
		}
		return exif == nil && marker != markerSOS
	})
	return exif
}

// pngEXIF returns the content of the chunk eXIf of a PNG, or nil if there is none.
func pngEXIF(data []byte) []byte {
	const signature, around = 8, 12 // bytes of a chunk beside its content
	for rest := data[min(signature, len(data)):]; len(rest) >= around; {
		length := binary.BigEndian.Uint32(rest)
		if uint64(length) > uint64(len(rest)-around) {
			break
		}
		if string(rest[4:8]) == "eXIf" {
			return rest[8 : 8+length]
		}
		rest = rest[around+length:]
	}
	return nil
}

// orientationIn returns the tag Orientation, 0x0112, of a TIFF structure; EXIF is one,
// too (EXIF 2.32, 4.6.4).
func orientationIn(exif []byte) int {
	value, _ := tag(bytes.TrimPrefix(exif, []byte(exifName)), 0x0112)
	if value < 1 || value > 8 {
		return 1
	}
	return int(value)
}

// tag returns the value of a tag of 16 bits in the first directory of a TIFF structure;
// false if it is not there (TIFF 6.0, section 2).
func tag(data []byte, name uint16) (value uint16, ok bool) {
	if len(data) < 8 {
		return 0, false
	}
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	at := order.Uint32(data[4:])
	if uint64(at)+2 > uint64(len(data)) {
		return 0, false
	}
	entries := data[at+2:]
	for range order.Uint16(data[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == name {
			return order.Uint16(entries[8:]), true
		}
		entries = entries[12:]
	}
	return 0, false
}

// turned returns the picture upright. The orientation tells which way its rows and
// columns run.
func turned(p ink.Picture, orientation int) ink.Picture {
	if orientation == 1 {
		return p
	}
	w, h := p.Width, p.Height
	out := ink.Picture{Width: w, Height: h, RGBA: make([]uint8, len(p.RGBA))}
	if orientation >= 5 {
		out.Width, out.Height = h, w
	}
	from := [9]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, h - 1 - x },
		7: func(x, y int) (int, int) { return w - 1 - y, h - 1 - x },
		8: func(x, y int) (int, int) { return w - 1 - y, x },
	}[orientation]
	for y := range out.Height {
		for x := range out.Width {
			fromX, fromY := from(x, y)
			copy(out.RGBA[4*(y*out.Width+x):][:4], p.RGBA[4*(fromY*w+fromX):])
		}
	}
	return out
}
