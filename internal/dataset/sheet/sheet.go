// Package sheet draws sheets of images with words beside them: rows of samples,
// grids, and pictures beside what a network saw of them.
package sheet

import (
	"image"
	"image/color"
	"image/draw"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/seed-c844a918/inkling/internal/dataset"
)

// Row is one line of a contact sheet: a title and images of the same size,
// (height, width), 0..255.
type Row struct {
	Title  string
	Images [][]uint8
}

// The sheet's measures in pixels.
const (
	sheetCell   = 56 // an image's longer side is magnified to about this
	sheetGap    = 6  // between images
	sheetMargin = 24
	sheetFont   = 15
	sheetTitle  = 40 // characters of a row's title that are shown
)

var (
	sheetPaper = color.RGBA{0x20, 0x23, 0x2a, 0xff}
	sheetText  = color.RGBA{0xe8, 0xea, 0xed, 0xff}
)

// Samples returns up to perClass images of each class at random, one row per class:
// those that set.Sample chooses.
func Samples(set *dataset.Set, perClass int, seed uint64) []Row {
	rows := make([]Row, len(set.Classes))
	for class, index := range set.Sample(perClass, seed) {
		rows[class].Title = set.Classes[class]
		for _, i := range index {
			rows[class].Images = append(rows[class].Images, set.Ink(i))
		}
	}
	return rows
}

// Rows draws a contact sheet of images of width x height pixels: a heading, then
// one line a row, its title before its images, which are magnified a whole number
// of times.
func Rows(heading string, width, height int, rows []Row) image.Image {
	face := sheetFace()
	defer face.Close()
	scale := max(1, (sheetCell+max(width, height)/2)/max(width, height))
	cell := image.Pt(width*scale, height*scale)
	titles, longest := 0, 0
	for _, row := range rows {
		titles = max(titles, font.MeasureString(face, shorten(row.Title)).Ceil())
		longest = max(longest, len(row.Images))
	}
	first := image.Pt(2*sheetMargin+titles, sheetMargin+2*sheetFont)
	right := first.X + longest*(cell.X+sheetGap) - sheetGap
	right = max(right, sheetMargin+font.MeasureString(face, heading).Ceil())
	step := max(cell.Y, sheetFont) + sheetGap
	sheet := image.NewRGBA(image.Rect(0, 0, right+sheetMargin, first.Y+len(rows)*step-sheetGap+sheetMargin))
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(sheetPaper), image.Point{}, draw.Src)
	text(sheet, face, sheetMargin, sheetMargin+sheetFont, heading)
	for i, row := range rows {
		top := first.Y + i*step
		text(sheet, face, sheetMargin, top+(cell.Y+sheetFont*7/10)/2, shorten(row.Title))
		for j, pixels := range row.Images {
			magnify(sheet, image.Pt(first.X+j*(cell.X+sheetGap), top), pixels, width, scale)
		}
	}
	return sheet
}

// shorten cuts a title at the length the sheet has room for.
func shorten(title string) string {
	if utf8.RuneCountInString(title) <= sheetTitle {
		return title
	}
	return string([]rune(title)[:sheetTitle-1]) + "…"
}

// sheetFace returns the Go font, which its package holds.
func sheetFace() font.Face {
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		panic("sheet: " + err.Error())
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: sheetFont, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		panic("sheet: " + err.Error())
	}
	return face
}

// text writes a line that stands on y.
func text(sheet draw.Image, face font.Face, x, y int, line string) {
	drawer := font.Drawer{Dst: sheet, Src: image.NewUniform(sheetText), Face: face, Dot: fixed.P(x, y)}
	drawer.DrawString(line)
}

// magnify draws an image with its top left corner at a point, each pixel a square
// of scale x scale.
func magnify(sheet *image.RGBA, at image.Point, pixels []uint8, width, scale int) {
	for i, v := range pixels {
		corner := at.Add(image.Pt(i%width*scale, i/width*scale))
		square := image.Rectangle{corner, corner.Add(image.Pt(scale, scale))}
		draw.Draw(sheet, square, image.NewUniform(color.Gray{v}), image.Point{}, draw.Src)
	}
}
