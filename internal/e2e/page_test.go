package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/seed-c844a918/inkling/internal/browser"
)

// patience is how long a test waits for anything on a page.
const patience = 20 * time.Second

// recorder is a script that keeps the page's predictions and breaches of its policy.
// It runs before the page's first script.
const recorder = `
	window.predictions = [];
	window.breaches = [];
	document.addEventListener("inkling:prediction", (e) => predictions.push(structuredClone(e.detail)));
	document.addEventListener("securitypolicyviolation", (e) => breaches.push(e.violatedDirective + " " + e.blockedURI));
` + deep

// deep is a script that sets window.deep: the page's names and its document, with what
// lies in open shadow roots as if it lay in the document. The tests' expressions are
// evaluated with it; the page's own scripts are not.
const deep = `
	window.deep = (() => {
		const roots = () => [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean)];
		const all = (selector) => roots().flatMap((root) => [...root.querySelectorAll(selector)]);
		const found = {
			getElementById: (id) => roots().map((root) => root.getElementById(id)).find(Boolean) ?? null,
			querySelector: (selector) => all(selector)[0] ?? null,
			querySelectorAll: all,
		};
		const bound = (target, key) => typeof target[key] === "function" ? target[key].bind(target) : target[key];
		const page = new Proxy(document, {
			get(target, key) {
				if (key === "activeElement") return target.activeElement?.shadowRoot?.activeElement ?? target.activeElement;
				return Object.hasOwn(found, key) ? found[key] : bound(target, key);
			},
			set: (target, key, value) => Reflect.set(target, key, value, target),
		});
		const named = (key) => typeof key === "string" && !(key in window) ? found.getElementById(key) : null;
		return new Proxy({}, {
			has: (_, key) => key === "document" || named(key) !== null,
			get: (_, key) => key === "document" ? page : typeof key === "string" ? named(key) : undefined,
		});
	})();
`

// deeply returns a script, evaluated with window.deep where that is.
func deeply(script string) string { return "with (window.deep ?? {}) {\n" + script + "\n}" }

// A page is one tab with a profile of its own.
type page struct {
	t    testing.TB
	ctx  context.Context
	site *site

	mu       sync.Mutex
	troubles []string        // console errors and uncaught exceptions
	requests []string        // addresses asked for
	others   []string        // other sites that may be asked
	tolerate map[string]bool // parts of troubles that the test brings about
}

// prediction is the detail of inkling:prediction.
type prediction struct {
	Label         string
	Sure          bool
	Confidence    float64
	Probabilities []float64
	Classes       []string
	Strokes       int
	Final         bool
	MS            float64 `json:"ms"`
	Model         string
}

// newPage returns an empty tab for a site. scripts run before the page's own.
func newPage(t testing.TB, s *site, scripts ...string) *page {
	t.Helper()
	browser.Path(t)
	ctx, cancel := chromedp.NewContext(get(t, startBrowser), chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	return newTab(ctx, t, s, scripts...)
}

// beside returns another empty tab of the same profile. scripts run before the page's own.
func (p *page) beside(scripts ...string) *page {
	p.t.Helper()
	ctx, cancel := chromedp.NewContext(p.ctx)
	p.t.Cleanup(cancel)
	return newTab(ctx, p.t, p.site, scripts...)
}

// newTab returns the empty tab of a context.
func newTab(ctx context.Context, t testing.TB, s *site, scripts ...string) *page {
	t.Helper()
	p := &page{t: t, ctx: ctx, site: s, tolerate: map[string]bool{}}
	p.do(chromedp.EmulateViewport(1000, 900))
	p.listen()
	for _, source := range append([]string{recorder}, scripts...) {
		if _, err := chromedp.Call(ctx, devtools.AddScriptToEvaluateOnNewDocument,
			devtools.AddScriptToEvaluateOnNewDocumentParams{Source: source}); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(p.inspect)
	return p
}

// open returns a page of the finished site that is ready.
func open(t testing.TB, scripts ...string) *page {
	t.Helper()
	p := newPage(t, newSite(t), scripts...)
	p.visit("")
	p.waitState("ready")
	return p
}

// listen records requests and troubles until the tab closes.
func (p *page) listen() {
	if _, err := chromedp.Call(p.ctx, network.Enable, network.EnableParams{}); err != nil {
		p.t.Fatal(err)
	}
	requests := chromedp.Events(p.ctx, network.RequestWillBeSent)
	go func() {
		for e, err := range requests {
			if err != nil {
				return
			}
			p.mu.Lock()
			p.requests = append(p.requests, e.Request.URL)
			p.mu.Unlock()
		}
	}()
	console := chromedp.Console(p.ctx)
	go func() {
		for m, err := range console {
			if err != nil {
				return
			}
			if m.Type == chromedp.ConsoleError || m.IsException() {
				p.mu.Lock()
				p.troubles = append(p.troubles, m.String()+" "+m.URL)
				p.mu.Unlock()
			}
		}
	}()
}

// expectTrouble allows console errors that contain part.
func (p *page) expectTrouble(part string) { p.tolerate[part] = true }

// local are the schemes of addresses that lead nowhere else.
var local = []string{"data:", "blob:", "file:"}

// inspect fails the test if the page did what no page may do. It runs last.
func (p *page) inspect() {
	p.shoot()
	var breaches []string
	if value, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`window.breaches ?? []`)); err == nil {
		breaches = value
	}
	for _, b := range breaches {
		p.t.Errorf("content security policy: breach of %s", b)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, trouble := range p.troubles {
		if !p.tolerated(trouble) {
			p.t.Errorf("console: %s", trouble)
		}
	}
	for _, url := range p.requests {
		allowed := slices.Concat([]string{p.site.url("")}, local, p.others)
		if !slices.ContainsFunc(allowed, func(start string) bool { return strings.HasPrefix(url, start) }) {
			p.t.Errorf("request outside the site: %s", url)
		}
	}
}

func (p *page) tolerated(trouble string) bool {
	for part := range p.tolerate {
		if strings.Contains(trouble, part) {
			return true
		}
	}
	return false
}

// shoot writes a picture of the page if INKLING_SHOTS asks for it.
func (p *page) shoot() {
	dir := os.Getenv("INKLING_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		name := strings.NewReplacer("/", "-", " ", "-").Replace(p.t.Name())
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
	if err != nil {
		p.t.Log(err)
	}
}

// do carries out steps within the test's patience.
func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	// The first step starts the tab and binds it to its context.
	if err := chromedp.Do(p.ctx); err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// visit opens the page with a query.
func (p *page) visit(query string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.site.url(query)))
}

// run runs a statement in the page. It waits for a promise.
func (p *page) run(script string) {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](deeply(script), chromedp.EvalAwaitPromise))
}

// eval returns the value of an expression in the page. It waits for a promise.
func eval[T any](p *page, expression string) T {
	p.t.Helper()
	value, err := tryEval[T](p, expression)
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// tryEval does what eval does, and returns the error.
func tryEval[T any](p *page, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](deeply(expression), chromedp.EvalAwaitPromise))
}

// wait waits until an expression is true. A page that goes while it is asked, since a
// button has sent its form, say, is asked again.
func (p *page) wait(expression string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		holds, err := tryEval[bool](p, "Boolean("+expression+")")
		if err != nil && !strings.Contains(err.Error(), "navigated or closed") {
			p.t.Fatalf("%s: %v", expression, err)
		}
		if holds {
			return
		}
	}
	state := eval[string](p, `document.documentElement.dataset.state + ": " + (document.getElementById("reason")?.textContent ?? "")`)
	p.t.Fatalf("waited %v in vain: %s; the page is %s", patience, expression, state)
}

// state returns the state of the page: loading, ready or error.
func (p *page) state() string {
	p.t.Helper()
	return eval[string](p, `document.documentElement.dataset.state ?? ""`)
}

// waitState waits for a state.
func (p *page) waitState(state string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.documentElement.dataset.state === %q`, state))
}

// predictions returns all predictions of the page so far.
func (p *page) predictions() []prediction {
	p.t.Helper()
	return eval[[]prediction](p, `predictions`)
}

// last returns the latest prediction. There must be one.
func (p *page) last() prediction {
	p.t.Helper()
	all := p.predictions()
	if len(all) == 0 {
		p.t.Fatal("no prediction so far")
	}
	return all[len(all)-1]
}

// forget empties the list of predictions.
func (p *page) forget() { p.run(`predictions.length = 0`) }

// waitFinal waits for the final prediction of a number of strokes.
func (p *page) waitFinal(strokes int) prediction {
	p.t.Helper()
	p.wait(fmt.Sprintf(`predictions.at(-1)?.final && predictions.at(-1).strokes === %d`, strokes))
	return p.last()
}

// text returns the text of an element.
func (p *page) text(id string) string {
	p.t.Helper()
	return strings.TrimSpace(eval[string](p, `document.getElementById(`+quote(id)+`).textContent`))
}

// click presses a button with the mouse.
func (p *page) click(id string) {
	p.t.Helper()
	p.do(chromedp.Click(path("#"+id), chromedp.NodeEnabled))
}

// path returns the first element that a CSS selector finds, in shadow roots too.
func path(selector string) chromedp.JSPath {
	return chromedp.JSPath("window.deep.document.querySelector(" + quote(selector) + ")")
}

// quote returns text as a JavaScript string.
func quote(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(data)
}
