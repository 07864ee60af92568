package e2e

import (
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// crafted writes a model of pictures of 32x32, with these layers before the last one.
// It then changes the size in the file to side x side pixels and corrects the checksum.
func crafted(t *testing.T, name string, side uint32, layers ...nn.Layer) string {
	t.Helper()
	layers = append(layers, &nn.MaxPool2D{}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	network := get(t, func() (*nn.Sequential, error) { return nn.NewSequential(nn.Shape{32, 32, 1}, layers...) })
	m := &model.Model{Recipe: ink.Drawing, Labels: []string{"a", "b"}, Temperature: 1, Network: network}
	data := get(t, func() ([]byte, error) { return model.Encode(m) })
	const inputAt = 18 // behind signature, version, and the first section's head
	binary.LittleEndian.PutUint32(data[inputAt:], side)
	binary.LittleEndian.PutUint32(data[inputAt+4:], side)
	end := len(data) - 4
	binary.LittleEndian.PutUint32(data[end:], crc32.ChecksumIEEE(data[:end]))
	path := filepath.Join(t.TempDir(), name+".ink")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// The page refuses a model that asks for more memory or time than a page has. It says
// why and keeps the model in use.
func TestHostileModel(t *testing.T) {
	p := open(t)
	p.draw(one)
	before := p.waitFinal(1)
	pools := []nn.Layer{&nn.Conv2D{Filters: 16, Size: [2]int{1, 1}}}
	for range 100 {
		pools = append(pools, &nn.MaxPool2D{Size: [2]int{1, 1}, Strides: [2]int{1, 1}})
	}
	wide := func(size int) nn.Layer {
		return &nn.AveragePool2D{Size: [2]int{size, size}, Strides: [2]int{1, 1}, Padding: windows.Same}
	}
	for i, c := range []struct{ path, want string }{
		{crafted(t, "memory", 1024, pools...), "6472 MB for one image, want at most 256"},
		{crafted(t, "work", 1024, wide(31), wide(31), wide(31), wide(31), wide(31)), "million multiplications"},
		{crafted(t, "slow", 32, wide(32), &nn.Conv2D{Filters: 256, Size: [2]int{32, 32}, Padding: windows.Same},
			&nn.Conv2D{Filters: 8, Size: [2]int{32, 32}, Padding: windows.Same}), "2.4 billion multiplications an answer"},
	} {
		name := filepath.Base(c.path)
		p.transfer("DragEvent", "drop", "dataTransfer", c.path)
		p.wait(`document.getElementById("status").textContent.startsWith("` + name + `")`)
		if said := p.text("status"); !strings.Contains(said, c.want) || !strings.Contains(said, "stays") {
			t.Errorf("%s: got %q, want %q", name, said, c.want)
		}
		p.draw(zero)
		if got := p.waitFinal(2 + i); got.Model != before.Model || p.state() != "ready" {
			t.Errorf("%s: got the model %q and %s, want %q still", name, got.Model, p.state(), before.Model)
		}
	}
}

// Labels with markup, with marks that reverse the writing direction, or with 255 bytes
// of one letter or of accents are shown as text and break no layout.
func TestEvilLabels(t *testing.T) {
	labels := []string{"<img src=x onerror=alert(1)>", "\u202egnp.exe\u202c", strings.Repeat("W", 255), "e" + strings.Repeat("\u0301", 127), "a\nb"}
	p := open(t)
	p.draw(one)
	p.waitFinal(1)
	for i := range 2 * len(labels) { // sure, then unsure
		network := get(t, func() (*nn.Sequential, error) {
			return nn.NewSequential(nn.Shape{28, 28, 1}, &nn.Flatten{}, &nn.Dense{Units: len(labels)}, &nn.Softmax{})
		})
		values := network.Values()
		answer, unsure := i%len(labels), i >= len(labels)
		values[len(values)-len(labels)+answer] = 9 // the bias of the label to answer
		m := &model.Model{Recipe: ink.Drawing, Labels: labels, Temperature: 1, Network: network}
		if unsure {
			m.Threshold = 0.9999
		}
		name := "evil" + strconv.Itoa(i)
		path := filepath.Join(t.TempDir(), name+".ink")
		if err := os.WriteFile(path, get(t, func() ([]byte, error) { return model.Encode(m) }), 0o644); err != nil {
			t.Fatal(err)
		}
		p.transfer("DragEvent", "drop", "dataTransfer", path)
		p.wait(`predictions.at(-1).model === "` + name + `"`)
		got := eval[struct {
			Text                 string
			Images               int
			Wide, High, BarsWide float64
			Share                string
			ShareWide            float64
		}](p, `({
			text: document.getElementById("prediction").textContent,
			images: document.querySelectorAll("#prediction img, #bars img").length,
			wide: document.documentElement.scrollWidth - innerWidth,
			high: document.getElementById("prediction").getBoundingClientRect().height,
			share: document.getElementById("share").textContent,
			shareWide: document.getElementById("share").getBoundingClientRect().right - innerWidth,
			barsWide: document.getElementById("bars").scrollWidth - document.getElementById("bars").clientWidth,
		})`)
		want := labels[answer]
		if unsure {
			want = "?"
		}
		if unsure && (!strings.HasPrefix(got.Share, "Nearest: ") || strings.Contains(got.Share, "\u202e") || len([]rune(got.Share)) > 64) || got.ShareWide > 0 {
			t.Errorf("label %d, unsure: got %q, %v pixels too wide", answer, got.Share, got.ShareWide)
		}
		if got.Text != want || got.Images != 0 || got.Wide > 0 || got.High > 300 || got.BarsWide > 1 {
			t.Errorf("label %d: got %+v", i, got)
		}
	}
}
