package sheet

import (
	"image"
	"image/draw"

	"golang.org/x/image/font"
)

// Captioned is an image, (height, width), 0..255, with lines of text below it.
type Captioned struct {
	Image []uint8
	Lines []string
}

// gridCell is the longer side of a grid's magnified images, about, in pixels.
const gridCell = 84

// Grid draws images of width x height pixels below a heading, columns in a row,
// each with its lines below it.
func Grid(heading string, width, height, columns int, cells []Captioned) image.Image {
	face := sheetFace()
	defer face.Close()
	magnified := max(1, (gridCell+max(width, height)/2)/max(width, height))
	cell := image.Pt(width*magnified, height*magnified)
	lines := 0
	for _, c := range cells {
		lines = max(lines, len(c.Lines))
		for _, line := range c.Lines {
			cell.X = max(cell.X, font.MeasureString(face, shorten(line)).Ceil())
		}
	}
	const lineStep = sheetFont + 3
	step := image.Pt(cell.X+2*sheetGap, cell.Y+lines*lineStep+2*sheetGap)
	columns = max(min(columns, len(cells)), 1)
	rows := (len(cells) + columns - 1) / columns
	right := max(sheetMargin+columns*step.X-2*sheetGap, sheetMargin+font.MeasureString(face, heading).Ceil())
	top := sheetMargin + 2*sheetFont
	sheet := image.NewRGBA(image.Rect(0, 0, right+sheetMargin, top+rows*step.Y+sheetMargin-2*sheetGap))
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(sheetPaper), image.Point{}, draw.Src)
	text(sheet, face, sheetMargin, sheetMargin+sheetFont, heading)
	for i, c := range cells {
		corner := image.Pt(sheetMargin+i%columns*step.X, top+i/columns*step.Y)
		magnify(sheet, corner, c.Image, width, magnified)
		for j, line := range c.Lines {
			text(sheet, face, corner.X, corner.Y+cell.Y+(j+1)*lineStep, shorten(line))
		}
	}
	return sheet
}
