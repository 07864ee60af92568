//go:build js && inklingsimd

package simd_test

import (
	"compress/gzip"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"syscall/js"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/model"
)

// host is what exec.cjs shares with tests.
var host = js.Global().Get("inklingSIMD")

// bothWays runs compute with SIMD and without, on destinations of a given length between
// marks, and compares all bits. wantCalls is whether SIMD can compute it.
func bothWays(t *testing.T, length int, wantCalls bool, compute func(dst []float32)) {
	t.Helper()
	const guard, mark = 16, -54321
	run := func(on bool) []float32 {
		all := make([]float32, length+2*guard)
		for i := range all {
			all[i] = mark
		}
		host.Set("on", on)
		compute(all[guard : guard+length : guard+length])
		return all
	}
	host.Set("calls", 0)
	got := run(true)
	if calls := host.Get("calls").Int(); calls > 0 && !wantCalls || calls == 0 && wantCalls {
		t.Errorf("%d calls of the side module, want some: %v", calls, wantCalls)
	}
	for i, want := range run(false) {
		if math.Float32bits(got[i]) != math.Float32bits(want) && !(got[i] != got[i] && want != want) {
			t.Fatalf("value %d of %d: got %g with SIMD, want %g", i-guard, length, got[i], want)
		}
	}
}

// random32 draws values of N(0, 1), a third of them 0, as pixels and what a ReLU leaves are.
func random32(random *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		if random.IntN(3) > 0 {
			v[i] = float32(random.NormFloat64())
		}
	}
	return v
}

func TestConv2D(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 200 {
		c := kernel.NewConv2D(kernel.Conv2D{
			Height: 5 + random.IntN(9), Width: 5 + random.IntN(9), Channels: 1 + random.IntN(6),
			KernelHeight: 1 + random.IntN(5), KernelWidth: 1 + random.IntN(5),
			Filters: 1 + random.IntN(21), Strides: [2]int{1 + random.IntN(2), 1 + random.IntN(2)},
		})
		n := 1 + i%3
		x := random32(random, n*c.Height*c.Width*c.Channels)
		w, bias := random32(random, c.KernelHeight*c.KernelWidth*c.Channels*c.Filters), random32(random, c.Filters)
		bothWays(t, n*c.OutHeight*c.OutWidth*c.Filters, n == 1 && c.Filters >= 4, func(y []float32) { c.Forward(y, x, w, bias, n, i%2 == 0) })
	}
}

// TestDrawnOn reads pictures of which little is drawn on.
func TestDrawnOn(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	for i := range 600 {
		height, width := 1+random.IntN(9), 1+random.IntN(9)
		c := kernel.NewConv2D(kernel.Conv2D{
			Height: height, Width: width, Channels: []int{4, 8, 12, 1, 2, 3}[i%6],
			KernelHeight: 1 + random.IntN(min(5, height)), KernelWidth: 1 + random.IntN(min(5, width)),
			Filters: 4 + random.IntN(40), Strides: [2]int{1 + random.IntN(2), 1 + random.IntN(2)},
		})
		x := random32(random, c.Height*c.Width*c.Channels)
		for k := range x {
			if random.IntN(40) > 0 {
				x[k] = 0
			}
		}
		w, bias := random32(random, c.KernelHeight*c.KernelWidth*c.Channels*c.Filters), random32(random, c.Filters)
		bothWays(t, c.OutHeight*c.OutWidth*c.Filters, true, func(y []float32) { c.Forward(y, x, w, bias, 1, i%2 == 0) })
	}
}

func TestAffine(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 200 {
		n, in, out := 1+random.IntN(3), 1+random.IntN(90), 1+random.IntN(70)
		x, w, bias := random32(random, n*in), random32(random, in*out), random32(random, out)
		bothWays(t, n*out, n == 1 && out >= 4, func(y []float32) { kernel.Affine(y, x, w, bias, n, in, out, i%2 == 0) })
	}
}

func TestPool(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for i := range 200 {
		size, stride := 2+i%5/4, 2-i%7/6
		p := kernel.NewPool(kernel.Pool{
			Height: 3 + random.IntN(9), Width: 3 + random.IntN(9), Channels: 1 + random.IntN(21),
			Size: [2]int{size, 2}, Strides: [2]int{size, stride},
		})
		n := 1 + i%3
		x := random32(random, n*p.Height*p.Width*p.Channels)
		can := p.Channels >= 4 && size == 2 && stride == 2
		bothWays(t, n*p.OutHeight*p.OutWidth*p.Channels, can, func(y []float32) { p.Forward(y, x, n) })
	}
}

// TestSpecialValues keeps NaN and infinities what Go makes of them.
func TestSpecialValues(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	x := []float32{inf, 0, nan, -inf, 1, 0, 0, 0, 2, -1, inf, 3}
	w := []float32{1, 2, 3, 4, 5, 6, 7, 8, 0, -1, -2, -3}
	bias := []float32{1, -1, 0.5, 0}
	for _, relu := range []bool{false, true} {
		bothWays(t, 16, true, func(y []float32) {
			for i := range 4 {
				kernel.Affine(y[4*i:4*i+4], x[3*i:3*i+3], w, bias, 1, 3, 4, relu)
			}
		})
	}
	p := kernel.NewPool(kernel.Pool{Height: 2, Width: 2, Channels: 4, Size: [2]int{2, 2}, Strides: [2]int{2, 2}})
	bothWays(t, 4, true, func(y []float32) {
		p.Forward(y, []float32{nan, inf, 0, -1, 1, 2, float32(math.Copysign(0, -1)), -2, 3, -inf, 0, -3, 4, 5, 0, -4}, 1)
	})
}

// TestShippedModels compares the probabilities of the shipped models, and the features of
// the encoder, on MNIST's test images and on people's drawings: all 10,000 and 500 if
// INKLING_SLOW is set.
func TestShippedModels(t *testing.T) {
	pixels, drawn := mnist(t), drawings(t)
	paths, err := filepath.Glob("../../../web/models/*.ink")
	if err != nil || len(paths) == 0 {
		t.Fatalf("web/models: %v, %d models", err, len(paths))
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			m, err := model.Decode(data)
			if err != nil {
				t.Fatal(err)
			}
			form := m.Form()
			if form.Width != side || form.Height != side {
				t.Skipf("images of %dx%d, want %dx%d", form.Width, form.Height, side, side)
			}
			answer := func(y []float32, image []uint8) { copy(y, m.Predict(image).Probabilities) }
			if m.IsEncoder() {
				answer = m.Features
			}
			image := make([]uint8, form.Size())
			for at := 0; at < len(pixels); at += side * side {
				form.OfInk(image, pixels[at:at+side*side])
				bothWays(t, m.Network.Classes(), true, func(y []float32) { answer(y, image) })
			}
			for _, strokes := range drawn {
				form.Draw(image, strokes)
				bothWays(t, m.Network.Classes(), true, func(y []float32) { answer(y, image) })
			}
		})
	}
	t.Logf("%d images and %d drawings", len(pixels)/side/side, len(drawn))
}

// side is the height and width of MNIST's images.
const side = 28

// some returns n, or few unless INKLING_SLOW is set.
func some(n, few int) int {
	if slow, _ := strconv.ParseBool(os.Getenv("INKLING_SLOW")); slow {
		return n
	}
	return few
}

// mnist returns MNIST's test images, one after the other.
func mnist(t *testing.T) []uint8 {
	file, err := os.Open(dataFile(t, "mnist/t10k-images-idx3-ubyte.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	const header = 16
	data, err := io.ReadAll(io.LimitReader(unpacked, int64(header+some(10_000, 100)*side*side)))
	if err != nil {
		t.Fatal(err)
	}
	return data[header:]
}

// drawings returns people's drawings.
func drawings(t *testing.T) (all [][]ink.Stroke) {
	file, err := strokes.Read(dataFile(t, "pen/pen_train.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	count := some(500, 50)
	for i := range count {
		all = append(all, strokes.Place(file.Drawings[i*len(file.Drawings)/count], 1, i))
	}
	return all
}

// dataFile returns the path of a file below INKLING_DATA. It skips the test if there is
// none.
func dataFile(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("INKLING_DATA")
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); dir == "" || err != nil {
		t.Skipf("INKLING_DATA: no %s there", name)
	}
	return path
}
