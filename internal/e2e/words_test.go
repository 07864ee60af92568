package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// symbols trains a small model of three made-up classes, once, and returns its path.
var symbols = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(workDir, "symbols")
	for class, s := range map[string][]stroke{"circle": zero, "bar": one, "cross": cross} {
		folder := filepath.Join(dir, class)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return "", err
		}
		for i := range 8 {
			var moved []stroke
			for _, line := range s {
				var m stroke
				for _, q := range line {
					m = append(m, point{q.X*(1-0.04*float64(i)) + 0.02*float64(i), q.Y})
				}
				moved = append(moved, m)
			}
			if err := writePicture(filepath.Join(folder, fmt.Sprint(i, ".png")), moved); err != nil {
				return "", err
			}
		}
	}
	inkling, err := inklingCommand()
	if err != nil {
		return "", err
	}
	path := filepath.Join(workDir, "symbols.ink")
	return path, command(inkling, "fit", "--data", dir, "--epochs", "20", "--batch", "8", "--out", path)
})

// What the page says fits what the model reads, in both languages.
func TestWordsFitTheModel(t *testing.T) {
	p := open(t)
	said := func() string {
		return eval[string](p, `[document.title, pad.ariaLabel, invitation.textContent, words.textContent, document.querySelector(".invitation").textContent,
			document.querySelector("[slot=invitation]").textContent,
			document.querySelector("header p").textContent].join(" | ")`)
	}
	check := func(model string, want, never []string) {
		t.Helper()
		got := said()
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: got %q, want %q in it", model, got, part)
			}
		}
		for _, part := range never {
			if strings.Contains(got, part) {
				t.Errorf("%s: got %q with %q in it", model, got, part)
			}
		}
	}
	check("digits", []string{"Inkling: draw a digit", "Draw a digit", "the answer appears here", "Drawing pad"}, nil)
	p.transfer("DragEvent", "drop", "dataTransfer", get(t, symbols))
	p.wait(`document.getElementById("chosen").textContent === "symbols"`)
	check("symbols", []string{"Draw one of: bar, circle, cross", "Drawing pad", "the answer appears here"}, []string{"digit"})
	if !eval[bool](p, `document.getElementById("samples").hidden`) {
		t.Error("symbols: samples are offered, want none where there are none")
	}
	p.draw(zero)
	if got := p.waitFinal(1).Label; got != "circle" {
		t.Errorf("symbols: got %q for a circle", got)
	}
	p.wait(`spoken.textContent.startsWith("circle. ")`)
	p.click("clear")
	p.speak("ko")
	p.wait(`document.documentElement.lang === "ko"`)
	check("symbols, Korean", []string{"bar, circle, cross 가운데 하나를"}, []string{"숫자", "Draw", "digit"})
	p.visit("?model=fashion")
	p.waitState("ready")
	check("fashion, Korean", []string{"사진"}, []string{"숫자", "그려", "picture"})
	p.speak("en")
	p.wait(`document.documentElement.lang === "en"`)
	check("fashion", []string{"show a picture", "Place for a picture", "Show a picture, and the answer", "Choose a picture"}, []string{"digit", "Draw,", "what you draw"})
}

// The page shows and announces in the same words that a scribble is no digit.
func TestNotSureInWords(t *testing.T) {
	p := open(t)
	takeSample(11)(p)
	if got := p.last(); got.Sure {
		t.Fatalf("the scribble is read as %q, surely", got.Label)
	}
	if got := p.text("prediction") + " " + p.text("words") + ". " + p.text("share"); got != "? No digit. Almost certainly, 99.9%" {
		t.Errorf("a scribble: got %q", got)
	}
	p.wait(`spoken.textContent.trim() === "No digit. Almost certainly, 99.9 per cent."`)
}

// A model of pictures comes with samples, which it reads correctly.
func TestSamplesOfPictures(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=fashion")
	p.waitState("ready")
	p.click("samples")
	p.wait(`document.querySelectorAll("#sample-list .sample").length === 10`)
	for i := range 10 {
		p.forget()
		p.run(fmt.Sprintf(`document.getElementById("sample-list").showPopover(), document.querySelectorAll("#sample-list .sample")[%d].click()`, i))
		p.wait(`predictions.at(-1)?.final`)
		got, want := p.last(), eval[string](p, fmt.Sprintf(`document.querySelectorAll("#sample-list .sample")[%d].ariaLabel`, i))
		if "Sample: "+got.Label != want || got.Confidence < 0.9 || got.Strokes != 0 {
			t.Errorf("%s: got %q, %.3f, of %d strokes; want it read right and surely", want, got.Label, got.Confidence, got.Strokes)
		}
	}
	p.click("clear")
	p.wait(`predictions.at(-1)?.label === ""`)
	for _, size := range layoutSizes {
		p.emulateSize(size[0], size[1], size[0] > 1000)
		p.frames(2)
		if bottom := eval[float64](p, `innerHeight - Math.max(...[...document.querySelectorAll("#bars li")].map((bar) => bar.getBoundingClientRect().bottom))`); bottom < -0.5 {
			t.Errorf("at %v: the last of ten words' bars is %.0f pixels below the window", size, -bottom)
		}
	}
}

// The page says in its own language what cannot be loaded.
func TestErrorsInKorean(t *testing.T) {
	tests := []struct {
		name   string
		part   string
		answer http.HandlerFunc
		want   string
	}{
		{"missing", ".wasm", status(404), "서버가 404 오류로 답했습니다"},
		{"no connection", ".ink", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "인터넷 연결을 확인해"},
		{"damaged model", ".ink", content("application/octet-stream", []byte("no model")), "손상되었거나"},
		{"damaged binary", ".wasm", content("application/wasm", []byte("\x00asm\x01\x00\x00\x00\xff")), "손상되었거나"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t)
			p := newPage(t, s, `localStorage.setItem("inkling-language", "ko")`)
			p.expectTrouble("Failed to load resource")
			s.answer(test.part, test.answer)
			p.visit("")
			p.wait(`document.documentElement.lang === "ko"`)
			p.waitState("error")
			p.click("retry")
			p.wait(`document.documentElement.dataset.state === "error" && reason.textContent.includes(` + quote(test.want) + `)`)
		})
	}
}

// A part that is fetched on demand says so if it cannot be fetched.
func TestPartThatCannotBeFetched(t *testing.T) {
	s := newSite(t)
	p := newPage(t, s, `delete Navigator.prototype.serviceWorker`)
	p.expectTrouble("Failed to load resource")
	p.visit("")
	p.waitState("ready")
	s.answer("later-", status(503))
	p.click("choose")
	p.wait(`document.getElementById("status").textContent.includes("could not be loaded")`)
	p.run(`document.querySelector('[data-panel="layers"]').click()`)
	p.wait(`!layers.hidden && layers.textContent.includes("could not be loaded")`)
}
