package model

import (
	"bytes"
	"flag"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/quantize"
	"github.com/seed-c844a918/inkling/internal/windows"
)

var update = flag.Bool("update", false, "write the golden files again")

// small returns a model of flat layers and every field, 4x3 pixels, two classes.
func small(t testing.TB, precision Precision) *Model {
	return of(t, precision, &nn.Flatten{}, &nn.Dense{Units: 3}, &nn.ReLU{}, &nn.Dropout{Rate: 0.25}, &nn.Dense{Units: 2}, &nn.Softmax{})
}

// pictures returns the model of small with the layers for pictures.
func pictures(t testing.TB, precision Precision) *Model {
	return of(t, precision,
		&nn.Conv2D{Filters: 3, Size: [2]int{3, 2}, Strides: [2]int{1, 2}, Padding: windows.Same}, &nn.BatchNormalization{Momentum: 0.9, Epsilon: 0.125}, &nn.ReLU{},
		&nn.MaxPool2D{Size: [2]int{3, 1}, Strides: [2]int{1, 2}}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
}

// imported returns a model of the layers that only models of other frameworks have.
func imported(t testing.TB) *Model {
	return of(t, Float32,
		&nn.Rescaling{Scale: 2, Offset: -1}, &nn.AveragePool2D{Size: [2]int{2, 1}, Strides: [2]int{1, 1}, Padding: windows.Same}, &nn.MaxPool2D{Size: [2]int{3, 3}, Strides: [2]int{2, 2}, Padding: windows.Same},
		&nn.Activation{Curve: activation.Curve{Function: activation.Rectified, Alpha: 0.25, Max: activation.NoMax}}, &nn.Reshape{Target: nn.Shape{2, 2}}, &nn.Activation{Curve: activation.Curve{Function: activation.Tanh}}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
}

// int8s returns the model of pictures as int8, with one label and a background.
func int8s(t testing.TB) *Model {
	m := pictures(t, Int8)
	m.Labels, m.DataLabels, m.Background = m.Labels[:1], nil, true
	m.Network.Params()[0].Value[3] = 0.371
	m.Round()
	return m
}

// int4s returns a model of int4: its first kernel has 8 bits, the others 4, one of them an
// odd number of weights.
func int4s(t testing.TB) *Model {
	m := of(t, Int4, &nn.Conv2D{Filters: 1, Size: [2]int{2, 2}}, &nn.MaxPool2D{Size: [2]int{1, 2}, Strides: [2]int{1, 2}},
		&nn.Flatten{}, &nn.Dense{Units: 9}, &nn.ReLU{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	for i, v := range m.Network.Values() {
		m.Network.Values()[i] = v + float32(i%5)/100
	}
	m.Round()
	return m
}

// turning returns a model that turns images.
func turning(t testing.TB) *Model {
	m := small(t, Float32)
	m.Turn = 0.25
	m.Sections = []Section{{"eXTR", []byte("some")}}
	return m
}

// written returns a model of recipe writing.
func written(t testing.TB) *Model {
	m := takes(t, 4, Float32, &nn.Conv2D{Filters: 1, Size: [2]int{3, 3}}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	m.Recipe = ink.Writing
	return m
}

// of returns a model of these layers, 4x3 pixels, two classes.
func of(t testing.TB, precision Precision, layers ...nn.Layer) *Model {
	t.Helper()
	return takes(t, 1, precision, layers...)
}

// takes returns such a model for an input of this many channels.
func takes(t testing.TB, channels int, precision Precision, layers ...nn.Layer) *Model {
	t.Helper()
	network, err := nn.NewSequential(nn.Shape{4, 3, channels}, layers...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range network.Values() {
		network.Values()[i] = float32(i%7)/8 - 0.25
	}
	for _, p := range network.Params() {
		if p.Name == "moving_variance" {
			for i := range p.Value {
				p.Value[i] += 0.5
			}
		}
	}
	return &Model{
		Recipe: ink.Drawing, Labels: []string{"yes", "아니요"}, DataLabels: []string{"7", "8"}, Source: Source{High: 255, Inverted: true},
		Temperature: 1.5, Threshold: 0.625,
		Training: Training{
			Data: "synthetic", Seed: 1, SplitSeed: 777, Epochs: 30, Batch: 128, Optimizer: "adam", LearningRate: 0.001,
			Metrics: []Metric{{"val_accuracy", 0.96875}, {"test_accuracy", 0.9375}},
		},
		Precision: precision, Network: network,
	}
}

func encode(t testing.TB, m *Model) []byte {
	t.Helper()
	data, err := Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// models returns a model of each kind, by the names of their golden files.
func models(t testing.TB) map[string]*Model {
	return map[string]*Model{
		"float32": small(t, Float32), "float16": small(t, Float16), "pictures": pictures(t, Float32), "int8": int8s(t), "int4": int4s(t), "imported": imported(t),
		"turned": turning(t), "writing": written(t),
	}
}

func TestGolden(t *testing.T) {
	for name, m := range models(t) {
		t.Run(name, func(t *testing.T) {
			path := "testdata/" + name + ".ink"
			got := encode(t, m)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("got %d bytes\n%x\nwant %d bytes\n%x", len(got), got, len(want), want)
			}
		})
	}
}

func TestRoundTrip(t *testing.T) {
	for name, want := range models(t) {
		t.Run(name, func(t *testing.T) {
			got, err := Decode(encode(t, want))
			if err != nil {
				t.Fatal(err)
			}
			if got.Recipe != want.Recipe || strings.Join(got.Labels, "|") != strings.Join(want.Labels, "|") ||
				got.Temperature != want.Temperature || got.Threshold != want.Threshold || got.Turn != want.Turn || got.Precision != want.Precision {
				t.Errorf("header: got %+v, want %+v", got, want)
			}
			if v, ok := got.Training.Metric("test_accuracy"); !ok || v != 0.9375 {
				t.Errorf("test_accuracy: got %v %v, want 0.9375", v, ok)
			}
			for i, v := range want.Network.Values() {
				if got.Network.Values()[i] != v {
					t.Fatalf("value %d: got %v, want %v", i, got.Network.Values()[i], v)
				}
			}
			image := make([]uint8, want.Form().Size())
			image[3], image[7] = 200, 90
			a, b := got.Predict(image), want.Predict(image)
			if a.Label != b.Label || a.Confidence != b.Confidence || a.Sure != b.Sure {
				t.Errorf("answer: got %+v, want %+v", a, b)
			}
		})
	}
}

// TestTruncated cuts files of every format at every length, with the checksum that
// they then have as well.
func TestTruncated(t *testing.T) {
	for _, path := range append(oldFiles(t), "testdata/pictures.ink", "testdata/int8.ink", "testdata/int4.ink") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for n := range data {
			if _, err := Decode(data[:n]); err == nil {
				t.Errorf("%s: first %d of %d bytes: got a model, want an error", path, n, len(data))
			}
			if _, err := Decode(sealed(bytes.Clone(data[:n]))); err == nil {
				t.Errorf("%s: first %d of %d bytes, sealed: got a model, want an error", path, n, len(data))
			}
		}
	}
}

// oldFiles returns the paths of the files that earlier versions wrote.
func oldFiles(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/format[12]-*.ink")
	if err != nil || len(paths) != 8 {
		t.Fatalf("got %d files of formats 1 and 2, %v, want 8", len(paths), err)
	}
	return paths
}

// TestOldFormats reads what earlier versions wrote of the same models.
func TestOldFormats(t *testing.T) {
	for _, path := range oldFiles(t) {
		t.Run(path, func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Decode(data)
			if err != nil {
				t.Fatal(err)
			}
			_, name, _ := strings.Cut(strings.TrimSuffix(path, ".ink"), "-")
			want := models(t)[name]
			if strings.Contains(path, "format1-pictures") {
				want.Training.Metrics = got.Training.Metrics // as it had them
			}
			if got.DataLabels != nil || got.Source != (Source{High: 255}) || got.Sections != nil {
				t.Errorf("got labels of the data %q and %+v, want none and 0..255", got.DataLabels, got.Source)
			}
			want.DataLabels, want.Source = nil, Source{}
			if again := encode(t, got); !bytes.Equal(again, encode(t, want)) {
				t.Errorf("encoded: got\n%x\nwant\n%x", again, encode(t, want))
			}
		})
	}
}

// TestSectionsStay checks that what may be skipped is kept.
func TestSectionsStay(t *testing.T) {
	want := with(with(encode(t, small(t, Int8)), "eXTR", "some"), "eXTR", "")
	m, err := Decode(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := encode(t, m); !bytes.Equal(got, want) {
		t.Errorf("encoded again: got\n%x\nwant\n%x", got, want)
	}
}

// TestManyClasses writes and reads a model with the largest number of classes.
func TestManyClasses(t *testing.T) {
	m := of(t, Int8, &nn.Flatten{}, &nn.Dense{Units: MaxLabels + 1}, &nn.Softmax{})
	m.Background, m.Labels, m.DataLabels = true, nil, nil
	for i := range MaxLabels {
		m.Labels = append(m.Labels, strings.Repeat("x", 251)+strconv.Itoa(i))
		m.DataLabels = append(m.DataLabels, strconv.Itoa(i))
	}
	got, err := Decode(encode(t, m))
	if err != nil || !slices.Equal(got.Labels, m.Labels) || !slices.Equal(got.DataLabels, m.DataLabels) {
		t.Errorf("got %v, want the same labels", err)
	}
	m.Labels = append(m.Labels, "more")
	if _, err := Encode(m); err == nil {
		t.Error("one label more: got a file, want an error")
	}
}

// TestShippedAreCurrent checks that the page's models are of the format that is
// written, byte for byte.
func TestShippedAreCurrent(t *testing.T) {
	paths, err := filepath.Glob("../../web/models/*.ink")
	if err != nil || len(paths) == 0 {
		t.Fatalf("got no models, %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m, err := Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(encode(t, m), data) || len(m.Labels) > 0 && m.DataLabels == nil {
			t.Errorf("%s: got another format, want that of today: make models trains it again", path)
		}
	}
}

func TestFlippedBit(t *testing.T) {
	data := encode(t, pictures(t, Float16))
	for i := range data {
		data[i] ^= 4
		if _, err := Decode(data); err == nil {
			t.Errorf("byte %d changed: got a model, want an error", i)
		}
		data[i] ^= 4
	}
}

// TestRefused changes one thing in a good file and mends the checksum.
func TestRefused(t *testing.T) {
	good := encode(t, small(t, Float32))
	recipe := bytes.Index(good, []byte("drawing"))
	class := bytes.Index(good, []byte("yes"))
	for _, c := range []struct {
		name, want string
		change     func(data []byte) []byte
	}{
		{"version", "version: got 4, want 1..3: a newer inkling wrote the file", func(d []byte) []byte { d[8] = 4; return d }},
		{"no version", "version: got 0, want 1..3", func(d []byte) []byte { d[8] = 0; return d }},
		{"section beyond file", `HEAD: got 4294967040 bytes, want at most`, func(d []byte) []byte {
			copy(d[14:], []byte{0, 255, 255, 255})
			return d
		}},
		{"section too short", "HEAD: got its end, want more", func(d []byte) []byte { return cut(d, "CLSS", "HEAD", 1) }},
		{"section too long", "CLSS: got 1 bytes after the last value, want none", func(d []byte) []byte { return longer(d, "CLSS") }},
		{"height", "input: got (0, 3, 1), want sides of 1..1024", func(d []byte) []byte { d[18] = 0; return d }},
		{"channels", "input: got (4, 3, 2), want (height, width, 1)", func(d []byte) []byte { d[26] = 2; return d }},
		{"recipe", `recipe: got "drawinG", want drawing, writing or picture`, func(d []byte) []byte { d[recipe+6] = 'G'; return d }},
		{"recipe's version", `recipe "drawing": got version 2, want 1: another inkling wrote the file`, func(d []byte) []byte { d[recipe+7] = 2; return d }},
		{"precision", "precision: got 4, want 0", func(d []byte) []byte { return replace(d, "\x20\x3f\x00\x00CLSS", "\x20\x3f\x00\x04CLSS") }},
		{"label", "label: got", func(d []byte) []byte { d[class] = 0xff; return d }},
		{"labels", "labels: got 1026, want at most 1000", func(d []byte) []byte { d[class-2] = 4; return d }},
		{"label of the data", `label of the data: got "7", want a text that no other class has`, func(d []byte) []byte { return replace(d, "\x018", "\x017") }},
		{"range", "range: got 255..0, want two numbers, the lower first", func(d []byte) []byte {
			return replace(d, "\x00\x00\x00\x00\x00\x00\x7f\x43", "\x00\x00\x7f\x43\x00\x00\x00\x00")
		}},
		{"no range", "range: got 0..0", func(d []byte) []byte { return replace(d, "\x00\x00\x7f\x43", "\x00\x00\x00\x00") }},
		{"flag", "inverted: got 2, want 0 or 1", func(d []byte) []byte { return replace(d, "\x00\x00\x7f\x43\x01", "\x00\x00\x7f\x43\x02") }},
		{"layer", `layer 1: got "sense", want a layer that this version knows`, func(d []byte) []byte { return replace(d, "\x05dense", "\x05sense") }},
		{"units", "tensors: got", func(d []byte) []byte { return replace(d, "dense\x03", "dense\x04") }},
		{"huge units", "layer 1: got 3221225475 units or filters, want at most 65536", func(d []byte) []byte { return replace(d, "dense\x03\x00\x00\x00", "dense\x03\x00\x00\xc0") }},
		{"classes", "labels: got 2, want 3", func(d []byte) []byte { return replace(d, "dense\x02", "dense\x03") }},
		{"background", "background: got 2, want 0 or 1", func(d []byte) []byte { return replace(d, "\x20\x3f\x00", "\x20\x3f\x02") }},
		{"a background without a class", "labels: got 2, want 1", func(d []byte) []byte { return replace(d, "\x20\x3f\x00", "\x20\x3f\x01") }},
		{"bytes more", "sections: got its end, want more", func(d []byte) []byte { return append(d, 0, 0, 0, 0) }},
		{"a section twice", `section 6: got "CLSS"`, func(d []byte) []byte { return with(d, "CLSS", "") }},
		{"no section", `section 3: got "LAYR", want MADE`, func(d []byte) []byte { return without(d, "MADE", "LAYR") }},
		{"sections in another order", `section 3: got "eXTR", want MADE`, func(d []byte) []byte { return replace(d, "MADE", "eXTR") }},
		{"an unknown section that is needed", `section: got "MEAN", want one that this version knows: a newer inkling wrote the file`,
			func(d []byte) []byte { return with(without(d, "MADE", "LAYR"), "MEAN", "xy") }},
		{"a type of other letters", "section: got a type that is not four letters", func(d []byte) []byte { return with(d, "eXT1", "") }},
		{"no turn", "tURN: got a section behind others, or no turn", func(d []byte) []byte { return with(d, "tURN", "\x00\x00\x00\x00") }},
		{"too large a turn", "turn: got 2, want 0..1, and 0 by recipe writing", func(d []byte) []byte { return with(d, "tURN", "\x00\x00\x00\x40") }},
		{"a turn behind others", "tURN: got a section behind others, or no turn", func(d []byte) []byte {
			return with(with(d, "eXTR", ""), "tURN", "\x00\x00\x00\x3f")
		}},
		{"infinite weight", "tensors: got a value that is not finite", func(d []byte) []byte {
			copy(d[len(d)-8:], []byte{0, 0, 0x80, 0x7f})
			return d
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Decode(sealed(c.change(bytes.Clone(good))))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

// The recipe says how many channels the input has, and images of recipe writing are not
// turned.
func TestRefusedWriting(t *testing.T) {
	good := encode(t, written(t))
	for want, change := range map[string]func(d []byte) []byte{
		"input: got (4, 3, 1), want (height, width, 4), as the recipe has it": func(d []byte) []byte { d[26] = 1; return d },
		"input: got (4, 3, 4), want (height, width, 1), as the recipe has it": func(d []byte) []byte { return replace(d, "writing", "drawing") },
		"turn: got 0.5, want 0..1, and 0 by recipe writing":                   func(d []byte) []byte { return with(d, "tURN", "\x00\x00\x00\x3f") },
	} {
		if _, err := Decode(sealed(change(bytes.Clone(good)))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// TestRefusedPictures repeats TestRefused for the layers of pictures.
func TestRefusedPictures(t *testing.T) {
	good := encode(t, pictures(t, Float32))
	for _, c := range []struct{ name, want, old, new string }{
		{"window", "pictures at least as large as the window", "pool2d\x03\x00", "pool2d\x05\x00"},
		{"no filters", "at least 1 filter", "conv2d\x03", "conv2d\x00"},
		{"huge window", "layer 0: got a side of 4099", "conv2d\x03\x00\x00\x00\x03\x00", "conv2d\x03\x00\x00\x00\x03\x10"},
		{"filters", "tensors: got", "conv2d\x03", "conv2d\x04"},
		{"momentum", "a momentum of 0..1", "\x66\x66\x66\x3f", "\x66\x66\x66\x41"},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := replace(good, c.old, c.new)
			if bytes.Equal(changed, good) {
				t.Fatal("nothing changed")
			}
			_, err := Decode(sealed(changed))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

// TestRefusedImported repeats TestRefused for the layers of other frameworks' models.
func TestRefusedImported(t *testing.T) {
	good := encode(t, imported(t))
	for _, c := range []struct{ name, want, old, new string }{
		{"padding", "nn: average_pool2d: input (4, 3, 1), want", "average_pool2d\x02\x00\x01\x00\x01\x00\x01\x00\x01", "average_pool2d\x02\x00\x01\x00\x01\x00\x01\x00\x02"},
		{"no window", "window or stride: got 0", "_same\x03\x00", "_same\x00\x00"},
		{"function", "a known function, not tank", "\x04tanh", "\x04tank"},
		{"another size", "as many values as (3, 2)", "\x02\x02\x00\x00\x00", "\x02\x03\x00\x00\x00"},
		{"not finite", "layer 0: got NaN", "rescaling\x00\x00\x00\x40", "rescaling\x00\x00\xc0\x7f"},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := replace(good, c.old, c.new)
			if bytes.Equal(changed, good) {
				t.Fatal("nothing changed")
			}
			_, err := Decode(sealed(changed))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

// TestRefusedInt8 repeats TestRefused for scales and their values.
func TestRefusedInt8(t *testing.T) {
	good := encode(t, int8s(t))
	kernel := bytes.LastIndex(good, []byte(tensorsSection)) + sectionHead
	for _, c := range []struct {
		name   string
		change func(tensors []byte)
	}{
		{"a long scale", func(b []byte) { b[0] = 1 }},
		{"a negative scale", func(b []byte) { b[3] |= 0x80 }},
		{"no scale", func(b []byte) { copy(b, []byte{0, 0, 0, 0}) }},
		{"small values", func(b []byte) {
			for i := range 18 {
				b[12+i] = 1
			}
		}},
		{"-128", func(b []byte) { b[12] = 0x80 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := bytes.Clone(good)
			c.change(data[kernel:])
			if _, err := Decode(sealed(data)); err == nil || !strings.Contains(err.Error(), "ink: kernel: got the scale") {
				t.Errorf("error: got %v, want one about the scale", err)
			}
		})
	}
}

// TestRefusedInt4 repeats TestRefused for kernels of 4 bits.
func TestRefusedInt4(t *testing.T) {
	good := encode(t, int4s(t))
	tensors := bytes.LastIndex(good, []byte(tensorsSection)) + sectionHead
	middle := tensors + 3 + 4 + 4 + 4 // behind the bits, and scale, integers and bias of the first kernel
	for _, c := range []struct {
		name, want string
		change     func(tensors, middle []byte)
	}{
		{"other bits", "bits of a kernel: got 5, want 4 or 8", func(b, _ []byte) { b[1] = 5 }},
		{"more bits", "tensors: got", func(b, _ []byte) { b[1] = 8 }},
		{"a long scale", "kernel: got the scale", func(_, b []byte) { b[0] = 1 }},
		{"a tiny scale", "kernel: got the scale", func(_, b []byte) { copy(b, []byte{0, 0, 0, 1}) }},
		{"a negative scale", "kernel: got the scale", func(_, b []byte) { b[3] |= 0x80 }},
		{"no scale", "kernel: got the scale 0 for values up to", func(_, b []byte) { copy(b, []byte{0, 0, 0, 0}) }},
		{"-8", "for values up to 8, want", func(_, b []byte) { b[36] = b[36]&0xf0 | 8 }},
		{"a common divisor", "for values up to 2, want", func(_, b []byte) {
			copy(b[36:], bytes.Repeat([]byte{0x22}, 13))
			b[36+13] = 2
		}},
		{"more than all", "kernel: got an integer behind the last", func(_, b []byte) { b[36+13] |= 0x10 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := bytes.Clone(good)
			c.change(data[tensors:], data[middle:])
			if _, err := Decode(sealed(data)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

// TestRefusedBits has 8 bits for what Encode would write with 4.
func TestRefusedBits(t *testing.T) {
	m := of(t, Int4, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	w := writer{8}
	w.float32(0x1p-7)
	w.float32(0x1p-7)
	w = append(w, bytes.Repeat([]byte{127}, 24)...)
	w.float32(0)
	w.float32(0)
	if _, err := Decode(m.file(w)); err == nil || !strings.Contains(err.Error(), "bits of a kernel: got 8, want 4") {
		t.Errorf("error: got %v, want one about bits", err)
	}
}

// TestStored says how files hold the parts of a model.
func TestStored(t *testing.T) {
	for want, m := range map[string]*Model{
		"float16 float16 float16 float16":        small(t, Float16),
		"int8 float32 int8 float32":              small(t, Int8),
		"int8 float32 int4 float32 int4 float32": int4s(t),
	} {
		var got []string
		for _, p := range m.Network.Params() {
			got = append(got, m.Stored(p).String())
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("got %s, want %s", text, want)
		}
	}
}

// TestRound checks that values are rounded to the nearest, and once for all.
func TestRound(t *testing.T) {
	m := int8s(t)
	for _, p := range m.Network.Params() {
		for i := range p.Value {
			p.Value[i] = float32(math.Sin(float64(i*i))) + 1
		}
	}
	p := m.Network.Params()[0]
	exact := append([]float32(nil), p.Value...)
	list := quantize.Held(p.Value, channels(p), 8)
	m.Round()
	for i, v := range p.Value {
		if off := math.Abs(float64(v - exact[i])); off > float64(list[i%3])/2*1.001 {
			t.Errorf("value %d: got %g, want within half a scale of %g", i, v, exact[i])
		}
	}
	once := append([]float32(nil), m.Network.Values()...)
	m.Round()
	for i, v := range m.Network.Values() {
		if v != once[i] {
			t.Errorf("value %d, rounded again: got %g, want %g", i, v, once[i])
		}
	}
}

// TestBackground checks that the background's probability is not shown, and is
// missing in the others.
func TestBackground(t *testing.T) {
	answer := int8s(t).Predict(make([]uint8, 12))
	if len(answer.Probabilities) != 1 || answer.Label != 0 || !(answer.Confidence > 0 && answer.Confidence < 1) {
		t.Errorf("got %+v, want one probability below 1", answer)
	}
	m := of(t, Float32, &nn.Flatten{}, &nn.Dense{Units: 5}, &nn.Softmax{}) // of two labels
	m.Background = true
	m, err := Decode(encode(t, m))
	if err != nil {
		t.Fatalf("a background of three classes: %v", err)
	}
	if answer := m.Predict(make([]uint8, 12)); len(answer.Probabilities) != 2 || answer.Probabilities[0]+answer.Probabilities[1] > 0.9 {
		t.Errorf("a background of three classes: got %+v, want two probabilities", answer)
	}
}

func TestEncodeRefuses(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(m *Model)
	}{
		{"no recipe", "recipe", func(m *Model) { m.Recipe = "" }},
		{"precision", "precision: got 9", func(m *Model) { m.Precision = 9 }},
		{"labels", "labels: got 1, want 2", func(m *Model) { m.Labels = m.Labels[:1] }},
		{"long label", "label: got", func(m *Model) { m.Labels[0] = strings.Repeat("x", 256) }},
		{"labels of the data", "labels of the data: got 1, want 2", func(m *Model) { m.DataLabels = m.DataLabels[:1] }},
		{"long label of the data", "label of the data: got", func(m *Model) { m.DataLabels[0] = strings.Repeat("x", 256) }},
		{"range", "range: got 1..1, want two numbers", func(m *Model) { m.Source = Source{Low: 1, High: 1} }},
		{"infinite range", "range: got 0..+Inf", func(m *Model) { m.Source.High = float32(math.Inf(1)) }},
		{"a section that is known", `section: got "HEAD", want a small letter`, func(m *Model) { m.Sections = []Section{{"HEAD", nil}} }},
		{"beyond int4", "precision: got 4", func(m *Model) { m.Precision = Int4 + 1 }},
		{"temperature", "temperature: got 0", func(m *Model) { m.Temperature = 0 }},
		{"threshold", "threshold: got NaN", func(m *Model) { m.Threshold = float32(math.NaN()) }},
		{"turn", "turn: got -1, want 0..1", func(m *Model) { m.Turn = -1 }},
		{"a turn as a section", `section: got "tURN"`, func(m *Model) { m.Sections = []Section{{"tURN", make([]byte, 4)}} }},
		{"metric", "metric", func(m *Model) { m.Training.Metrics[0].Value = float32(math.Inf(1)) }},
		{"no softmax", "last layer: got dense", func(m *Model) { m.Network.Layers = m.Network.Layers[:5] }},
		{"variance", "moving_variance: got -1, want 0 or more", func(m *Model) {
			*m = *pictures(t, Float32)
			m.Network.Params()[5].Value[1] = -1
		}},
		{"weight", "a value of a kernel that float16 cannot hold", func(m *Model) { m.Network.Values()[2] = 70000 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := small(t, Float16)
			c.change(m)
			if _, err := Encode(m); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

// strange is a layer of a kind that no file has.
type strange struct{ nn.ReLU }

func (*strange) Kind() string { return "strange" }

// untold is a known kind with a setting of a type that no file has.
type untold struct {
	nn.ReLU
	secret bool
}

func (l *untold) Settings() []any { return []any{&l.secret} }

// TestEncodeRefusesLayers checks that no setting is left out without an error.
func TestEncodeRefusesLayers(t *testing.T) {
	for want, layer := range map[string]nn.Layer{
		`layer 1: got "strange", want a layer that is known`:                         &strange{},
		"layer 1: got a setting of an unknown type, want one that the file can hold": &untold{},
	} {
		m := of(t, Float32, &nn.Flatten{}, layer, &nn.Dense{Units: 2}, &nn.Softmax{})
		if _, err := Encode(m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error: got %v, want %q", err, want)
		}
	}
}

func TestPredictDoesNotAllocate(t *testing.T) {
	for name, m := range models(t) {
		image := make([]uint8, m.Form().Size())
		m.Predict(image)
		if got := testing.AllocsPerRun(10, func() { m.Predict(image) }); got != 0 {
			t.Errorf("%s: allocations: got %v, want 0", name, got)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, m := range models(f) {
		f.Add(encode(f, m))
	}
	for _, path := range oldFiles(f) {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(with(encode(f, small(f, Float16)), "eXTR", "kept"))
	f.Add(with(encode(f, small(f, Float16)), "MEAN", "needed"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, data := range [][]byte{data, sealed(bytes.Clone(data))} {
			var m *Model
			var err error
			memory.Bounded(t, 32, len(data), func() { m, err = Decode(data) })
			if err != nil {
				continue
			}
			again := encode(t, m)
			if data[len(signature)] == Format && !bytes.Equal(again, data) {
				t.Errorf("encoded again: got %x, want %x", again, data)
			}
			if _, err := Decode(again); err != nil {
				t.Errorf("encoded again: %v", err)
			}
		}
	})
}

// with adds a section to a file.
func with(data []byte, kind, content string) []byte {
	w := writer(bytes.Clone(data[:len(data)-checksum]))
	w.section(kind, []byte(content))
	return sealed(append(w, 0, 0, 0, 0))
}

// without removes the section of a type from a file; next is the type of the section
// behind it.
func without(data []byte, kind, next string) []byte {
	from, to := bytes.Index(data, []byte(kind)), bytes.Index(data, []byte(next))
	return slices.Concat(data[:from], data[to:])
}

// cut takes n bytes from the end of the section before next.
func cut(data []byte, next, kind string, n int) []byte {
	to, at := bytes.Index(data, []byte(next)), bytes.Index(data, []byte(kind))
	data[at+4] -= byte(n)
	return slices.Concat(data[:to-n], data[to:])
}

// longer adds a byte to the section CLSS.
func longer(data []byte, kind string) []byte {
	at, to := bytes.Index(data, []byte(kind)), bytes.Index(data, []byte("DATA"))
	data[at+4]++
	return slices.Concat(data[:to], []byte{0}, data[to:])
}

// sealed sets the last four bytes to the checksum, so that what is behind it is
// reached.
func sealed(data []byte) []byte {
	if len(data) < checksum {
		return data
	}
	var w writer
	w.uint32(crc32.ChecksumIEEE(data[:len(data)-checksum]))
	copy(data[len(data)-checksum:], w)
	return data
}

func replace(data []byte, old, replacement string) []byte {
	return bytes.Replace(data, []byte(old), []byte(replacement), 1)
}
