package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// Drawing works before the binary has arrived. The page reads the drawing as soon as
// it has.
func TestDrawWhileLoading(t *testing.T) {
	s := newSite(t)
	release := s.hold(t, ".wasm")
	p := newPage(t, s)
	p.visit("")
	p.wait(`document.getElementById("pad")?.width > 1`)
	p.draw(cross)
	time.Sleep(200 * time.Millisecond)
	if state, all := p.state(), p.predictions(); state != "loading" || len(all) > 0 {
		t.Fatalf("while the binary is held back: got %s and %d predictions, want loading and none", state, len(all))
	}
	release()
	p.waitState("ready")
	checkDetail(t, p.waitFinal(2))
}

// Whenever a file fails to arrive, the page enters the state error and shows the
// reason. Retry brings it back and keeps the drawing.
func TestErrorAndRetry(t *testing.T) {
	page := []byte("<!doctype html><title>Not found</title>")
	tests := []struct {
		name   string
		part   string // of the addresses that fail
		answer http.HandlerFunc
		reason string // in what the page says
	}{
		{"no binary", ".wasm", status(404), "404"},
		{"a failing server", ".wasm", status(500), "500"},
		{"a page in place of the binary", ".wasm", content("text/html", page), ""},
		{"bytes in place of the binary", ".wasm", content("application/wasm", []byte("\x00asm\x01\x00\x00\x00\xff")), ""},
		{"an empty binary", ".wasm", content("application/wasm", nil), ""},
		{"no worker", "worker-", status(404), "worker-"},
		{"a page in place of the worker", "worker-", content("text/html", page), ""},
		{"no model", ".ink", status(404), "404"},
		{"a page in place of the model", ".ink", content("text/html", page), "signature"},
		{"an empty model", ".ink", content("application/octet-stream", nil), ""},
		{"a dropped connection", ".wasm", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t)
			s.answer(test.part, test.answer)
			p := newPage(t, s)
			p.expectTrouble("Failed to load") // resource, or module script
			p.visit("")
			p.waitState("error")
			reason := p.text("reason")
			if len(reason) < 10 || !strings.Contains(reason, test.reason) {
				t.Errorf("reason: got %q, want a sentence with %q", reason, test.reason)
			}
			p.draw(cross)
			s.heal()
			p.click("retry")
			p.waitState("ready")
			checkDetail(t, p.waitFinal(2))
		})
	}
}

func TestModelByName(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=notebook-plain")
	p.waitState("ready")
	p.draw(one)
	if got := p.waitFinal(1); got.Model != "notebook-plain" {
		t.Errorf("?model=notebook-plain: got the model %q", got.Model)
	}
}

func TestModelThatIsNotThere(t *testing.T) {
	for _, name := range []string{"nowhere", "constructor", "../index"} {
		t.Run(name, func(t *testing.T) {
			p := newPage(t, newSite(t))
			p.visit("?model=" + name)
			p.waitState("error")
			if reason := p.text("reason"); !strings.Contains(reason, name) || !strings.Contains(reason, "notebook-plain") {
				t.Errorf("reason: got %q, want it to name %s and the models that are there", reason, name)
			}
		})
	}
}

func TestPredictImage(t *testing.T) {
	p := open(t)
	got := eval[prediction](p, `window.inkling.predictImage(new Uint8Array(28 * 28).fill(128))`)
	checkDetail(t, got)
	if got.Strokes != 0 || !got.Final {
		t.Errorf("predictImage: got %+v, want a final prediction of no stroke", got)
	}
	for name, argument := range map[string]string{"too short": "new Uint8Array(27)", "too long": "new Uint8Array(785)"} {
		said := eval[string](p, `window.inkling.predictImage(`+argument+`).then(() => "resolved", (e) => e.message)`)
		if !strings.Contains(said, "784") {
			t.Errorf("predictImage, %s: got %q, want a rejection that names 784", name, said)
		}
	}
	p.draw(one)
	checkDetail(t, p.waitFinal(1))
}

// The site works from any folder of a host and makes no request outside it.
func TestFromAFolder(t *testing.T) {
	s := siteAt(t, get(t, finishedSite), "/people/ada/inkling/")
	p := newPage(t, s)
	p.visit("")
	p.waitState("ready")
	p.draw(zero)
	checkDetail(t, p.waitFinal(1))
	p.run(`navigator.serviceWorker.ready.then(() => {})`)
}

// The page shows without a network what it has shown before.
func TestOffline(t *testing.T) {
	p := open(t)
	p.run(`navigator.serviceWorker.ready.then(() => {})`)
	p.site.server.Config.Handler = status(503)
	p.site.server.CloseClientConnections()
	p.site.server.Listener.Close()
	p.visit("")
	p.waitState("ready")
	p.draw(zero)
	checkDetail(t, p.waitFinal(1))
	p.visit("?model=digits")
	p.waitState("ready")
}
