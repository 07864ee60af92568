package evaluate

import (
	"bytes"
	"cmp"
	"image"
	"image/png"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset"
)

// Cell says which tiles of a sheet lie behind one cell of the confusion matrix.
type Cell struct {
	Label     int `json:"label"`
	Predicted int `json:"predicted"`
	First     int `json:"first"` // tile, from 0
	Count     int `json:"count"`
}

// SheetColumns is how many tiles stand in a row of a sheet.
const SheetColumns = 24

// Tiles returns a sheet of the images behind the cells of the confusion matrix for the
// classes that are listed, at most a given number per cell. Cells of wrong answers show
// the surest, cells of right answers the least sure and last the surest; of equals the
// earlier comes first. The sheet is a PNG of tiles of the set's size, grey, 0 background
// to 255 ink, SheetColumns in a row.
func (v *Measured) Tiles(most int) (cells []Cell, sheet []byte, err error) {
	cells, tiles := v.answers.chooseTiles(v.Listed(), most)
	sheet, err = drawTiles(v.answers.set, tiles)
	return cells, sheet, err
}

// chooseTiles returns the images of the tiles, and which cells they lie behind, of
// some classes.
func (a *answers) chooseTiles(classes []int, most int) (cells []Cell, tiles []int) {
	images := map[[2]int][]int{} // by label and answer
	for i, label := range a.set.Labels {
		at := [2]int{int(label), a.labels[i]}
		images[at] = append(images[at], i)
	}
	for at := range len(classes) * len(classes) {
		label, predicted := classes[at/len(classes)], classes[at%len(classes)]
		list := images[[2]int{label, predicted}]
		cell := Cell{label, predicted, len(tiles), min(len(list), most)}
		if cell.Count <= 0 {
			continue
		}
		right := cell.Label == cell.Predicted
		slices.SortStableFunc(list, func(i, j int) int {
			if right {
				return cmp.Compare(a.confidences[i], a.confidences[j])
			}
			return cmp.Compare(a.confidences[j], a.confidences[i])
		})
		if right {
			list[cell.Count-1] = list[len(list)-1]
		}
		cells, tiles = append(cells, cell), append(tiles, list[:cell.Count]...)
	}
	return cells, tiles
}

// drawTiles returns the sheet of some images of a set.
func drawTiles(set *dataset.Set, tiles []int) ([]byte, error) {
	rows := max(1, (len(tiles)+SheetColumns-1)/SheetColumns)
	sheet := image.NewGray(image.Rect(0, 0, SheetColumns*set.Width, rows*set.Height))
	for i, tile := range tiles {
		x, y := i%SheetColumns*set.Width, i/SheetColumns*set.Height
		pixels := set.Ink(tile)
		for row := range set.Height {
			copy(sheet.Pix[sheet.PixOffset(x, y+row):], pixels[row*set.Width:(row+1)*set.Width])
		}
	}
	return encodePNG(sheet)
}

// encodePNG returns a picture as a small PNG.
func encodePNG(picture image.Image) ([]byte, error) {
	var file bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, picture)
	return file.Bytes(), err
}
