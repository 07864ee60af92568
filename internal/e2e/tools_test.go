package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The eraser removes whole strokes that it meets, and undo brings them back. Where none is left, the pen is.
func TestEraser(t *testing.T) {
	p := open(t)
	p.draw(one)
	first := p.waitFinal(1)
	p.draw([]stroke{{{0.1, 0.9}, {0.9, 0.9}}})
	p.waitFinal(2)
	p.click("eraser")
	p.forget()
	p.draw([]stroke{{{0.2, 0.8}, {0.2, 0.97}}})
	if got := p.waitFinal(1); !near(got.Probabilities, first.Probabilities) {
		t.Errorf("after erasing the second stroke: got %v, want the first stroke's %v", got.Probabilities, first.Probabilities)
	}
	p.click("undo")
	p.waitFinal(2)
	p.draw([]stroke{{{0.05, 0.05}, {0.1, 0.1}}})
	p.waitFinal(2)
	p.click("redo")
	p.waitFinal(1)
	p.click("brush") // takes up the pen again
	p.key(kb.Escape)
	p.draw(cross[:1])
	p.waitFinal(2)
	p.click("eraser")
	p.click("clear")
	p.waitFinal(0)
	p.draw(one)
	p.waitFinal(1)
}

// The brush changes what the screen shows and not what the network reads.
func TestBrushIsForTheScreen(t *testing.T) {
	p := open(t)
	p.draw(zero)
	thin := p.waitFinal(1)
	p.click("brush")
	p.wait(`document.getElementById("brush-options").matches(":popover-open")`)
	p.run(`document.getElementById("width").focus()`)
	p.key(kb.End)
	p.key(kb.Escape)
	if got := eval[string](p, `document.getElementById("width").value`); got != "40" {
		t.Errorf("width: got %s, want the largest, 40", got)
	}
	p.forget()
	p.draw([]stroke{{{0.02, 0.02}}})
	p.waitFinal(2)
	p.click("undo")
	if got := p.waitFinal(1); !near(got.Probabilities, thin.Probabilities) {
		t.Errorf("with a thick brush: got %v, want %v as with a thin one", got.Probabilities, thin.Probabilities)
	}
}

// Once a pen has been seen, a palm or finger draws nothing until it is allowed to.
func TestPenBeforePalm(t *testing.T) {
	p := open(t)
	p.do(chromedp.EmulateViewport(1000, 900, chromedp.EmulateTouch))
	b := p.padBox()
	p.pen(b, one[0])
	first := p.waitFinal(1)
	p.finger(zero)
	p.frames(2)
	if got := p.last(); got.Strokes != 1 || !near(got.Probabilities, first.Probabilities) {
		t.Errorf("a palm beside the pen: got %d strokes, want the pen's alone", got.Strokes)
	}
	p.click("brush")
	p.click("fingers-too")
	p.key(kb.Escape)
	p.finger(zero)
	p.waitFinal(2)
}

// Two fingers that come together draw nothing, as they mean to zoom; one that comes to rest beside a line leaves it.
func TestPinchDrawsNothing(t *testing.T) {
	p := open(t)
	p.do(chromedp.EmulateViewport(1000, 900, chromedp.EmulateTouch))
	b := p.padBox()
	strokes := func() int { return eval[int](p, `document.querySelector("inkling-pad").strokes.length`) }
	first, second := b.at(point{0.3, 0.4}), b.at(point{0.6, 0.6})
	p.touch(input.DispatchTouchEventTypeTouchStart, first)
	p.touch(input.DispatchTouchEventTypeTouchStart, first, second)
	for i := range 5 {
		d := 10 * float64(i)
		p.touch(input.DispatchTouchEventTypeTouchMove, point{first.X - d, first.Y - d}, point{second.X + d, second.Y + d})
	}
	p.touch(input.DispatchTouchEventTypeTouchEnd)
	p.frames(2)
	if got := strokes(); got != 0 {
		t.Errorf("a pinch: got %d strokes, want none", got)
	}
	p.touch(input.DispatchTouchEventTypeTouchStart, first)
	p.touch(input.DispatchTouchEventTypeTouchMove, point{first.X + 40, first.Y})
	p.run(`new Promise((resolve) => setTimeout(resolve, 200))`)
	p.touch(input.DispatchTouchEventTypeTouchStart, point{first.X + 40, first.Y}, second)
	p.touch(input.DispatchTouchEventTypeTouchMove, point{first.X + 40, first.Y + 80}, second)
	p.touch(input.DispatchTouchEventTypeTouchEnd)
	if got := p.waitFinal(1).Strokes; got != 1 || strokes() != 1 {
		t.Errorf("a finger that rests: got %d strokes, want the line", strokes())
	}
}

// pen draws a stroke with a pen.
func (p *page) pen(b box, s stroke) {
	p.t.Helper()
	send := func(kind input.DispatchMouseEventType, q point, buttons int64) {
		at := b.at(q)
		params := input.DispatchMouseEventParams{
			Type: kind, X: at.X, Y: at.Y, Button: input.MouseButtonLeft, Buttons: buttons, ClickCount: 1,
			PointerType: input.DispatchMouseEventPointerTypePen,
		}
		if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, params); err != nil {
			p.t.Fatal(err)
		}
	}
	send(input.DispatchMouseEventTypeMousePressed, s[0], 1)
	for _, q := range s[1:] {
		send(input.DispatchMouseEventTypeMouseMoved, q, 1)
	}
	send(input.DispatchMouseEventTypeMouseReleased, s[len(s)-1], 0)
}

// A sample takes one click, and the page reads it as what it is.
func TestSamples(t *testing.T) {
	p := open(t)
	p.click("samples")
	p.wait(`document.querySelectorAll("#sample-list .sample").length === 12`)
	right := 0
	for digit := range 10 {
		p.forget()
		p.run(fmt.Sprintf(`document.getElementById("sample-list").showPopover(), document.querySelectorAll("#sample-list .sample")[%d].click()`, digit))
		p.wait(`predictions.at(-1)?.final`)
		if p.last().Label == fmt.Sprint(digit) {
			right++
		}
	}
	if right < 8 {
		t.Errorf("samples: got %d of 10 read right, want at least 8", right)
	}
	p.click("undo")
	if got := eval[bool](p, `document.getElementById("sample-list").matches(":popover-open")`); got {
		t.Error("after a choice: the list is still open")
	}
}

// The arrows move a pen that space puts down and lifts. The page announces what it
// draws.
func TestDrawByKeyboard(t *testing.T) {
	p := open(t)
	p.run(`document.getElementById("pad").focus()`)
	p.key(" ")
	for range 16 {
		p.key(kb.ArrowDown)
	}
	p.wait(`predictions.some((d) => !d.final)`)
	p.key(" ")
	got := p.waitFinal(1)
	if got.Label != "1" {
		t.Errorf("a line down by keyboard: got %q, want 1", got.Label)
	}
	p.wait(`document.getElementById("spoken").textContent.startsWith("1. ")`)
	p.key(" ")
	p.key(kb.ArrowRight)
	p.key(kb.Escape)
	p.waitFinal(1)
	p.key(kb.ArrowLeft)
	p.wait(`document.getElementById("spoken").textContent.startsWith("Column ")`)
	if got := eval[bool](p, `document.getElementById("pen").hidden`); got {
		t.Error("the pen: hidden while it moves")
	}
}

// pictureOf writes a PNG of strokes and returns its path.
func pictureOf(t *testing.T, strokes []stroke) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "digit.png")
	if err := writePicture(path, strokes); err != nil {
		t.Fatal(err)
	}
	return path
}

// writePicture writes a PNG of strokes in dark blue on light grey.
func writePicture(path string, strokes []stroke) error {
	const side, pen = 300, 9
	m := image.NewRGBA(image.Rect(0, 0, side, side))
	for i := range m.Pix {
		m.Pix[i] = 0xf0
	}
	for _, s := range strokes {
		for i := 1; i < len(s); i++ {
			for step := range 101 {
				f := float64(step) / 100
				x, y := side*(s[i-1].X*(1-f)+s[i].X*f), side*(s[i-1].Y*(1-f)+s[i].Y*f)
				for dx := -pen; dx <= pen; dx++ {
					for dy := -pen; dy <= pen; dy++ {
						if dx*dx+dy*dy <= pen*pen {
							m.Set(int(x)+dx, int(y)+dy, color.RGBA{20, 30, 80, 255})
						}
					}
				}
			}
		}
	}
	var data bytes.Buffer
	if err := png.Encode(&data, m); err != nil {
		return err
	}
	return os.WriteFile(path, data.Bytes(), 0o644)
}

// A picture becomes strokes, whether it is chosen, photographed, pasted or dropped.
func TestPicture(t *testing.T) {
	doors := []struct {
		name string
		give func(p *page, path string)
	}{
		{"picked", func(p *page, path string) { p.choose("file", path) }},
		{"photographed", func(p *page, path string) { p.choose("camera", path) }},
		{"pasted", func(p *page, path string) { p.transfer("ClipboardEvent", "paste", "clipboardData", path) }},
		{"dropped", func(p *page, path string) { p.transfer("DragEvent", "drop", "dataTransfer", path) }},
	}
	for _, door := range doors {
		t.Run(door.name, func(t *testing.T) {
			p := open(t)
			door.give(p, pictureOf(t, seven))
			p.wait(`predictions.at(-1)?.final && predictions.at(-1).strokes > 0`)
			if got := p.last(); got.Label != "7" {
				t.Errorf("a picture of a 7: got %q", got.Label)
			}
			p.click("undo")
			p.waitFinal(0)
		})
	}
}

func TestPictureThatIsNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes.png")
	if err := os.WriteFile(path, []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := open(t)
	p.choose("file", path)
	p.wait(`document.getElementById("status").textContent.includes("notes.png")`)
}

// The page detects browsers that falsify the pixels of a canvas.
func TestFalsifiedPixels(t *testing.T) {
	p := open(t, `
		delete window.VideoFrame;
		const real = CanvasRenderingContext2D.prototype.getImageData;
		CanvasRenderingContext2D.prototype.getImageData = function (...args) {
			const data = real.apply(this, args);
			data.data[5] ^= 1;
			return data;
		};
	`)
	p.choose("file", pictureOf(t, seven))
	p.wait(`document.getElementById("status").textContent.includes("falsifies")`)
	if got := p.predictions(); len(got) > 0 {
		t.Errorf("falsified pixels: got %d predictions, want none", len(got))
	}
}

// choose gives a file to an input, as the browser's own dialog does.
func (p *page) choose(id, path string) {
	p.t.Helper()
	p.do(chromedp.SetUploadFiles(chromedp.ID(id), []string{path}))
}

// transfer sends an event that carries a file, as pasting and dropping do.
func (p *page) transfer(class, event, property, path string) {
	p.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatal(err)
	}
	script := strings.NewReplacer("CLASS", class, "EVENT", event, "PROPERTY", property, "NAME", filepath.Base(path),
		"DATA", base64.StdEncoding.EncodeToString(data)).Replace(`(() => {
		const bytes = Uint8Array.from(atob("DATA"), (c) => c.charCodeAt(0));
		const carrier = new DataTransfer();
		carrier.items.add(new File([bytes], "NAME"));
		document.body.dispatchEvent(new CLASS("EVENT", { PROPERTY: carrier, bubbles: true, cancelable: true }));
	})()`)
	p.run(script)
}

// A model of pictures reads the picture itself, which then lies on the pad.
func TestPictureForAModelOfPictures(t *testing.T) {
	if os.Getenv("INKLING_DATA") == "" {
		t.Skip("no Fashion-MNIST; INKLING_DATA names its folder")
	}
	path := filepath.Join(t.TempDir(), "clothes.ink")
	if err := command(get(t, inklingCommand), "fit", "--data", "fashion-mnist", "--epochs", "1", "--out", path); err != nil {
		t.Fatal(err)
	}
	p := open(t)
	p.transfer("DragEvent", "drop", "dataTransfer", path)
	p.wait(`document.getElementById("chosen").textContent === "clothes"`)
	p.choose("file", pictureOf(t, seven))
	p.wait(`predictions.at(-1)?.final && predictions.at(-1).label`)
	if got := p.last(); got.Strokes != 0 || got.Model != "clothes" || len(got.Classes) != 10 {
		t.Errorf("a picture: got %d strokes read by %s, want none by clothes", got.Strokes, got.Model)
	}
	p.click("clear")
	p.wait(`predictions.at(-1)?.label === ""`)
}
