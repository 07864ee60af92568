package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/chromedp"
)

// document returns the first block of HTML under a heading of docs/embedding.md.
func document(t *testing.T, heading string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(checkout, "docs", "embedding.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)\n## " + regexp.QuoteMeta(heading) + "\n.*?```html\n(.*?)```").FindSubmatch(text)
	if found == nil {
		t.Fatalf("docs/embedding.md: no HTML under %q", heading)
	}
	return string(found[1])
}

// countWorkers is a script that counts the workers that were made and those that run.
const countWorkers = `
	window.made = window.running = 0;
	window.Worker = class extends Worker {
		constructor(...how) { super(...how); made++, running++; }
		terminate() { super.terminate(); running--; }
	};
`

// host returns a page of somebody's, beside the folder element/, with a policy, or none.
func host(t *testing.T, html, policy string, scripts ...string) *page {
	t.Helper()
	s := newSite(t)
	s.answer("/host.html", func(w http.ResponseWriter, _ *http.Request) {
		if policy != "" {
			w.Header().Set("Content-Security-Policy", policy)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(html))
	})
	s.answer("/favicon.ico", content("image/x-icon", nil))
	p := newPage(t, s, scripts...)
	p.visit("host.html")
	p.wait(`document.querySelector("inkling-pad")?.state`)
	return p
}

// waitPads waits until all pads of the page can read.
func (p *page) waitPads() {
	p.t.Helper()
	p.wait(`document.querySelectorAll("inkling-pad").every((pad) => pad.state === "ready")`)
}

// checkAll fails the test for each of the expressions that is not true.
func (p *page) checkAll(expressions ...string) {
	p.t.Helper()
	for _, e := range expressions {
		if !eval[bool](p, "(async () => Boolean(await ("+e+")))()") {
			p.t.Errorf("want it true: %s", e)
		}
	}
}

// The page of docs/embedding.md works as printed, in another language and colour too.
// Several pads share a worker and a network, and the last that goes ends it.
func TestElement(t *testing.T) {
	p := host(t, document(t, "Three lines"), "", countWorkers)
	p.waitPads()
	p.draw(seven)
	p.wait(`answer.textContent === "7"`)
	p.run(`window.pad = document.querySelector("inkling-pad")`)
	p.checkAll(
		`pad.value === "7" && pad.prediction.label === "7" && pad.strokes.length === 1`,
		`pad.predict().then((p) => p.label === "7" && p.strokes === 1)`,
		`pad.predict(new Uint8Array(784)).then((p) => p.label === "" && !p.sure)`,
		`pad.predict(new Uint8Array(27)).then(() => false, (e) => e instanceof RangeError && e.message.includes("want 784"))`,
		`pad.predict("7").then(() => false, (e) => e instanceof TypeError)`,
		`pad.toBlob().then(async (b) => b.type === "image/png" && (await createImageBitmap(b)).width === 400)`,
		`pad.toBlob({ type: "image/svg+xml" }).then(async (b) => (await b.text()).includes("<path d=\"M"))`,
		`import("./element/inkling-pad.js").then((m) => customElements.get("inkling-pad") === m.InklingPad)`,
		`import("./element/inkling-pad.js?again").then(() => true)`,
	)

	// Set before the element is one, and read by one network with the first.
	p.run(`window.second = window.document.implementation.createHTMLDocument().createElement("inkling-pad"),
		Object.assign(second, { strokes: pad.strokes, accept: "0-6", tools: "undo", lang: "ko", name: "second" }),
		document.body.append(second)`)
	p.wait(`second.prediction?.final && second.shadowRoot.getElementById("undo").textContent.trim() === "되돌리기"`)
	p.checkAll(
		`running === 1`,
		`second.prediction.classes.join("") === "0123456" && !second.prediction.classes.includes(second.prediction.label === "7" ? "x" : "7")`,
		`second.value === "" && !second.prediction.sure && second.prediction.probabilities.reduce((a, b) => a + b) < 0.5`,
		`second.shadowRoot.getElementById("words").textContent === "이 중에 없음"`, // a 7 is a digit, but none of these
		// However small, what is said leaves the pad where it is.
		`[pad, second].every((e) => ["7rem", "12rem", "14rem", "18rem", ""].every((size) => {
			e.style.setProperty("--inkling-size", size);
			return e.shadowRoot.querySelector(".desk").getBoundingClientRect().top - e.getBoundingClientRect().top === 96;
		}))`,
		`second.name === "second" && second.getAttribute("accept") === "0-6"`,
		`second.shadowRoot.getElementById("clear").hidden && !second.shadowRoot.getElementById("undo").hidden`,
	)
	p.run(`second.accept = ""`)
	p.wait(`second.value === "7"`)
	p.run(`window.heard = 0, second.addEventListener("change", () => heard++), second.undo()`)
	p.wait(`second.value === "" && second.strokes.length === 0`)
	p.run(`second.redo()`)
	p.wait(`second.value === "7"`)
	p.checkAll(`heard === 0`)

	// Nobody can draw where it is read only.
	p.run(`pad.readOnly = true, document.querySelector("inkling-pad").scrollIntoView()`)
	p.draw(one)
	p.frames(2)
	p.checkAll(`pad.strokes.length === 1`, `pad.shadowRoot.getElementById("clear").disabled`)
	p.run(`pad.readOnly = false`)

	// Moved, it goes on; gone, it lets go; back, it reads again; the last one ends the worker.
	p.run(`second.after(pad)`)
	p.frames(2)
	p.checkAll(`running === 1 && pad.state === "ready"`)
	p.run(`second.remove()`)
	p.frames(2)
	p.checkAll(`running === 1`)
	p.run(`pad.remove()`)
	p.frames(2)
	p.checkAll(`running === 0`)
	p.run(`predictions.length = 0, document.body.prepend(pad)`)
	p.wait(`running === 1 && predictions.at(-1)?.label === "7"`)
	p.run(`pad.model = "nowhere.ink", pad.addEventListener("inkling:error", (e) => window.said = e.detail.reason)`)
	p.expectTrouble("Failed to load resource")
	p.wait(`pad.state === "error" && said.includes("nowhere.ink")`)
	p.run(`pad.model = ""`)
	p.wait(`pad.state === "ready" && pad.value === "7"`)
}

// Both pages of docs/embedding.md work from our own server: in a folder beside a copy of
// element/, as the document says, and in a site that is there already, whose page keeps its policy.
func TestElementOnOurServer(t *testing.T) {
	own, beside := t.TempDir(), t.TempDir()
	dist := distFolder(t)
	for dir, from := range map[string]string{filepath.Join(own, "element"): filepath.Join(dist, "element"), beside: dist} {
		if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	for path, heading := range map[string]string{
		filepath.Join(own, "index.html"): "Three lines", filepath.Join(own, "form.html"): "A form",
		filepath.Join(beside, "mine.html"): "Three lines", filepath.Join(beside, "form.html"): "A form",
	} {
		if err := os.WriteFile(path, []byte(document(t, heading)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for dir, pages := range map[string][]string{own: {"", "form.html"}, beside: {"mine.html", "form.html"}} {
		address, stop, err := serve(get(t, buildCommand), dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stop)
		s := siteAt(t, address, "/")
		s.answer("/favicon.ico", content("image/x-icon", nil))
		p := newPage(t, s)
		p.visit(pages[0])
		p.waitPads()
		p.draw(seven)
		p.wait(`answer.textContent === "7"`)
		p.run(`document.querySelector("inkling-pad").lang = "ko", document.querySelector("inkling-pad").focus()`)
		p.wait(`undo.textContent.trim() === "되돌리기" && performance.getEntriesByType("resource").some((e) => e.name.includes("pen-keys"))`)
		if !p.hasAskedFor("/ko.js?") || !p.hasAskedFor("/pen-keys.js?") {
			t.Error("Korean and the keys that draw were not asked for by the release, so that browsers would keep old ones")
		}
		p.visit(pages[1])
		p.waitPads()
		p.draw(one)
		p.wait(`document.querySelector("inkling-pad").value === "1"`)
		p.do(chromedp.Click(path("button:not([type])"), chromedp.NodeEnabled))
		p.wait(`location.search === "?count=1"`)
	}
}

// A pad runs in the worker that the page has started for it; one that comes late is ended,
// and one that fails is replaced.
func TestElementAdoptsAWorker(t *testing.T) {
	p := host(t, `<!doctype html><title>A worker of the page's</title><script type="module">
		import { adopt, workerURL } from "./element/inkling-pad.js";
		const start = (url) => {
			const worker = new Worker(url);
			adopt(worker);
			return worker;
		};
		const add = () => document.body.insertAdjacentHTML("beforeend", "<inkling-pad model='element/model.ink'></inkling-pad>");
		Object.assign(window, { start, add, workerURL });
		start(workerURL);
		add();
	</script>`, "", countWorkers)
	p.waitPads()
	p.draw(seven)
	p.wait(`document.querySelector("inkling-pad").value === "7"`)
	p.checkAll(`made === 1 && running === 1`)
	p.run(`start(workerURL)`)
	p.checkAll(`made === 2 && running === 1`)

	p.run(`document.querySelector("inkling-pad").remove()`)
	p.wait(`running === 0`)
	p.expectTrouble("Failed to load resource")
	p.run(`new Promise((resolve) => start("nowhere.js").addEventListener("error", resolve)).then(() => {})`)
	p.run(`add()`)
	p.waitPads()
	p.checkAll(`made === 4`)
}

// The form of docs/embedding.md asks for an answer that is sure, sends it, resets it and
// brings the drawing back.
func TestElementInAForm(t *testing.T) {
	p := host(t, document(t, "A form"), "")
	p.waitPads()
	p.run(`window.pad = document.querySelector("inkling-pad"), window.form = pad.form, window.told = [],
		["input", "change"].forEach((type) => form.addEventListener(type, (e) => told.push(type + ":" + e.target.value)))`)
	p.checkAll(
		`form instanceof HTMLFormElement && pad.labels.length === 1 && pad.type === "inkling-pad" && pad.willValidate`,
		`!pad.checkValidity() && pad.validity.valueMissing && pad.validationMessage && form.matches(":invalid")`,
		`new FormData(form).get("count") === ""`,
	)
	p.do(chromedp.Click(path("button:not([type])"), chromedp.NodeEnabled)) // Send; the browser points at the pad
	p.wait(`document.activeElement?.id === "pad"`)
	p.run(`document.activeElement.blur(), document.querySelector("label").click()`)
	p.checkAll(`document.activeElement?.id === "pad"`)
	p.draw(one)
	p.wait(`told.at(-1) === "change:1"`)
	p.checkAll(
		`told.includes("input:1") && told.filter((t) => t.startsWith("change")).length === 1`,
		`pad.checkValidity() && form.matches(":valid") && new FormData(form).get("count") === "1"`,
	)
	p.run(`pad.shadowRoot.getElementById("width").dispatchEvent(new Event("input", { bubbles: true, composed: true }))`)
	p.checkAll(`told.at(-1) === "change:1"`) // of the tools' own fields a page hears nothing
	p.run(`pad.disabled = true`)
	p.checkAll(`new FormData(form).get("count") === null && pad.matches(":disabled") && !pad.willValidate`)
	p.run(`pad.disabled = false`)
	p.do(chromedp.Click(path("button[type=reset]"), chromedp.NodeEnabled))
	p.wait(`pad.value === "" && pad.strokes.length === 0 && !pad.checkValidity()`)
	p.draw(one)
	p.wait(`pad.value === "1"`)
	p.do(chromedp.Click(path("button:not([type])"), chromedp.NodeEnabled))
	p.wait(`location.search === "?count=1"`)
	p.run(`history.back()`)
	p.wait(`location.search === "" && document.querySelector("inkling-pad")?.value === "1" && document.querySelector("inkling-pad").strokes.length === 1`)
}

// The element works under a strict policy, in a folder and in a sandboxed frame of the
// same site. Where browsers refuse the worker it says so at once.
func TestElementElsewhere(t *testing.T) {
	const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; frame-src 'self'"
	const script, pad = `<!doctype html><script type="module" src="element/inkling-pad.js"></script>`, `<inkling-pad></inkling-pad>`
	p := host(t, script+pad, strict)
	p.waitPads()
	p.draw(one)
	p.wait(`document.querySelector("inkling-pad").value === "1"`)
	p.run(source(t, "host.html", "a", "allow-scripts allow-same-origin"))
	p.wait(`a.contentDocument?.querySelector("inkling-pad")?.state === "ready"`)

	open := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		http.ServeFile(w, r, filepath.Join(workDir, "dist", filepath.FromSlash(r.URL.Path)))
	}
	other := newSite(t)
	other.answer("/element/", open)
	p = host(t, strings.Replace(script, "element/", other.url("element/"), 1)+pad, "")
	p.others = append(p.others, other.url(""))
	p.wait(`document.querySelector("inkling-pad").state === "error"`)
	p.checkAll(`reason.textContent.includes(` + quote(strings.TrimSuffix(other.url(""), "/")) + `)`)
	p.site.answer("/element/", open)
	p.site.answer("/sandboxed.html", content("text/html", []byte(script+pad+`<script>
		document.addEventListener("inkling:error", (e) => parent.postMessage(e.detail.reason, "*"));
	</script>`)))
	p.run(`addEventListener("message", ({ data }) => window.said = data)`)
	p.run(source(t, "sandboxed.html", "b", "allow-scripts"))
	p.wait(`window.said?.includes("allow-same-origin")`)
}

// Pads that were removed are gone, also while another one stays and uses what they used.
func TestRemovedPadsGo(t *testing.T) {
	p := host(t, document(t, "Three lines"), "", countWorkers)
	p.waitPads()
	p.run(`(async () => {
		window.removed = [];
		for (let i = 0; i < 20; i++) {
			const pad = document.createElement("inkling-pad");
			document.body.append(pad);
			if (i % 2) await pad.predict();
			pad.remove();
			removed.push(new WeakRef(pad));
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	})()`)
	alive := -1
	for range 20 {
		if _, err := chromedp.Call(p.ctx, heapprofiler.CollectGarbage, chromedp.Void{}); err != nil {
			t.Fatal(err)
		}
		p.frames(2)
		if alive = eval[int](p, `removed.filter((pad) => pad.deref()).length`); alive <= 1 {
			break
		}
	}
	if alive > 1 {
		t.Errorf("of 20 pads that were removed, %d are held still", alive)
	}
	p.checkAll(`running === 1`)
	p.draw(seven)
	p.wait(`answer.textContent === "7"`)
}

// source returns a statement that adds a sandboxed frame under a name.
func source(t *testing.T, url, name, sandbox string) string {
	t.Helper()
	return `(() => {
		const frame = document.createElement("iframe");
		frame.name = ` + quote(name) + `;
		frame.sandbox = ` + quote(sandbox) + `;
		frame.src = ` + quote(url) + `;
		window[frame.name] = frame;
		document.body.append(frame);
	})()`
}

// ?embed= posts the page's predictions to the site that it names and to no other.
func TestEmbeddedPagePostsPredictions(t *testing.T) {
	around, site := newSite(t), newSite(t)
	frame := func(embed string) string {
		return `<iframe style="width: 480px; height: 700px; border: 0" src="` + site.url("?embed="+embed) + `"></iframe>`
	}
	around.answer("/host.html", content("text/html", []byte(`<!doctype html><body style="margin: 0">`+
		frame(around.server.URL)+frame("https://their.site")+frame("*")+`<script>
		window.said = [];
		addEventListener("message", ({ data, origin, source }) => said.push([Array.from(frames, (_, i) => frames[i]).indexOf(source), origin, data.type, data.detail.label, data.detail.value].join(" ")));
	</script>`)))
	around.answer("/favicon.ico", content("image/x-icon", nil))
	p := newPage(t, around)
	p.others = append(p.others, site.url(""))
	p.do(chromedp.EmulateViewport(1440, 700))
	p.visit("host.html")
	want := "0 " + site.server.URL + " inkling:prediction 1 1"
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); p.frames(10) {
		for frame := range 3 {
			b := box{480*float64(frame) + 60, 240, 360, 300}
			p.press(b, one[0])
			p.release(b, one[0][len(one[0])-1])
		}
		if slices.Contains(eval[[]string](p, `said`), want) {
			break
		}
	}
	said := eval[[]string](p, `said`)
	if !slices.Contains(said, want) {
		t.Errorf("posted: got %q, want %q among them", said, want)
	}
	for _, s := range said {
		if !strings.HasPrefix(s, "0 ") {
			t.Errorf("posted: got %q from a page that is to tell another site, or none", s)
		}
	}
}

// axe-core finds no fault with the element on somebody's page: drawn on, refusing to be
// sent, disabled, and in dark.
func TestAccessibilityOfTheElement(t *testing.T) {
	source := axeSource(t)
	p := host(t, document(t, "A form"), "")
	p.waitPads()
	p.run(source)
	check := func(state string) {
		t.Helper()
		faults := eval[[]string](p, `axe.run("inkling-pad", { preload: false }).then(({ violations }) => violations.flatMap((v) =>
			v.nodes.map((n) => v.id + ": " + v.help + ": " + n.html.slice(0, 120))))`)
		if len(faults) > 0 {
			t.Errorf("%s: axe-core: got %d faults, want none:\n%s", state, len(faults), strings.Join(faults, "\n"))
		}
	}
	check("empty")
	p.draw(one)
	p.wait(`document.querySelector("inkling-pad").value === "1"`)
	check("drawn")
	p.run(`document.documentElement.style.colorScheme = "dark"`)
	check("dark")
	p.run(`document.querySelector("inkling-pad").disabled = true`)
	check("disabled")
}
