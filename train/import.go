package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/choice/pick"
	"github.com/seed-c844a918/inkling/internal/convert"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/keras"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/plain"
	"github.com/seed-c844a918/inkling/internal/rounding"
)

// importFlags are the settings of import.
type importFlags struct {
	out       string
	pixels    string // "0..1" or "0..255"; "": by the model
	labels    string // "a,b,c"; "": 0,1,2, ... or those of --like
	like      string // a file with the architecture
	layers    string // hidden layers, in fit's form
	size      string // "32x24", of the images that those take; "": by the weights
	recipe    string // "drawing" or "picture"; "": that of --like, or drawing
	precision string
}

func newImportCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Make an .ink file of a Keras model",
		Long: `import reads what Keras 2 and 3 save (.keras, .h5, .weights.h5, .npz of
get_weights()) and writes an .ink file that answers as Keras does, about picture files
with --recipe picture: by recipe drawing they are traced and drawn again. It reads
Sequential and functional models without a branch, of pictures with one channel;
what it does not read, a layer or one of its options, it refuses by name.

A file of weights alone does not say which layers there are. --like names a file
that does: the model's .keras, .h5 or to_json() file, or an .ink file. --layers
says it in fit's words, and --size how large the images are: else what the first
dense layer takes is a square, and in front of a convolution they are 28x28.

The page hands a network pixels of 0..1. A model that begins with Rescaling(1/255) or
an adapted Normalization may take 0..255, which import tells by its numbers and makes
up for. Where the numbers fit neither, import asks for --pixels, which also decides where
it is wrong.
Layers that only training sees (Dropout, RandomFlip, ...) are left out.`,
		Example: `  inkling import digits.keras --out web/models/mine.ink        then make, and ?model=mine
  inkling import shapes.h5 --labels circle,cross,star --recipe picture --out shapes.ink
  inkling import digits.weights.h5 --like digits.keras --out digits.ink
  inkling import weights.npz --layers "dense 64 relu, dense 32 relu" --out mlp.ink
  inkling import cnn.weights.h5 --layers "conv 8 3 relu, pool 2" --size 32x24 --out cnn.ink`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "the .ink file to write (default: FILE's name with .ink)")
	pick.Flag(cmd, &f.pixels, "pixels", "",
		"what the model takes (default: as its first Rescaling or Normalization says, else 0..1)", pixelRanges)
	flags.StringVar(&f.labels, "labels", "", "the classes' names, such as circle,cross,star (default: 0,1,2, ...)")
	flags.StringVar(&f.like, "like", "", "of weights alone: a file with the architecture, .keras, .h5, .json or .ink")
	flags.StringVar(&f.layers, "layers", "", "of weights alone: the hidden layers, as fit takes them")
	flags.StringVar(&f.size, "size", "", "of --layers: the images' size, such as 32x24 (default: by the weights)")
	pick.Flag(cmd, &f.recipe, "recipe", "", "how drawings become images (default: that of --like, else drawing)", recipes)
	pick.Flag(cmd, &f.precision, "precision", "float32", "weights in the file", rounding.Precisions)
	return cmd
}

// run reads, converts and writes.
func (f *importFlags) run(cmd *cobra.Command, path string) error {
	m, err := f.newModel()
	if err != nil {
		return err
	}
	out := f.out
	if out == "" {
		out = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + ".ink"
	}
	if filepath.Ext(path) == ".ink" {
		return usagef("import: %s is an .ink file already: give one of Keras", path)
	}
	read := append(outputs.Named("FILE", path), outputs.Named("--like", f.like)...)
	if err := cmp.Or(canWrite(cmd, outputs.Named("--out", out), read...), outputs.Model("--out", out)); err != nil {
		return err
	}
	file, err := openKeras(path)
	if err != nil {
		return err
	}
	a, err := f.architecture(m, file)
	if err != nil {
		return undecided(fmt.Errorf("%s: %w", path, err))
	}
	if err := a.Load(file); err != nil {
		return undecided(fmt.Errorf("%s: %w", path, err))
	}
	m.Network = a.Network
	if err := convert.Name(m, f.names()); err != nil {
		return err
	}
	m.Round()
	if err := writeModel(out, m); err != nil {
		return err
	}
	f.explain(cmd.ErrOrStderr(), m, a)
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %d layers, %d parameters, %s, classes %s\n",
		out, len(m.Network.Layers), m.Network.Size(), m.Precision, plain.List(m.Labels, 30))
	return err
}

// undecided makes an error a usage error if --pixels would help.
func undecided(err error) error {
	if errors.As(err, new(*keras.UndecidedError)) {
		return usagef("%w", err)
	}
	return err
}

// newModel checks the flags and returns the model without network and labels.
func (f *importFlags) newModel() (*model.Model, error) {
	if f.like != "" && f.layers != "" {
		return nil, usagef("import: got --like and --layers, want one of them")
	}
	if f.size != "" && f.layers == "" {
		return nil, usagef("import: --size belongs to --layers")
	}
	m := &model.Model{Temperature: 1}
	var err error
	if m.Recipe, err = pick.ChooseIfGiven("recipe", f.recipe, recipes); err != nil {
		return nil, err
	}
	if m.Precision, err = pick.Choose("precision", f.precision, rounding.Precisions); err != nil {
		return nil, err
	}
	_, err = pick.ChooseIfGiven("pixels", f.pixels, pixelRanges)
	return m, err
}

// openKeras reads a Keras file.
func openKeras(path string) (*keras.File, error) { return keras.ReadFile(path, maxModelFile) }

// architecture returns the architecture of --like, of --layers, or of the file itself.
func (f *importFlags) architecture(m *model.Model, file *keras.File) (*keras.Architecture, error) {
	flag := "--layers"
	if f.like != "" {
		flag = "--like"
	}
	switch {
	case f.like+f.layers != "" && file.HasArchitecture() && file.HasWeights():
		return nil, usagef("got %s, which is of weights alone, with a whole model: leave it out, or import what save_weights() writes", flag)
	case strings.HasSuffix(f.like, ".ink"):
		return f.likeModel(m)
	case f.like != "":
		like, err := openKeras(f.like)
		if err != nil {
			return nil, err
		}
		if !like.HasArchitecture() {
			return nil, fmt.Errorf("--like: %s holds weights alone, want an architecture", f.like)
		}
		return like.Architecture(keras.Pixels(f.pixels))
	case f.layers != "":
		return f.ofLayers(file)
	case !file.HasArchitecture():
		return nil, usagef("got weights without an architecture, want --like FILE or --layers")
	}
	return file.Architecture(keras.Pixels(f.pixels))
}

// likeModel returns the architecture of an .ink file, and gives m its labels, and its
// recipe if m has none.
func (f *importFlags) likeModel(m *model.Model) (*keras.Architecture, error) {
	if f.pixels != "" {
		return nil, usagef("import: got --pixels with --like %s, want one of them: the .ink file knows", f.like)
	}
	like, err := readModel(f.like)
	if err != nil {
		return nil, err
	}
	m.Labels, m.DataLabels, m.Source, m.Background = like.Labels, like.DataLabels, like.Source, like.Background
	m.SetGround(like.Ground())
	if m.Recipe == "" {
		m.Recipe = like.Recipe
	}
	return keras.Like(like.Network), nil
}

// ofLayers returns the architecture that --layers describes, with one class per label,
// or ten without labels.
func (f *importFlags) ofLayers(file *keras.File) (a *keras.Architecture, err error) {
	width, height, classes := 0, 0, 10
	if f.size != "" {
		if width, height, err = load.ParseSize(f.size); err != nil {
			return nil, err
		}
	}
	if names := f.names(); names != nil {
		classes = len(names)
	}
	return convert.OfLayers(file, f.layers, width, height, classes, keras.Pixels(f.pixels))
}

// names returns the classes' names of --labels; nil: not given.
func (f *importFlags) names() []string {
	if f.labels == "" {
		return nil
	}
	return load.SplitNames(f.labels)
}

// explain says what was decided on the way.
func (f *importFlags) explain(w io.Writer, m *model.Model, a *keras.Architecture) {
	why := a.Why
	switch {
	case f.pixels != "":
		why = "as --pixels says"
	case strings.HasSuffix(f.like, ".ink"):
		why = "as in " + f.like
	case f.layers != "":
		why = "--pixels 0..255 would say otherwise"
	}
	fmt.Fprintf(w, "pixels: %s (%s); recipe: %s\n", a.Pixels, why, m.Recipe)
	if f.layers != "" && f.size == "" {
		fmt.Fprintf(w, "images: %dx%d (--size WxH would say otherwise)\n", m.Width(), m.Height())
	}
	if len(a.LeftOut) > 0 {
		fmt.Fprintf(w, "left out, since only training sees them: %s\n", strings.Join(a.LeftOut, ", "))
	}
	for _, taken := range a.Taken {
		fmt.Fprintf(w, "%s: Keras's activation was taken for the function of that name, whose code is not in the file\n", taken)
	}
	if a.Floats != "" {
		fmt.Fprintf(w, "the model computed in %s: answers in float32 agree with its own within 0.01\n", a.Floats)
	}
	if a.Logits {
		fmt.Fprintln(w, "the model ends in logits: a softmax was added")
	}
}
