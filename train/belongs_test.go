package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/photo"
)

// TestFlagsWithoutWhatTheyBelongTo wants every flag refused that would change nothing.
func TestFlagsWithoutWhatTheyBelongTo(t *testing.T) {
	dir := t.TempDir()
	table := write(t, dir, "train.csv", dotsCSV([]string{"0", "1"}, 12))
	drawn := write(t, dir, "drawn.json", `[{"label":"a","strokes":[[[0,0],[9,1]]]},{"label":"b","strokes":[[[0,0],[1,9]]]}]`)
	folder := filepath.Join(dir, "symbols")
	if err := photo.WriteSymbols(folder, 2, 1); err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join(folder, photo.SymbolNames()[0], "0.png")
	model := trained(t)
	for want, args := range map[string][]string{
		"got --learning-rate 0, want more than 0":                            {"fit", "--learning-rate", "0"},
		"got --weight-decay 0, want more than 0":                             {"fit", "--optimizer", "adamw", "--weight-decay", "0"},
		"--best, --early-stopping and --reduce-on-plateau want a validation": {"fit", "--best", "--split", "0"},
		"--min-delta belongs to --early-stopping":                            {"fit", "--min-delta", "0.1", "--reduce-on-plateau", "2"},
		"--monitor belongs to --early-stopping or --reduce-on-plateau":       {"fit", "--monitor", "val_loss"},
		"--plateau-factor belongs to --reduce-on-plateau":                    {"fit", "--plateau-factor", "0.5", "--early-stopping", "2"},
		"--margin belongs to --loss cosine":                                  {"fit", "--margin", "0.1", "--loss", "prototypes"},
		"--scale belongs to --loss cosine or prototypes":                     {"fit", "--scale", "8"},
		"--teacher-share belongs to --teacher":                               {"fit", "--teacher-share", "0.7"},
		"--teacher-temperature belongs to --teacher":                         {"fit", "--teacher-temperature", "3"},
		"--allow-outside belongs to --resume":                                {"fit", "--allow-outside"},
		"--alphabets belongs to --data omniglot":                             {"fit", "--alphabets", "2"},
		"--background-classes belongs to --background":                       {"fit", "--background-classes"},
		"fit: --transpose belongs to tables, arrays and IDX files":           {"fit", "--data", drawn, "--transpose", "yes"},
		"fit: --pixels belongs to tables, arrays and IDX files":              {"fit", "--data", drawn, "--pixels", "0..1"},
		"evaluate: --invert belongs to tables, arrays and IDX files":         {"evaluate", model, "--data", drawn, "--invert", "yes"},
		"fit: --invert belongs to tables, arrays and IDX files":              {"fit", "--data", folder, "--invert", "yes"},
		"fit: --skip-bad belongs to folders of pictures":                     {"fit", "--data", table, "--skip-bad"},
		"data: --no-cache belongs to folders of pictures":                    {"data", drawn, "--no-cache"},
		"fit: --label-column belongs to tables, and":                         {"fit", "--data", drawn + "," + folder, "--label-column", "1"},
		"predict: --invert belongs to tables and .npz files":                 {"predict", model, picture, "--invert", "yes"},
		"predict: --transpose belongs to tables and .npz files":              {"predict", model, drawn, "--transpose", "yes"},
		"predict: --pixels belongs to tables and .npz files":                 {"predict", model, picture, "--pixels", "0..1"},
		"predict: --label-column belongs to tables":                          {"predict", model, picture, "--label-column", "none"},
		"predict: --writers belongs to --data":                               {"predict", model, drawn, "--writers", "1"},
		"predict: --pad-seed belongs to --data":                              {"predict", model, drawn, "--pad-seed", "2"},
		"predict: --skip-bad belongs to --data":                              {"predict", model, picture, "--skip-bad"},
		"fit: --initializer draws the first weights, which --init takes":     {"fit", "--init", model, "--initializer", "he_normal"},
		"fit: --split-seed chooses what --split keeps, and --split 0 keeps":  {"fit", "--split", "0", "--split-seed", "3"},
		"fit: --split belongs to data without writers":                       {"fit", "--data", "pen", "--validation-writers", "1-3", "--split", "0.2"},
		"fit: --split-seed belongs to data without writers":                  {"fit", "--data", drawn, "--validation-writers", "1-3", "--split-seed", "2"},
		"evaluate: --pad-seed belongs to drawings, which are placed":         {"evaluate", model, "--data", table, "--pad-seed", "2"},
		"evaluate: --pad-seed does not belong to --validation":               {"evaluate", model, "--data", drawn, "--validation", "own", "--pad-seed", "2"},
		"evaluate: --without-noisy belongs to --data unipen-digits, unipen-": {"evaluate", model, "--data", drawn, "--without-noisy"},
		"evaluate: --no-cache belongs to folders of pictures":                {"evaluate", model, "--data", drawn, "--background", table, "--no-cache"},
		"--writers belongs to --data pen":                                    {"evaluate", model, "--data", table, "--validation", "own", "--writers", "3"},
		"predict: --pad-seed belongs to drawings":                            {"predict", model, "--data", "mnist", "--pad-seed", "2"},
		"card: --pad-seed belongs to drawings":                               {"card", model, "--data", table, "--pad-seed", "2"},
		"card: --writers belongs to --data pen":                              {"card", model, "--data", drawn, "--writers", "3"},
		"teach: --labels belongs to data of your own: give a PATH":           {"teach", "pen", "--labels", "a,b", "--out", filepath.Join(dir, "t.ink")},
		"fit: --size belongs to data of your own: give --data PATH":          {"fit", "--size", "20"},
		"teach: --skip-bad belongs to folders of pictures":                   {"teach", drawn, "--skip-bad", "--out", filepath.Join(dir, "t.ink")},
		"data: --labels wants the NAME of a data set":                        {"data", "--labels", "a,b"},
		"data: --seed wants the NAME of a data set":                          {"data", "--seed", "3"},
		"data: --seed belongs to --sheet":                                    {"data", table, "--seed", "3"},
		"data: --recipe belongs to pictures, tables and arrays of your own":  {"data", drawn, "--recipe", "picture"},
		"data: --json belongs to one data set, and unipen":                   {"data", "unipen", "--json"},
	} {
		if args[0] == "fit" {
			args = append(args, "--out", filepath.Join(dir, "m.ink"))
		}
		if _, _, err := inkling(args...); err == nil || exitCode(err) != 2 || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v, want %q", args[:len(args)-1], err, want)
		}
	}
	for name, args := range map[string][]string{
		"encoder": {"fit", "--data", table, "--init", model, "--initializer", "he_normal", "--loss", "cosine", "--encoder"},
		"writers": {"fit", "--data", "pen," + table, "--validation-writers", "usual", "--split", "0.2"},
		"mixture": {"fit", "--data", table + "," + folder, "--size", "28x28", "--skip-bad", "--epochs", "1", "--early-stopping", "1", "--monitor", "val_loss"},
		"fit":     {"fit", "--data", table, "--background", folder, "--size", "28x28", "--skip-bad", "--background-classes", "--epochs", "1"},
		"predict": {"predict", model, picture, write(t, dir, "one.csv", strings.TrimSuffix(strings.Repeat("0,", 784), ",")+"\n"), "--invert", "no", "--label-column", "none"},
	} {
		_, _, err := inkling(append(args, "--out", filepath.Join(dir, name+map[bool]string{true: ".csv", false: ".ink"}[name == "predict"]))...)
		if err != nil && (strings.Contains(err.Error(), "belongs to") || strings.Contains(err.Error(), "draws the first weights")) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
