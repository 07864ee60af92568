package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/teach"
	"github.com/seed-c844a918/inkling/web/models"
)

// teachFlags are the settings of teach.
type teachFlags struct {
	data     dataFlags
	encoder  string // an encoder's or a set's file; "": the one that the command holds
	out      string
	drawings bool // keep what was drawn
	fixed    bool // keep no examples
	json     bool
}

func newTeachCommand() *cobra.Command {
	var f teachFlags
	cmd := &cobra.Command{
		Use:   "teach SET.json|SET.json.gz|FOLDER --out FILE.ink",
		Short: "Make a model of a few drawings of each symbol, in under a second",
		Long: `teach makes a model that reads symbols of your own from a few drawings of each: stroke
JSON with labels, such as the page exports, or a folder with a folder of pictures for
each symbol. Nothing is trained: an encoder, which the command holds, makes features of
drawings, and a symbol is the mean of its drawings' features. What is none of the
symbols is refused, from the first one on.

The file is a model like any other: evaluate, predict, summary, export and the page take
it. It also holds the features of the drawings, so that the page, or teach --encoder
FILE.ink, goes on from it; with --drawings what was drawn as well, and with --fixed
neither. From hundreds of drawings of each symbol on, inkling fit --data SET.json reads
better (docs/own-symbols.md).`,
		Example: `  inkling teach symbols.json --out mine.ink
  inkling teach photos --out mine.ink                  photos/star/1.png, ...
  inkling teach more.json --encoder mine.ink --out more.ink   goes on from a set
  inkling predict mine.ink drawing.json
  inkling fit --loss cosine --encoder --data drawings.json --out encoder.ink   an encoder of your own`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.data.Name = args[0]
			return f.run(cmd)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "the file to write")
	flags.StringVar(&f.encoder, "encoder", "", "the .ink file of an encoder, or of a set to go on from (default: the one that the page has, too)")
	flags.BoolVar(&f.drawings, "drawings", false, "keep what was drawn in the file, about 200 bytes a drawing")
	flags.BoolVar(&f.fixed, "fixed", false, "keep nothing of the drawings: the file reads and cannot be gone on from")
	flags.StringVar(&f.data.labels, "labels", "", "the symbols' names in the order of their labels, such as circle,cross,star")
	f.data.registerReading(cmd, "0..1 or 0..255")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

// run learns the drawings and writes the file.
func (f *teachFlags) run(cmd *cobra.Command) error {
	start := time.Now()
	if f.out == "" {
		return usagef("teach: give --out FILE.ink")
	}
	if f.drawings && f.fixed {
		return usagef("teach: --drawings keeps what --fixed leaves out")
	}
	if err := f.data.parseOwn(""); err != nil {
		return err
	}
	read := append(outputs.Named("--encoder", f.encoder), load.Files("the drawings", dataDir(cmd), f.data.Name)...)
	if err := canWrite(cmd, outputs.Named("--out", f.out), read...); err != nil {
		return err
	}
	set, err := f.begin()
	if err != nil {
		return err
	}
	if err := teach.Learn(set, f.data.in(cmd)); err != nil {
		return fmt.Errorf("teach: %w", err)
	}
	keep := fewshot.Features
	switch {
	case f.drawings:
		keep = fewshot.Drawings
	case f.fixed:
		keep = fewshot.Nothing
	}
	file, err := set.Encode(keep)
	if err != nil {
		return fmt.Errorf("teach: %w", err)
	}
	if err := writeFile(f.out, file); err != nil {
		return fmt.Errorf("teach: %w", err)
	}
	result := teach.NewResult(set, start)
	result.Model, result.Bytes, result.Encoder = f.out, len(file), f.encoder
	if f.json {
		return printJSON(cmd.OutOrStdout(), result)
	}
	return result.Print(cmd.OutOrStdout())
}

// begin returns the set to go on from, or an empty one.
func (f *teachFlags) begin() (*fewshot.Set, error) {
	if f.encoder == "" {
		m, err := model.Decode(models.Symbols)
		if err != nil {
			return nil, fmt.Errorf("teach: the command's encoder: %w", err)
		}
		f.encoder = "symbols.ink of inkling " + version()
		return fewshot.Begin(m)
	}
	m, err := readInk(f.encoder)
	if err != nil {
		return nil, fmt.Errorf("teach: --encoder: %w", err)
	}
	set, err := fewshot.Begin(m)
	if err != nil {
		return nil, fmt.Errorf("teach: --encoder %s: %w", f.encoder, err)
	}
	return set, nil
}
