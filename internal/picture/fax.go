package picture

import "image"

// A TIFF's tags and values that say how fax compression stores black and white (TIFF
// 6.0, sections 3, 10 and 11).
const (
	tagCompression, tagPhotometric = 0x0103, 0x0106
	faxGroup3, faxGroup4           = 3, 4
	blackIsZero                    = 1
)

// uprightFax inverts a TIFF of fax compression whose black is zero.
// golang.org/x/image/tiff returns such a picture as its negative: it takes the fax's
// white for what the tag calls white, whereas libtiff and all that use it take the fax's
// white for the bit 0, whatever that means.
func uprightFax(data []byte, m image.Image) {
	grey, ok := m.(*image.Gray)
	compression, _ := tag(data, tagCompression)
	if photometric, _ := tag(data, tagPhotometric); !ok || photometric != blackIsZero {
		return
	}
	if compression != faxGroup3 && compression != faxGroup4 {
		return
	}
	for i := range grey.Pix {
		grey.Pix[i] ^= 0xff
	}
}
