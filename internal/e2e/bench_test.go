package e2e

import (
	"fmt"
	"math"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-c844a918/inkling/internal/browser"
	"github.com/seed-c844a918/inkling/internal/throttle"
)

// observer draws a stroke as soon as the pad can take it and keeps the times, in ms since
// navigation, of the first answer and of the first and the largest paint so far, and all
// long tasks.
const observer = `
	window.longTasks = [];
	new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration)))
		.observe({ type: "longtask", buffered: true });
	new PerformanceObserver((list) => { window.largestPaint = list.getEntries().at(-1).startTime; })
		.observe({ type: "largest-contentful-paint", buffered: true });
	document.addEventListener("inkling:prediction", (e) => {
		if (e.detail.label) window.firstAnswer ??= performance.now();
	});
	document.addEventListener("DOMContentLoaded", () => {
		const pad = deep.document.getElementById("pad");
		const box = pad.getBoundingClientRect();
		const send = (type, y) => pad.dispatchEvent(new PointerEvent(type, {
			pointerId: 7, isPrimary: true, bubbles: true, button: type === "pointermove" ? -1 : 0, buttons: 1,
			clientX: box.left + box.width / 2, clientY: box.top + y * box.height,
		}));
		send("pointerdown", 0.2);
		for (let y = 0.25; y < 0.8; y += 0.05) send("pointermove", y);
		send("pointerup", 0.8);
	});
`

// firstPaint is an expression for the time of the first contentful paint, in ms since navigation.
const firstPaint = `performance.getEntriesByName("first-contentful-paint")[0]?.startTime`

// BenchmarkFirstAnswer measures, with nothing cached, the time from navigation to
// the answer for a stroke drawn at once, and the longest task meanwhile.
func BenchmarkFirstAnswer(b *testing.B) {
	sayMachine(b)
	var answers, tasks []float64
	for range b.N {
		s := newSite(b)
		s.line = throttle.Mobile()
		p := newPage(b, s, observer)
		p.visit("")
		p.wait(`window.firstAnswer`)
		answers = append(answers, eval[float64](p, `firstAnswer`))
		tasks = append(tasks, eval[float64](p, `Math.max(0, ...longTasks)`))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(answers), "answer-ms")
	b.ReportMetric(median(tasks), "longest-task-ms")
}

// BenchmarkFirstPaint measures, with nothing cached and on a slow phone's line, the first
// and the largest paint of the page; nothing is drawn.
func BenchmarkFirstPaint(b *testing.B) {
	var first, largest []float64
	for range b.N {
		s := newSite(b)
		s.line = throttle.SlowPhone()
		p := newPage(b, s, strings.Replace(observer, "DOMContentLoaded", "no drawing", 1))
		p.visit("")
		p.waitState("ready")
		p.wait(`window.largestPaint`)
		first = append(first, eval[float64](p, firstPaint))
		largest = append(largest, eval[float64](p, `largestPaint`))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(first), "first-paint-ms")
	b.ReportMetric(median(largest), "largest-paint-ms")
}

// BenchmarkSecondVisit measures the time to the first answer where the service worker keeps
// the site, with the server there and without a network.
func BenchmarkSecondVisit(b *testing.B) {
	for _, network := range []string{"localhost", "offline"} {
		b.Run(network, func(b *testing.B) {
			var answers []float64
			for range b.N {
				p := newPage(b, newSite(b), observer)
				p.visit("")
				p.wait(`window.firstAnswer`)
				p.waitKept("digits-")
				if network == "offline" {
					p.goOffline()
				}
				p.visit("")
				p.wait(`window.firstAnswer`)
				answers = append(answers, eval[float64](p, `firstAnswer`))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(answers), "answer-ms")
		})
	}
}

// BenchmarkLiveAnswer measures the predictions while a digit is drawn with the
// mouse. It reports the page's own figure, from points to probabilities.
func BenchmarkLiveAnswer(b *testing.B) {
	p := open(b)
	var times []float64
	for b.Loop() {
		p.forget()
		p.draw(zero)
		p.waitFinal(1)
		for _, d := range p.predictions() {
			times = append(times, d.MS)
		}
		p.run(`document.getElementById("clear").click()`)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(times), "live-ms")
	b.ReportMetric(slices.Max(times), "slowest-ms")
}

// askWorker asks a worker of its own, as the page does, about images at a time, and returns
// the microseconds an answer takes, once per turn.
const askWorker = `(async () => {
	const images = 100, turns = 60;
	const sw = await (await fetch("sw.js")).text();
	const [wasm, file, script] = [/inkling-\w+\.wasm/, /models\/\w+-\w+\.ink/, /worker-\w+\.js/].map((what) => sw.match(what)[0]);
	const worker = new Worker(script);
	let calls = 0;
	const call = (name, ...args) => new Promise((resolve, reject) => {
		const id = ++calls;
		worker.addEventListener("message", ({ data }) => {
			if (data.id === id) "value" in data ? resolve(data.value) : reject(new Error(JSON.stringify(data)));
		});
		worker.postMessage([id, name, 1, ...args]);
	});
	await call("start", wasm, "default");
	const { channels } = await call("load", new Uint8Array(await (await fetch(file)).arrayBuffer()));
	const drawn = new Uint8Array(images * 28 * 28 * channels);
	for (let i = 0; i < images * 28 * 28; i++) {
		const x = i % 28, y = Math.floor(i / 28) % 28, ink = 150 + (i % 100);
		if ((x > 10 && x < 14 && y > 4 && y < 24) || (y === 12 && x > 4 && x < 22)) {
			for (let c = 0; c < channels; c++) drawn[i * channels + c] = c ? ink >> 1 : ink;
		}
	}
	const times = [];
	for (let i = 0; i < turns; i++) {
		const started = performance.now();
		await call("probabilities", drawn);
		times.push(((performance.now() - started) * 1000) / images);
	}
	worker.terminate();
	return times;
})()`

// BenchmarkAnswer measures one answer of the default model in Go's worker: the median of
// 60 turns of 100 images, and the quickest turn.
func BenchmarkAnswer(b *testing.B) {
	p := open(b)
	var times []float64
	for b.Loop() {
		times = append(times, eval[[]float64](p, askWorker)...)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(times), "answer-us")
	b.ReportMetric(slices.Min(times), "quickest-us")
}

// teachTen teaches a worker ten symbols of five drawings, each a wavy spiral, some times over:
// all fifty and then the model, as from a file; one by one, as by hand; one more drawing.
// Then it has the set's file written. It returns the milliseconds of each.
const teachTen = `(async () => {
	const drawing = (symbol, hand) => {
		const points = [];
		for (let i = 0; i < 40; i++) {
			const angle = (symbol + 2) * 0.03 * i, far = 20 + i + hand * Math.sin(0.3 * i * (symbol + 1));
			points.push(100 + far * Math.cos(angle), 100 + far * Math.sin(angle));
		}
		return line(...points);
	};
	await call("start", %q, "default");
	const encoder = await call("fetch", %q, "default");
	const all = [], single = [], one = [], file = [];
	const fifty = async (after) => {
		await call("load", encoder);
		const started = performance.now();
		for (let hand = 0; hand < 5; hand++)
			for (let symbol = 0; symbol < 10; symbol++) {
				await call("teach", drawing(symbol, hand), "symbol " + symbol);
				await after();
			}
		return performance.now() - started;
	};
	for (let turn = 0; turn < 3; turn++) {
		const before = await fifty(() => {});
		let started = performance.now();
		await call("renew");
		all.push(before + performance.now() - started);
		single.push(await fifty(() => call("renew")));
		started = performance.now();
		await call("teach", drawing(3, 6), "symbol 3");
		await call("renew");
		one.push(performance.now() - started);
		started = performance.now();
		await call("save", 2);
		file.push(performance.now() - started);
	}
	return [all, single, one, file].map((times) => Math.min(...times));
})()`

// BenchmarkTeach measures how long the worker takes to learn ten symbols of five drawings at
// once and one by one, to learn one more drawing, and to write the set's file; the quickest of
// three turns. Chromium slows down the page's thread but no worker, so a phone at fourfold
// throttle is four times that.
func BenchmarkTeach(b *testing.B) {
	p := open(b)
	p.run(fmt.Sprintf(teaching, built(b, "worker-*.js")))
	script := fmt.Sprintf(teachTen, built(b, "pictures-*.wasm"), built(b, "models/symbols-*.ink"))
	least := []float64{math.Inf(1), math.Inf(1), math.Inf(1), math.Inf(1)}
	for b.Loop() {
		for i, ms := range eval[[]float64](p, script) {
			least[i] = min(least[i], ms)
		}
	}
	b.ReportMetric(0, "ns/op")
	for i, what := range []string{"ten-symbols-ms", "one-by-one-ms", "one-more-ms", "file-ms"} {
		b.ReportMetric(least[i], what)
	}
}

// sayMachine logs the machine that the figures were measured on.
func sayMachine(b *testing.B) {
	out, err := exec.Command(browser.Path(b), "--version").Output()
	if err != nil {
		b.Fatal(err)
	}
	version := strings.TrimSpace(string(out))
	b.Logf("%s, %s/%s, %d cores, %s, %s", version, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(),
		time.Now().Format(time.DateOnly))
}

// median returns the median of a list that is not empty.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
