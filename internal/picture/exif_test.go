package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"testing"
)

// noted returns EXIF that holds an orientation and nothing else.
func noted(order binary.AppendByteOrder, orientation uint16) []byte {
	exif := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		exif = []byte("MM\x00*")
	}
	exif = order.AppendUint32(exif, 8)
	exif = order.AppendUint16(exif, 1)
	exif = order.AppendUint16(order.AppendUint16(exif, 0x0112), 3)
	exif = order.AppendUint16(order.AppendUint32(exif, 1), orientation)
	return append(exif, 0, 0, 0, 0, 0, 0)
}

// withEXIF puts EXIF into a file of a format.
func withEXIF(format string, file, exif []byte) []byte {
	switch format {
	case "jpeg":
		segment := binary.BigEndian.AppendUint16([]byte{0xff, markerAPP}, uint16(2+len(exifName)+len(exif)))
		return bytes.Join([][]byte{file[:2], segment, []byte(exifName), exif, file[2:]}, nil)
	case "png":
		const header = 8 + 25 // signature and IHDR
		body := append([]byte("eXIf"), exif...)
		c := append(binary.BigEndian.AppendUint32(nil, uint32(len(exif))), body...)
		c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(body))
		return bytes.Join([][]byte{file[:header], c, file[header:]}, nil)
	case "webp":
		file = appendChunk(bytes.Clone(file), "EXIF", exif)
		binary.LittleEndian.PutUint32(file[4:], uint32(len(file)-chunkHeader))
		return file
	}
	return file
}

// Every orientation is undone, in every format that notes one. The upright picture
// has a dark quarter at the upper left and a half dark one at the upper right.
func TestOrientation(t *testing.T) {
	upright := image.NewGray(image.Rect(0, 0, 32, 16))
	for i := range upright.Pix {
		x, y := i%32, i/32
		upright.Pix[i] = 255
		if y < 8 {
			upright.Pix[i] = uint8(x / 16 * 128)
		}
	}
	for o := uint16(1); o <= 8; o++ {
		lying := lyingFor(upright, o)
		for format, file := range map[string][]byte{
			"jpeg": withEXIF("jpeg", asJPEG(t, lying), noted(binary.BigEndian, o)),
			"png":  withEXIF("png", asPNG(t, lying), noted(binary.LittleEndian, o)),
			"tiff": orientedTIFF(t, lying, o),
		} {
			p, err := Decode(file)
			if err != nil || p.Width != 32 || p.Height != 16 {
				t.Errorf("%s, %d: got %dx%d, %v, want 32x16", format, o, p.Width, p.Height, err)
				continue
			}
			for _, at := range [][3]int{{4, 4, 0}, {28, 4, 128}, {4, 12, 255}, {28, 12, 255}} {
				if got := int(p.RGBA[4*(at[1]*32+at[0])]); got < at[2]-9 || got > at[2]+9 {
					t.Errorf("%s, %d: pixel %d, %d: got %d, want about %d", format, o, at[0], at[1], got, at[2])
				}
			}
		}
	}
	still := webp(t)
	if got := orientation(withEXIF("webp", still, noted(binary.LittleEndian, 6)), "webp"); got != 6 {
		t.Errorf("webp: got orientation %d, want 6", got)
	}
}

// lyingFor returns the picture as a camera stores it with an orientation. It follows
// the names in the EXIF standard (1 is top-left; 6 is right-top: row 0 is the right
// side, column 0 the top).
func lyingFor(upright *image.Gray, o uint16) *image.Gray {
	w, h := upright.Rect.Dx(), upright.Rect.Dy()
	rows, columns := h, w
	if o >= 5 {
		rows, columns = w, h
	}
	m := image.NewGray(image.Rect(0, 0, columns, rows))
	for row := range rows {
		for column := range columns {
			x, y := column, row
			switch o {
			case 2: // top, right
				x = w - 1 - column
			case 3: // bottom, right
				x, y = w-1-column, h-1-row
			case 4: // bottom, left
				y = h - 1 - row
			case 5: // left, top
				x, y = row, column
			case 6: // right, top
				x, y = w-1-row, column
			case 7: // right, bottom
				x, y = w-1-row, h-1-column
			case 8: // left, bottom
				x, y = row, h-1-column
			}
			m.SetGray(column, row, upright.GrayAt(x, y))
		}
	}
	return m
}

// orientedTIFF replaces the tag ResolutionUnit (296) of an encoded TIFF with the
// orientation (274) and keeps the tags sorted.
func orientedTIFF(t *testing.T, m image.Image, o uint16) []byte {
	file := asTIFF(t, m)
	at := binary.LittleEndian.Uint32(file[4:])
	n := int(binary.LittleEndian.Uint16(file[at:]))
	entries := file[at+2:][:12*n]
	for i := range n {
		if binary.LittleEndian.Uint16(entries[12*i:]) == 296 {
			entry := append([]byte{0x12, 1, 3, 0, 1, 0, 0, 0}, byte(o), 0, 0, 0)
			for ; i > 0 && binary.LittleEndian.Uint16(entries[12*(i-1):]) > 274; i-- {
				copy(entries[12*i:], entries[12*(i-1):12*i])
			}
			copy(entries[12*i:], entry)
			return file
		}
	}
	t.Fatal("the encoder writes no tag 296")
	return nil
}
