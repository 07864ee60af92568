package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"path/filepath"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/plots"
)

// The sheet of mistakes: how many, and how many in a row.
const mistakesShown, mistakesInRow = 32, 8

// writeReport writes an evaluation's figures, plots and worst mistakes into a
// folder, which it makes.
func writeReport(dir string, e evaluation, a *answers, threshold float32) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	figures, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return err
	}
	sheet, err := mistakes(e, a)
	if err != nil {
		return err
	}
	files := map[string][]byte{"evaluation.json": append(figures, '\n'), "mistakes.png": sheet}
	for name, figure := range evaluationFigures(e, a, threshold) {
		if files[name+".png"], err = figure.Encode("png"); err != nil {
			return err
		}
	}
	for name, data := range files {
		if err := writeFile(filepath.Join(dir, name), data); err != nil {
			return err
		}
	}
	return nil
}

// evaluationFigures are the plots of an evaluation, by name.
func evaluationFigures(e evaluation, a *answers, threshold float32) map[string]plots.Figure {
	of := fmt.Sprintf("%s on %s", modelName(e.Model), e.Data)
	return map[string]plots.Figure{
		"confusion":   plots.Confusion(of, e.Classes, e.Confusion),
		"reliability": plots.Reliability(of, a.bins()),
		"classes":     plots.Classes(of, e.Classes, e.Confusion.Classes()),
		"confidence":  plots.Confidences(of, threshold, []plots.Group{{Name: "digit", Confidences: a.confidences}}),
	}
}

// mistakes is the PNG of the most confident wrong answers, as the network saw
// the images.
func mistakes(e evaluation, a *answers) ([]byte, error) {
	worst := a.worst()
	heading := fmt.Sprintf("%s on %s: the most confident of %d mistakes", modelName(e.Model), e.Data, len(worst))
	var cells []dataset.Captioned
	for _, i := range worst[:min(len(worst), mistakesShown)] {
		cells = append(cells, dataset.Captioned{Image: a.set.Image(i), Lines: []string{
			"is " + e.Classes[a.set.Labels[i]],
			fmt.Sprintf("read %s, %.0f %%", e.Classes[a.labels[i]], 100*a.confidences[i]),
		}})
	}
	var file bytes.Buffer
	err := png.Encode(&file, dataset.Grid(heading, a.set.Width, a.set.Height, mistakesInRow, cells))
	return file.Bytes(), err
}
