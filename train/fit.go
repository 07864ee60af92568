package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/checkpoint"
	"github.com/seed-c844a918/inkling/internal/choice/pick"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/encoder"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/layerspec"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/optim"
	"github.com/seed-c844a918/inkling/internal/progress"
	"github.com/seed-c844a918/inkling/internal/signals"
)

func newFitCommand() *cobra.Command {
	var f fitFlags
	cmd := &cobra.Command{
		Use:   "fit",
		Short: "Train a network and write it to an .ink file",
		Long: `fit trains a network on a data set and writes it to an .ink file, with the history
of its epochs as CSV beside it. The defaults repeat the Keras notebook: MNIST,
Dense 64-32-10, Adam, 30 epochs, batch 128, 30 % validation.

--layers is a comma-separated list of hidden layers:` + layerspec.Help() + `
The file leaves out what only training needs: dropout, and batch normalization,
which becomes part of the layer before it.

Ctrl-C stops after the current step and keeps the last finished epoch.

--data may name several sets with the same classes, such as "mnist,pen*3": an epoch
then has each drawing of pen three times, differently augmented. The set non-digits
holds scribbles and the like. For them the network gets a class that is never shown,
so that drawings of no digit get a low confidence. --background names data sets that show
none of the classes either, such as unipen-signs*2, turned, fashion-mnist or a folder;
3,000 of a set's pictures are taken. Of characters those are left out that look like a
digit or a letter that the network reads. With --background-classes each label of
those sets is a class of its own that is never shown: such a network is larger and refuses
better, and so does one that it teaches (--teacher). --refuse SHARE, or "mnist 0.004, pen 0.02",
chooses the confidence below which the page shows "?".

--data PATH trains on data of your own: a folder with a folder of pictures for each
class (or train, val and test with those in them), a table such as Kaggle's CSV, an
.npz, IDX files with any names of classes (--labels), or stroke JSON. By the recipe
drawing, the default, pictures become strokes that are redrawn with one pen; --recipe
picture only fits and scales them; --recipe writing is drawing for networks that also see
which way and when the pen went, and suits stroke JSON. Images of the network's own size
pass untouched in tables, arrays and IDX files, and picture files only by recipe picture.
Values 0..1 or 0..255 are told apart, dark ink on light ground is inverted, EMNIST's
files are turned upright: each is said, and --pixels, --invert and --transpose decide
otherwise; inkling data PATH shows what is taken. Validation images are a share of each
class, or the data's own validation part.

--teacher MODEL, or several separated by commas, distils: beside the labels, the
network learns the answers of larger models, or of several at once. The teachers see
each image as the network sees it, augmented, so that an epoch takes longer.

--early-stopping EPOCHS ends a run whose val_loss (or --monitor val_accuracy) has
not improved for this number of epochs. The weights of the best epoch are kept in
any case.

--precision int4 trains the last epochs with weights of 4 bits, and of 8 in the smallest
layers. To add such epochs to a finished run: --resume FILE --precision int4 --int4-epochs 3,
and --epochs 3 more than before.

--checkpoint FILE keeps the whole state of training in a file, which is rewritten
every two seconds and when a signal ends the command. --resume FILE goes on from
there as if nothing had happened: the settings come from the file, and the model
becomes the same, byte for byte. With more --epochs it trains longer, even after
the run had finished; with another --precision or --refuse, and --out, it writes the same
weights again. Only one run at a time can use a checkpoint. Files that it names outside the
working folder are written only if --out and --history name them again, or with
--allow-outside.`,
		Example: `  inkling fit                                          the notebook's run
  inkling fit --data synthetic --epochs 10 --out my.ink  nothing to download
  inkling fit --data fashion-mnist --layers "dense 128 relu, dropout 0.2" --best
  inkling fit --data symbols --out symbols.ink         symbols/star/1.png, ...
  inkling fit --data photos --recipe picture --size 32x32 --skip-bad
  inkling fit --data train.csv                         Kaggle's digit recogniser
  inkling fit --layers "conv 16 3x3 relu, pool 2, conv 32 3x3 relu, pool 2" --epochs 5
  inkling fit --data mnist,pen*3 --augment dense --optimizer adamw --schedule cosine --warmup 0.05
  inkling fit --optimizer sgd --learning-rate 0.1 --momentum 0.9 --json > run.json
  inkling fit --optimizer adamw --learning-rate 0.003 --schedule cosine --warmup 0.05
  inkling fit --layers "conv 16 3 elu, average 2, conv 32 3 stride 2 tanh, global average"
  inkling fit --epochs 200 --early-stopping 10 --reduce-on-plateau 5
  inkling fit --layers "dense 64 relu, dense 32 relu" --teacher large.ink --out small.ink
  inkling fit --class-weights balanced --history run.json
  inkling fit --top-k 5                                Keras's top_k_categorical_accuracy
  inkling fit --init mnist.ink --learning-rate 0.0001 --out tuned.ink  goes on from a model's weights
  inkling fit --checkpoint mnist.ckpt                  then Ctrl-C, or a power cut
  inkling fit --resume mnist.ckpt                      goes on
  inkling fit --resume mnist.ckpt --epochs 60          and trains longer`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	flags := cmd.Flags()
	f.data.register(cmd, "mnist", fitWriters)
	f.data.registerOwn(cmd)
	flags.StringVar(&f.layers, "layers", "dense 64 relu, dense 32 relu", "hidden layers")
	pick.Flag(cmd, &f.initializer, "initializer", "glorot_uniform", "first weights", initializers)
	flags.IntVar(&f.epochs, "epochs", 30, "passes over the training images")
	flags.IntVar(&f.batch, "batch", 128, "images per step")
	flags.Float64Var(&f.split, "split", 0.3, "share of the training images kept for validation")
	flags.Uint64Var(&f.seed, "seed", 1, "seed of the first weights, the order of images and dropout")
	flags.Uint64Var(&f.splitSeed, "split-seed", 777, "seed of the validation split")
	pick.Flag(cmd, &f.optimizer, "optimizer", "adam", "what changes the weights", optim.Kinds)
	flags.Float32Var(&f.optimization.LearningRate, "learning-rate", 0,
		"step size (default: Keras's for the optimizer, such as 0.001 for adam)")
	flags.Float32Var(&f.optimization.Momentum, "momentum", 0, "momentum of optimizers such as sgd, 0 <= momentum < 1")
	flags.BoolVar(&f.optimization.Nesterov, "nesterov", false, "Nesterov's form of --momentum")
	flags.Float32Var(&f.optimization.WeightDecay, "weight-decay", 0,
		"of all weights but biases, by optimizers such as adamw (default: Keras's, 0.004)")
	pick.Flag(cmd, &f.schedule, "schedule", "constant", "how the learning rate changes over the steps", optim.Schedules)
	flags.Float64Var(&f.warmup, "warmup", 0, "share of all steps in which the rate of a schedule such as cosine rises first")
	f.loss.Register(cmd)
	flags.Float32Var(&f.smoothing, "label-smoothing", 0, "share of the target that all classes divide among them")
	f.callbacks.register(cmd)
	f.teacher.Register(flags)
	flags.IntVar(&f.topK, "top-k", 0,
		"also measure how often the label is among the K most probable classes, Keras's top_k_categorical_accuracy")
	pick.Flag(cmd, &f.augment, "augment", "none", "how images change from epoch to epoch", augmentations)
	flags.StringVar(&f.refuse, "refuse", "",
		"share of each set's validation images that may be below the model's threshold, or \"NAME SHARE, ...\"; fits its temperature as well")
	flags.StringVar(&f.background, "background", "",
		"data sets, separated by commas, whose images show none of the classes, such as non-digits*2")
	flags.BoolVar(&f.backgroundClasses, "background-classes", false,
		"what shows none of the classes is of as many classes as it has labels, not of one")
	flags.StringVar(&f.validationWriters, "validation-writers", "",
		"of data with writers: whose drawings are for validation, instead of a share of all; usual: those each set keeps for that")
	flags.BoolVar(&f.best, "best", false, "keep the epoch of the highest val_accuracy instead of the last")
	f.rounding.Register(cmd)
	pick.Flag(cmd, &f.recipe, "recipe", "", "how drawings become images (default: what suits the data)", strokeRecipes)
	flags.StringVar(&f.out, "out", "", "the file to write (default: the data's name with .ink)")
	flags.StringVar(&f.history, "history", "",
		"the file for the history of the epochs, .csv or .json (default: .history.csv beside the model)")
	flags.StringVar(&f.checkpoint, "checkpoint", "", "the file to keep the state of training in")
	flags.StringVar(&f.init, "init", "", "start from the weights of this .ink, .npz or Keras file, of the same shapes")
	flags.StringVar(&f.resume, "resume", "", "the checkpoint to go on from, and to keep writing")
	flags.Bool("allow-outside", false, "for --resume: write where the checkpoint says, even outside the working folder")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

// run trains and writes the model.
func (f *fitFlags) run(cmd *cobra.Command) error {
	k, err := f.openKeeper(cmd)
	if err != nil {
		return err
	}
	defer k.Close()
	s, err := f.settings()
	if err != nil {
		return err
	}
	if err := f.checkHistory(); err != nil {
		return err
	}
	if err := f.checkData(cmd); err != nil {
		return err
	}
	start := time.Now()
	data, err := f.mixture(cmd).Learn()
	if err != nil {
		return err
	}
	merged, err := f.loss.MergeClasses(data.Pair.Train, readInk)
	if err != nil {
		return err
	}
	fmt.Fprint(cmd.ErrOrStderr(), merged)
	loaded := time.Since(start)
	if err := k.Check(data.Pair); err != nil {
		return err
	}
	m, err := s.newModel(f, data)
	if err != nil {
		return err
	}
	if len(data.Train.Index) == 0 {
		return errors.New("fit: no images to train on")
	}
	if err := f.rehearse(m); err != nil {
		return err
	}
	signals.Hold(cmd.Context()) // from here on a signal ends training, and what is there is kept
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d images to train on, %d to validate, recipe %s\n",
		f.data.Name, len(data.Train.Index), len(data.Validation.Index), m.Recipe)
	history, err := f.train(cmd, s, k, m, data)
	if err != nil {
		return err
	}
	m.Training.Epochs = history.Kept
	s.training.Finish(data.Train)
	if err := evaluate.Ship(m); err != nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "fit: %v: the file holds float32 instead\n", err)
	}
	if m.IsEncoder() {
		fewshot.SetOthers(m, encoder.Others(m.Network, data.Train, f.seed))
	}
	if !s.refusal.IsZero() {
		var held []evaluate.Held
		for _, h := range data.Held {
			held = append(held, evaluate.Held{Part: h.Part, Share: s.refusal.Of(h.Name)})
		}
		evaluate.Calibrate(m, held)
	}
	result := evaluate.NewResult(m, history, data.Train, data.Validation, data.Pair.Test)
	result.LoadSeconds = loaded.Seconds()
	notWritten := f.write(m, history, &result)
	if err := f.print(cmd.OutOrStdout(), result); err != nil || notWritten != nil {
		return cmp.Or(notWritten, err)
	}
	if history.Interrupted {
		return fmt.Errorf("fit: interrupted in epoch %d of %d; %s holds the model of epoch %d%s",
			len(history.Epochs)+1, f.epochs, f.outPath(), history.Kept, k.Advice())
	}
	return k.Finish(f.epochs)
}

// train runs the training and shows how it goes.
func (f *fitFlags) train(cmd *cobra.Command, s fitSettings, k *checkpoint.Keeper, m *model.Model, data *load.Learned) (fit.History, error) {
	show := progress.NewEpochs(cmd.ErrOrStderr(), f.epochs, f.topK)
	defer show.Close()
	o := fit.Options{
		Epochs: f.epochs, Batch: f.batch, Seed: f.seed, Best: f.best, TopK: f.topK,
		Optimizer: s.optimizer, Schedule: s.schedule, Loss: s.training.Loss, Rounding: f.rounding.Training(m, f.epochs, cmd.ErrOrStderr()),
		Augment: data.Augment, OnStep: show.Step, OnEpoch: show.Epoch,
	}
	f.callbacks.join(&o, cmd.ErrOrStderr(), s.optimizer.Rate())
	var err error
	if o.Distillation, err = f.teacher.Distillation(m, readModel); err != nil {
		return fit.History{}, err
	}
	k.Join(&o, checkpointEvery)
	history, err := fit.Run(cmd.Context(), s.training.Network, data.Train, data.Validation, o)
	if errors.Is(err, fit.ErrNothingToKeep) {
		err = fmt.Errorf("%w%s", err, k.Advice())
	}
	return history, err
}

// outPath returns the file to write.
func (f *fitFlags) outPath() string {
	if f.out != "" {
		return f.out
	}
	name, _, _ := dataset.CutTimes(dataset.SplitList(f.data.Name)[0])
	name = load.Public(name)
	name = strings.TrimSuffix(name, ".gz")
	return strings.TrimSuffix(name, filepath.Ext(name)) + ".ink"
}

// print writes the result for people or programs.
func (f *fitFlags) print(w io.Writer, r evaluate.Result) error {
	if f.json {
		return printJSON(w, r)
	}
	return r.Print(w, fmt.Sprintf("%s had not improved for %d epochs", f.callbacks.monitor, f.callbacks.stopping))
}
