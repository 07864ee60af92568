package e2e

import (
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// packed returns bytes as gzip.
func packed(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ringAndBar are two drawings of one symbol each.
const ringAndBar = `{"label": "ring", "strokes": [[[0,0],[0,80],[80,80]]]}
{"label": "bar", "strokes": [[[0,0],[0,80]]]}
`

// Files that are packed with gzip are read as what they hold, whatever their names say, where symbols are taught and
// elsewhere; what is damaged or too large is said.
func TestPackedFiles(t *testing.T) {
	p := open(t)
	model, drawings := fileOf(t, modelPath("notebook-plain")), packed(t, []byte(ringAndBar))
	p.drop(given{"mine.ink.gz", packed(t, model)})
	p.waitStatus("Now reading with mine")
	p.drop(given{"one.svgz", packed(t, []byte(drawnOne))})
	p.wait(`predictions.at(-1)?.final && predictions.at(-1).label === "1"`)
	for _, name := range []string{"drawings.ndjson.gz", "drawings"} {
		p.run(`document.getElementById("status").textContent = ""`)
		p.drop(given{name, drawings})
		p.waitStatus("Choose Symbols")
	}
	p.drop(given{"cut.json.gz", drawings[:len(drawings)-8]})
	p.waitStatus("cut.json.gz is damaged")
	bomb := packed(t, make([]byte, 65e6))
	p.drop(given{"bomb.gz", bomb})
	p.waitStatus("bomb.gz is too large: 64.0\u00a0MB is the most")

	p.do(chromedp.Click(chromedp.CSS(`#reads input[value="symbols"] + span`)))
	p.waitModel("symbols")
	for i, name := range []string{"drawings.ndjson.gz", "drawings.gz", "drawings", "drawings.txt"} {
		p.drop(given{name, drawings})
		p.wait(symbolHas("ring", i+1) + "&&" + symbolHas("bar", i+1))
	}
	news := func(part string) {
		t.Helper()
		p.wait(`document.querySelector("#own .news").textContent.includes(` + quote(part) + `)`)
	}
	p.drop(given{"plain", []byte(ringAndBar)})
	p.wait(symbolHas("ring", 5))
	news("Added: plain")
	p.drop(given{"cut.json.gz", drawings[:len(drawings)-8]})
	news("cut.json.gz is damaged")
	p.drop(given{"bomb.json.gz", bomb})
	news("bomb.json.gz is too large")
	if got := p.state(); got != "ready" {
		t.Errorf("got state %q, want ready", got)
	}
}

// What symbols do not take is refused in words of the page, in its language, and leaves an empty set as one that can be
// taught as it leaves a full one.
func TestRefusedFiles(t *testing.T) {
	dir := t.TempDir()
	taught := filepath.Join(dir, "drawings.ndjson")
	if err := os.WriteFile(taught, []byte(ringAndBar), 0o644); err != nil {
		t.Fatal(err)
	}
	fixed := filepath.Join(dir, "fixed.ink")
	if out, err := exec.Command(get(t, inklingWithPage), "teach", taught, "--fixed", "--out", fixed).CombinedOutput(); err != nil {
		t.Fatalf("teach: %v\n%s", err, out)
	}
	digits, encoder := fileOf(t, modelPath("digits")), fileOf(t, modelPath("symbols"))
	long := strings.Repeat("long ", 60)
	files := []struct {
		given
		english, korean string
	}{
		{given{"digits.ink", digits}, "digits.ink has classes of its own", "digits.ink: 이미 정해진"},
		{given{"digits.ink.txt", digits}, "digits.ink.txt has classes of its own", "digits.ink.txt: 이미 정해진"},
		{given{"digits.ink.gz", packed(t, digits)}, "digits.ink.gz has classes of its own", "digits.ink.gz: 이미 정해진"},
		{given{"fixed.ink", fileOf(t, fixed)}, "fixed.ink only reads", "fixed.ink: 읽기만"},
		{given{"cut.ink", digits[:5000]}, "cut.ink is damaged", "cut.ink"},
		{given{"odd.ink", []byte("odd")}, "odd.ink is damaged", "odd.ink"},
		{given{"names.json", []byte(`{"label": "` + long + `", "strokes": [[[0,0],[0,80]]]}`)}, "name is too long", "이름이 너무"},
		{given{"odd.json", []byte(`{}`)}, "has no name", "이름이나"},
		{given{"encoder.ink", encoder}, "encoder.ink is an encoder", "encoder.ink: 인코더"},
	}
	p := newPage(t, newSite(t))
	p.visit("?model=symbols")
	p.waitModel("symbols")
	refuse := func(korean bool, last int) {
		t.Helper()
		for _, f := range files[:last] {
			part := f.english
			if korean {
				part = f.korean
			}
			p.run(`document.querySelector("#own .news").textContent = ""`)
			p.drop(f.given)
			p.wait(`document.querySelector("#own .news").textContent`)
			got := p.textOf("#own .news")
			english := strings.NewReplacer(f.name, "", "inkling teach", "", "--fixed", "", "--drawings", "", "JSON", "").Replace(got)
			if !strings.Contains(got, part) || strings.Contains(got, "fewshot") || korean && strings.ContainsAny(english, "aeiou") {
				t.Errorf("%s: got %q, want %q in it, and no other language", f.name, got, part)
			}
		}
	}
	refuse(false, len(files)-1) // An empty set takes an encoder.
	p.drop(given{"bar.json", []byte(`{"label": "bar", "strokes": [[[0,0],[0,80]]]}`)})
	p.wait(symbolHas("bar", 1) + `&& document.querySelector("#own .news").textContent.includes("bar.json")`)
	refuse(false, len(files))
	p.speak("ko")
	p.wait(`document.querySelector("#own .prompt").textContent.includes("기호")`)
	refuse(true, len(files))
	if got := eval[string](p, `document.querySelectorAll("#own .symbol").map((e) => e.dataset.at).join()`); got != "bar" {
		t.Errorf("after what was refused: got the symbols %q, want bar", got)
	}

	// The other way round: where models are read, an encoder is sent to the symbols.
	p.do(chromedp.Click(chromedp.CSS(`#reads input[value="digits"] + span`)))
	p.waitModel("digits")
	p.drop(given{"encoder.ink", encoder})
	p.waitStatus("encoder.ink: 인코더")
	p.put(one)
	p.wait(`predictions.at(-1)?.final && predictions.at(-1).model === "digits" && predictions.at(-1).label === "1"`)
	p.drop(given{"fixed.ink", fileOf(t, fixed)})
	p.wait(`document.querySelector("inkling-pad").reader.model?.info.labels.join() === "ring,bar"`)
}
