package e2e

import (
	"net/http"
	"net/http/httputil"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// messages is a script that keeps the names of the calls to the worker, and "answered load"
// when that call's answer comes.
const messages = `
	window.messages = [];
	window.Worker = class extends Worker {
		constructor(...how) {
			super(...how);
			this.addEventListener("message", ({ data }) => data.id && data.id === this.load && messages.push("answered load"));
		}
		postMessage(call) {
			if (call[1] === "load") this.load = call[0];
			messages.push(call[1]);
			super.postMessage(call);
		}
	};
`

// Worker, binary and model do not wait for the page's scripts, nor the first answer for the
// page to hear that there is a model.
func TestBeginsEarly(t *testing.T) {
	s := newSite(t)
	release := s.hold(t, "main-")
	p := newPage(t, s, observer, messages)
	parts := []string{"worker-", ".wasm", ".ink"}
	isMissing := func() bool { return slices.ContainsFunc(parts, func(part string) bool { return s.asked(part) == 0 }) }
	go func() {
		for deadline := time.Now().Add(patience / 2); isMissing() && time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
		}
		if isMissing() {
			t.Errorf("without the page's script: the page has not asked for all of %q", parts)
		}
		release()
	}()
	p.visit("")
	p.wait(`window.firstAnswer`)
	for _, part := range parts {
		if got := s.asked(part); got != 1 {
			t.Errorf("%s: asked for %d times, want once", part, got)
		}
	}
	want := []string{"start", "fetch", "load", "predict", "answered load"}
	if got := eval[[]string](p, `messages.slice(0, 5)`); !slices.Equal(got, want) {
		t.Errorf("to the worker and back: got %q, want %q", got, want)
	}
}

// The binary that an earlier visit has left is compiled while the worker comes up; where it is
// gone, the worker fetches it.
func TestKeptBinary(t *testing.T) {
	p := newPage(t, newSite(t), `
		window.modules = [];
		window.Worker = class extends Worker {
			postMessage(message, ...rest) {
				if ("module" in message) modules.push(message.module instanceof WebAssembly.Module);
				super.postMessage(message, ...rest);
			}
		};
	`)
	visit := func(want ...bool) {
		t.Helper()
		p.visit("")
		p.answersSeven()
		if got := eval[[]bool](p, `modules`); !slices.Equal(got, want) {
			t.Errorf("modules sent to the worker: got %v, want %v", got, want)
		}
	}
	visit()
	p.waitKept(".wasm")
	visit(true)
	p.run(`caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))`)
	visit(false)
}

// A file that was begun early and fails is fetched again.
func TestBeginsAgain(t *testing.T) {
	server := get(t, finishedSite)
	s := newSite(t)
	proxy := httputil.NewSingleHostReverseProxy(server)
	for _, part := range []string{".wasm", ".ink"} {
		var failed sync.Once
		s.answer(part, func(w http.ResponseWriter, r *http.Request) {
			answer := http.Handler(proxy)
			failed.Do(func() { answer = status(http.StatusServiceUnavailable) })
			answer.ServeHTTP(w, r)
		})
	}
	p := newPage(t, s)
	p.expectTrouble("Failed to load resource")
	p.visit("")
	p.answersSeven()
}

// A download that was begun early and from which nothing more comes is given up, with the reason.
func TestEarlyStall(t *testing.T) {
	server := get(t, finishedSite)
	s := newSite(t)
	s.hold(t, ".wasm")
	s.prepend(t, "worker-", server, `
		const wait = setTimeout.bind(self);
		self.setTimeout = (call, ms) => wait(call, ms === 30_000 ? 300 : ms);
	`)
	p := newPage(t, s)
	p.visit("")
	p.waitState("error")
	if got := p.text("reason"); !strings.Contains(got, "stopped arriving") {
		t.Errorf("reason: got %q, want the silence named", got)
	}
	s.heal()
	p.click("retry")
	p.answersSeven()
}
