package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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
	image := make([]uint8, m.Form().Size())
	for i, got := range answers {
		m.Form().OfInk(image, pixels[i*size:(i+1)*size])
		want := m.Predict(image)
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

// drawingsByMouse of drawingsRead drawings reach the page as input of the browser, one
// mouse event per frame. The others are dispatched by a script, all points of a stroke
// in one event, as browsers coalesce them: the same code of the page without the frames.
const drawingsRead, drawingsByMouse = 500, 20

// The page reads people's drawings as the command inkling reads the same strokes,
// digits and letters.
func TestDrawingsAsPredict(t *testing.T) {
	for _, c := range []struct{ model, data string }{{"digits", "unipen-digits"}, {"letters", "unipen-letters"}} {
		t.Run(c.model, func(t *testing.T) {
			t.Parallel()
			drawings, names := someDrawings(t, c.data)
			p := newPage(t, newSite(t))
			p.do(chromedp.EmulateViewport(360, 640)) // a small window is painted sooner
			p.visit("?model=" + c.model)
			p.waitState("ready")
			p.frames(2)
			b := p.padBox()
			var onPad []placedDrawing
			for i, d := range drawings {
				onPad = append(onPad, placed(b, d, names[d.Label], i))
			}
			want := inklingPredict(t, c.model, onPad)
			got := p.drawAll(b, onPad)
			right := 0
			for i, d := range onPad {
				d.compare(t, "by script", i, got[i], want[i])
				if got[i].Label == d.Label {
					right++
				}
			}
			for i := 0; i < drawingsRead; i += drawingsRead / drawingsByMouse {
				onPad[i].compare(t, "by mouse", i, p.drawOnce(b, onPad[i].pointer), want[i])
			}
			t.Logf("%d of %d drawings read right, %d of them drawn by mouse as well", right, drawingsRead, drawingsByMouse)
		})
	}
}

// predictedOf returns what the command says of one file.
func predictedOf(t *testing.T, model, file string) prediction {
	t.Helper()
	out, err := exec.Command(get(t, inklingCommand), "predict", modelPath(model), file, "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []prediction
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != 1 {
		t.Fatalf("got %d answers, %v", len(answers), err)
	}
	return answers[0]
}

// A picture on light ground, whose model learned from pictures on dark, is inverted on the page
// as by the command.
func TestPictureOnLightGround(t *testing.T) {
	file := pictureOf(t, seven)
	want := predictedOf(t, "fashion", file)
	p := newPage(t, newSite(t))
	p.visit("?model=fashion")
	p.waitState("ready")
	p.choose("file", file)
	p.wait(`predictions.at(-1)?.final`)
	if got := p.last(); got.Label != want.Label || math.Abs(got.Confidence-want.Confidence) > 0.05 {
		t.Errorf("got %q, %.4f, want %q, %.4f as inkling predict says", got.Label, got.Confidence, want.Label, want.Confidence)
	}
	ground := `(() => { const c = document.getElementById("seen"); return c.getContext("2d").getImageData(0, 0, 1, 1).data[3]; })()`
	if got := eval[int](p, ground); got > 30 {
		t.Errorf("the corner of what the network saw: got %d of 255, want it dark", got)
	}
}

// compare checks the page's answer for a drawing against the command's.
func (d placedDrawing) compare(t *testing.T, how string, i int, got, want prediction) {
	t.Helper()
	if got.Label != want.Label || got.Sure != want.Sure {
		t.Errorf("%s, drawing %d, a %s: got %q on the page (%.3f, sure %v), want %q (%.3f, sure %v) as inkling predict says",
			how, i, d.Label, got.Label, got.Confidence, got.Sure, want.Label, want.Confidence, want.Sure)
	}
}

// drawOnce draws on an empty pad at b with the mouse, clears it again and returns the
// prediction.
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

// dispatch is a script that draws on an empty pad by dispatched events, one drawing after
// the other, each (strokes, points, x and y in CSS pixels), and returns the final
// predictions. It waits for each and clears the pad.
const dispatch = `(async (drawings) => {
	const pad = document.getElementById("pad");
	const event = (type, [clientX, clientY], more) => new PointerEvent(type, {
		clientX, clientY, pointerId: 1, isPrimary: true, pointerType: "mouse", buttons: 1, bubbles: true, composed: true, ...more,
	});
	const answers = [];
	for (const strokes of drawings) {
		const answer = new Promise((done) => document.addEventListener("inkling:prediction", function hear({ detail }) {
			if (!detail.final || detail.strokes !== strokes.length) return;
			document.removeEventListener("inkling:prediction", hear);
			done(detail);
		}));
		for (const points of strokes) {
			const moves = points.slice(1).map((point) => event("pointermove", point));
			pad.dispatchEvent(event("pointerdown", points[0]));
			if (moves.length > 0) pad.dispatchEvent(event("pointermove", points.at(-1), { coalescedEvents: moves }));
			pad.dispatchEvent(event("pointerup", points.at(-1)));
		}
		answers.push(await answer);
		document.getElementById("clear").click();
	}
	return answers;
})(%s)`

// drawAll draws on an empty pad at b by dispatched events and returns the predictions.
func (p *page) drawAll(b box, drawings []placedDrawing) []prediction {
	p.t.Helper()
	var answers []prediction
	for some := range slices.Chunk(drawings, 10) {
		points := make([][][][2]float64, len(some))
		for i, d := range some {
			for _, s := range d.pointer {
				var line [][2]float64
				for _, q := range s {
					at := b.at(q)
					line = append(line, [2]float64{at.X, at.Y})
				}
				points[i] = append(points[i], line)
			}
		}
		text, err := json.Marshal(points)
		if err != nil {
			p.t.Fatal(err)
		}
		answers = append(answers, eval[[]prediction](p, fmt.Sprintf(dispatch, text))...)
	}
	return answers
}

// someDrawings returns drawings of a set by the writers that choices are made on, spread
// evenly over all, and the names of its classes.
func someDrawings(t *testing.T, name string) ([]strokes.Drawing, []string) {
	t.Helper()
	source, dir := dataset.Named(name), os.Getenv("INKLING_DATA")
	if dir == "" || len(source.Missing(dir)) > 0 {
		t.Skipf("INKLING_DATA: no %s there", name)
	}
	drawn, err := source.Drawings(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	all, err := source.Writers.Choose(drawn.Train, source.Writers.Evaluate)
	if err != nil {
		t.Fatal(err)
	}
	chosen := make([]strokes.Drawing, drawingsRead)
	for i := range chosen {
		chosen[i] = all[i*len(all)/drawingsRead]
	}
	return chosen, drawn.Classes
}

// placedDrawing is one drawing at its place on the pad, in whole CSS pixels.
type placedDrawing struct {
	Label   string         `json:"label"`
	Strokes [][][2]float64 `json:"strokes"` // 0..1 of the pad, for inkling predict
	pointer []stroke       // the same in pad units, for the mouse
}

// placed places a drawing as evaluate does and rounds it to the pixels that the mouse
// can reach.
func placed(b box, d strokes.Drawing, label string, index int) placedDrawing {
	const seed = 1
	out := placedDrawing{Label: label}
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

// inklingPredict returns the command's predictions for drawings by a model of the site.
func inklingPredict(t *testing.T, model string, drawings []placedDrawing) []prediction {
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
	cmd := exec.Command(get(t, inklingCommand), "predict", modelPath(model), path, "--json")
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
