package picture

import (
	"bytes"
	"encoding/binary"
)

// Several reports whether a picture's file holds more pages or frames than the one that Decode
// reads: a TIFF of several pages, or an animated GIF, PNG or WebP.
func Several(data []byte) bool {
	switch {
	case bytes.HasPrefix(data, []byte("GIF8")):
		return framesOfGIF(data) > 1
	case bytes.HasPrefix(data, []byte("\x89PNG")):
		return animatedPNG(data)
	case bytes.HasPrefix(data, []byte("II*\x00")):
		return pagesOfTIFF(data, binary.LittleEndian) > 1
	case bytes.HasPrefix(data, []byte("MM\x00*")):
		return pagesOfTIFF(data, binary.BigEndian) > 1
	}
	frames := 0
	if chunk(data, "ANMF") != nil {
		chunks(data[riffHeader:], func(name string, _ []byte) bool {
			if name == "ANMF" {
				frames++
			}
			return frames < 2
		})
	}
	return frames > 1
}

// framesOfGIF counts images, two at most (GIF89a, appendix B).
func framesOfGIF(data []byte) (frames int) {
	at := 13
	if len(data) < at {
		return 0
	}
	if data[10]&0x80 != 0 {
		at += 3 << (data[10]&7 + 1)
	}
	for at+1 < len(data) && frames < 2 {
		switch data[at] {
		case 0x21: // an extension
			at += 2
		case 0x2c:
			if at+10 > len(data) {
				return frames
			}
			frames++
			if flags := data[at+9]; flags&0x80 != 0 {
				at += 3 << (flags&7 + 1)
			}
			at += 11 // with the size of the codes
		default:
			return frames
		}
		for at < len(data) && data[at] != 0 { // blocks
			at += 1 + int(data[at])
		}
		at++
	}
	return frames
}

// animatedPNG reports whether a PNG has frames beside its image (PNG, third edition, 4.9).
func animatedPNG(data []byte) bool {
	for at := 8; at+16 <= len(data); {
		length := int(binary.BigEndian.Uint32(data[at:]))
		switch string(data[at+4 : at+8]) {
		case "acTL":
			return binary.BigEndian.Uint32(data[at+8:]) > 1
		case "IDAT":
			return false
		}
		at += 12 + length
	}
	return false
}

// thumbnail is the bit of a TIFF's tag NewSubfileType of a page that is a smaller copy of another.
const thumbnail = 1

// pagesOfTIFF counts the pages that are no thumbnails, two at most (TIFF 6.0, section 2).
func pagesOfTIFF(data []byte, order binary.ByteOrder) (pages int) {
	const most, newSubfileType, entry = 100, 254, 12 // pages may lie in a ring
	if len(data) < 8 {
		return 0
	}
	at := uint64(order.Uint32(data[4:]))
	for range most {
		if at == 0 || at+2 > uint64(len(data)) || pages == 2 {
			return pages
		}
		count := uint64(order.Uint16(data[at:]))
		end := at + 2 + entry*count
		if end+4 > uint64(len(data)) {
			return pages + 1
		}
		small := false
		for tag := at + 2; tag < end; tag += entry {
			if order.Uint16(data[tag:]) == newSubfileType && order.Uint32(data[tag+8:])&thumbnail != 0 {
				small = true
			}
		}
		if !small {
			pages++
		}
		at = uint64(order.Uint32(data[end:]))
	}
	return pages
}
