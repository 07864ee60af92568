package site

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// testShell is the smallest shell of a site.
var testShell = Shell{
	{pageName, []byte(`<head><meta http-equiv="Content-Security-Policy" content="default-src 'none';
script-src 'self'"><title data-t="title">Inkling</title><script id="site" type="application/json">` +
		`{"wasm":"inkling-ABCDEFGH.wasm","pictures":"pictures-ABCDEFGH.wasm"}</script></head><h1>Inkling</h1>` +
		"<fieldset id=\"reads\">\n" + choice("digits") + choice("letters") + choice("symbols") + "</fieldset>\n")},
	{manifestName, []byte(`{"name":"Inkling","icons":[]}`)},
	{serviceWorkerName, []byte(`addEventListener("install", keep);`)},
	{"main-ABCDEFGH.js", []byte("1")},
	{"inkling-ABCDEFGH.wasm", []byte("2")},
	{"pictures-ABCDEFGH.wasm", []byte("3")},
}

// modelIn writes a small model, NAME.ink, into dir and returns its path.
func modelIn(t testing.TB, dir, name string, seed uint64) string {
	t.Helper()
	network, err := nn.NewSequential(nn.Shape{2, 2, 1}, new(nn.Flatten), &nn.Dense{Units: 2}, new(nn.Softmax))
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(seed)
	data, err := model.Encode(&model.Model{
		Recipe: ink.Drawing, Labels: []string{"a", "b"}, Temperature: 1, Network: network,
		Training: model.Training{Data: "none", Seed: seed, Epochs: 1, Batch: 1, Optimizer: "adam", LearningRate: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name+".ink")
	write(t, path, data)
	return path
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := writeFile(path, data); err != nil {
		t.Fatal(err)
	}
}

// made returns the files of a site by their paths.
func made(t *testing.T, o Options, paths ...string) map[string]string {
	t.Helper()
	models, err := ReadModels(paths)
	if err != nil {
		t.Fatal(err)
	}
	files, err := Make(testShell, models, o)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range files {
		all[f.Path] = string(f.Data)
	}
	return all
}

// What others draw goes with the model that it was made for, not with one that was trained again.
func TestNear(t *testing.T) {
	dir := t.TempDir()
	digits, err := os.ReadFile(filepath.Join("..", "..", "web", "models", "digits.ink"))
	if err != nil {
		t.Fatal(err)
	}
	near := (&fewshot.Nearby{Model: fewshot.ModelSum(digits)}).Encode()
	write(t, filepath.Join(dir, "digits.ink"), digits)
	write(t, filepath.Join(dir, "digits.near"), near)
	again := modelIn(t, dir, "again", 1)
	write(t, filepath.Join(dir, "again.near"), near)
	files := made(t, Options{}, filepath.Join(dir, "digits.ink"), again)
	info, err := ReadInfo([]byte(files[pageName]))
	if err != nil {
		t.Fatal(err)
	}
	if got := files[info.Models["digits"].Near]; got != string(near) {
		t.Errorf("digits: got %d bytes, want digits.near", len(got))
	}
	if got := info.Models["again"].Near; got != "" {
		t.Errorf("again: got %s, want none", got)
	}
}

func TestMake(t *testing.T) {
	dir := t.TempDir()
	mine, other := modelIn(t, dir, "mine", 1), modelIn(t, dir, "기호", 2)
	write(t, filepath.Join(dir, "mine.card.json"), []byte("{}"))
	write(t, filepath.Join(dir, "mine.test.png"), []byte("png"))
	files := made(t, Options{Title: `Runes & "more"`}, mine, other)

	info, err := ReadInfo([]byte(files[pageName]))
	if err != nil {
		t.Fatal(err)
	}
	if info.DefaultModel != "mine" || len(info.Models) != 2 || info.Wasm != "inkling-ABCDEFGH.wasm" {
		t.Errorf("index.html says %+v, want the shell's binary and both models, mine first", info)
	}
	for name, m := range info.Models {
		if len(files[m.URL]) != m.Bytes || m.Bytes == 0 {
			t.Errorf("model %s: %s holds %d bytes, want %d", name, m.URL, len(files[m.URL]), m.Bytes)
		}
	}
	if m := info.Models["mine"]; files[m.Card] != "{}" || files[m.Sheets["mine.test.png"]] != "png" {
		t.Errorf("model mine: got card %q and sheets %q, want those beside the model", m.Card, m.Sheets)
	}
	for _, want := range []string{"<title>Runes &amp; &#34;more&#34;</title>", "<h1>Runes &amp; &#34;more&#34;</h1>"} {
		if !strings.Contains(files[pageName], want) {
			t.Errorf("index.html: no %s in it:\n%s", want, files[pageName])
		}
	}
	if !strings.Contains(files[manifestName], `"short_name":"Runes \u0026 \"more\""`) {
		t.Errorf("manifest: got %s, want the title", files[manifestName])
	}
	const policy = "  Content-Security-Policy: default-src 'none'; script-src 'self'\n"
	rules := strings.Split("\n"+files["_headers"], "\n/")[1:]
	for _, rule := range rules {
		path, headers, _ := strings.Cut(rule+"\n", "\n")
		isOfPage := path == "" || path == pageName || path == serviceWorkerName || path == "main-ABCDEFGH.js"
		if strings.Contains(headers, policy) != isOfPage {
			t.Errorf("_headers: /%s has\n%s", path, headers)
		}
	}
	if len(rules) < 5 || !strings.Contains(files["_headers"], "\n/main-ABCDEFGH.js\n"+policy+"  Cache-Control: public, max-age=31536000, immutable\n") {
		t.Errorf("_headers: got\n%s", files["_headers"])
	}
	for _, name := range []string{"404.html", ".nojekyll", WorkflowName} {
		if _, ok := files[name]; !ok {
			t.Errorf("no %s among %q", name, slices.Sorted(maps.Keys(files)))
		}
	}
}

// sw.js keeps the page and its default model, and is another one when either changes.
func TestServiceWorker(t *testing.T) {
	dir := t.TempDir()
	mine, other := modelIn(t, dir, "mine", 1), modelIn(t, dir, "other", 2)
	line, body, _ := strings.Cut(made(t, Options{}, mine, other)[serviceWorkerName], "\n")
	if body != string(find(testShell, serviceWorkerName)) {
		t.Errorf("body: got %q, want the shell's", body)
	}
	for name, want := range map[string]bool{`"./"`: true, `"main-ABCDEFGH.js"`: true, `"models/mine-`: true, "manifest": true,
		"models/other-": false, "pictures-": false, "404.html": false, "_headers": false} {
		if got := strings.Contains(line, name); got != want {
			t.Errorf("keeps %s: got %v, want %v: %s", name, got, want, line)
		}
	}
	titled, _, _ := strings.Cut(made(t, Options{Title: "Mine"}, mine, other)[serviceWorkerName], "\n")
	if titled == line {
		t.Error("another title: the version stayed, so that browsers would keep the old page")
	}
}

// choice returns a choice of the switch, as index.html has it.
func choice(name string) string {
	return `<label><input class="unseen" type="radio" name="reads" value="` + name + `"><span>` + name + "</span></label>\n"
}

// The switch offers what the site has, and only where that is more than one thing.
func TestSwitchOfKinds(t *testing.T) {
	dir := t.TempDir()
	digits, letters := modelIn(t, dir, "digits", 1), modelIn(t, dir, "letters", 2)
	encoder := filepath.Join("..", "..", "web", "models", "symbols.ink")
	tests := []struct {
		name   string
		models []string
		want   []string // what the switch offers
	}{
		{"everything", []string{digits, letters, encoder}, []string{"digits", "letters", "symbols"}},
		{"no encoder", []string{digits, letters}, []string{"digits", "letters"}},
		{"no letters", []string{digits, encoder}, []string{"digits", "symbols"}},
		{"digits alone", []string{digits}, nil},
	}
	index, err := os.ReadFile(filepath.Join("..", "..", pageName))
	if found := kindChoice.FindAll(kindSwitch.Find(index), -1); err != nil || len(found) != 3 {
		t.Errorf("%s: got %d choices, %v, want 3", pageName, len(found), err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			page := made(t, Options{}, test.models...)[pageName]
			var offered []string
			for _, choice := range kindChoice.FindAllStringSubmatch(page, -1) {
				offered = append(offered, choice[1])
			}
			if !slices.Equal(offered, test.want) || strings.Contains(page, `id="reads"`) != (test.want != nil) {
				t.Errorf("got %v, want %v", offered, test.want)
			}
		})
	}
}

func TestReadModelsRefuses(t *testing.T) {
	dir := t.TempDir()
	mine := modelIn(t, dir, "mine", 1)
	again := modelIn(t, t.TempDir(), "mine", 2)
	broken := filepath.Join(dir, "broken.ink")
	write(t, broken, []byte("no model"))
	saved := filepath.Join(dir, "digits.keras")
	write(t, saved, []byte("PK\x03\x04"))
	encoder := filepath.Join("..", "..", "web", "models", "symbols.ink")
	tests := []struct {
		name  string
		paths []string
		want  string
	}{
		{"two encoders", []string{mine, encoder, encoder}, "a site has one encoder for symbols"},
		{"two of one name", []string{mine, again}, "another model has this name"},
		{"one that does not decode", []string{broken}, "broken.ink: ink: signature"},
		{"one of Keras", []string{saved}, "digits.keras: got a file of Keras or NumPy, want an .ink file: inkling import makes one of it"},
		{"one that is not there", []string{filepath.Join(dir, "gone.ink")}, "no such file"},
	}
	for _, test := range tests {
		if _, err := ReadModels(test.paths); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
	}
}

func TestDefaultModel(t *testing.T) {
	tests := []struct {
		names []string
		want  string
	}{
		{[]string{"fashion", "digits", "notebook-plain"}, "digits"},
		{[]string{"fashion", "notebook", "notebook-plain"}, "notebook-plain"},
		{[]string{"notebook", "fashion"}, "notebook"},
	}
	for _, test := range tests {
		if got := defaultModel(test.names); got != test.want {
			t.Errorf("defaultModel(%q): got %s, want %s", test.names, got, test.want)
		}
	}
}

// A site is replaced as a whole; git's and the host's files stay, and nothing else is
// ever removed.
func TestPublish(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	write(t, filepath.Join(dir, ".git", "HEAD"), []byte("ref"))
	write(t, filepath.Join(dir, "CNAME"), []byte("ink.example"))
	files := []File{{pageName, []byte("page")}, {serviceWorkerName, nil}, {"main-ABCDEFGH.js", nil}, {"models/a-ABCDEFGH.ink", nil}}
	for range 2 {
		if err := CheckReplaceable(dir); err != nil {
			t.Fatal(err)
		}
		if err := Publish(dir, files); err != nil {
			t.Fatal(err)
		}
		files[2].Path = "main-HGFEDCBA.js"
	}
	for name, want := range map[string]bool{".git/HEAD": true, "CNAME": true, "main-HGFEDCBA.js": true, "main-ABCDEFGH.js": false} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s: got %v, want it there: %v", name, err, want)
		}
	}
	write(t, filepath.Join(dir, "thesis.txt"), []byte("years of work"))
	if err := CheckReplaceable(dir); err == nil || !strings.Contains(err.Error(), "thesis.txt") {
		t.Errorf("a site with a thesis: got %v, want a refusal that names it", err)
	}
	other := t.TempDir()
	write(t, filepath.Join(other, pageName), []byte("somebody's page"))
	if err := CheckReplaceable(other); err == nil || !strings.Contains(err.Error(), "no sw.js") {
		t.Errorf("somebody's page: got %v, want a refusal", err)
	}
}

func TestCompress(t *testing.T) {
	long := bytes.Repeat([]byte("ink "), 500)
	files := []File{{"a.js", long}, {"b.js", long}, {"c.js", []byte("short")}, {"_headers", long}}
	known := []File{{"a.js.br", []byte("known")}}
	all, err := Compress(t.Context(), files, known)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range all {
		names = append(names, f.Path)
	}
	want := []string{"_headers", "a.js", "a.js.br", "a.js.gz", "b.js", "b.js.br", "b.js.gz", "c.js"}
	if !slices.Equal(names, want) || string(find(all, "a.js.br")) != "known" ||
		string(find(all, "a.js.gz")) != string(find(all, "b.js.gz")) {
		t.Errorf("got %q, want %q, a.js.br as known", names, want)
	}
}

// TestSingleLeavesOthersAlone wants only pages of one file replaced.
func TestSingleLeavesOthersAlone(t *testing.T) {
	const page = `<html><script id="site" type="application/json">{"wasm":"%s"}</script></html>`
	for name, c := range map[string]struct {
		content string
		refused bool
	}{
		"notes":                {"<html>my notes</html>", true},
		"index.html of a site": {fmt.Sprintf(page, "1f.wasm"), true},
		"page of one file":     {fmt.Sprintf(page, "data:application/gzip;base64,#x.wasm"), false},
		"empty":                {"", false},
	} {
		path := filepath.Join(t.TempDir(), "page.html")
		if err := os.WriteFile(path, []byte(c.content), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := WriteSingle(t.Context(), path, []string{filepath.Join(t.TempDir(), "none.ink")}, Options{})
		refused := err != nil && strings.Contains(err.Error(), "is there and no page that --single wrote; move it away")
		if err == nil || refused != c.refused {
			t.Errorf("%s: got %v, want refused: %v", name, err, c.refused)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != c.content {
			t.Errorf("%s: got %q, %v, want what it was", name, got, err)
		}
	}
}

// The element's script asks for every file by a version that changes with each of them; a
// part that it does not import is no part of it.
func TestElementVersions(t *testing.T) {
	script := `a=import("./ko.js"),b=import("./pen-keys.js"),c=new URL("./worker.js",import.meta.url)`
	make := func(ko, keys string) (string, error) {
		shell := append(Shell{{elementScript, []byte(script)}, {"element/ko.js", []byte(ko)}, {"element/pen-keys.js", []byte(keys)},
			{"element/LICENSE", []byte("MIT")}}, testShell...)
		models, err := ReadModels([]string{modelIn(t, t.TempDir(), "mine", 1)})
		if err != nil {
			t.Fatal(err)
		}
		files, err := Make(shell, models, Options{})
		return string(find(files, elementScript)), err
	}
	versions := regexp.MustCompile(`^const INKLING_ELEMENT=.*"version":"(\w+)".*\na=import\("\./ko\.js\?(\w+)"\),b=import\("\./pen-keys\.js\?(\w+)"\),c=new URL\("\./worker\.js",`)
	seen := map[string]bool{}
	for _, parts := range [][2]string{{"1", "2"}, {"1", "3"}, {"4", "2"}} {
		got, err := make(parts[0], parts[1])
		v := versions.FindStringSubmatch(got)
		if err != nil || v == nil || v[1] != v[2] || v[1] != v[3] || seen[v[1]] {
			t.Fatalf("parts %q: got %v\n%s\nwant one version, other than %v", parts, err, got, seen)
		}
		seen[v[1]] = true
	}
	script = `import("./ko.js")`
	if _, err := make("1", "2"); err == nil || !strings.Contains(err.Error(), "pen-keys.js") {
		t.Errorf("a part that nothing imports: got %v, want it named", err)
	}
}
