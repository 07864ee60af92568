package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/progress"
	"github.com/seed-c844a918/inkling/internal/survey"
)

// dataCommand are the flags of data.
type dataCommand struct {
	json      bool
	sheet     string // PNG to write, "" for none
	augmented bool   // the sheet shows what training makes of the images
	seed      uint64 // of the samples on the sheet
	unipen    string // UCI's text to convert, "" for none
	own       dataFlags
	recipe    string // of own data: "drawing" or "picture"
}

func newDataCommand() *cobra.Command {
	var d dataCommand
	cmd := &cobra.Command{
		Use:   "data [NAME|PATH]",
		Short: "Download, verify and describe data sets",
		Long: `data lists the data sets that inkling knows by name and says which are there. With
a NAME it downloads what is missing, compares it with the published digests, and
describes it: shapes, classes, counts per class, range of the pixels. With the PATH
of data of your own (see inkling fit -h) it describes those, as fit would see them.

With --sheet it draws a contact sheet of random images, one row a class; with
--augmented as well, each as it is and three times as training changes it.

synthetic and non-digits are drawn by inkling itself. The pen digits have no download of
their own: --unipen converts the text file pendigits-orig.tra of the UCI
repository's data set 81 (unpack its .Z first).`,
		Example: `  inkling data
  inkling data mnist --sheet mnist.png
  inkling data mnist --sheet fed.png --augmented
  inkling data non-digits --sheet others.png
  inkling data synthetic --json
  inkling data symbols --sheet seen.png     a folder of pictures, as the network sees them
  inkling data pen --unipen pendigits-orig.tra`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				if d.sheet != "" || d.unipen != "" || d.augmented {
					return usagef("data: --sheet, --augmented and --unipen want the NAME of a data set; see inkling data -h")
				}
				return d.list(cmd)
			}
			if d.augmented && d.sheet == "" {
				return usagef("data: --augmented wants --sheet FILE.png; see inkling data -h")
			}
			return d.describe(cmd, args[0])
		},
	}
	d.own.registerOwn(cmd)
	choiceFlag(cmd, &d.recipe, "recipe", "drawing", "of your own data: how pictures become images", recipes)
	cmd.Flags().BoolVar(&d.json, "json", false, "print JSON")
	cmd.Flags().StringVar(&d.sheet, "sheet", "", "write a contact sheet of random samples to this PNG")
	cmd.Flags().BoolVar(&d.augmented, "augmented", false, "on the sheet, show what training feeds the network")
	cmd.Flags().Uint64Var(&d.seed, "seed", 1, "of the samples and their augmentation on the sheet")
	cmd.Flags().StringVar(&d.unipen, "unipen", "", "of pen: convert this UNIPEN text")
	return cmd
}

// knownSet is one line of the list.
type knownSet struct {
	Name   string `json:"name"`
	About  string `json:"about"`
	There  bool   `json:"there"`
	Advice string `json:"advice,omitempty"` // how to get it
}

// penPath is where the pen digits lie.
func penPath(dir string) string { return filepath.Join(dir, "pen", "pen_train.json.gz") }

// knownSets are all sets by name.
func knownSets(dir string) []knownSet {
	var sets []knownSet
	for _, name := range dataset.Names() {
		title, licence := dataset.About(name)
		s := knownSet{Name: name, About: title + " (" + licence + ")", There: len(dataset.Missing(name, dir)) == 0}
		if !s.There {
			s.Advice = "inkling data " + name
		}
		sets = append(sets, s)
	}
	_, err := os.Stat(penPath(dir))
	pen := knownSet{Name: "pen", About: "digits of 30 people as strokes (CC BY 4.0; E. Alpaydin, F. Alimoglu; UCI 81)", There: err == nil}
	if !pen.There {
		pen.Advice = "inkling data pen --unipen pendigits-orig.tra"
	}
	return append(sets, pen,
		knownSet{Name: "synthetic", About: "digits that inkling draws itself", There: true},
		knownSet{Name: "non-digits", About: "scribbles, letters, two digits and shapes that inkling draws itself", There: true})
}

// list prints the sets and which are there.
func (d *dataCommand) list(cmd *cobra.Command) error {
	dir := dataDir(cmd)
	sets := knownSets(dir)
	if d.json {
		return printJSON(cmd.OutOrStdout(), sets)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "data sets in %s\n", dir)
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	for _, s := range sets {
		state := "there"
		if !s.There {
			state = "missing: " + s.Advice
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\n", s.Name, s.About, state)
	}
	return table.Flush()
}

// describe fetches what is missing of a set and says what is in it.
func (d *dataCommand) describe(cmd *cobra.Command, name string) error {
	set, err := d.open(cmd, name)
	if err != nil {
		return err
	}
	description := survey.Pair(name, set.Pair)
	if name == "pen" {
		description.Writers = survey.Writers(set.drawings)
	}
	if d.json {
		err = printJSON(cmd.OutOrStdout(), description)
	} else {
		err = description.Print(cmd.OutOrStdout())
	}
	if err != nil || d.sheet == "" {
		return err
	}
	return d.writeSheet(cmd.ErrOrStderr(), name, set)
}

// namedSet is a set and, where its training images were drawn, their drawings.
type namedSet struct {
	dataset.Pair
	drawings []dataset.Drawing
}

// open makes sure that a set is there and whole, and reads it.
func (d *dataCommand) open(cmd *cobra.Command, name string) (set namedSet, err error) {
	dir := dataDir(cmd)
	d.own.name = name
	if d.unipen != "" && name != "pen" {
		return set, usagef("data: --unipen belongs to inkling data pen")
	}
	switch {
	case name == "pen":
		return d.openPen(dir)
	case name == "synthetic":
		set.Pair = dataset.SyntheticPair()
		set.drawings, _ = dataset.SyntheticDrawings()
		return set, nil
	case name == "non-digits":
		set.Pair = dataset.NonDigitPair()
		set.drawings, _ = dataset.NonDigitDrawings()
		return set, nil
	case d.own.isOwn():
		recipe, err := choose("recipe", d.recipe, recipes)
		if err == nil {
			err = d.own.parseOwn(recipe)
		}
		if err == nil {
			set.Pair, err = d.own.loadOwn(cmd)
		}
		return set, err
	case !slices.Contains(dataset.Names(), name):
		return set, usagef("data: got %q, want mnist, fashion-mnist, pen, synthetic, non-digits, or the path of data of your own", name)
	}
	if err := download(cmd.Context(), cmd.ErrOrStderr(), name, dir); err != nil {
		return set, err
	}
	if err := dataset.Verify(name, dir); err != nil {
		return set, err
	}
	set.Pair, err = dataset.Open(name, dir)
	return set, err
}

// openPen reads the pen digits, converted from UCI's text first if that is named.
func (d *dataCommand) openPen(dir string) (set namedSet, err error) {
	if d.unipen != "" {
		if err := convertUnipen(d.unipen, penPath(dir)); err != nil {
			return set, err
		}
	}
	set.drawings, err = dataset.ReadDrawings(penPath(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return set, fmt.Errorf("pen: %s is not there: fetch pendigits-orig.tra.Z from the UCI repository (data set 81, CC BY 4.0), unpack it, and run inkling data pen --unipen pendigits-orig.tra", penPath(dir))
	}
	if err != nil {
		return set, err
	}
	set.Train, err = dataset.Rasterize("pen", dataset.DigitNames(), set.drawings,
		func(i int) []ink.Stroke { return set.drawings[i].Strokes }, drawnSide, drawnSide)
	return set, err
}

// convertUnipen writes UCI's text as stroke JSON.
func convertUnipen(from, to string) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer file.Close()
	drawings, err := dataset.ReadUnipen(file)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	if err := errors.Join(dataset.WriteDrawings(zip, drawings), zip.Close()); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return writeFile(to, packed.Bytes())
}

// download fetches what is missing and shows how it goes.
func download(ctx context.Context, stderr io.Writer, name, dir string) error {
	show := progress.NewDownloads(stderr)
	defer show.Close()
	return dataset.Download(ctx, name, dir, show.File)
}
