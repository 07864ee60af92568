package e2e

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// soaked is how many predictions TestSoak asks for; a browser without SIMD is asked for a
// fifth.
var soaked = flag.Int("soaked", 1_000_000, "predictions of the soak")

const (
	soakTime = 10 * time.Minute // after which the soak ends, however far it is
	soakTurn = 1000             // predictions between two changes of the model
	soakMB   = 24               // that the page's process may grow by from the first half to the second
)

// soak is a script for one turn: another model, a drawing on the pad, and many questions,
// several under way at a time. It returns how many drawings were read as digits.
const soak = `
	window.turns = 0;
	window.soak = async (questions) => {
		const pad = document.querySelector("inkling-pad");
		const models = JSON.parse(document.getElementById("site").textContent).models;
		const name = ["notebook-plain", "digits"][turns++ % 2];
		await pad.reader.choose({ name, ...models[name] }, () => {}, () => true);
		const line = (shift) => [Array.from({ length: 12 }, (_, i) => ({ x: 180 + shift + i, y: 80 + 20 * i }))];
		const told = new Promise((resolve) => document.addEventListener("inkling:prediction", resolve, { once: true }));
		pad.strokes = line(turns % 50);
		let read = (await told).detail.model === name ? 1 : 0;
		let asked = 1;
		const ask = async () => {
			while (asked < questions) {
				const answer = await pad.reader.read(line(asked++ % 50));
				if (answer?.label >= 0) read++;
			}
		};
		await Promise.all([ask(), ask(), ask(), ask()]);
		predictions.length = 0;
		return read;
	};
`

// hasSIMD is an expression: whether the browser takes a function of SIMD.
const hasSIMD = `WebAssembly.validate(Uint8Array.of(
	0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11))`

// A page that answers a million times and changes its model a thousand times does not
// grow. INKLING_SLOW=1 runs it, for ten minutes at most.
func TestSoak(t *testing.T) {
	if os.Getenv("INKLING_SLOW") == "" {
		t.Skip("ten minutes; INKLING_SLOW=1 runs it")
	}
	p := open(t, soak)
	goal := *soaked
	if !eval[bool](p, hasSIMD) {
		goal /= 5
	}
	start, last := time.Now(), 0
	var sizes []int
	turns := goal / soakTurn
	for turn := range turns {
		if time.Since(start) > soakTime {
			t.Logf("ended after %d of %d turns", turn, turns)
			break
		}
		ctx, cancel := context.WithTimeout(p.ctx, 3*time.Minute)
		read, err := chromedp.Run(ctx, chromedp.Evaluate[int](fmt.Sprintf(`soak(%d)`, soakTurn), chromedp.EvalAwaitPromise))
		cancel()
		if err != nil || read != soakTurn {
			t.Fatalf("turn %d: got %d answers, %v; want %d", turn, read, err, soakTurn)
		}
		last = turn + 1
		sizes = append(sizes, p.renderer("VmRSS:"))
	}
	if last < 20 || sizes[0] == 0 {
		t.Skipf("%d turns, or a system that tells no sizes: nothing to be said of growth", last)
	}
	// The heaps find their sizes in the first quarter, and what is not used any more is
	// collected now and then: of the rest the smallest sizes count.
	half := last / 2
	first, end := slices.Min(sizes[last/4:half]), slices.Min(sizes[half:])
	t.Logf("%d predictions, %d changes of the model in %.0f s", last*soakTurn, last, time.Since(start).Seconds())
	t.Logf("the page's process: %d MB at its smallest in the second quarter, %d in the second half, %d at most", first, end, slices.Max(sizes))
	if end > first+soakMB {
		t.Errorf("the page's process grew from %d to %d MB, want %d more at most", first, end, soakMB)
	}
}

// renderer returns the largest size, in MB, that the system tells of the browser's
// processes that show pages; 0 where it tells none. field is VmRSS: for now, VmHWM: for
// the peak.
func (p *page) renderer(field string) int {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
		p.t.Fatal(err)
	}
	largest := 0
	for _, id := range p.renderers() {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", id))
		if err != nil {
			continue
		}
		if _, size, ok := strings.Cut(string(status), field); ok {
			var kB int
			fmt.Sscan(size, &kB)
			largest = max(largest, kB/1000)
		}
	}
	return largest
}

// become brings the tab into a state of its life.
func (p *page) become(state devtools.SetWebLifecycleStateState) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, devtools.SetWebLifecycleState, devtools.SetWebLifecycleStateParams{State: state}); err != nil {
		p.t.Fatal(err)
	}
}

// A tab that was asleep goes on: its program is the same, and it answers.
func TestAsleepAndAwake(t *testing.T) {
	p := open(t, crashing, `window.slept = [];
		for (const type of ["freeze", "resume"]) document.addEventListener(type, () => slept.push(type));`)
	p.draw(zero)
	p.waitFinal(1)
	for range 2 {
		p.become(devtools.SetWebLifecycleStateStateFrozen)
		p.become(devtools.SetWebLifecycleStateStateActive)
		p.forget()
		p.draw(one)
		p.wait(`predictions.at(-1)?.final`)
		p.click("undo")
		p.waitFinal(1)
	}
	if got := eval[[]string](p, `slept`); !slices.Equal(got, []string{"freeze", "resume", "freeze", "resume"}) {
		t.Errorf("the tab heard of %q", got)
	}
	if got := eval[int](p, `workers.length`); got != 1 || p.state() != "ready" {
		t.Errorf("awake: got %d workers and the state %s, want the first one still ready", got, p.state())
	}
}

// Who leaves the page and comes back finds the drawing, and the page answers.
func TestBackAndForward(t *testing.T) {
	p := open(t, `addEventListener("pageshow", ({ persisted }) => { window.persisted = persisted; });`)
	p.draw(zero)
	p.waitFinal(1)
	p.visit("404.html")
	p.run(`history.back()`)
	p.wait(`window.persisted !== undefined && document.documentElement.dataset.state === "ready"`)
	if !eval[bool](p, `persisted`) {
		t.Fatalf("the page was made again: %s", eval[string](p, `JSON.stringify(performance.getEntriesByType("navigation")[0].notRestoredReasons)`))
	}
	p.draw(one)
	checkDetail(t, p.waitFinal(2))
}

// The page can be installed, as an app of its own in each folder, and opens the models
// that it is started with.
func TestInstalled(t *testing.T) {
	p := open(t, `Object.defineProperty(window, "launchQueue", { value: { setConsumer(consumer) { window.launch = consumer; } } });`)
	manifest, err := chromedp.Call(p.ctx, devtools.GetAppManifest, devtools.GetAppManifestParams{})
	if err != nil || len(manifest.Errors) > 0 {
		t.Errorf("manifest: got %v, %v", manifest.Errors, err)
	}
	got, err := chromedp.Call(p.ctx, devtools.GetInstallabilityErrors, cdp.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range got.InstallabilityErrors {
		if e.ErrorID != "in-incognito" { // as every profile of a test is
			t.Errorf("to install: %s %v", e.ErrorID, e.ErrorArguments)
		}
	}
	if got, err := chromedp.Call(p.ctx, devtools.GetAppID, cdp.Empty{}); err != nil || got.AppID != p.site.url("") {
		t.Errorf("the app's name for itself: got %q, %v; want the folder's address", got.AppID, err)
	}
	p.run(`(async () => {
		const { url } = JSON.parse(document.getElementById("site").textContent).models["notebook-plain"];
		const file = new File([await (await fetch(url)).blob()], "mine.ink");
		launch({ files: [{ getFile: async () => file }] });
	})()`)
	p.wait(`document.getElementById("chosen").textContent === "mine"`)
}
