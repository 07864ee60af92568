package e2e

import (
	"net/http"
	"net/http/httputil"
	"net/url"
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
	server := get(t, finishedSite)
	page := []byte("<!doctype html><title>Not found</title>")
	tests := []struct {
		name   string
		part   string // of the addresses that fail
		answer http.HandlerFunc
		reason string // in what the page says of the cause
	}{
		{"no binary", ".wasm", status(404), "404"},
		{"a failing server", ".wasm", status(500), "500"},
		{"a page in place of the binary", ".wasm", content("text/html", page), "a web page came"},
		{"bytes in place of the binary", ".wasm", content("application/wasm", []byte("\x00asm\x01\x00\x00\x00\xff")), "damaged"},
		{"an empty binary", ".wasm", content("application/wasm", nil), "damaged"},
		{"no worker", "worker-", status(404), "worker-"},
		{"a page in place of the worker", "worker-", content("text/html", page), "a web page came"},
		{"a policy against wasm", "/", withPolicy(server, "default-src 'self' 'unsafe-inline' blob: data:"), "policy of this site forbids inkling-"},
		{"no model", ".ink", status(404), "404"},
		{"a page in place of the model", ".ink", content("application/octet-stream", page), "a web page came"},
		{"an empty model", ".ink", content("application/octet-stream", nil), "damaged"},
		{"a dropped connection", ".wasm", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "is there a connection"},
		{"a connection that ends early", ".wasm", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/wasm")
			w.Header().Set("Content-Length", "2000000")
			w.Write([]byte("\x00asm\x01\x00\x00\x00"))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, "connection was lost"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t)
			s.answer(test.part, test.answer)
			p := newPage(t, s)
			p.expectTrouble("Failed to load") // resource, or module script
			p.expectTrouble("Refused to execute script")
			p.expectTrouble("Content Security Policy")
			p.visit("")
			p.waitState("error")
			reason := p.text("reason")
			if len(reason) < 10 || !strings.Contains(reason, test.reason) || strings.Contains(reason, "magic") {
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

// A policy of the host that forbids to fetch anything is named, whoever asks first.
func TestPolicyAgainstFetching(t *testing.T) {
	server, s := get(t, finishedSite), newSite(t)
	s.answer("index.html", withPolicy(server, "connect-src 'none'"))
	s.answer("worker-", withPolicy(server, "default-src 'self' 'wasm-unsafe-eval'; connect-src 'none'"))
	p := newPage(t, s)
	p.expectTrouble("Content Security Policy")
	p.visit("index.html")
	p.waitState("error")
	if got := p.text("reason"); !strings.Contains(got, "policy of this site forbids") {
		t.Errorf("reason: got %q, want it to name the policy", got)
	}
	p.run(`window.breaches = []`)
}

func TestModelByName(t *testing.T) {
	s := newSite(t)
	s.hold(t, "sw.js") // The service worker would keep the default model.
	p := newPage(t, s)
	p.visit("?model=notebook-plain")
	p.waitState("ready")
	p.draw(one)
	if got := p.waitFinal(1); got.Model != "notebook-plain" {
		t.Errorf("?model=notebook-plain: got the model %q", got.Model)
	}
	if asked := s.asked("digits-"); asked > 0 {
		t.Errorf("?model=notebook-plain: the page has asked for digits, too")
	}
}

// A link to a model that is not there opens the page with the default, which says so;
// any other can be chosen from there, and the rest of the address stays.
func TestModelThatIsNotThere(t *testing.T) {
	for _, name := range []string{"nowhere", "constructor", "../index"} {
		t.Run(name, func(t *testing.T) {
			p := newPage(t, newSite(t))
			p.visit("?lesson=3&model=" + name + "#top")
			p.waitState("ready")
			if said := p.text("status"); !strings.Contains(said, name) || !strings.Contains(said, "digits reads") {
				t.Errorf("got %q, want it to name %s and the model that reads", said, name)
			}
			p.draw(one)
			if got := p.waitFinal(1); got.Model != "digits" {
				t.Errorf("got the model %s, want digits", got.Model)
			}
			p.useModel("notebook-plain")
			if got := eval[string](p, `location.search + location.hash`); got != "?lesson=3&model=notebook-plain#top" {
				t.Errorf("the address ends in %q", got)
			}
		})
	}
}

// Where a model cannot be had, every other can be chosen all the same.
func TestChooseAfterAnError(t *testing.T) {
	s := newSite(t)
	s.answer("digits-", status(404))
	p := newPage(t, s)
	p.expectTrouble("Failed to load")
	p.visit("")
	p.waitState("error")
	p.draw(one)
	p.useModel("notebook-plain")
	if got := p.waitFinal(1); got.Model != "notebook-plain" || p.state() != "ready" {
		t.Errorf("after the choice: got %s and the model %q", p.state(), got.Model)
	}
}

// useModel chooses a model of the site in the menu and waits until it reads.
func (p *page) useModel(name string) {
	p.t.Helper()
	p.pressUse(name)
	p.wait(`!document.getElementById("models").open && document.getElementById("chosen").textContent === ` + quote(name))
}

// pressUse presses a model's button in the menu.
func (p *page) pressUse(name string) {
	p.t.Helper()
	button := `[aria-label="Use: ` + name + `"]`
	p.run(`document.getElementById("choose").click()`)
	p.wait(`document.querySelector("#models[open] ` + strings.ReplaceAll(button, `"`, `\"`) + `")`)
	p.pressOn("#models[open] " + button)
}

// withPolicy returns a handler that adds a content security policy to a server's answers.
func withPolicy(server *url.URL, policy string) http.HandlerFunc {
	proxy := httputil.NewSingleHostReverseProxy(server)
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Cache-Control", "no-store")
		proxy.ServeHTTP(w, r)
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
