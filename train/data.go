package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/belongs"
	"github.com/seed-c844a918/inkling/internal/choice/pick"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/fetch"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/dataset/obtain"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/outputs"
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
repository's data set 81 (unpack its .Z first). UNIPEN's digits, letters and signs are
made of the published archive train_r01_v07, unpacked: inkling data unipen.`,
		Example: `  inkling data
  inkling data mnist --sheet mnist.png
  inkling data mnist --sheet fed.png --augmented
  inkling data non-digits --sheet others.png
  inkling data synthetic --json
  inkling data symbols --sheet seen.png     a folder of pictures, as the network sees them
  inkling data pen --unipen pendigits-orig.tra
  inkling data unipen --unipen train_r01_v07           the sets unipen-digits, unipen-upper, ...`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := belongs.Data(cmd, strings.Join(args, "")); err != nil {
				return err
			}
			if len(args) == 0 {
				return d.list(cmd)
			}
			return d.describe(cmd, args[0])
		},
	}
	d.own.registerOwn(cmd)
	pick.Flag(cmd, &d.recipe, "recipe", "drawing", "of your own data: how pictures become images", recipes)
	cmd.Flags().BoolVar(&d.json, "json", false, "print JSON")
	cmd.Flags().StringVar(&d.sheet, "sheet", "", "write a contact sheet of random samples to this PNG")
	cmd.Flags().BoolVar(&d.augmented, "augmented", false, "on the sheet, show what training feeds the network")
	cmd.Flags().Uint64Var(&d.seed, "seed", 1, "of the samples and their augmentation on the sheet")
	cmd.Flags().StringVar(&d.unipen, "unipen", "", "of "+strings.Join(unipenSets(), ", ")+": convert this UNIPEN text, or folder of texts")
	return cmd
}

// knownSet is one line of the list.
type knownSet struct {
	Name   string `json:"name"`
	About  string `json:"about"`
	There  bool   `json:"there"`
	Advice string `json:"advice,omitempty"` // how to get it
}

// knownSets returns all sets by name.
func knownSets(dir string) []knownSet {
	var sets []knownSet
	for _, s := range dataset.Catalogue() {
		known := knownSet{Name: s.Name, About: s.About(), There: len(s.Missing(dir)) == 0}
		if !known.There {
			known.Advice = s.Command
		}
		sets = append(sets, known)
	}
	return sets
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
	if name == obtain.UnipenName {
		return obtain.Unipen(cmd.OutOrStdout(), cmd.ErrOrStderr(), d.unipen, dataDir(cmd))
	}
	read := append(load.Files("the data", dataDir(cmd), name), outputs.Named("--unipen", d.unipen)...)
	if err := cmp.Or(outputs.Picture("--sheet", d.sheet), canWrite(cmd, outputs.Named("--sheet", d.sheet), read...)); err != nil {
		return err
	}
	d.own.Name = name
	source, err := d.own.Source()
	if err != nil {
		return err
	}
	if err := d.prepare(cmd, source, dataDir(cmd)); err != nil {
		return err
	}
	d.own.Quiet = true // what was assumed is part of the description
	set, err := d.own.in(cmd).Whole()
	if err != nil {
		return err
	}
	description := survey.Pair(name, set.Pair)
	if set.Own != nil {
		description.Read(set.Own)
	} else if source.Own {
		description.Notes = append(description.Notes, load.DrawingNotes(set.Drawings)...)
	}
	if source.Writers != nil && !source.Own {
		description.Writers = survey.Writers(set.Drawings)
	}
	if d.json {
		err = printJSON(cmd.OutOrStdout(), description)
	} else {
		err = description.Print(cmd.OutOrStdout())
	}
	if err != nil || d.sheet == "" {
		return err
	}
	if set.Train.Labels == nil {
		return fmt.Errorf("data: --sheet: %s has no labels, want some: the sheet has one row per class", name)
	}
	return d.writeSheet(cmd.ErrOrStderr(), name, set)
}

// prepare reads the flags for a user's own data. For a set of the catalogue it converts
// or downloads missing files, and compares them with the published ones.
func (d *dataCommand) prepare(cmd *cobra.Command, s *dataset.Source, dir string) error {
	if d.unipen != "" && !s.Unipen {
		return usagef("data: --unipen belongs to inkling data %s", strings.Join(unipenSets(), ", "))
	}
	if s.Own {
		recipe, err := pick.Choose("recipe", d.recipe, recipes)
		if err != nil {
			return err
		}
		return d.own.parseOwn(recipe)
	}
	if d.unipen != "" {
		if err := convertUnipen(d.unipen, s.Path(dir)); err != nil {
			return err
		}
	}
	if err := download(cmd.Context(), cmd.ErrOrStderr(), s, dir); err != nil {
		return err
	}
	return s.Verify(dir)
}

// unipenSets returns the names of the sets that --unipen converts.
func unipenSets() []string {
	var names []string
	for _, s := range dataset.Catalogue() {
		if s.Unipen {
			names = append(names, s.Name)
		}
	}
	return append(names, obtain.UnipenName)
}

// convertUnipen writes UCI's text as stroke JSON.
func convertUnipen(from, to string) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer file.Close()
	drawings, err := strokes.ReadUnipen(file)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	if err := errors.Join(strokes.Write(zip, drawings), zip.Close()); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return writeFile(to, packed.Bytes())
}

// download fetches what is missing and shows how it goes.
func download(ctx context.Context, stderr io.Writer, s *dataset.Source, dir string) error {
	show := progress.NewDownloads(stderr)
	defer show.Close()
	return fetch.Files(ctx, s.Name, s.Dir(dir), s.Downloads(), show.File)
}
