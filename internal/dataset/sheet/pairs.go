package sheet

import (
	"image"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Answered is a picture, what the network saw of it, (height, width), 0..255, and
// lines of text beside them. Without a picture its Width is 0.
type Answered struct {
	Picture ink.Picture
	Seen    []uint8
	Lines   []string
}

// The sheet of answers: how large pictures are shown and how wide text may be, in
// pixels.
const pairCell, pairText = 84, 170

// Pairs draws answers below a heading, columns in a row: the picture, what the
// network saw, images of width x height pixels, and the lines.
func Pairs(heading string, width, height, columns int, answers []Answered) image.Image {
	face := sheetFace()
	defer face.Close()
	magnified := max(1, (pairCell+max(width, height)/2)/max(width, height))
	cell := image.Pt(max(width*magnified, pairCell), max(height*magnified, pairCell))
	step := image.Pt(2*(cell.X+sheetGap)+pairText, cell.Y+2*sheetGap)
	columns = max(min(columns, len(answers)), 1)
	rows := (len(answers) + columns - 1) / columns
	right := max(sheetMargin+columns*step.X, sheetMargin+font.MeasureString(face, heading).Ceil())
	top := sheetMargin + 2*sheetFont
	sheet := image.NewRGBA(image.Rect(0, 0, right+sheetMargin, top+rows*step.Y+sheetMargin-2*sheetGap))
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(sheetPaper), image.Point{}, draw.Src)
	text(sheet, face, sheetMargin, sheetMargin+sheetFont, heading)
	for i, a := range answers {
		corner := image.Pt(sheetMargin+i%columns*step.X, top+i/columns*step.Y)
		fitted(sheet, image.Rectangle{corner, corner.Add(cell)}, a.Picture)
		corner.X += cell.X + sheetGap
		magnify(sheet, corner, a.Seen, width, magnified)
		corner.X += cell.X + sheetGap
		for j, line := range a.Lines {
			text(sheet, face, corner.X, corner.Y+(j+1)*(sheetFont+3), shortenTo(face, line, pairText-2*sheetGap))
		}
	}
	return sheet
}

// fitted draws a picture into the middle of a rectangle, its aspect kept, over
// grey where it is transparent.
func fitted(sheet draw.Image, into image.Rectangle, p ink.Picture) {
	if p.Width == 0 {
		return
	}
	from := &image.NRGBA{Pix: p.RGBA, Stride: 4 * p.Width, Rect: image.Rect(0, 0, p.Width, p.Height)}
	long := float64(max(p.Width*into.Dy(), p.Height*into.Dx()))
	width := max(1, int(float64(p.Width*into.Dx()*into.Dy())/long))
	height := max(1, int(float64(p.Height*into.Dx()*into.Dy())/long))
	corner := into.Min.Add(image.Pt((into.Dx()-width)/2, (into.Dy()-height)/2))
	to := image.Rectangle{corner, corner.Add(image.Pt(width, height))}
	draw.Draw(sheet, to, image.NewUniform(sheetText), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(sheet, to, from, from.Bounds(), draw.Over, nil)
}

// shortenTo cuts a line's beginning until it is at most width pixels wide: of a
// path the end tells more.
func shortenTo(face font.Face, line string, width int) string {
	if font.MeasureString(face, line).Ceil() <= width {
		return line
	}
	letters := []rune(line)
	for len(letters) > 0 && font.MeasureString(face, "…"+string(letters)).Ceil() > width {
		letters = letters[1:]
	}
	return "…" + string(letters)
}
