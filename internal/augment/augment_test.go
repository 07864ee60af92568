package augment

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
)

var update = flag.Bool("update", false, "write the golden pictures again")

const side = 28

var square = ink.Form{Width: side, Height: side}

// digits returns a set of synthetic digits and their drawings.
func digits(t testing.TB, n int) ([]strokes.Drawing, *dataset.Set) {
	t.Helper()
	ds := synth.Digits(n, 7)
	set, err := dataset.Rasterize("digits", dataset.DigitNames(), ds, func(i int) []ink.Stroke { return ds[i].Strokes }, square)
	if err != nil {
		t.Fatal(err)
	}
	return ds, set
}

// funcs returns all ways to augment the same digits.
func funcs(t testing.TB, n int, seed uint64) map[string]Func {
	ds, set := digits(t, n)
	mixed, err := Mix("mix", dataset.DigitNames(), nil, square, Source{Images: set}, Source{Drawings: ds, Times: 2})
	if err != nil {
		t.Fatal(err)
	}
	conv, pictures := ForConv(), ForPictures()
	conv.Keep, pictures.Keep = 0, 0 // each image is another each time
	return map[string]Func{
		"dense":    ForDense().Func(set, seed),
		"pictures": pictures.Func(set, seed),
		"conv":     conv.Func(set, seed),
		"drawings": ForDrawings().Func(ds, square, seed),
		"mix":      mixed.Func(conv, ForDrawings(), seed),
	}
}

func run(f Func, image, epoch int) []uint8 {
	dst := bytes.Repeat([]uint8{77}, side*side) // what was there must not matter
	f(dst, image, epoch)
	return dst
}

func TestFuncIsPure(t *testing.T) {
	const n = 40
	other := funcs(t, n, 2)
	for name, f := range funcs(t, n, 1) {
		t.Run(name, func(t *testing.T) {
			for image := range n {
				first := run(f, image, 3)
				if !bytes.Equal(first, run(f, image, 3)) {
					t.Errorf("image %d: got other pixels the second time", image)
				}
				if bytes.Equal(first, run(f, image, 4)) {
					t.Errorf("image %d: got the same in epochs 3 and 4", image)
				}
				if bytes.Equal(first, run(other[name], image, 3)) {
					t.Errorf("image %d: got the same with seeds 1 and 2", image)
				}
				if bytes.Equal(first, run(f, image+n, 3)) {
					t.Errorf("image %d: got the same for its copy", image)
				}
			}
		})
	}
}

// Who computes an image, and beside what, changes nothing.
func TestFuncInManyGoroutines(t *testing.T) {
	const n = 200
	for name, f := range funcs(t, n, 1) {
		t.Run(name, func(t *testing.T) {
			got := make([][]uint8, n)
			var wait sync.WaitGroup
			for worker := range 2 * runtime.GOMAXPROCS(0) {
				wait.Go(func() {
					for i := worker; i < n; i += 2 * runtime.GOMAXPROCS(0) {
						got[i] = run(f, i, 1)
					}
				})
			}
			wait.Wait()
			for i := range got {
				if !bytes.Equal(got[i], run(f, i, 1)) {
					t.Errorf("image %d: got other pixels than one goroutine alone", i)
				}
			}
		})
	}
}

// Augmentation leaves as much ink as there was, within what a hand and pen vary.
func TestFuncKeepsInk(t *testing.T) {
	const n = 300
	_, set := digits(t, n)
	for name, f := range funcs(t, n, 1) {
		t.Run(name, func(t *testing.T) {
			was, is := 0, 0
			for i := range n {
				before, after := sum(set.Image(i)), sum(run(f, i, 1))
				if after < before/3 || after > before*3 {
					t.Errorf("image %d: ink: got %d, want %d..%d", i, after, before/3, before*3)
				}
				was, is = was+before, is+after
			}
			if ratio := float64(is) / float64(was); math.Abs(ratio-1) > 0.12 {
				t.Errorf("ink of all: got %.3f of what it was, want 0.88..1.12", ratio)
			}
		})
	}
}

func TestFuncPanicsOnSize(t *testing.T) {
	_, set := digits(t, 10)
	defer func() {
		if got := recover(); got != errSize {
			t.Errorf("panic: got %v, want %s", got, errSize)
		}
	}()
	ForDense().Func(set, 1)(make([]uint8, 10), 0, 0)
}

func TestGolden(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip(runtime.GOARCH + ": sums may be rounded another way")
	}
	for name, f := range funcs(t, 20, 1) {
		t.Run(name, func(t *testing.T) {
			got, path := asText(run(f, 4, 2)), filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func BenchmarkFunc(b *testing.B) {
	for name, f := range funcs(b, 500, 1) {
		b.Run(name, func(b *testing.B) {
			dst := make([]uint8, side*side)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				f(dst, i%500, i)
			}
		})
	}
}

// sum returns the sum of an image's pixels.
func sum(image []uint8) int {
	total := 0
	for _, v := range image {
		total += int(v)
	}
	return total
}

// asText writes an image with ten shades, one character a pixel.
func asText(image []uint8) string {
	const shades = " .:-=+*#%@"
	var text strings.Builder
	for i, v := range image {
		text.WriteByte(shades[int(v)*(len(shades)-1)/255])
		if i%side == side-1 {
			text.WriteByte('\n')
		}
	}
	return text.String()
}

// TestTurned wants strokes drawn from either end where the share says so, by recipe writing.
func TestTurned(t *testing.T) {
	ds := []strokes.Drawing{{Strokes: []ink.Stroke{{{X: 0, Y: 0}, {X: 0, Y: 0.5}, {X: 0, Y: 1}}}}}
	form := ink.Form{Recipe: ink.Writing, Width: 28, Height: 28}
	for share, wantUp := range map[float64]bool{0: false, 1: true} {
		f := Strokes{Turned: share}.Func(ds, form, 1)
		down, up := 0, 0
		image := make([]uint8, form.Size())
		for epoch := range 40 {
			f(image, 0, epoch)
			middle := image[4*(14*28+14):][:4] // ink, right, down, when
			switch way := int(middle[2]) - int(middle[0])/2; {
			case way > 50:
				down++
			case way < -50:
				up++
			}
		}
		if down+up != 40 || down < 10 || (up > 10) != wantUp || !wantUp && up > 0 {
			t.Errorf("share %g: got %d drawn down and %d up", share, down, up)
		}
	}
}
