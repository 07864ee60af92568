package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// goOffline ends the site's server and tells the browser that there is no connection.
func (p *page) goOffline() {
	p.t.Helper()
	p.site.server.Config.Handler = status(503)
	p.site.server.CloseClientConnections()
	p.site.server.Listener.Close()
	params := network.OverrideNetworkStateParams{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}
	if _, err := chromedp.Call(p.ctx, network.OverrideNetworkState, params); err != nil {
		p.t.Fatal(err)
	}
}

// waitKept waits until the service worker has taken the page and keeps a file.
func (p *page) waitKept(part string) {
	p.t.Helper()
	p.run(`navigator.serviceWorker.ready.then(() => {})`)
	p.wait(`navigator.serviceWorker.controller`)
	p.run(`(async () => {
		const kept = async () => {
			for (const name of await caches.keys()) {
				if ((await (await caches.open(name)).keys()).some(({ url }) => url.includes(` + quote(part) + `))) return true;
			}
		};
		while (!(await kept())) await new Promise((resolve) => setTimeout(resolve, 20));
	})()`)
}

// Without a network an open page goes on from its first visit, the page opens again,
// and the menu says which models need a connection.
func TestOffline(t *testing.T) {
	p := open(t)
	p.expectTrouble("Failed to load") // cards of models that were not used
	p.waitKept("digits.pen-")
	p.goOffline()
	takeSample(1)(p)
	p.click("choose")
	unfold(p)
	entries := eval[[]string](p, `[...document.querySelectorAll("#models .entry .used")].map((e) => e.textContent)`)
	if got := strings.Join(entries, "; "); got != "In use"+strings.Repeat("; Needs a connection", max(1, len(entries)-1)) {
		t.Errorf("the menu without a network: got %q", got)
	}
	p.visit("")
	p.waitState("ready")
	p.draw(zero)
	checkDetail(t, p.waitFinal(1))
	p.visit("?model=digits")
	p.waitState("ready")
}

// A model that was used once works without a network, with all that belongs to it.
func TestOfflineModel(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=fashion")
	p.waitState("ready")
	p.waitKept("pictures-")
	p.goOffline()
	p.visit("?model=fashion")
	p.waitState("ready")
	takeSample(1)(p)
	p.choose("file", pictureOf(t, seven))
	p.wait(`predictions.length > 1 && predictions.at(-1).final`)
}

// Storage that is full or forbidden, or never answers, keeps nothing and stops nothing.
func TestNoStorage(t *testing.T) {
	const silent = `CacheStorage.prototype.match = () => new Promise(() => {});`
	for name, prelude := range map[string]string{
		"silent": silent,
		"full":   `Cache.prototype.put = async () => { throw new DOMException("full", "QuotaExceededError"); };`,
		"forbidden": `const open = caches.open.bind(caches);
			addEventListener("activate", () => { caches.open = caches.match = async () => { throw new DOMException("forbidden", "SecurityError"); }; });`,
	} {
		t.Run(name, func(t *testing.T) {
			server := get(t, finishedSite)
			s := newSite(t)
			s.prepend(t, "sw.js", server, prelude)
			var scripts []string
			if name == "silent" {
				scripts = []string{silent}
			}
			p := newPage(t, s, scripts...)
			p.visit("")
			p.waitState("ready")
			p.wait(`navigator.serviceWorker.controller`)
			p.visit("?model=notebook-plain")
			p.waitState("ready")
			p.draw(one)
			if got := p.waitFinal(1); got.Model != "notebook-plain" {
				t.Errorf("got the model %s", got.Model)
			}
		})
	}
}

// Storage that answers later than the page waits for it still brings the page where there is no network.
func TestSlowStorageOffline(t *testing.T) {
	server := get(t, finishedSite)
	s := newSite(t)
	s.prepend(t, "sw.js", server, `{
		const { match } = CacheStorage.prototype, later = setTimeout;
		globalThis.setTimeout = (then, ms, ...all) => later(then, ms / 20, ...all);
		CacheStorage.prototype.match = async function (...all) {
			await new Promise((resolve) => later(resolve, 300));
			return match.apply(this, all);
		};
	}`)
	p := newPage(t, s)
	p.visit("")
	p.waitState("ready")
	p.waitKept("digits-")
	p.goOffline()
	p.visit("")
	p.waitState("ready")
	p.draw(zero)
	checkDetail(t, p.waitFinal(1))
}

// An open page that nothing keeps says so when a file of its release is gone from the
// server, and fetches the new release; the drawing stays, once.
func TestNewVersion(t *testing.T) {
	s := newSite(t)
	s.answer("sw.js", status(404))
	p := newPage(t, s)
	p.expectTrouble("Failed to load")
	p.expectTrouble("bad HTTP response code (404)")
	p.visit("index.html")
	p.waitState("ready")
	p.draw(cross)
	before := p.waitFinal(2)
	s.answer("later-", status(404))
	s.answer("index.html", content("text/html", []byte(`<!doctype html><inkling-pad></inkling-pad><script type="module" src="main-NEXT.js"></script>`)))
	p.click("samples")
	p.wait(`document.getElementById("status").textContent.startsWith("A new version")`)
	s.heal()
	p.forget()
	p.do(chromedp.Click(path("#status button"), chromedp.NodeEnabled))
	p.wait(`performance.getEntriesByType("navigation")[0].type === "reload"`)
	p.waitState("ready")
	if got := p.waitFinal(2); !near(got.Probabilities, before.Probabilities) {
		t.Errorf("the drawing after Reload: got %v, want %v as before", got.Probabilities, before.Probabilities)
	}
	p.visit("index.html")
	p.waitState("ready")
	if eval[int](p, `document.querySelector("inkling-pad").strokes.length`) > 0 {
		t.Error("the drawing came back a second time")
	}
}
