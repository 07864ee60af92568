package main

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/belongs"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/teach"
	"github.com/seed-c844a918/inkling/web/models"
)

func newTeachCommand() *cobra.Command {
	var o teach.Options
	var data dataFlags
	var path string // of the encoder or set; "": the one that the command holds
	asJSON := false
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
			data.Name = args[0]
			if err := data.parseOwn(""); err != nil {
				return err
			}
			if err := cmp.Or(o.Check(), belongs.Own(cmd, data.Name)); err != nil {
				return err
			}
			read := append(outputs.Named("--encoder", path), load.Files("the drawings", dataDir(cmd), data.Name)...)
			if err := canWrite(cmd, outputs.Named("--out", o.Out), read...); err != nil {
				return err
			}
			set, err := beginSet(path)
			if err != nil {
				return err
			}
			result, err := o.Run(set, data.in(cmd))
			switch {
			case err != nil:
				return err
			case asJSON:
				return printJSON(cmd.OutOrStdout(), result)
			}
			return result.Print(cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Out, "out", "", "the file to write")
	flags.StringVar(&path, "encoder", "", "the .ink file of an encoder, or of a set to go on from (default: the one that the page has, too)")
	flags.BoolVar(&o.Drawings, "drawings", false, "keep what was drawn in the file, about 200 bytes a drawing")
	flags.BoolVar(&o.Fixed, "fixed", false, "keep nothing of the drawings: the file can read, but no drawing can be added to it")
	flags.StringVar(&data.labels, "labels", "", "the symbols' names in the order of their labels, such as circle,cross,star")
	flags.BoolVar(&data.Own.SkipBad, "skip-bad", false, "leave out pictures that cannot be read")
	flags.BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// beginSet returns the set of a file to go on from, an empty one of an encoder's file,
// or of the command's own encoder if there is no path.
func beginSet(path string) (*fewshot.Set, error) {
	if path == "" {
		return teach.Begin("the command's encoder", models.Symbols)
	}
	m, err := readInk(path)
	if err != nil {
		return nil, err
	}
	return teach.BeginModel(path, m)
}
