package main

import (
	"errors"
	"fmt"
	"io"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/model"
)

func newFitCommand() *cobra.Command {
	var f fitFlags
	cmd := &cobra.Command{
		Use:   "fit",
		Short: "Train a network and write it to an .ink file",
		Long: `fit trains a network on a data set and writes it to an .ink file, with the history
of its epochs as CSV beside it. The defaults repeat the Keras notebook: MNIST,
Dense 64-32-10, Adam, 30 epochs, batch 128, 30 % validation.

--layers is a comma-separated list of hidden layers:` + layerForms + `
What only training needs is left out of the file: dropout, and batch
normalization, which becomes part of the layer before it.

Ctrl-C stops after the step and keeps the last finished epoch.

--data may name several sets with the same classes, "mnist,pen*3": an epoch has
each drawing of pen three times, differently augmented. non-digits among them are
scribbles and the like, for which the network gets a class that is never shown:
what is no digit then gets a low confidence. --refuse SHARE chooses the confidence
below which the page shows "?". --background names data sets of pictures that show
none of the classes either, such as fashion-mnist or a folder; 3,000 of each count.

--data PATH trains on data of your own: a folder with a folder of pictures for each
class (or train and test with those in them), Kaggle's CSV (label,pixel0,...), an
.npz with x_train and y_train, IDX files with any names of classes (--labels), or
stroke JSON. By the recipe drawing, the default, pictures become strokes that are
drawn anew with one pen; --recipe picture only fits and scales them. Images of the
network's own size pass untouched. Validation takes its share of each class.

--teacher MODEL, or several with commas, distils: the network learns the answers
of larger models or of several at once, beside the labels. Those see each image as
the network sees it, augmented, so that an epoch takes longer.

--early-stopping EPOCHS ends a run whose val_loss (or --monitor val_accuracy) has
not improved for so long. Whether or not it comes to that, the weights of the best
epoch are kept.

--checkpoint FILE keeps the whole state of training in a file, written anew every
two seconds and when a signal ends the command. --resume FILE goes on from there
as if nothing had happened: settings come from the file, the model becomes the
same, byte by byte. With more --epochs it trains longer, also when it had finished;
with another --precision and --out it writes the same weights once more.`,
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
  inkling fit --init mnist.ink --learning-rate 0.0001  goes on from a model's weights
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
	flags.StringVar(&f.initializer, "initializer", "glorot_uniform", "first weights: glorot_uniform or he_normal")
	flags.IntVar(&f.epochs, "epochs", 30, "passes over the training images")
	flags.IntVar(&f.batch, "batch", 128, "images a step")
	flags.Float64Var(&f.split, "split", 0.3, "share of the training images kept for validation")
	flags.Uint64Var(&f.seed, "seed", 1, "of first weights, order and dropout")
	flags.Uint64Var(&f.splitSeed, "split-seed", 777, "of the validation split")
	flags.StringVar(&f.optimizer, "optimizer", "adam", optimizerNames())
	flags.Float32Var(&f.learningRate, "learning-rate", 0, "step size (default: Keras's, 0.01 of sgd, 0.001 of the others)")
	flags.Float32Var(&f.momentum, "momentum", 0, "of sgd and rmsprop, 0 <= momentum < 1")
	flags.BoolVar(&f.nesterov, "nesterov", false, "of sgd: Nesterov's form of momentum")
	flags.Float32Var(&f.weightDecay, "weight-decay", 0, "of adamw, of all weights but biases (default: Keras's, 0.004)")
	flags.StringVar(&f.schedule, "schedule", "constant", "of the learning rate: constant, or cosine, which falls to 0")
	flags.Float64Var(&f.warmup, "warmup", 0, "share of all steps in which cosine rises first")
	flags.Float32Var(&f.smoothing, "label-smoothing", 0, "share of the target that all classes divide among them")
	f.callbacks.register(flags)
	f.teacher.register(flags)
	flags.IntVar(&f.topK, "top-k", 0, "also measure how often the label is among the K most probable classes, Keras's top_k_categorical_accuracy")
	flags.StringVar(&f.augment, "augment", "none", "how images change from epoch to epoch: none, dense (a little), conv, or picture (mirrored as well)")
	flags.Float64Var(&f.refuse, "refuse", 0, "share of the validation images that are to be below the model's threshold; fits its temperature as well")
	flags.StringVar(&f.background, "background", "", "data sets, separated by commas, whose images show none of the classes")
	flags.StringVar(&f.validationWriters, "validation-writers", "", "of data with writers: whose drawings are for validation, instead of a share of all")
	flags.BoolVar(&f.best, "best", false, "keep the epoch of the highest val_accuracy instead of the last")
	flags.StringVar(&f.precision, "precision", "float16", "weights in the file: int8, float16 or float32")
	flags.StringVar(&f.recipe, "recipe", "", "how drawings become images: drawing or picture (default: what suits the data)")
	flags.StringVar(&f.out, "out", "", "the file to write (default: the data's name with .ink)")
	flags.StringVar(&f.history, "history", "", "the file for the history of the epochs, .csv or .json (default: .history.csv beside the model)")
	flags.StringVar(&f.checkpoint, "checkpoint", "", "the file to keep the state of training in")
	flags.StringVar(&f.init, "init", "", "start from the weights of this .ink, .npz or Keras file, of the same shapes")
	flags.StringVar(&f.resume, "resume", "", "the checkpoint to go on from, and to keep writing")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

// run trains and writes the model.
func (f *fitFlags) run(cmd *cobra.Command) error {
	k, err := f.openKeeper(cmd)
	if err != nil {
		return err
	}
	s, err := f.settings()
	if err != nil {
		return err
	}
	if err := canWrite(f.outPath()); err != nil {
		return fmt.Errorf("fit: --out: %w", err)
	}
	if err := f.checkHistory(); err != nil {
		return err
	}
	if err := f.checkData(cmd); err != nil {
		return err
	}
	start := time.Now()
	data, err := f.learn(cmd)
	if err != nil {
		return err
	}
	loaded := time.Since(start)
	if err := k.check(data.pair); err != nil {
		return err
	}
	m, err := s.newModel(f, data)
	if err != nil {
		return err
	}
	if len(data.train.Index) == 0 {
		return errors.New("fit: no images to train on")
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d images to train on, %d to validate, recipe %s\n", f.data.name, len(data.train.Index), len(data.validation.Index), m.Recipe)
	history, err := f.train(cmd, s, k, m, data)
	if err != nil {
		return err
	}
	finish(m, history)
	if f.refuse > 0 {
		calibrate(m, data, f.refuse)
	}
	top := measure(m, data, f.topK)
	if err := f.write(m, history); err != nil {
		return err
	}
	if err := f.print(cmd.OutOrStdout(), f.newResult(m, history, top, len(data.train.Index), loaded)); err != nil {
		return err
	}
	if history.Interrupted {
		return fmt.Errorf("fit: interrupted in epoch %d of %d; %s holds the model of epoch %d%s", len(history.Epochs)+1, f.epochs, f.outPath(), history.Kept, k.advice())
	}
	return k.finish(f.epochs)
}

// train runs the training and shows how it goes. SIGTERM interrupts it as Ctrl-C
// does.
func (f *fitFlags) train(cmd *cobra.Command, s fitSettings, k *keeper, m *model.Model, data *learned) (fit.History, error) {
	show := newProgress(cmd.ErrOrStderr(), f.epochs, f.topK)
	defer show.close()
	o := fit.Options{
		Epochs: f.epochs, Batch: f.batch, Seed: f.seed, Best: f.best, TopK: f.topK,
		Optimizer: s.optimizer, Schedule: s.schedule, Smoothing: f.smoothing,
		Augment: data.augment, OnStep: show.step, OnEpoch: show.epoch,
	}
	f.callbacks.join(&o, cmd.ErrOrStderr(), s.optimizer.Rate())
	var err error
	if o.ClassWeights, err = f.callbacks.weights(data.train); err != nil {
		return fit.History{}, err
	}
	if o.Distillation, err = f.teacher.distillation(m); err != nil {
		return fit.History{}, err
	}
	k.join(&o)
	ctx, stop := signal.NotifyContext(cmd.Context(), syscall.SIGTERM)
	defer stop()
	history, err := fit.Run(ctx, m.Network, data.train, data.validation, o)
	if errors.Is(err, fit.ErrNothingToKeep) {
		err = fmt.Errorf("%w%s", err, k.advice())
	}
	return history, err
}

// write writes the model and its history.
func (f *fitFlags) write(m *model.Model, history fit.History) error {
	if err := writeModel(f.outPath(), m); err != nil {
		return err
	}
	return writeHistory(f.historyFile(), history)
}

// outPath is the file to write.
func (f *fitFlags) outPath() string {
	if f.out != "" {
		return f.out
	}
	name, _, _ := strings.Cut(dataNames(f.data.name), ",")
	name, _, _ = strings.Cut(name, "*")
	name = strings.TrimSuffix(name, ".gz")
	return strings.TrimSuffix(name, filepath.Ext(name)) + ".ink"
}

// finish folds the network into what predicts and rounds the weights to the
// file's precision.
func finish(m *model.Model, history fit.History) {
	m.Training.Epochs = history.Kept
	m.Network = m.Network.Fold()
	m.Round()
}

// measure puts what the model reaches as it ships into it, and returns the
// accuracies of the k first answers by the parts' prefixes; none for a k of 0.
func measure(m *model.Model, data *learned, k int) (top map[string]float64) {
	top = map[string]float64{}
	add := func(prefix string, part fit.Part) {
		if len(part.Index) == 0 {
			return
		}
		reached := fit.Evaluate(m.Network, part, k)
		m.Training.Metrics = append(m.Training.Metrics,
			model.Metric{Name: prefix + "loss", Value: float32(reached.Loss)}, model.Metric{Name: prefix + "accuracy", Value: float32(reached.Accuracy)})
		if k > 0 {
			top[prefix] = reached.TopK
		}
	}
	add("", data.train)
	add("val_", data.validation)
	if data.pair.Test != nil {
		add("test_", fit.All(data.pair.Test))
	}
	return top
}

// fitResult is what fit prints: file names, counts, seconds, and the metrics of
// the weights in the file. Of a resumed run, epochs and seconds of training are
// those of all its parts.
type fitResult struct {
	Model           string   `json:"model"`
	History         string   `json:"history"`
	Data            string   `json:"data"`
	Parameters      int      `json:"parameters"`
	Epochs          int      `json:"epochs"`
	KeptEpoch       int      `json:"kept_epoch"`
	LowestValLoss   int      `json:"lowest_val_loss_epoch,omitempty"` // from there on it overfits
	Stopped         bool     `json:"stopped_early"`
	LoadSeconds     float64  `json:"load_seconds"`
	TrainSeconds    float64  `json:"train_seconds"`
	ImagesPerSecond float64  `json:"images_per_second"`
	Loss            *float64 `json:"loss,omitempty"`
	Accuracy        *float64 `json:"accuracy,omitempty"`
	ValLoss         *float64 `json:"val_loss,omitempty"`
	ValAccuracy     *float64 `json:"val_accuracy,omitempty"`
	TestLoss        *float64 `json:"test_loss,omitempty"`
	TestAccuracy    *float64 `json:"test_accuracy,omitempty"`
	K               int      `json:"top_k,omitempty"`
	TopK            *float64 `json:"top_k_categorical_accuracy,omitempty"`
	ValTopK         *float64 `json:"val_top_k_categorical_accuracy,omitempty"`
	TestTopK        *float64 `json:"test_top_k_categorical_accuracy,omitempty"`
}

// newResult gathers what fit prints.
func (f *fitFlags) newResult(m *model.Model, history fit.History, top map[string]float64, images int, loaded time.Duration) fitResult {
	topK := func(prefix string) *float64 {
		value, ok := top[prefix]
		if !ok {
			return nil
		}
		return &value
	}
	metric := func(name string) *float64 {
		value, ok := m.Training.Metric(name)
		if !ok {
			return nil
		}
		v := float64(value)
		return &v
	}
	return fitResult{
		Model: f.outPath(), History: f.historyFile(), Data: m.Training.Data, Parameters: m.Network.Size(),
		Epochs: len(history.Epochs), KeptEpoch: history.Kept, LowestValLoss: fit.LowestValLoss(history.Epochs), Stopped: history.Stopped,
		LoadSeconds: loaded.Seconds(), TrainSeconds: history.Seconds,
		ImagesPerSecond: float64(images*len(history.Epochs)) / history.Seconds,
		Loss:            metric("loss"), Accuracy: metric("accuracy"),
		ValLoss: metric("val_loss"), ValAccuracy: metric("val_accuracy"),
		TestLoss: metric("test_loss"), TestAccuracy: metric("test_accuracy"),
		K: history.TopK, TopK: topK(""), ValTopK: topK("val_"), TestTopK: topK("test_"),
	}
}

// print writes the result for people or programs.
func (f *fitFlags) print(w io.Writer, r fitResult) error {
	if f.json {
		return printJSON(w, r)
	}
	fmt.Fprintf(w, "%s: %d parameters, the weights of epoch %d\n", r.Model, r.Parameters, r.KeptEpoch)
	if r.Stopped {
		fmt.Fprintf(w, "stopped early after epoch %d: %s had not improved for %d epochs\n", r.Epochs, f.callbacks.monitor, f.callbacks.stopping)
	}
	if r.LowestValLoss > 0 && r.LowestValLoss < r.Epochs {
		fmt.Fprintf(w, "lowest validation loss in epoch %d of %d: after it the network overfits\n", r.LowestValLoss, r.Epochs)
	}
	for _, part := range []struct {
		name                string
		loss, accuracy, top *float64
	}{{"training", r.Loss, r.Accuracy, r.TopK}, {"validation", r.ValLoss, r.ValAccuracy, r.ValTopK}, {"test", r.TestLoss, r.TestAccuracy, r.TestTopK}} {
		if part.loss == nil {
			continue
		}
		fmt.Fprintf(w, "  %-10s  loss: %.4f - accuracy: %.4f", part.name, *part.loss, *part.accuracy)
		if part.top != nil {
			fmt.Fprintf(w, " - top %d: %.4f", r.K, *part.top)
		}
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintf(w, "trained in %.2fs (%.0f images/s), loaded in %.2fs; history in %s\n",
		r.TrainSeconds, r.ImagesPerSecond, r.LoadSeconds, r.History)
	return err
}
