package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/hand"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
)

type texted struct {
	Label   string         `json:"label"`
	Writer  int            `json:"writer"`
	Strokes [][][2]float32 `json:"strokes"`
	at      int
}

func labDir() string { return os.Getenv("INKLING_DATA") }

var labQuiet string

func noisyWriters() (noisy []int) {
	b, err := os.ReadFile(filepath.Join(labDir(), "unipen/noisy-writers.json"))
	must(err)
	must(json.Unmarshal(b, &noisy))
	return noisy
}

func readTexted(path string) []texted {
	file, err := os.Open(filepath.Join(labDir(), path))
	must(err)
	defer file.Close()
	z, err := gzip.NewReader(file)
	must(err)
	var all []texted
	must(json.NewDecoder(z).Decode(&all))
	for i := range all {
		all[i].at = i
	}
	return all
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func (t texted) ink() []ink.Stroke {
	var out []ink.Stroke
	for _, s := range t.Strokes {
		var o ink.Stroke
		for _, p := range s {
			o = append(o, ink.Point{X: p[0], Y: p[1]})
		}
		if len(o) > 0 {
			out = append(out, o)
		}
	}
	return out
}

// unipenPart reads a file's writers of a part: "train" or "choose".
func unipenPart(name, part string) []texted {
	return slices.DeleteFunc(readTexted("unipen/"+name+".json.gz"), func(t texted) bool {
		m := t.Writer % 20
		return m >= 17 || (m >= 14) != (part == "choose")
	})
}

const likeDigits = "OIQDSZBGLolqgbszi|()/\\-',.`"

type labMode struct {
	classes []string
	label   func(string) int // -1: background
}

var labModes = map[string]labMode{}

func init() {
	var letters []string
	for c := 'a'; c <= 'z'; c++ {
		letters = append(letters, string(c))
	}
	labModes["digits"] = labMode{dataset.DigitNames(), func(s string) int { return strings.Index("0123456789", s) }}
	labModes["letters"] = labMode{letters, func(s string) int { return strings.Index("abcdefghijklmnopqrstuvwxyz", strings.ToLower(s)) }}
	var all []string
	for c := '!'; c <= '~'; c++ {
		all = append(all, string(c))
	}
	labModes["all"] = labMode{all, func(s string) int { return int(s[0] - '!') }}
}

type labSource struct {
	name string
	src  augment.Source
}

var dropped = map[string]map[int]bool{} // file -> index

func drawingsOf(list []texted, label func(string) int, file string) []dataset.Drawing {
	var ds []dataset.Drawing
	noisy := noisyWriters()
	for _, t := range list {
		if l := label(t.Label); slices.Contains(noisy, t.Writer) && (labQuiet == "all" || labQuiet == "bg" && l < 0) {
			continue
		}
		if dropped[file][t.at] {
			continue
		}
		s := t.ink()
		if len(s) == 0 {
			continue
		}
		ds = append(ds, dataset.Drawing{Label: label(t.Label), Writer: t.Writer, Strokes: s})
	}
	return ds
}

func background(string) int { return -1 }

func without(list []texted, chars string) []texted {
	return slices.DeleteFunc(slices.Clone(list), func(t texted) bool { return strings.Contains(chars, t.Label) })
}

func only(list []texted, chars string) []texted {
	return slices.DeleteFunc(slices.Clone(list), func(t texted) bool { return !strings.Contains(chars, t.Label) })
}

// each char's turns (0 mirror, 1..3 quarter turns) that look like no digit.
var turnsOf = map[string][]int{
	"A": {1, 2, 3}, "E": {1}, "F": {1, 2, 3, 0}, "H": {}, "K": {0, 1, 2, 3}, "M": {1}, "N": {0}, "R": {0, 1, 2, 3},
	"T": {1, 2, 3}, "W": {3}, "X": {1}, "Y": {1, 2, 3}, "a": {1, 2, 3, 0}, "e": {1, 3}, "f": {1, 2, 3, 0}, "k": {0, 1, 2, 3},
	"m": {1, 3}, "n": {1, 3}, "w": {1}, "x": {1}, "r": {1, 3}, "t": {1, 2, 3}, "h": {1, 3, 0}, "u": {1, 3}, "d": {1, 3}, "p": {1, 3},
	"y": {1, 3, 0}, "j": {1, 3}, "$": {1, 3}, "%": {1, 3, 0}, "&": {1, 2, 3, 0}, "#": {1}, "@": {1, 2, 3, 0}, "?": {1, 3}, "<": {1, 3}, "4": {1, 3}, "5": {1, 3, 0}, "3": {1, 3}, "7": {1}, "2": {1, 3}, "6": {1, 3}, "9": {1, 3}, "g": {1, 3}, "b": {1, 3}, "B": {1, 3}, "G": {1, 3}, "D": {1}, "Q": {1, 3}, "q": {1, 3},
}

func turned(list []texted) []texted {
	var out []texted
	for i, t := range list {
		ways := turnsOf[t.Label]
		if len(ways) == 0 {
			continue
		}
		way := ways[i%len(ways)]
		u := texted{Label: t.Label, Writer: t.Writer}
		for _, s := range t.Strokes {
			var o [][2]float32
			for _, p := range s {
				x, y := p[0]-0.5, p[1]-0.5
				switch way {
				case 0:
					x = -x
				case 1:
					x, y = -y, x
				case 2:
					x, y = -x, -y
				case 3:
					x, y = y, -x
				}
				o = append(o, [2]float32{x + 0.5, y + 0.5})
			}
			u.Strokes = append(u.Strokes, o)
		}
		out = append(out, u)
	}
	return out
}

// merged lays two drawings over each other or side by side.
func merged(list []texted, n int, seed uint64) []texted {
	r := rand.New(rand.NewPCG(seed, 99))
	var out []texted
	for range n {
		a, b := list[r.IntN(len(list))], list[r.IntN(len(list))]
		u := texted{Label: "+", Writer: a.Writer}
		sin, cos := math.Sincos(7 * r.Float64())
		far := 0.25 + 0.35*r.Float64()
		dx, dy := float32(far*cos), float32(far*sin)
		if r.IntN(3) == 0 {
			dx, dy = float32(0.8+0.3*r.Float64()), float32(0.1*r.NormFloat64())
		}
		scale := float32(0.6 + 0.6*r.Float64())
		u.Strokes = append(u.Strokes, a.Strokes...)
		for _, s := range b.Strokes {
			var o [][2]float32
			for _, p := range s {
				o = append(o, [2]float32{(p[0]-0.5)*scale + 0.5 + dx, (p[1]-0.5)*scale + 0.5 + dy})
			}
			u.Strokes = append(u.Strokes, o)
		}
		out = append(out, u)
	}
	return out
}

// assembled puts strokes of different characters of several strokes together.
func assembled(list []texted, n int, seed uint64) []texted {
	r := rand.New(rand.NewPCG(seed, 98))
	var pieces [][][2]float32
	for _, t := range list {
		if len(t.Strokes) < 2 {
			continue
		}
		for _, s := range t.Strokes {
			if len(s) > 1 {
				pieces = append(pieces, s)
			}
		}
	}
	var out []texted
	for range n {
		u := texted{Label: "+"}
		for range 3 + r.IntN(2) {
			s := pieces[r.IntN(len(pieces))]
			dx, dy := float32(0.5*(r.Float64()-0.5)), float32(0.5*(r.Float64()-0.5))
			scale := float32(0.6 + 0.6*r.Float64())
			var o [][2]float32
			for _, p := range s {
				o = append(o, [2]float32{(p[0]-0.5)*scale + 0.5 + dx, (p[1]-0.5)*scale + 0.5 + dy})
			}
			u.Strokes = append(u.Strokes, o)
		}
		out = append(out, u)
	}
	return out
}

// outlines are closed lines that are no ellipses.
func outlines(n int, seed uint64) []dataset.Drawing {
	r := rand.New(rand.NewPCG(seed, 7))
	var out []dataset.Drawing
	for range n {
		var stroke ink.Stroke
		at := func(radius, angle, aspect float64) ink.Point {
			sin, cos := math.Sincos(angle)
			return ink.Point{X: float32(0.5 + 0.5*aspect*radius*cos), Y: float32(0.5 + 0.5*radius*sin)}
		}
		start, aspect := r.Float64()*2*math.Pi, 0.8+0.6*r.Float64()
		if r.IntN(2) == 0 {
			lobes := 3 + r.IntN(3)
			a, b, c := 0.18+0.18*r.Float64(), 0.2*r.Float64(), 0.1*r.Float64()
			pa, pb, pc := r.Float64()*7, r.Float64()*7, r.Float64()*7
			gap := 0.06 * r.NormFloat64()
			for i := range 33 {
				angle := start + 2*math.Pi*(1+gap)*float64(i)/32
				stroke = append(stroke, at(1+a*math.Cos(float64(lobes)*angle+pa)+b*math.Cos(2*angle+pb)+c*math.Cos(float64(lobes+1)*angle+pc), angle, aspect))
			}
		} else {
			corners := 5 + r.IntN(5)
			for i := range corners {
				angle := start + 2*math.Pi*(float64(i)+0.35*r.NormFloat64()/2)/float64(corners)
				stroke = append(stroke, at(0.3+0.7*r.Float64(), angle, aspect))
			}
			stroke = append(stroke, stroke[0])
		}
		out = append(out, dataset.Drawing{Label: -1, Strokes: []ink.Stroke{stroke}})
	}
	return out
}

func thin[T any](list []T, by int) []T {
	var out []T
	for i := 0; i < len(list); i += by {
		out = append(out, list[i])
	}
	return out
}

// labRead reads "name/2*3".
func labRead(mode, spec string) []labSource {
	m := labModes[mode]
	var sources []labSource
	for _, one := range strings.Split(spec, ",") {
		name, times, _ := strings.Cut(one, "*")
		name, by, _ := strings.Cut(name, "/")
		n, _ := strconv.Atoi(times)
		n = max(n, 1)
		div, _ := strconv.Atoi(by)
		div = max(div, 1)
		add := func(ds []dataset.Drawing) {
			sources = append(sources, labSource{name, augment.Source{Drawings: thin(ds, div), Times: n}})
		}
		uni := func(file string) []texted { return unipenPart(file, "train") }
		file, parity, half := strings.Cut(name, "@")
		if half {
			name = file
			old := uni
			uni = func(file string) []texted {
				return slices.DeleteFunc(old(file), func(t texted) bool { return strconv.Itoa(t.Writer/20%2) != parity })
			}
		}
		switch name {
		case "mnist", "mnist-bg":
			pair, err := dataset.Open("mnist", labDir())
			must(err)
			index, _ := dataset.Split(pair.Train.Len(), 0.16666667, 777)
			set := pair.Train
			if name == "mnist-bg" {
				index = slices.DeleteFunc(slices.Clone(index), func(i int) bool { return !strings.Contains("347", strconv.Itoa(int(set.Labels[i]))) })
			}
			sources = append(sources, labSource{name, augment.Source{Images: set.Select(thin(index, div)), Times: n, Background: name == "mnist-bg"}})
		case "fashion-mnist":
			pair, err := dataset.Open(name, labDir())
			must(err)
			sources = append(sources, labSource{name, augment.Source{Images: pair.Train.Select(spread(pair.Train.Len(), 3000/div)), Times: n, Background: true}})
		case "pen", "pen-bg":
			ds, err := dataset.ReadDrawings(filepath.Join(labDir(), "pen/pen_train.json.gz"))
			must(err)
			ds = slices.DeleteFunc(ds, func(d dataset.Drawing) bool { return d.Writer > 20 })
			if name == "pen-bg" {
				ds = slices.DeleteFunc(ds, func(d dataset.Drawing) bool { return !strings.Contains("347", strconv.Itoa(d.Label)) })
				for i := range ds {
					ds[i].Label = -1
				}
			}
			add(ds)
		case "udigits":
			add(drawingsOf(uni("digits"), m.label, "digits"))
		case "udigits-bg":
			add(drawingsOf(only(uni("digits"), "347"), background, "digits"))
		case "uupper":
			add(drawingsOf(uni("upper"), m.label, "upper"))
		case "ulower":
			add(drawingsOf(uni("lower"), m.label, "lower"))
		case "usigns":
			add(drawingsOf(uni("signs"), m.label, "signs"))
		case "uupper-bg":
			add(drawingsOf(without(uni("upper"), likeDigits), background, "upper"))
		case "ulower-bg":
			add(drawingsOf(without(uni("lower"), likeDigits), background, "lower"))
		case "usigns-bg":
			add(drawingsOf(without(uni("signs"), likeDigits), background, "signs"))
		case "turned":
			var all []texted
			for _, file := range []string{"upper", "lower", "signs", "digits"} {
				all = append(all, uni(file)...)
			}
			add(drawingsOf(turned(all), background, "turned"))
		case "merged":
			var all []texted
			for _, file := range []string{"upper", "lower", "digits"} {
				all = append(all, without(uni(file), "Ilij1rtfJ")...)
			}
			add(drawingsOf(merged(all, 12000, 5), background, "merged"))
		case "assembled":
			var all []texted
			for _, file := range []string{"upper", "lower", "signs"} {
				all = append(all, without(uni(file), "ij!:;?\"%=")...)
			}
			add(drawingsOf(assembled(all, 12000, 6), background, "assembled"))
		case "outlines":
			add(outlines(3000, 11))
		case "non-digits":
			for _, kind := range dataset.TrainedNonDigitKinds() {
				if mode == "letters" && kind == "letter" {
					continue
				}
				add(dataset.NonDigits(kind, nonDigitsTrained, dataset.NonDigitTrainSeed))
			}
		default:
			panic("no source " + name)
		}
	}
	return sources
}

var labHands = map[string]augment.Strokes{
	"std": augment.ForDrawings(),
	"wide": {
		Hand:   hand.Style{Wave: 0.024, Stretch: 0.2, Bow: 0.045, Slant: 0.22, Turn: 0.11},
		Jitter: 0.008, Drop: 0.3, Cut: 0.035, Hook: 0.06, PenFrom: 1.8, PenTo: 3.4,
	},
	"wider": {
		Hand:   hand.Style{Wave: 0.032, Stretch: 0.25, Bow: 0.055, Slant: 0.26, Turn: 0.14},
		Jitter: 0.01, Drop: 0.3, Cut: 0.04, Hook: 0.06, PenFrom: 1.8, PenTo: 3.6,
	},
}

type labFlags struct {
	mode, mix, layers, out, hand, teacher, drop, init string
	epochs, batch                                     int
	rate, decay, smoothing, share, temperature        float32
	seed                                              uint64
	distrust                                          string
	least                                             float32
	precision                                         string
	bgWeight                                          float32
}

func newLabCommand() *cobra.Command {
	root := &cobra.Command{Use: "lab", Hidden: true}
	var f labFlags
	cmd := &cobra.Command{Use: "fit", RunE: func(cmd *cobra.Command, _ []string) error { return f.run() }}
	l := cmd.Flags()
	l.StringVar(&f.mode, "mode", "digits", "")
	l.StringVar(&f.mix, "mix", "", "")
	l.StringVar(&f.layers, "layers", "conv 16 3x3 same norm relu, pool 2, conv 32 3x3 norm relu, pool 2, conv 64 3x3 norm relu, conv 80 3x3 norm relu", "")
	l.StringVar(&f.out, "out", "", "")
	l.StringVar(&f.hand, "hand", "std", "")
	l.StringVar(&f.teacher, "teacher", "", "")
	l.StringVar(&f.init, "init", "", "")
	l.StringVar(&f.drop, "drop", "", "")
	l.StringVar(&labQuiet, "quiet", "", "")
	l.IntVar(&f.epochs, "epochs", 12, "")
	l.IntVar(&f.batch, "batch", 128, "")
	l.Float32Var(&f.rate, "rate", 0.004, "")
	l.Float32Var(&f.decay, "decay", 0.02, "")
	l.Float32Var(&f.smoothing, "smoothing", 0, "")
	l.Float32Var(&f.share, "share", 0.7, "")
	l.Float32Var(&f.temperature, "temperature", 2, "")
	l.Uint64Var(&f.seed, "seed", 1, "")
	l.Float32Var(&f.bgWeight, "bgweight", 1, "")
	l.StringVar(&f.distrust, "distrust", "", "")
	l.Float32Var(&f.least, "least", 0.02, "")
	l.StringVar(&f.precision, "precision", "int8", "")
	var mode, sheet string
	eval := &cobra.Command{Use: "eval", RunE: func(cmd *cobra.Command, args []string) error {
		for _, path := range args {
			m, err := readModel(path)
			if err != nil {
				return err
			}
			fmt.Println("==", path)
			labEval(mode, m, sheet)
		}
		return nil
	}}
	eval.Flags().StringVar(&mode, "mode", "digits", "")
	eval.Flags().StringVar(&sheet, "sheet", "", "")
	agree := &cobra.Command{Use: "agree A.ink B.ink OUT", Args: cobra.ExactArgs(3), RunE: func(cmd *cobra.Command, args []string) error { return labAgree(args) }}
	show := &cobra.Command{Use: "show MODE SOURCES OUT.png", RunE: func(cmd *cobra.Command, args []string) error {
		var cells []dataset.Captioned
		for _, s := range labRead(args[0], args[1]) {
			for i := range 42 {
				img := make([]uint8, 784)
				ink.Draw(img, 28, 28, s.src.Drawings[i*(len(s.src.Drawings)-1)/41].Strokes)
				cells = append(cells, dataset.Captioned{Image: img, Lines: []string{s.name}})
			}
		}
		file, err := os.Create(args[2])
		must(err)
		defer file.Close()
		return png.Encode(file, dataset.Grid(args[1], 28, 28, 14, cells))
	}}
	root.AddCommand(cmd, eval, agree, show)
	return root
}

func (f *labFlags) run() error {
	if f.drop != "" {
		b, err := os.ReadFile(f.drop)
		must(err)
		var d map[string][]int
		must(json.Unmarshal(b, &d))
		for file, list := range d {
			dropped[file] = map[int]bool{}
			for _, i := range list {
				dropped[file][i] = true
			}
		}
	}
	m := labModes[f.mode]
	sources := labRead(f.mode, f.mix)
	var plain []augment.Source
	total := 0
	for _, s := range sources {
		n := len(s.src.Drawings)
		if s.src.Images != nil {
			n = s.src.Images.Len()
		}
		fmt.Printf("%s: %d x %d\n", s.name, n, s.src.Times)
		total += n * s.src.Times
		plain = append(plain, s.src)
	}
	mixed, err := augment.Mix(f.mode, m.classes, 28, 28, plain...)
	must(err)
	bg := len(mixed.Set.Classes) > len(m.classes)
	network, err := newNetwork(f.layers, nn.Shape{28, 28, 1}, len(mixed.Set.Classes))
	must(err)
	network.Initialize(f.seed)
	if f.init != "" {
		must(initialize(network, f.init))
	}
	optimizer := optim.NewAdamW()
	optimizer.LearningRate, optimizer.WeightDecay, optimizer.Decays = f.rate, f.decay, kernels(network)
	fmt.Printf("%d images, %d parameters\n", total, network.Size())
	mod := &model.Model{Recipe: ink.Drawing, Labels: m.classes, Background: bg, Temperature: 1, Precision: precisions[f.precision], Network: network}
	o := fit.Options{Epochs: f.epochs, Batch: f.batch, Seed: f.seed, Optimizer: optimizer, Schedule: optim.Cosine(0.05), Smoothing: f.smoothing,
		Augment: mixed.Func(augment.ForConv(), labHands[f.hand], f.seed),
		OnEpoch: func(e fit.Epoch) {
			fmt.Printf("%s epoch %d loss %.4f acc %.4f %.0fs\n", time.Now().Format("15:04:05"), e.Epoch, e.Loss, e.Accuracy, e.Seconds)
		}}
	if f.bgWeight != 1 {
		o.ClassWeights = slices.Repeat([]float32{1}, len(mixed.Set.Classes))
		o.ClassWeights[len(m.classes)] = f.bgWeight
	}
	if f.teacher != "" {
		t := teacherFlags{f.teacher, f.share, f.temperature}
		o.Distillation, err = t.distillation(mod)
		must(err)
	}
	index, _ := mixed.Split(0, 777)
	if f.distrust != "" {
		index = f.trusted(index, mixed.Set, sources)
	}
	history, err := fit.Run(context.Background(), network, fit.Part{Set: mixed.Set, Index: index}, fit.Part{Set: mixed.Set}, o)
	must(err)
	finish(mod, history)
	if f.mode != "all" {
		labEval(f.mode, mod, strings.TrimSuffix(f.out, ".ink"))
	}
	must(writeModel(f.out, mod))
	info, _ := os.Stat(f.out)
	fmt.Println("bytes", info.Size(), "seconds", history.Seconds)
	return nil
}

// trusted leaves out the images to whose label a model gives hardly any
// probability.
func (f *labFlags) trusted(index []int, set *dataset.Set, sources []labSource) []int {
	judge, err := readModel(f.distrust)
	must(err)
	var kept []int
	from := 0
	for _, s := range sources {
		n := len(s.src.Drawings)
		if s.src.Images != nil {
			n = s.src.Images.Len()
		}
		dropped, seen := map[int]bool{}, map[int]bool{}
		if s.name == "outlines" || s.name == "assembled" || s.name == "non-digits" {
			for _, i := range index {
				if i >= from && i < from+n*s.src.Times {
					kept = append(kept, i)
				}
			}
			from += n * s.src.Times
			continue
		}
		for _, i := range index {
			if i < from || i >= from+n*s.src.Times {
				continue
			}
			first := from + (i-from)%n
			if !seen[first] {
				seen[first] = true
				a := judge.Predict(set.Image(first))
				var p, sum float32
				for c, q := range a.Probabilities {
					sum += q
					if c == int(set.Labels[first]) {
						p = q
					}
				}
				if int(set.Labels[first]) == len(a.Probabilities) {
					p = 1 - sum
				}
				dropped[first] = p < f.least
			}
			if !dropped[first] {
				kept = append(kept, i)
			}
		}
		count := 0
		for _, d := range dropped {
			if d {
				count++
			}
		}
		fmt.Printf("%s: distrusted %d of %d\n", s.name, count, n)
		from += n * s.src.Times
	}
	return kept
}

type labSet struct {
	name    string
	images  *dataset.Set
	texts   []string
	writers []int
	labels  []int // -1: background
}

func labDrawn(name string, list []texted, label func(string) int) labSet {
	s := labSet{name: name, images: &dataset.Set{Width: 28, Height: 28}}
	for _, t := range list {
		img := make([]uint8, 784)
		if !ink.Draw(img, 28, 28, t.ink()) {
			continue
		}
		s.images.Pixels = append(s.images.Pixels, img...)
		s.images.Labels = append(s.images.Labels, 0)
		s.texts = append(s.texts, t.Label)
		s.writers = append(s.writers, t.Writer)
		s.labels = append(s.labels, label(t.Label))
	}
	return s
}

func fromDrawings(ds []dataset.Drawing, text func(dataset.Drawing) string) []texted {
	var out []texted
	for _, d := range ds {
		t := texted{Label: text(d), Writer: d.Writer}
		for _, s := range d.Strokes {
			var o [][2]float32
			for _, p := range s {
				o = append(o, [2]float32{p.X, p.Y})
			}
			t.Strokes = append(t.Strokes, o)
		}
		out = append(out, t)
	}
	return out
}

func labSets(mode string) (known, unknown []labSet) {
	m := labModes[mode]
	noisy := noisyWriters()
	quiet := func(list []texted) []texted {
		return slices.DeleteFunc(slices.Clone(list), func(t texted) bool { return slices.Contains(noisy, t.Writer) })
	}
	digits, upper, lower, signs := unipenPart("digits", "choose"), unipenPart("upper", "choose"), unipenPart("lower", "choose"), unipenPart("signs", "choose")
	pair, err := dataset.Open("mnist", labDir())
	must(err)
	_, held := dataset.Split(pair.Train.Len(), 0.16666667, 777)
	mn := labSet{name: "mnist", images: pair.Train.Select(held)}
	for _, l := range mn.images.Labels {
		mn.texts, mn.writers, mn.labels = append(mn.texts, strconv.Itoa(int(l))), append(mn.writers, 0), append(mn.labels, int(l))
	}
	pen, err := dataset.ReadDrawings(filepath.Join(labDir(), "pen/pen_train.json.gz"))
	must(err)
	pen = slices.DeleteFunc(pen, func(d dataset.Drawing) bool { return d.Writer < 21 || d.Writer > 25 })
	var greek, kata []texted
	for _, t := range readTexted("omniglot/omniglot.json.gz") {
		if strings.HasPrefix(t.Label, "Greek") {
			greek = append(greek, t)
		}
		if strings.HasPrefix(t.Label, "Japanese") {
			kata = append(kata, t)
		}
	}
	kinds := func(kind string) labSet {
		return labDrawn(kind, fromDrawings(dataset.NonDigits(kind, 1000, dataset.NonDigitTestSeed), func(dataset.Drawing) string { return kind }), background)
	}
	if mode == "digits" {
		known = []labSet{labDrawn("unipen", digits, m.label), labDrawn("unipen-quiet", quiet(digits), m.label),
			labDrawn("pen", fromDrawings(pen, func(d dataset.Drawing) string { return strconv.Itoa(d.Label) }), m.label), mn}
		unknown = []labSet{labDrawn("upper", without(upper, likeDigits), background), labDrawn("lower", without(lower, likeDigits), background), labDrawn("signs", without(signs, likeDigits), background),
			kinds("shape"), labDrawn("greek", greek, background), labDrawn("katakana", kata, background), kinds("scribble"), kinds("letter"), kinds("two-digits"),
			labDrawn("upper-q", quiet(without(upper, likeDigits)), background), labDrawn("lower-q", quiet(without(lower, likeDigits)), background), labDrawn("signs-q", quiet(without(signs, likeDigits)), background)}
		return known, unknown
	}
	both := append(slices.Clone(upper), lower...)
	known = []labSet{labDrawn("letters", both, m.label), labDrawn("letters-quiet", quiet(both), m.label),
		labDrawn("upper", upper, m.label), labDrawn("upper-quiet", quiet(upper), m.label)}
	keep := "347"
	unknown = []labSet{labDrawn("udigits", only(digits, keep), background),
		labDrawn("pen", only(fromDrawings(pen, func(d dataset.Drawing) string { return strconv.Itoa(d.Label) }), keep), background),
		labDrawn("signs", without(signs, likeDigits), background), kinds("scribble"), kinds("two-digits"), kinds("shape")}
	return known, unknown
}

func labEval(mode string, m *model.Model, sheet string) {
	known, unknown := labSets(mode)
	m.Temperature = 1
	var logits []float32
	var labels []uint8
	for k, s := range known {
		if mode == "digits" && k == 0 || mode == "letters" && k > 1 {
			continue
		}
		x := make([]float32, 784)
		for i := range s.labels {
			nn.Pixels(x, s.images.Image(i))
			logits = append(logits, m.Network.Logits(x, 1, false)...)
			labels = append(labels, uint8(s.labels[i]))
		}
	}
	m.Temperature = float32(metrics.FitTemperature(logits, labels, m.Network.Classes()))
	bound := []float64{0.025, 0.01, 0.005, 0.005}
	limit := []float64{3, 4, 6, 10, 12, 12, 2, 2, 2}
	if mode == "letters" {
		bound = []float64{0.02, 0.02, 0.02, 0.02}
		limit = []float64{10, 10, 8, 2, 2, 20}
	}
	all := append(slices.Clone(known), unknown...)
	logit := make([][][]float64, len(all))
	conf := map[string][]float32{}
	answers := map[string][]int{}
	x := make([]float32, 784)
	classes := len(m.Labels)
	for k, s := range all {
		for i := range s.labels {
			nn.Pixels(x, s.images.Image(i))
			row := make([]float64, m.Network.Classes())
			for c, v := range m.Network.Logits(x, 1, false) {
				row[c] = float64(v) / float64(m.Temperature)
			}
			logit[k] = append(logit[k], row)
			best := 0
			for c := range classes {
				if row[c] > row[best] {
					best = c
				}
			}
			answers[s.name] = append(answers[s.name], best)
		}
	}
	ask := func(k int, bias float64) []float32 {
		var out []float32
		for i, row := range logit[k] {
			best := answers[all[k].name][i]
			sum := 0.0
			for c, v := range row {
				if c == classes {
					v += bias
				}
				sum += math.Exp(v - row[best])
			}
			out = append(out, float32(1/sum))
		}
		return out
	}
	for k, s := range known {
		a := answers[s.name]
		right, il := 0, 0
		for i, l := range s.labels {
			if a[i] == l {
				right++
			} else if mode == "letters" && (l == 8 || l == 11) && (a[i] == 8 || a[i] == 11) {
				il++
			}
		}
		fmt.Printf("%-14s n %5d acc %.2f (i=l %.2f)  threshold for %.1f%%: %.3f\n", s.name, len(a), 100*float64(right)/float64(len(a)), 100*float64(right+il)/float64(len(a)), 100*bound[k], metrics.Threshold(ask(k, 0), bound[k]))
	}
	fmt.Printf("temperature %.3f\n%-14s", m.Temperature, "bias")
	for _, s := range all {
		fmt.Printf(" %8.8s", s.name)
	}
	fmt.Println("  worst/limit")
	least, bestWorst := 0.0, math.Inf(1)
	if mode == "letters" {
		fmt.Println()
		for _, beta := range []float64{-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1} {
			fmt.Printf("i %+.2f:", beta)
			for k, s := range known {
				right := 0
				for i, l := range s.labels {
					best := 0
					for c := range classes {
						at := func(c int) float64 {
							if c == 8 {
								return logit[k][i][c] + beta
							}
							return logit[k][i][c]
						}
						if at(c) > at(best) {
							best = c
						}
					}
					if best == l {
						right++
					}
				}
				fmt.Printf(" %s %.2f", s.name, 100*float64(right)/float64(len(s.labels)))
			}
			fmt.Println()
		}
	}
	for _, t := range []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9} {
		fmt.Printf("  0 t %.3f    ", t)
		for k := range all {
			v := 100 * metrics.Below(ask(k, 0), float32(t))
			if k >= len(known) {
				v = 100 - v
			}
			fmt.Printf(" %8.2f", v)
		}
		fmt.Println()
	}
	for _, b := range []float64{-2, -1, 0, 1, 2, 3, 4, 5} {
		t := float32(1)
		c := make([][]float32, len(all))
		for k := range all {
			c[k] = ask(k, b)
			if k < len(known) {
				t = min(t, metrics.Threshold(c[k], bound[k]))
			}
		}
		fmt.Printf("%3.0f t %.3f    ", b, t)
		worst := 0.0
		for k := range all {
			v := 100 * metrics.Below(c[k], t)
			if k >= len(known) {
				v = 100 - v
				if k-len(known) < len(limit) {
					worst = max(worst, v/limit[k-len(known)])
				}
			}
			fmt.Printf(" %8.2f", v)
		}
		fmt.Printf("  %.2f\n", worst)
		if worst < bestWorst {
			bestWorst, least = worst, float64(t)
			for k, s := range all {
				conf[s.name] = c[k]
			}
		}
	}
	if sheet == "" {
		return
	}
	for _, s := range append(slices.Clone(known[1:2]), unknown[:6]...) {
		var cells []dataset.Captioned
		type bad struct {
			i int
			c float32
		}
		var list []bad
		count := map[string]int{}
		for i, l := range s.labels {
			c := conf[s.name][i]
			if l >= 0 && answers[s.name][i] != l || l < 0 && float64(c) >= least {
				list = append(list, bad{i, c})
				count[s.texts[i]+">"+m.Labels[answers[s.name][i]]]++
			}
		}
		type pair struct {
			k string
			n int
		}
		var pairs []pair
		for k, n := range count {
			pairs = append(pairs, pair{k, n})
		}
		slices.SortFunc(pairs, func(a, b pair) int { return b.n - a.n })
		fmt.Print(s.name, ":")
		for _, p := range pairs[:min(25, len(pairs))] {
			fmt.Printf(" %s %d,", p.k, p.n)
		}
		fmt.Println()
		slices.SortFunc(list, func(a, b bad) int { return int(math.Copysign(1, float64(b.c-a.c))) })
		for _, b := range list[:min(len(list), 140)] {
			cells = append(cells, dataset.Captioned{Image: s.images.Image(b.i), Lines: []string{fmt.Sprintf("%.6s>%s %.2f", s.texts[b.i], m.Labels[answers[s.name][b.i]], b.c), fmt.Sprint("w", s.writers[b.i])}})
		}
		if len(cells) == 0 {
			continue
		}
		file, err := os.Create(sheet + "." + s.name + ".png")
		must(err)
		must(png.Encode(file, dataset.Grid(s.name, 28, 28, 14, cells)))
		file.Close()
	}
}

// labAgree lists training drawings that the network of the other half reads
// otherwise.
func labAgree(args []string) error {
	a, err := readModel(args[0])
	must(err)
	b, err := readModel(args[1])
	must(err)
	m := labModes["all"]
	out := map[string][]int{}
	like := func(x, y string) bool {
		for _, group := range []string{"0Oo", "1lI|/i!\\'`,()", "cC(<", "5Ss", "2Zz", "9gq", "6b", "kK", "pP", "uUvV", "wW", "xX*", "yYgq", "mM", "jJ", "fF", "tT+", "-_~", ".,'`", "nN", "rR", "eE", "[]{}()|Ll1", "hH", "zZ", "vV", "7>)", "jJ;)", ":;i"} {
			if strings.Contains(group, x) && strings.Contains(group, y) {
				return true
			}
		}
		return strings.EqualFold(x, y)
	}
	for _, file := range []string{"digits", "upper", "lower", "signs"} {
		n := 0
		for _, t := range unipenPart(file, "train") {
			n++
			img := make([]uint8, 784)
			if !ink.Draw(img, 28, 28, t.ink()) {
				continue
			}
			other := a // trained on half 0: judges half 1
			if t.Writer/20%2 == 0 {
				other = b
			}
			answer := other.Predict(img)
			own := answer.Probabilities[m.label(t.Label)]
			var family float32
			for c, p := range answer.Probabilities {
				if like(t.Label, m.classes[c]) {
					family += p
				}
			}
			if family < 0.05 && own < 0.02 {
				out[file] = append(out[file], t.at)
			}
		}
		fmt.Println(file, n, "dropped", len(out[file]))
	}
	text, err := json.Marshal(out)
	must(err)
	return os.WriteFile(args[2], text, 0o644)
}
