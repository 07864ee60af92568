package picture

import "encoding/binary"

// How often a JPEG may go over its pixels. A camera's has 1 scan, a progressive one
// 10; each costs its time whatever it holds, so that a file of 72 kB with 300 of
// them takes 20 seconds. All scans together may see maxScanPixels pixels.
const (
	maxScans      = 100
	maxScanPixels = 20 * maxPixels
)

// JPEG's markers (ITU-T T.81, table B.1), after a byte 0xff.
const (
	markerTEM = 0x01 // no length follows, as after those from markerRST to markerEOI
	markerRST = 0xd0 // restarts, 0xd0..0xd7
	markerEOI = 0xd9
	markerSOS = 0xda
	markerAPP = 0xe1 // APP1, where EXIF is
)

// scans counts the scans of a JPEG.
func scans(data []byte) (n int) {
	segments(data, func(marker byte, _ []byte) bool {
		if marker == markerSOS {
			n++
		}
		return true
	})
	return n
}

// segments calls each with the segments of a JPEG, in order, until it returns false.
// The data of a scan may lie between them; there 0xff is followed by 0 or a restart.
func segments(data []byte, each func(marker byte, segment []byte) bool) {
	for i := 2; i+1 < len(data); {
		marker := data[i+1]
		switch {
		case data[i] != 0xff || marker == 0xff:
			i++
			continue
		case marker == markerEOI:
			return
		case marker <= markerTEM || marker >= markerRST && marker < markerEOI:
			i += 2
			continue
		}
		rest := data[i+2:]
		if len(rest) < 2 {
			return
		}
		length := int(binary.BigEndian.Uint16(rest))
		if length < 2 || length > len(rest) {
			length = min(2, len(rest))
		}
		if !each(marker, rest[2:max(length, 2)]) {
			return
		}
		i += 2 + length
	}
}
