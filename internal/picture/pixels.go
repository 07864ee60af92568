package picture

import (
	"image"
	"image/color"
	"image/draw"
)

// rgba returns a decoded picture as (height, width, 4), not premultiplied. Pixels
// that it does not cover, around a small first frame, stay transparent.
func rgba(from image.Image, width, height int) []uint8 {
	area := image.Rect(0, 0, width, height)
	widenLow(from)
	if opaque, ok := from.(interface{ Opaque() bool }); ok && opaque.Opaque() && from.Bounds() == area {
		to := image.NewRGBA(area)
		draw.Draw(to, area, from, image.Point{}, draw.Src)
		return to.Pix
	}
	to := image.NewNRGBA(area)
	covered := from.Bounds().Intersect(area)
	if same, ok := from.(*image.NRGBA); ok {
		for y := covered.Min.Y; y < covered.Max.Y; y++ {
			row := same.Pix[same.PixOffset(covered.Min.X, y):][:4*covered.Dx()]
			copy(to.Pix[to.PixOffset(covered.Min.X, y):], row)
		}
		return to.Pix
	}
	for y := covered.Min.Y; y < covered.Max.Y; y++ {
		for x := covered.Min.X; x < covered.Max.X; x++ {
			to.SetNRGBA(x, y, color.NRGBAModel.Convert(from.At(x, y)).(color.NRGBA))
		}
	}
	return to.Pix
}

// widenLow scales a picture of 16 bits per channel to 0..65535 if somebody stored
// 0..255 in it. It judges the colours and the alpha separately.
func widenLow(m image.Image) {
	switch m := m.(type) {
	case *image.Gray16:
		widen(m.Pix, 1)
	case *image.RGBA64:
		widen(m.Pix, 4)
	case *image.NRGBA64:
		widen(m.Pix, 4)
	}
}

// widen multiplies big-endian values by 257 if all are below 256. It judges and
// changes the last of four channels, alpha, by itself.
func widen(pix []uint8, channels int) {
	low, lowAlpha := true, true
	for i := 0; i < len(pix); i += 2 {
		if pix[i] == 0 {
			continue
		}
		if channels == 4 && i%8 == 6 {
			lowAlpha = false
		} else {
			low = false
		}
	}
	for i := 0; i < len(pix); i += 2 {
		if alpha := channels == 4 && i%8 == 6; alpha && lowAlpha || !alpha && low {
			pix[i] = pix[i+1]
		}
	}
}
