package e2e

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// askAboutPatterns returns the probabilities of images that look like nothing, as text.
const askAboutPatterns = `(async () => {
	const all = [];
	for (let i = 0; i < 20; i++) {
		const image = Uint8Array.from({ length: 28 * 28 }, (_, k) => ((k * k * (i + 3)) % 256 < 64 ? 10 * i + 50 : 0));
		all.push((await window.inkling.predictImage(image)).probabilities);
	}
	return JSON.stringify(all);
})()`

// A browser without SIMD computes the same bits: Go's own.
func TestWithoutSIMD(t *testing.T) {
	t.Parallel()
	want := eval[string](open(t), askAboutPatterns)
	s := newSite(t)
	var asked atomic.Bool
	s.answer("/validated", func(w http.ResponseWriter, _ *http.Request) {
		asked.Store(true)
		w.WriteHeader(http.StatusNoContent)
	})
	server := get(t, finishedSite).String()
	s.answer("/worker-", func(w http.ResponseWriter, r *http.Request) {
		script, err := http.Get(strings.TrimSuffix(server, "/") + r.URL.Path)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer script.Body.Close()
		w.Header().Set("Content-Type", "text/javascript")
		io.WriteString(w, `WebAssembly.validate = () => (fetch(new URL("validated", self.inklingBegun?.base ?? location.href)), false);`)
		io.Copy(w, script.Body)
	})
	p := newPage(t, s)
	p.visit("")
	p.waitState("ready")
	if got := eval[string](p, askAboutPatterns); got != want {
		t.Errorf("without SIMD: got %.200s..., want %.200s...", got, want)
	}
	if !asked.Load() {
		t.Error("the worker did not ask whether the browser has SIMD")
	}
}
