package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/npy"
)

// kerasData is the folder of files and answers that Keras itself wrote.
const kerasData = checkout + "/internal/keras/testdata/"

// kerasFiles are models that Keras saved, in every kind of file, with the further
// options that import needs.
var kerasFiles = []struct {
	file string
	args []string
}{
	{"keras2/chain.keras", nil},
	{"keras2/chain.h5", nil},
	{"keras2/chain.legacy-weights.h5", []string{"--like", "keras2/chain.keras"}},
	{"keras2/cnn.h5", nil},
	{"keras2/mlp.npz", []string{"--layers", "dense 64 relu, dense 32 relu"}},
	{"keras3/chain.keras", nil},
	{"keras3/chain.h5", nil},
	{"keras3/chain.weights.h5", []string{"--like", "keras3/chain.keras"}},
	{"keras3/cnn.keras", nil},
	{"options/logits.keras", nil},
	{"options/reshape.keras", nil},
	{"options/pooling.keras", nil},
	{"options/middle.npz", []string{"--like", "options/middle.json"}},
}

// Models of Keras that the command has imported answer on the page as Keras did, to
// within 1e-5. Those of keras2 and keras3 are asked about the first 100 test images
// of MNIST, those of options about 20 pictures of 9x8.
func TestKerasModelsOnThePage(t *testing.T) {
	digits, _, _, err := dataset.ReadImages(dataFile(t, "mnist/t10k-images-idx3-ubyte.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range kerasFiles {
		t.Run(c.file, func(t *testing.T) {
			model, err := os.ReadFile(importKeras(t, c.file, c.args))
			if err != nil {
				t.Fatal(err)
			}
			p := newPage(t, newSite(t)) // of an origin whose service worker keeps no other model
			p.site.answer("/models/digits", content("application/octet-stream", model))
			p.visit("?model=digits")
			p.waitState("ready")
			compareWithKeras(t, p, c.file, digits)
		})
	}
}

// Two commands make a site from a file that Keras saved.
func TestKerasModelBecomesASite(t *testing.T) {
	digits, _, _, err := dataset.ReadImages(dataFile(t, "mnist/t10k-images-idx3-ubyte.gz"))
	if err != nil {
		t.Fatal(err)
	}
	const file = "keras3/cnn.keras"
	dir := filepath.Join(t.TempDir(), "site")
	if err := command(get(t, inklingWithPage), "site", dir, "--model", importKeras(t, file, nil)); err != nil {
		t.Fatal(err)
	}
	static := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(static.Close)
	address, err := url.Parse(static.URL)
	if err != nil {
		t.Fatal(err)
	}
	p := newPage(t, siteAt(t, address, "/"))
	p.visit("")
	p.waitState("ready")
	compareWithKeras(t, p, file, digits)
}

// importKeras converts a file of kerasData to an .ink file and returns its path.
func importKeras(t *testing.T, file string, args []string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "imported.ink")
	all := []string{"import", kerasPath(t, file), "--out", path}
	for _, arg := range args {
		if strings.HasPrefix(arg, "keras") || strings.HasPrefix(arg, "options") {
			arg = kerasPath(t, arg)
		}
		all = append(all, arg)
	}
	if err := command(get(t, inklingCommand), all...); err != nil {
		t.Fatal(err)
	}
	return path
}

// kerasPath returns the absolute path of a file of kerasData.
func kerasPath(t *testing.T, file string) string {
	t.Helper()
	path, err := filepath.Abs(kerasData + file)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// compareWithKeras asks the page about the pictures that Keras was asked about and
// compares the answers.
func compareWithKeras(t *testing.T, p *page, file string, digits []byte) {
	t.Helper()
	folder, base := filepath.Split(file)
	model, _, _ := strings.Cut(base, ".")
	var answers, pictures npy.Array
	if folder == "options/" {
		arrays := arraysOf(t, "options/pictures.npz")
		answers, pictures = arrays[model], arrays["pictures"]
	} else {
		answers = arraysOf(t, folder+"answers.npz")[model]
		pictures.Data, pictures.Shape = digits, []int{100, 28, 28}
	}
	n, size := pictures.Shape[0], pictures.Shape[1]*pictures.Shape[2]
	p.site.answer("images.bin", content("application/octet-stream", pictures.Data[:n*size]))
	got := eval[[]prediction](p, fmt.Sprintf(classify, size, 0, n))
	want := answers.Float32s()
	if len(got) != n || len(want) != n*len(got[0].Probabilities) {
		t.Fatalf("got %d answers, want %d, and %d probabilities in all", len(got), n, len(want))
	}
	worst := 0.0
	for i, answer := range got {
		for k, probability := range answer.Probabilities {
			worst = max(worst, furthest([]float64{probability}, []float64{float64(want[i*len(answer.Probabilities)+k])}))
		}
	}
	if !(worst <= 1e-5) {
		t.Errorf("got probabilities up to %g beside Keras's, want at most 1e-5", worst)
	}
	t.Logf("%d pictures: probabilities at most %.2g beside Keras's", n, worst)
}

// arraysOf returns the arrays of an .npz file by name.
func arraysOf(t *testing.T, file string) map[string]npy.Array {
	t.Helper()
	data, err := os.ReadFile(kerasPath(t, file))
	if err != nil {
		t.Fatal(err)
	}
	list, err := npy.DecodeZip(data)
	if err != nil {
		t.Fatal(err)
	}
	arrays := map[string]npy.Array{}
	for _, a := range list {
		arrays[a.Name] = a
	}
	return arrays
}
