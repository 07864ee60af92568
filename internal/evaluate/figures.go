package evaluate

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/sheet"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/plots"
)

// The sheet of mistakes: how many, and how many in a row.
const mistakesShown, mistakesInRow = 24, 8

// ReportFile is the name of the figures in the folder of a report.
const ReportFile = "evaluation.json"

// Folder returns the files of a folder about an evaluation, by name: its figures
// as JSON, plots of them, and the worst mistakes.
func (v *Measured) Folder() (map[string][]byte, error) {
	figures, err := json.MarshalIndent(v.Evaluation, "", "  ")
	if err != nil {
		return nil, err
	}
	sheet, err := v.mistakes()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{ReportFile: append(figures, '\n'), "mistakes.png": sheet}
	if sheet, err = v.acceptedSheet(); err != nil {
		return nil, err
	}
	if sheet != nil {
		files["accepted.png"] = sheet
	}
	for name, figure := range v.figures() {
		if files[name+".png"], err = figure.Encode("png"); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// title says which model was measured on which data.
func (v *Measured) title() string {
	return strings.TrimSuffix(filepath.Base(v.Model), ".ink") + " on " + v.Data
}

// figures returns the plots of an evaluation by name.
func (v *Measured) figures() map[string]plots.Figure {
	of, classesOf := v.title(), v.title()
	if v.isPart() {
		classesOf += ": " + v.partTitle()
	}
	names, listed, confusion := v.listed()
	classes := make([]metrics.Class, len(listed))
	for i, c := range listed {
		classes[i] = metrics.Class{Precision: c.Precision, Recall: c.Recall, F1: c.F1, Count: c.Count}
	}
	figures := map[string]plots.Figure{
		"confusion":   plots.Confusion(classesOf, names, confusion),
		"reliability": plots.Reliability(of, v.answers.bins()),
		"classes":     plots.Classes(classesOf, names, classes),
		"confidence":  plots.Confidences(of, v.threshold, v.groups()),
	}
	if v.Robustness != nil {
		figures["robustness"] = plots.Robustness(of, v.robustnessLines())
	}
	return figures
}

// groups returns the confidences of the set and, below them, of the non-digits.
func (v *Measured) groups() []plots.Group {
	groups := []plots.Group{{Name: v.answers.set.Name, Confidences: v.answers.confidences}}
	for _, g := range v.nonDigits {
		name := fmt.Sprintf("%s\nAUROC %.3f", g.Name, v.AUROC[g.Name])
		groups = append(groups, plots.Group{Name: name, Confidences: g.Confidences})
	}
	return groups
}

// mistakes returns a PNG of the most confident wrong answers, with the images as
// the network saw them.
func (v *Measured) mistakes() ([]byte, error) {
	worst := v.answers.worst()
	heading := fmt.Sprintf("%s: the most confident of %d mistakes", v.title(), len(worst))
	set := v.answers.set
	var cells []sheet.Captioned
	for _, i := range worst[:min(len(worst), mistakesShown)] {
		cells = append(cells, sheet.Captioned{Image: set.Ink(i), Lines: []string{
			"is " + v.Classes[set.Labels[i]],
			fmt.Sprintf("read %s, %.0f %%", v.Classes[v.answers.labels[i]], 100*v.answers.confidences[i]),
		}})
	}
	return encodePNG(sheet.Grid(heading, set.Width, set.Height, mistakesInRow, cells))
}
