package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"flag"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/systeminfo"
	"github.com/chromedp/chromedp"
)

// A given is a file as people give it to the page.
type given struct {
	name string
	data []byte
}

// drop drops files on the page at once.
func (p *page) drop(files ...given) {
	p.t.Helper()
	var items strings.Builder
	for _, f := range files {
		items.WriteString(`carrier.items.add(new File([Uint8Array.from(atob("` + base64.StdEncoding.EncodeToString(f.data) +
			`"), (c) => c.charCodeAt(0))], ` + quote(f.name) + `));`)
	}
	p.run(`(() => {
		const carrier = new DataTransfer();
		` + items.String() + `
		document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: carrier, bubbles: true, cancelable: true }));
	})()`)
}

// waitStatus waits until the page says something with a part.
func (p *page) waitStatus(part string) {
	p.t.Helper()
	p.wait(`document.getElementById("status").textContent.includes(` + quote(part) + `)`)
}

// fileOf returns a file's content.
func fileOf(t *testing.T, path string) []byte {
	t.Helper()
	return get(t, func() ([]byte, error) { return os.ReadFile(path) })
}

// blankPicture returns a PNG that shows nothing.
func blankPicture(t *testing.T) []byte {
	t.Helper()
	blank := image.NewGray(image.Rect(0, 0, 60, 60))
	for i := range blank.Pix {
		blank.Pix[i] = 0xf0
	}
	var data bytes.Buffer
	if err := png.Encode(&data, blank); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

const drawnOne = `<?xml version="1.0"?><!-- a stroke --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
<path d="M12 3v18" stroke="black" stroke-width="2"/></svg>`

// Files are known by their content, whatever their names say; those that browsers
// cannot open get a word of advice; of several the first is read and the others are
// named; a picture without ink leaves the pad alone.
func TestFilesByContent(t *testing.T) {
	p := open(t)
	p.drop(given{"one.svg", []byte(drawnOne)})
	p.wait(`predictions.at(-1)?.final && predictions.at(-1).strokes > 0`)
	if got := p.last(); got.Label != "1" {
		t.Errorf("a drawing of vectors: got %q, want 1", got.Label)
	}
	p.drop(given{"photo.jpg", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")})
	p.waitStatus("JPEG")
	p.drop(given{"sheet", []byte("%PDF-1.7\n")})
	p.waitStatus("screenshot")
	p.drop(given{"blank.png", blankPicture(t)})
	p.waitStatus("No ink")
	if got := p.last(); got.Label != "1" || got.Strokes == 0 {
		t.Errorf("after a picture without ink: got %q of %d strokes, want the 1 still", got.Label, got.Strokes)
	}
	p.drop(given{"seven", fileOf(t, pictureOf(t, seven))}, given{"second.png", blankPicture(t)}, given{"third.png", nil})
	p.waitStatus("second.png, third.png")
	p.wait(`predictions.at(-1).final && predictions.at(-1).label === "7"`) // of three pictures the first one's; it may come after the status
	model := fileOf(t, modelPath("notebook-plain"))
	for _, name := range []string{"UPPER.INK", "model.ink.txt", "digits.ink"} {
		p.drop(given{name, model})
		p.waitStatus("Now reading with " + strings.Split(strings.Split(name, ".i")[0], ".I")[0])
	}
	// The model that is called as one of the site's does not pass for it.
	p.click("choose")
	p.wait(`document.querySelectorAll("#models[open] .entry").length > 4`)
	entries := eval[[]string](p, `[...document.querySelectorAll("#models .entry")].map((e) => e.textContent.split(/\s+/).join(" ")).slice(0, 2)`)
	if !strings.Contains(entries[0], "your file") || !strings.Contains(entries[0], "In use") || strings.Contains(entries[1], "In use") {
		t.Errorf("a model of one's own called digits: got the entries %q", entries)
	}
}

// A picture on the pad needs its file no more: it is there again after undo and redo, and
// another model reads it.
func TestPictureWithoutItsFile(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=fashion")
	p.waitState("ready")
	path := pictureOf(t, seven)
	p.choose("file", path)
	p.wait(`predictions.at(-1)?.final && predictions.at(-1).label`)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	isShown := `document.getElementById("pad").getContext("2d").getImageData(9, 9, 1, 1).data[3] > 0`
	p.wait(isShown)
	p.click("undo")
	p.wait("!(" + isShown + ")")
	p.click("redo")
	p.wait(isShown)
	p.do(chromedp.Click(chromedp.CSS(`#reads input[value="digits"] + span`)))
	p.wait(`predictions.at(-1)?.model === "digits" && predictions.at(-1).label === "7"`)
}

// A photo is read as its camera was held, whichever of the eight ways its EXIF tells.
func TestPhotosAsHeld(t *testing.T) {
	p := open(t)
	upright := get(t, func() (image.Image, error) { return png.Decode(bytes.NewReader(fileOf(t, pictureOf(t, seven)))) })
	for held := range 8 {
		p.forget()
		p.drop(given{"photo.png", photo(t, upright, held)})
		p.wait(`predictions.at(-1)?.final && predictions.at(-1).strokes > 0`)
		if got := p.last(); got.Label != "7" || !got.Sure {
			t.Errorf("orientation %d: got %q, sure %v, want 7", held+1, got.Label, got.Sure)
		}
	}
}

// photo returns a square picture as a PNG that is stored as one of the orientations has it, 0..7: mirrored
// across (1), turned about (2), both (3), and these transposed.
func photo(t *testing.T, upright image.Image, held int) []byte {
	t.Helper()
	last := upright.Bounds().Dx() - 1
	stored := image.NewRGBA(upright.Bounds())
	for y := range last + 1 {
		for x := range last + 1 {
			toX, toY := x, y
			if held%4 == 1 || held%4 == 2 {
				toX = last - x
			}
			if held%4 >= 2 {
				toY = last - y
			}
			if held >= 4 {
				toX, toY = toY, toX
			}
			stored.Set(toX, toY, upright.At(x, y))
		}
	}
	var data bytes.Buffer
	if err := png.Encode(&data, stored); err != nil {
		t.Fatal(err)
	}
	// EXIF of one tag, Orientation (274).
	exif := append([]byte("eXIfII*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00"), byte(held+1), 0, 0, 0, 0, 0, 0, 0)
	chunk := append(binary.BigEndian.AppendUint32(nil, uint32(len(exif)-4)), exif...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(exif))
	const header = 8 + 25 // signature and IHDR
	return slices.Concat(data.Bytes()[:header], chunk, data.Bytes()[header:])
}

// What is dropped while the page loads is read as soon as it can be. A picture that
// comes after one has begun to draw is not put in the drawing's place. Of two models
// the one chosen last reads, whichever comes first.
func TestNewestIntentWins(t *testing.T) {
	s := newSite(t)
	release := s.hold(t, "inkling-")
	p := newPage(t, s)
	p.visit("")
	p.wait(`document.getElementById("pad")?.width > 1`)
	p.drop(given{"seven.png", fileOf(t, pictureOf(t, seven))})
	p.waitStatus("as soon as the network is here")
	release()
	p.wait(`predictions.at(-1)?.final && predictions.at(-1).label === "7"`)
	p.click("clear")
	p.waitFinal(0)

	s.heal()
	p.run(`navigator.serviceWorker.ready.then(() => {})`)
	p.run(`window.real = createImageBitmap; window.createImageBitmap = (...args) => new Promise((resolve) => (window.goOn = () => resolve(real(...args))))`)
	p.drop(given{"seven.png", fileOf(t, pictureOf(t, seven))})
	p.wait(`window.goOn`)
	p.draw(one)
	p.waitFinal(1)
	p.run(`window.createImageBitmap = real, goOn()`)
	p.drop(given{"zero.png", fileOf(t, pictureOf(t, zero))})
	p.wait(`predictions.at(-1)?.final && predictions.at(-1).label === "0"`)
	p.forget()
	p.click("undo")
	if got := p.waitFinal(1); got.Label != "1" {
		t.Errorf("before the last picture: got %q, want what was drawn", got.Label)
	}

	slow := s.hold(t, "notebook-plain-")
	p.pressUse("notebook-plain")
	p.wait(`document.querySelector("#models progress")`)
	p.pressOn(`[aria-label="Use: notebook"]`)
	p.wait(`document.getElementById("chosen").textContent === "notebook"`)
	slow()
	p.wait(`!document.querySelector("#models progress")`)
	p.draw(cross)
	if got := p.waitFinal(3); got.Model != "notebook" {
		t.Errorf("after two choices: got %s, want notebook", got.Model)
	}
}

// A picture for a model of pictures is a step of the history like any other: a touch
// leaves it there, a stroke takes its place, undo brings it back, and a model of
// drawings traces it.
func TestPictureInTheHistory(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=fashion")
	p.waitState("ready")
	p.drop(given{"seven.png", fileOf(t, pictureOf(t, seven))})
	p.wait(`predictions.at(-1)?.final && predictions.at(-1).label`)
	picture := p.last()
	p.forget()
	p.draw([]stroke{{{0.5, 0.5}}})
	if got := p.waitFinal(0); !near(got.Probabilities, picture.Probabilities) {
		t.Errorf("after a touch: got %v, want the picture's %v", got.Probabilities, picture.Probabilities)
	}
	p.draw(one)
	p.waitFinal(1)
	p.click("undo")
	if got := p.waitFinal(0); !near(got.Probabilities, picture.Probabilities) {
		t.Errorf("after undo: got %v, want the picture's %v", got.Probabilities, picture.Probabilities)
	}
	p.click("clear")
	p.wait(`predictions.at(-1)?.label === ""`)
	p.click("undo")
	p.wait(`predictions.at(-1)?.label === ` + quote(picture.Label))
	p.useModel("digits")
	p.wait(`predictions.at(-1)?.final && predictions.at(-1).model === "digits" && predictions.at(-1).strokes > 0`)
	if got := p.last(); got.Label != "7" {
		t.Errorf("traced: got %q, want 7", got.Label)
	}
}

// drops is how many large pictures TestLargePictures gives to the page.
var drops = flag.Int("drops", 4, "large pictures that the page is given in turn")

// The pixels of pictures are let go of: however many come, the page's process stays
// small.
func TestLargePictures(t *testing.T) {
	const limit = 400 // MB
	large := image.NewGray(image.Rect(0, 0, 8000, 8000))
	for i := range large.Pix {
		large.Pix[i] = 0xf0
	}
	for y := 1000; y < 7000; y++ {
		clear(large.Pix[8000*y+3800 : 8000*y+4200])
	}
	path := filepath.Join(t.TempDir(), "large.jpg")
	var data bytes.Buffer
	if err := jpeg.Encode(&data, large, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	p := open(t)
	for i := range *drops {
		p.forget()
		p.choose("file", path)
		p.wait(`predictions.at(-1)?.final`)
		if got := p.last(); got.Label != "1" {
			t.Errorf("picture %d: got %q, want 1", i+1, got.Label)
		}
	}
	if got := p.renderer("VmHWM:"); got > limit {
		t.Errorf("after %d pictures of 8000x8000: got %d MB at the peak, want at most %d", *drops, got, limit)
	}
}

// renderers returns the browser's processes that show pages.
func (p *page) renderers() (ids []int) {
	p.t.Helper()
	info, err := chromedp.CallBrowser(p.ctx, systeminfo.GetProcessInfo, cdp.Empty{})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, process := range info.ProcessInfo {
		if process.Type == "renderer" {
			ids = append(ids, int(process.ID))
		}
	}
	return ids
}
