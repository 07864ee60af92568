package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/model"
)

// dataFile returns the path of a file below INKLING_DATA. It skips the test if there
// is none.
func dataFile(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("INKLING_DATA")
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); dir == "" || err != nil {
		t.Skipf("INKLING_DATA: no %s there", name)
	}
	return path
}

// modelPath returns the path of the committed file of a model.
func modelPath(name string) string {
	return filepath.Join(checkout, "web", "models", name+".ink")
}

// readModel decodes a committed model.
func readModel(t testing.TB, name string) *model.Model {
	t.Helper()
	data, err := os.ReadFile(modelPath(name))
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// classify is a script that fetches images of a given number of pixels and asks the
// page about a range of them.
const classify = `(async () => {
	const size = %d;
	window.pixels ??= new Uint8Array(await (await fetch("images.bin")).arrayBuffer());
	const answers = [];
	for (let i = %d; i < %d && i * size < pixels.length; i++) {
		const { label, probabilities } = await window.inkling.predictImage(pixels.slice(i * size, (i + 1) * size));
		answers.push({ label, probabilities });
	}
	return answers;
})()`

// classifyAtOnce is the number of images that the page is asked about in one call. It
// is small enough for a slow machine to answer within a test's patience.
const classifyAtOnce = 500

// All test images of MNIST get the same labels and, to within 1e-5, the same
// probabilities natively and in the browser.
func TestParityOnMNIST(t *testing.T) {
	pixels, width, height, err := dataset.ReadImages(dataFile(t, "mnist/t10k-images-idx3-ubyte.gz"))
	if err != nil {
		t.Fatal(err)
	}
	p := open(t)
	p.site.answer("images.bin", content("application/octet-stream", pixels))
	size := width * height
	var answers []prediction
	for at := 0; at < len(pixels)/size; at += classifyAtOnce {
		answers = append(answers, eval[[]prediction](p, fmt.Sprintf(classify, size, at, at+classifyAtOnce))...)
	}
	if len(answers) != len(pixels)/size || len(answers) != 10_000 {
		t.Fatalf("got %d answers to %d images, want 10,000", len(answers), len(pixels)/size)
	}
	m := readModel(t, eval[prediction](p, `window.inkling.predictImage(new Uint8Array(784))`).Model)
	worst := 0.0
	for i, got := range answers {
		want := m.Predict(pixels[i*size : (i+1)*size])
		if got.Label != m.Labels[want.Label] {
			t.Errorf("image %d: got %q in the browser, want %q as natively", i, got.Label, m.Labels[want.Label])
		}
		for k, v := range want.Probabilities {
			worst = max(worst, math.Abs(got.Probabilities[k]-float64(v)))
		}
	}
	if worst > 1e-5 {
		t.Errorf("probabilities: furthest apart by %v, want at most 1e-5", worst)
	}
	t.Logf("10,000 images: probabilities at most %.2g apart", worst)
}

// penTabs is the number of tabs that draw at the same time. The browser takes one
// mouse event per frame, and a small window is painted sooner.
const penTabs = 6

// The page reads people's pen strokes, drawn on it with the mouse, as the command
// inkling reads the same strokes.
func TestPenDrawingsAsPredict(t *testing.T) {
	const count, seed = 500, 1
	drawings := penDrawings(t, dataFile(t, "pen/pen_train.json.gz"), count)
	var pages []*page
	for range penTabs {
		p := open(t)
		p.do(chromedp.EmulateViewport(360, 640))
		p.frames(2)
		pages = append(pages, p)
	}
	b := pages[0].padBox()
	var onPad []penDrawing
	for i, d := range drawings {
		onPad = append(onPad, placed(b, d, seed, i))
	}
	want := inklingPredict(t, onPad)
	got := make([]prediction, count)
	var wg sync.WaitGroup
	for tab, p := range pages {
		wg.Go(func() {
			for i := tab; i < count; i += penTabs {
				got[i] = p.drawOnce(b, onPad[i].pointer)
			}
		})
	}
	wg.Wait()
	right := 0
	for i, d := range onPad {
		if got[i].Label != want[i].Label {
			t.Errorf("drawing %d, a %d: got %q on the page (%.3f), want %q (%.3f) as inkling predict says",
				i, d.Label, got[i].Label, got[i].Confidence, want[i].Label, want[i].Confidence)
		}
		if got[i].Label == strconv.Itoa(d.Label) {
			right++
		}
	}
	t.Logf("%d of %d drawings read right", right, count)
}

// drawOnce draws on an empty pad at b, clears it again and returns the prediction.
func (p *page) drawOnce(b box, strokes []stroke) prediction {
	p.t.Helper()
	p.forget()
	for _, s := range strokes {
		p.press(b, s)
		p.release(b, s[len(s)-1])
	}
	answer := p.waitFinal(len(strokes))
	p.run(`document.getElementById("clear").click()`)
	return answer
}

// penDrawings returns count drawings of the writers 21-25, spread evenly over all.
func penDrawings(t *testing.T, path string, count int) []strokes.Drawing {
	t.Helper()
	file, err := strokes.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	var some []strokes.Drawing
	for _, d := range file.Drawings {
		if d.Writer >= 21 && d.Writer <= 25 {
			some = append(some, d)
		}
	}
	chosen := make([]strokes.Drawing, count)
	for i := range chosen {
		chosen[i] = some[i*len(some)/count]
	}
	return chosen
}

// penDrawing is one drawing at its place on the pad, in whole CSS pixels.
type penDrawing struct {
	Label   int            `json:"label"`
	Strokes [][][2]float64 `json:"strokes"` // 0..1 of the pad, for inkling predict
	pointer []stroke       // the same in pad units, for the mouse
}

// placed places a drawing as evaluate does and rounds it to the pixels that the mouse
// can reach.
func placed(b box, d strokes.Drawing, seed uint64, index int) penDrawing {
	out := penDrawing{Label: d.Label}
	for _, s := range strokes.Place(d, seed, index) {
		var line stroke
		var numbers [][2]float64
		for _, q := range s {
			px := b.at(point{float64(q.X), float64(q.Y)})
			at := point{(px.X - b.X) / b.Width, (px.Y - b.Y) / b.Height}
			if len(line) > 0 && line[len(line)-1] == at {
				continue
			}
			line = append(line, at)
			numbers = append(numbers, [2]float64{at.X, at.Y})
		}
		out.pointer = append(out.pointer, line)
		out.Strokes = append(out.Strokes, numbers)
	}
	return out
}

// inklingPredict returns the command's predictions for drawings.
func inklingPredict(t *testing.T, drawings []penDrawing) []prediction {
	t.Helper()
	data, err := json.Marshal(drawings)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "drawings.json")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(get(t, inklingCommand), "predict", modelPath("digits"), path, "--json")
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("inkling predict: %v\n%s", err, stderr.String())
	}
	var answers []prediction
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	if len(answers) != len(drawings) {
		t.Fatalf("inkling predict: got %d answers, want %d", len(answers), len(drawings))
	}
	return answers
}
