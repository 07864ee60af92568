package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/picture"
)

// prediction is the answer to one image.
type prediction struct {
	File          string    `json:"file"`            // or the name of the data set
	Index         *int      `json:"index,omitempty"` // in a file of several
	Truth         string    `json:"truth,omitempty"` // the label, of a data set
	Label         string    `json:"label"`           // "" if nothing is drawn
	Sure          bool      `json:"sure"`
	Confidence    float32   `json:"confidence"`
	Probabilities []float32 `json:"probabilities"` // one per class; empty if nothing is drawn
}

// predictFlags are the settings of predict.
type predictFlags struct {
	data dataFlags
	json bool
	out  string // the .csv or .json file to write; "": none
	show string // the PNG to write; "": none
}

func newPredictCommand() *cobra.Command {
	var f predictFlags
	cmd := &cobra.Command{
		Use:   "predict MODEL [FILE...]",
		Short: "Say what pictures or drawings show",
		Long: `predict asks a model about files: pictures (PNG, JPEG, GIF,
WebP, BMP, TIFF; ink of any colour on paper of any colour), stroke JSON, and IDX
images of the network's own size. A file of several images or drawings gives one
answer each, in order.

Instead of files --data takes a data set, as evaluate does: its test images are
asked about, and the shape of the answers, the rounded probabilities and the class
of the largest are printed, of the first ones.

--out writes all answers as CSV or JSON; --show draws a sheet of each picture, what
the network saw of it, and its answer.`,
		Example: `  inkling predict mnist.ink digits/*.png
  inkling predict mnist.ink digits/*.png --show sheet.png
  inkling predict mnist.ink --data mnist --out predictions.csv
  inkling predict mnist.ink drawing.json --json
  inkling predict mnist.ink data/mnist/t10k-images-idx3-ubyte.gz`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0], args[1:]) },
	}
	f.data.register(cmd, "", "21-25")
	f.data.registerSkip(cmd)
	cmd.Flags().Uint64Var(&f.data.padSeed, "pad-seed", 1, "of where on the pad and how large each drawing of --data is drawn")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
	cmd.Flags().StringVar(&f.out, "out", "", "write all answers to this .csv or .json file")
	cmd.Flags().StringVar(&f.show, "show", "", "draw the pictures and answers into this PNG")
	return cmd
}

// run asks about the files, or the data set.
func (f *predictFlags) run(cmd *cobra.Command, path string, files []string) error {
	if err := f.check(files); err != nil {
		return err
	}
	m, err := readModel(path)
	if err != nil {
		return err
	}
	r := &reading{m: m}
	if f.show != "" {
		r.room = answersShown
	}
	var bad []error
	if f.data.name != "" {
		err = r.readSet(cmd, &f.data)
	} else {
		bad = r.readFiles(files)
	}
	if err == nil {
		err = f.write(cmd.OutOrStdout(), modelName(path), r)
	}
	if err != nil || len(bad) == 0 {
		return err
	}
	for _, err := range bad[:len(bad)-1] {
		fmt.Fprintln(cmd.ErrOrStderr(), "inkling:", err)
	}
	return bad[len(bad)-1]
}

// check reports what does not go together, and what could not be written.
func (f *predictFlags) check(files []string) error {
	if (f.data.name == "") == (len(files) == 0) {
		return usagef("predict: want files, or a data set as --data; see inkling predict -h")
	}
	if ext := filepath.Ext(f.out); f.out != "" && ext != ".csv" && ext != ".json" {
		return usagef("predict: got --out %q, want the name of a .csv or .json file", f.out)
	}
	if f.show != "" && filepath.Ext(f.show) != ".png" {
		return usagef("predict: got --show %q, want the name of a .png file", f.show)
	}
	for flag, path := range map[string]string{"out": f.out, "show": f.show} {
		if path == "" {
			continue
		}
		if err := canWrite(path); err != nil {
			return fmt.Errorf("predict: --%s: %w", flag, err)
		}
	}
	return nil
}

// write writes the files that are asked for, and prints.
func (f *predictFlags) write(w io.Writer, name string, r *reading) error {
	if f.out != "" {
		if err := writePredictions(f.out, r.m, r.predictions); err != nil {
			return err
		}
	}
	if f.show != "" {
		if err := writeAnswerSheet(f.show, r.m, name, r); err != nil {
			return err
		}
	}
	switch {
	case f.json:
		return printJSON(w, r.predictions)
	case f.data.name != "":
		return printSet(w, r.m, r.predictions)
	}
	return printPredictions(w, r.predictions)
}

// reading is the answers of a model so far.
type reading struct {
	m           *model.Model
	predictions []prediction
	room        int                // how many are to be shown
	shown       []dataset.Answered // the first ones
}

// readSet asks about the test images of a data set.
func (r *reading) readSet(cmd *cobra.Command, data *dataFlags) error {
	data.asFor(r.m)
	set, err := data.loadForEvaluation(cmd, r.m)
	if err != nil {
		return err
	}
	if err := fits(r.m, set); err != nil {
		return fmt.Errorf("predict: %w", err)
	}
	for i, label := range set.Labels {
		r.ask(set.Name, set.Image(i), true, ink.Picture{})
		r.predictions[i].Truth = set.Classes[label]
	}
	r.number(0)
	return nil
}

// readFiles asks about every image of the files that can be read, and says what
// is wrong with the others.
func (r *reading) readFiles(paths []string) (bad []error) {
	r.predictions = []prediction{} // an empty list in JSON
	for _, path := range paths {
		from := len(r.predictions)
		if err := r.readFile(path); err != nil {
			bad = append(bad, err)
			continue
		}
		r.number(from)
	}
	return bad
}

// readFile asks about every image of a file, or about none if that is wrong.
func (r *reading) readFile(path string) error {
	kind, err := kindOf(path)
	if err != nil {
		return err
	}
	switch kind {
	case strokeFile:
		return r.readDrawings(path)
	case idxFile:
		return r.readIDX(path)
	}
	p, err := picture.Read(path)
	if err != nil {
		return err
	}
	image := make([]uint8, r.m.Width()*r.m.Height())
	drawn := dataset.See(image, r.m.Width(), r.m.Height(), r.m.Recipe, p)
	r.ask(path, image, drawn, p)
	return nil
}

// readDrawings asks about every drawing of a stroke file.
func (r *reading) readDrawings(path string) error {
	if r.m.Recipe != ink.Drawing {
		return fmt.Errorf("predict: %s holds strokes, but the model's recipe is %s, which wants pictures", path, r.m.Recipe)
	}
	drawings, err := dataset.ReadDrawings(path)
	if err != nil {
		return err
	}
	for _, d := range drawings {
		image := make([]uint8, r.m.Width()*r.m.Height())
		r.ask(path, image, ink.Draw(image, r.m.Width(), r.m.Height(), d.Strokes), ink.Picture{})
	}
	return nil
}

// readIDX asks about every image of an IDX file, which must have the network's
// size and passes untouched.
func (r *reading) readIDX(path string) error {
	pixels, width, height, err := dataset.ReadImages(path)
	if err != nil {
		return err
	}
	if width != r.m.Width() || height != r.m.Height() {
		return fmt.Errorf("predict: %s: got images of %dx%d, want the model's input %dx%d", path, width, height, r.m.Width(), r.m.Height())
	}
	for size := width * height; len(pixels) > 0; pixels = pixels[size:] {
		r.ask(path, pixels[:size], true, ink.Picture{})
	}
	return nil
}

// ask asks the model, unless nothing is drawn. The image stays as it is, if it is
// to be shown.
func (r *reading) ask(path string, image []uint8, drawn bool, picture ink.Picture) {
	p := prediction{File: path, Probabilities: []float32{}}
	if drawn {
		a := r.m.Predict(image)
		p.Label, p.Sure, p.Confidence = r.m.Labels[a.Label], a.Sure, a.Confidence
		p.Probabilities = slices.Clone(a.Probabilities) // the next Predict overwrites them
	}
	r.predictions = append(r.predictions, p)
	if len(r.shown) < r.room {
		r.shown = append(r.shown, dataset.Answered{Picture: picture, Seen: image, Lines: []string{p.verdict(), path}})
	}
}

// number gives each answer from one on, those of a file of several, its index.
func (r *reading) number(from int) {
	if several := r.predictions[from:]; len(several) > 1 {
		for i := range several {
			several[i].Index = &i
		}
	}
}

// printPredictions writes one line an image.
func printPredictions(w io.Writer, predictions []prediction) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, p := range predictions {
		name := p.File
		if p.Index != nil {
			name = fmt.Sprintf("%s[%d]", p.File, *p.Index)
		}
		switch {
		case p.Label == "":
			fmt.Fprintf(table, "%s\t\t%s\n", name, p.verdict())
		case !p.Sure:
			fmt.Fprintf(table, "%s\t?\t%s\n", name, p.verdict())
		default:
			fmt.Fprintf(table, "%s\t%s\t%.1f %%\n", name, p.Label, 100*p.Confidence)
		}
	}
	return table.Flush()
}

// fileKind is what a file to predict holds.
type fileKind int

const (
	pictureFile fileKind = iota
	strokeFile
	idxFile
)

// kindOf tells a stroke file by its name and an IDX file, plain or gzip, by its
// name or first bytes; all else is taken for a picture.
func kindOf(path string) (fileKind, error) {
	name := strings.TrimSuffix(path, ".gz")
	if strings.HasSuffix(name, ".json") {
		return strokeFile, nil
	}
	if strings.Contains(name, "idx3-ubyte") || strings.HasSuffix(name, ".idx") {
		return idxFile, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var magic [4]byte
	if _, err := io.ReadFull(file, magic[:]); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	if bytes.Equal(magic[:], []byte{0, 0, 8, 3}) {
		return idxFile, nil
	}
	return pictureFile, nil
}
