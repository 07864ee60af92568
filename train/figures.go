package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"path/filepath"

	"github.com/seed-c844a918/inkling/internal/dataset/sheet"
	"github.com/seed-c844a918/inkling/internal/plots"
)

// The sheet of mistakes: how many, and how many in a row.
const mistakesShown, mistakesInRow = 24, 8

// writeReport writes an evaluation's figures, plots and worst mistakes into a
// folder that is there.
func (v *evaluated) writeReport(dir string) error {
	figures, err := json.MarshalIndent(v.evaluation, "", "  ")
	if err != nil {
		return err
	}
	sheet, err := v.mistakes()
	if err != nil {
		return err
	}
	files := map[string][]byte{"evaluation.json": append(figures, '\n'), "mistakes.png": sheet}
	for name, figure := range v.figures() {
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

// title says what was measured on what.
func (v *evaluated) title() string { return modelName(v.Model) + " on " + v.Data }

// figures are the plots of an evaluation, by name.
func (v *evaluated) figures() map[string]plots.Figure {
	of := v.title()
	figures := map[string]plots.Figure{
		"confusion":   plots.Confusion(of, v.Classes, v.Confusion),
		"reliability": plots.Reliability(of, v.answers.bins()),
		"classes":     plots.Classes(of, v.Classes, v.Confusion.Classes()),
		"confidence":  plots.Confidences(of, v.threshold, v.groups()),
	}
	if v.Robustness != nil {
		figures["robustness"] = plots.Robustness(of, v.robustnessLines())
	}
	return figures
}

// groups are the set's confidences and, below them, those of the non-digits.
func (v *evaluated) groups() []plots.Group {
	groups := []plots.Group{{Name: v.answers.set.Name, Confidences: v.answers.confidences}}
	for _, g := range v.nonDigits {
		name := fmt.Sprintf("%s\nAUROC %.3f", g.Name, v.AUROC[g.Name])
		groups = append(groups, plots.Group{Name: name, Confidences: g.Confidences})
	}
	return groups
}

// mistakes is the PNG of the most confident wrong answers, as the network saw
// the images.
func (v *evaluated) mistakes() ([]byte, error) {
	worst := v.answers.worst()
	heading := fmt.Sprintf("%s: the most confident of %d mistakes", v.title(), len(worst))
	set := v.answers.set
	var cells []sheet.Captioned
	for _, i := range worst[:min(len(worst), mistakesShown)] {
		cells = append(cells, sheet.Captioned{Image: set.Image(i), Lines: []string{
			"is " + v.Classes[set.Labels[i]],
			fmt.Sprintf("read %s, %.0f %%", v.Classes[v.answers.labels[i]], 100*v.answers.confidences[i]),
		}})
	}
	var file bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, sheet.Grid(heading, set.Width, set.Height, mistakesInRow, cells))
	return file.Bytes(), err
}
