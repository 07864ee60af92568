package ink

import (
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden pictures again")

const side = 28

// Named drawings, as pointer events give them: CSS pixels, y down.
var drawings = map[string][]Stroke{
	"dot":         {{{150, 90}}},
	"two-equal":   {{{150, 90}, {150, 90}}},
	"bar":         {{{200, 40}, {198, 250}}},
	"dash":        {{{20, 200}, {250, 204}}},
	"four":        {{{120, 30}, {60, 140}, {190, 142}}, {{150, 60}, {148, 260}}},
	"seven":       {{{60, 60}, {200, 58}, {110, 240}}},
	"zero":        {circle(140, 140, 60, 90)},
	"far-left-i":  {{{30, 30}, {30, 250}}, {{240, 30}}},
	"with-nan":    {{{60, 60}, {nan, 10}, {200, 58}, {110, inf}, {110, 240}}},
	"zigzag":      {{{10, 10}, {250, 20}, {15, 60}, {240, 90}, {10, 140}, {250, 180}}},
	"two-strokes": {{{60, 60}, {60, 200}}, {{120, 60}, {120, 200}}},
}

var nan, inf = float32(math.NaN()), float32(math.Inf(1))

// draw draws by recipe drawing.
func draw(dst []uint8, width, height int, strokes []Stroke) bool {
	return Form{Drawing, width, height}.Draw(dst, strokes)
}

func circle(x, y, rx, ry float64) Stroke {
	var s Stroke
	for i := range 41 {
		sin, cos := math.Sincos(float64(i) / 40 * 2 * math.Pi)
		s = append(s, Point{float32(x + rx*sin), float32(y - ry*cos)})
	}
	return s
}

func TestDrawGolden(t *testing.T) {
	for name, strokes := range drawings {
		t.Run(name, func(t *testing.T) {
			golden(t, name, render(t, strokes))
		})
	}
}

// golden compares an image with the readable picture of that name in testdata.
func golden(t *testing.T, name string, image []uint8) {
	t.Helper()
	got, path := asText(image), filepath.Join("testdata", name+".txt")
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
}

func TestDrawNothing(t *testing.T) {
	for name, strokes := range map[string][]Stroke{
		"no strokes":      nil,
		"empty stroke":    {{}},
		"only non-finite": {{{nan, 1}, {1, inf}}},
	} {
		t.Run(name, func(t *testing.T) {
			dst := []uint8{9, 9, 9, 9}
			if draw(dst, 2, 2, strokes) {
				t.Error("got drawn, want nothing drawn")
			}
			if string(dst) != "\x00\x00\x00\x00" {
				t.Errorf("dst: got %v, want all background", dst)
			}
		})
	}
}

// Where and how large a drawing is must not matter: that is the recipe.
func TestDrawIgnoresPlaceAndSize(t *testing.T) {
	for name, strokes := range drawings {
		want := render(t, strokes)
		for _, to := range []place{{1, 300, -40}, {0.31, 0, 0}, {4.7, -900, 12}} {
			if got := render(t, moved(strokes, to)); worst(got, want) > 2 {
				t.Errorf("%s at %+v: pixels differ by %d of 255, want at most 2", name, to, worst(got, want))
			}
		}
	}
}

func TestDrawCentresMass(t *testing.T) {
	image := render(t, drawings["seven"])
	var mass, mx, my float64
	for i, ink := range image {
		mass += float64(ink)
		mx += float64(ink) * (float64(i%side) + 0.5)
		my += float64(ink) * (float64(i/side) + 0.5)
	}
	if math.Abs(mx/mass-side/2) > 0.05 || math.Abs(my/mass-side/2) > 0.05 {
		t.Errorf("centre of mass: got (%.2f, %.2f), want (14, 14)", mx/mass, my/mass)
	}
}

// A drawing whose mass lies at one end must not be pushed out of the image.
func TestDrawKeepsInkInside(t *testing.T) {
	lopsided := []Stroke{{{0, 0}, {0, 200}, {2, 0}, {4, 200}, {6, 0}, {8, 200}}, {{300, 100}}}
	image := render(t, lopsided)
	dot := 0
	for y := range side {
		for x := side / 2; x < side; x++ {
			dot += int(image[y*side+x])
		}
	}
	if dot < 3*255 {
		t.Errorf("ink of the far dot: got %d, want at least %d", dot, 3*255)
	}
}

// A wider pen leaves more ink in the same box.
func TestDrawWithPen(t *testing.T) {
	for name, strokes := range drawings {
		least := 0
		for _, pen := range []float64{1.6 / side, Pen, 3.2 / side} {
			image := make([]uint8, side*side)
			if !(Form{Drawing, side, side}).DrawTo(image, strokes, pen, Written) {
				t.Fatalf("%s: got nothing drawn", name)
			}
			if got := sum(image); got <= least {
				t.Errorf("%s with a pen of %.3f: ink: got %d, want more than %d", name, pen, got, least)
			}
			least = sum(image)
			if pen == Pen && worst(image, render(t, strokes)) != 0 {
				t.Errorf("%s: got other pixels than Draw's", name)
			}
		}
	}
}

func TestDrawOtherSizes(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {8, 8}, {64, 32}, {32, 64}} {
		dst := make([]uint8, size[0]*size[1])
		if !draw(dst, size[0], size[1], drawings["four"]) {
			t.Errorf("%v: got nothing drawn", size)
		}
	}
}

func TestDrawRandomStrokes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	special := []float32{0, 1, -1, nan, inf, -inf, math.MaxFloat32, -math.MaxFloat32, math.SmallestNonzeroFloat32}
	coordinate := func() float32 {
		if random.IntN(8) == 0 {
			return special[random.IntN(len(special))]
		}
		return random.Float32() * 300
	}
	dst := make([]uint8, side*side)
	for range 2000 {
		strokes := make([]Stroke, random.IntN(4))
		finite := false
		for i := range strokes {
			strokes[i] = make(Stroke, random.IntN(6))
			for j := range strokes[i] {
				strokes[i][j] = Point{coordinate(), coordinate()}
				finite = finite || strokes[i][j].finite()
			}
		}
		if drawn := draw(dst, side, side, strokes); drawn != finite {
			t.Fatalf("drawn: got %v, want %v: %v", drawn, finite, strokes)
		}
		if finite && sum(dst) == 0 {
			t.Fatalf("ink: got none: %v", strokes)
		}
	}
}

func TestDrawPanicsOnLength(t *testing.T) {
	defer func() {
		if got := recover(); got != ErrLength {
			t.Errorf("panic: got %v, want %v", got, ErrLength)
		}
	}()
	draw(make([]uint8, 3), 2, 2, nil)
}

func BenchmarkDraw(b *testing.B) {
	dst := make([]uint8, side*side)
	for b.Loop() {
		draw(dst, side, side, drawings["zero"])
	}
}

func render(t *testing.T, strokes []Stroke) []uint8 {
	t.Helper()
	dst := make([]uint8, side*side)
	if !draw(dst, side, side, strokes) {
		t.Fatal("got nothing drawn")
	}
	return dst
}

func moved(strokes []Stroke, to place) []Stroke {
	out := make([]Stroke, len(strokes))
	for i, stroke := range strokes {
		for _, p := range stroke {
			v := to.apply(p)
			out[i] = append(out[i], Point{float32(v.x), float32(v.y)})
		}
	}
	return out
}

func worst(a, b []uint8) int {
	most := 0
	for i := range a {
		most = max(most, int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	return most
}

func sum(image []uint8) int {
	total := 0
	for _, ink := range image {
		total += int(ink)
	}
	return total
}

// asText writes an image with ten shades, one character a pixel.
func asText(image []uint8) string {
	const shades = " .:-=+*#%@"
	var text strings.Builder
	for y := range side {
		for x := range side {
			text.WriteByte(shades[int(image[y*side+x])*(len(shades)-1)/255])
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// Boxed is Draw but for the last step, which moves what is not even.
func TestBoxed(t *testing.T) {
	even := []Stroke{{{0, 0}, {10, 10}}}
	uneven := []Stroke{{{0, 0}, {10, 0}, {10, 1}}, {{0, 0}, {0, 10}}}
	tests := []struct {
		name    string
		strokes []Stroke
		drawn   bool
		same    bool // as Draw
	}{{"even", even, true, true}, {"uneven", uneven, true, false}, {"nothing", nil, false, true}}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before, after := make([]uint8, 28*28), make([]uint8, 28*28)
			drawn := Form{Drawing, 28, 28}.DrawTo(before, test.strokes, Pen, Boxed)
			draw(after, 28, 28, test.strokes)
			if same := slices.Equal(before, after); drawn != test.drawn || same != test.same {
				t.Errorf("got drawn %v, as Draw %v; want %v, %v", drawn, same, test.drawn, test.same)
			}
		})
	}
}
