package e2e

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// teaching is a script that calls the worker as the page does: call(name, ...arguments)
// of one caller. line(...) packs a drawing of one stroke.
const teaching = `
	window.teaching = { n: 0, waiting: new Map(), worker: new Worker(%q) };
	teaching.worker.onmessage = ({ data }) => {
		const waits = teaching.waiting.get(data.id);
		if (!waits) return;
		teaching.waiting.delete(data.id);
		"error" in data ? waits.reject(new Error(data.error)) : waits.resolve(data.value);
	};
	window.call = (name, ...args) => new Promise((resolve, reject) => {
		teaching.waiting.set(++teaching.n, { resolve, reject });
		teaching.worker.postMessage([teaching.n, name, 1, ...args]);
	});
	window.line = (...points) => ({ points: new Float32Array(points), ends: new Uint32Array([points.length / 2]) });
	window.text = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));`

// Symbols are taught, moved and taken out in the page's worker; the file that it saves
// answers in the command as in the page.
func TestSymbolsInTheWorker(t *testing.T) {
	p := open(t)
	script := built(t, "worker-*.js")
	p.run(fmt.Sprintf(teaching, script))
	got := eval[string](p, fmt.Sprintf(`(async () => {
		await call("start", %q, "default");
		const encoder = await call("fetch", %q, "default");
		const empty = await call("load", encoder);
		const said = [empty.symbols.length, await call("predict", line(0, 0, 50, 50))];
		const down = line(10, 0, 10, 40, 12, 90), across = line(0, 10, 45, 12, 90, 10), corner = line(0, 0, 0, 80, 80, 80);
		await call("teach", down, "down");
		said.push(await call("predict", down), await call("teach", across, "across"), (await call("renew")).labels.join("+"));
		await call("teach", corner, "across");
		await call("move", 3, "corner");
		said.push((await call("renew")).labels.join("+"));
		await call("rename", "corner", "edge");
		said.push((await call("renew")).symbols.map((s) => s.name + s.examples).join("+"));
		const read = async (drawing) => (await call("predict", drawing)).label;
		said.push([await read(down), await read(across), await read(corner)].join(""));
		await call("remove", 3);
		said.push((await call("renew")).labels.length);
		await call("restore", 3);
		said.push((await call("renew")).labels.length);
		said.push((await call("drawing", 3)).points.length, await call("move", 99, "x").catch((e) => e.message));
		window.saved = await call("save", 2);
		window.confidence = (await call("predict", corner)).confidence;
		const again = await call("load", saved);
		said.push(again.symbols.length, (await read(corner)) === 2, (await call("alike")).asked);
		said.push((await call("merge", saved)).join("+"), (await call("renew")).symbols.map((s) => s.name + s.examples).join("+"));
		return said.join(" ");
	})()`, built(t, "pictures-*.wasm"), built(t, "models/symbols-*.ink")))
	want := "0   2 down+across down+across+corner down1+across2+edge3 012 2 3 6 fewshot: the set has no such example 3 true 0 4+5+6 down1,4+across2,5+edge3,6"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	dir := t.TempDir()
	model, drawing := filepath.Join(dir, "mine.ink"), filepath.Join(dir, "corner.json")
	saved, err := base64.StdEncoding.DecodeString(eval[string](p, `text(saved)`))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(model, saved, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(drawing, []byte(`[[[0,0],[0,80],[80,80]]]`), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(get(t, inklingCommand), "predict", model, drawing, "--json").Output()
	var answers []struct {
		Label      string
		Confidence float64
	}
	if err == nil {
		err = json.Unmarshal(out, &answers)
	}
	confidence := eval[float64](p, `confidence`)
	if err != nil || len(answers) != 1 || answers[0].Label != "edge" || math.Abs(answers[0].Confidence-confidence) > 1e-4 {
		t.Errorf("the command: got %+v, %v, want edge at %.4f", answers, err, confidence)
	}
}

// built returns the address, relative to the page, of a file of the finished site.
func built(t testing.TB, pattern string) string {
	t.Helper()
	dist := filepath.Join(workDir, "dist")
	paths, err := filepath.Glob(filepath.Join(dist, pattern))
	if err != nil || len(paths) != 1 {
		t.Fatalf("%s: got %v, %v, want one file", pattern, paths, err)
	}
	return strings.TrimPrefix(filepath.ToSlash(paths[0]), filepath.ToSlash(dist)+"/")
}
