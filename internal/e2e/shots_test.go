package e2e

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// A shot is a picture of the page in one state.
type shot struct {
	name  string
	query string
	state string // "" for ready
	then  func(p *page)
}

// A screen is what a shot is taken on.
type screen struct {
	name          string
	width, height int64
	scheme        string
}

// takeSample returns a step that puts one of the samples on the pad.
func takeSample(index int) func(p *page) {
	return func(p *page) {
		p.click("samples")
		p.wait(`document.querySelectorAll("#sample-list .sample").length > ` + fmt.Sprint(index))
		p.run(fmt.Sprintf(`document.querySelectorAll("#sample-list .sample")[%d].click()`, index))
		p.wait(`predictions.at(-1)?.final && predictions.at(-1).label`)
		p.run(`document.activeElement.blur()`)
	}
}

// TestDocsShots takes the pictures of README.md and docs/ if INKLING_DOCS names
// their folder (make shots).
func TestDocsShots(t *testing.T) {
	dir := os.Getenv("INKLING_DOCS")
	if dir == "" {
		t.Skip("no folder; INKLING_DOCS names it")
	}
	desktop := screen{"", 1280, 740, "light"}
	pictures := []struct {
		screen screen
		shot   shot
	}{
		{desktop, shot{"page", "", "", takeSample(5)}},
		{phone("light"), shot{"phone", "", "", takeSample(3)}},
		{desktop, shot{"why", "", "", both(takeSample(2), openPanel("why"))}},
		{screen{"", 1366, 650, "light"}, shot{"inside", "", "", both(takeSample(8), openPanel("layers"), lookInside)}},
		{phone("dark"), shot{"layers", "", "", both(takeSample(8), openPanel("layers"))}},
		{desktop, shot{"models", "", "", both(takeSample(5), openCard)}},
		{screen{"", 1280, 720, "dark"}, shot{"present", "", "", both(takeSample(7), present)}},
		{screen{"", 844, 390, "light"}, shot{"side", "?model=letters", "", takeSample(3)}},
	}
	for _, picture := range pictures {
		t.Run(picture.shot.name, func(t *testing.T) {
			picture.shot.take(t, dir, picture.screen, chromedp.CaptureScreenshot())
		})
	}
}

// TestIconShots makes the PNG icons of web/icons from web/icon.svg, with make shots. A
// maskable icon has no corners of its own: what it shows lies in the middle 80 %.
func TestIconShots(t *testing.T) {
	dir := os.Getenv("INKLING_DOCS")
	if dir == "" {
		t.Skip("no folder; INKLING_DOCS names it")
	}
	drawing, err := os.ReadFile(filepath.Join(checkout, "web", "icon.svg"))
	if err != nil {
		t.Fatal(err)
	}
	const corners = ` rx="12"`
	if !bytes.Contains(drawing, []byte(corners)) {
		t.Fatalf("icon.svg: no%s, which a maskable icon leaves out", corners)
	}
	for _, icon := range []struct {
		name string
		side int64
		svg  []byte
	}{
		{"plain-192", 192, drawing}, {"plain-512", 512, drawing},
		{"maskable-512", 512, bytes.Replace(drawing, []byte(corners), nil, 1)},
	} {
		p := newPage(t, &site{server: httptest.NewUnstartedServer(nil), folder: "/"})
		p.do(chromedp.EmulateViewport(icon.side, icon.side))
		clear := emulation.SetDefaultBackgroundColorOverrideParams{Color: &cdp.RGBA{A: 1e-6}} // an A of 0 is not sent
		if _, err := chromedp.Call(p.ctx, emulation.SetDefaultBackgroundColorOverride, clear); err != nil {
			t.Fatal(err)
		}
		address := "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(icon.svg)
		p.do(chromedp.Navigate("data:text/html,<body style='margin:0'><img style='display:block;width:100vw' src='" + address + "'>"))
		p.run(`document.images[0].decode()`)
		data, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		writeSmall(t, filepath.Join(dir, "..", "web", "icons", icon.name+".png"), data)
	}
}

// phone is a phone held upright.
func phone(scheme string) screen { return screen{"", 390, 844, scheme} }

// What the pictures show of the network, and on a projector.
var (
	lookInside = func(p *page) {
		p.run(`document.querySelectorAll("#layers .stage")[3].querySelectorAll(".tile")[3].click()`)
		p.wait(`document.querySelectorAll("#layers line").length > 0`)
	}
	present = func(p *page) {
		p.click("present")
		p.wait(`document.documentElement.hasAttribute("data-present")`)
	}
)

// openCard opens the first matrix of the model in use.
func openCard(p *page) {
	p.click("choose")
	unfold(p)
	p.run(`document.querySelector("#models .card details").open = true`)
}

// unfold opens the first model of the menu, the one in use.
func unfold(p *page) {
	p.wait(`document.querySelector("#models .entry details") !== null`)
	p.run(`document.querySelector("#models .entry details").open = true`)
	p.wait(`document.querySelectorAll("#models .matrix").length > 0`)
}

// TestStatesShots takes pictures of every state of the page on every screen, for
// people to look at, if INKLING_STATES names a folder for them.
func TestStatesShots(t *testing.T) {
	dir := os.Getenv("INKLING_STATES")
	if dir == "" {
		t.Skip("no folder; INKLING_STATES names it")
	}
	shots := []shot{
		{"empty", "", "", nil},
		{"drawn", "", "", takeSample(3)},
		{"unsure", "", "", takeSample(11)},
		{"loading", "", "loading", nil},
		{"error", "", "error", nil},
		{"brush", "", "", openPopover("brush", "brush-options")},
		{"samples", "", "", openPopover("samples", "sample-list")},
		{"picture", "", "", openPopover("picture", "picture-options")},
		{"why", "", "", both(takeSample(3), openPanel("why"))},
		{"why-empty", "", "", func(p *page) { takeSample(3)(p); openPanel("why")(p); p.click("clear") }},
		{"steps", "", "", both(takeSample(3), openPanel("steps"))},
		{"layers", "", "", both(takeSample(3), openPanel("layers"))},
		{"inside", "", "", both(takeSample(3), openPanel("layers"), lookInside)},
		{"compare", "", "", both(takeSample(3), openPanel("compare"))},
		{"help", "", "", openHelp},
		{"present", "", "", both(takeSample(3), present)},
		{"letters", "?model=letters", "", takeSample(3)},
		{"models", "", "", both(takeSample(3), openMenu)},
		{"korean", "", "", both(beKorean, takeSample(3), openPanel("why"))},
		{"fashion", "?model=fashion", "", nil},
		{"fashion-samples", "?model=fashion", "", openPopover("samples", "sample-list")},
		{"fashion-drawn", "?model=fashion", "", takeSample(2)},
		{"fashion-why", "?model=fashion", "", both(takeSample(2), openPanel("why"))},
		{"fashion-steps", "?model=fashion", "", both(takeSample(2), openPanel("steps"))},
		{"fashion-layers", "?model=fashion", "", both(takeSample(2), openPanel("layers"))},
		{"fashion-korean", "?model=fashion", "", beKorean},
	}
	screens := []screen{
		{"phone", 390, 844, "light"}, {"phone-dark", 390, 844, "dark"},
		{"laptop", 1366, 650, "light"}, {"laptop-dark", 1366, 650, "dark"},
		{"desktop", 1280, 900, "light"}, {"desktop-dark", 1280, 900, "dark"},
		{"narrow", 320, 568, "light"}, {"projector", 2560, 1440, "light"},
	}
	for _, shot := range shots {
		for _, screen := range screens {
			t.Run(shot.name+"-"+screen.name, func(t *testing.T) {
				t.Parallel()
				shot := shot
				shot.name += "-" + screen.name
				shot.take(t, dir, screen, chromedp.FullScreenshot(100))
			})
		}
	}
}

// take brings the page into the state and writes the picture that shoot takes into a folder.
func (s shot) take(t *testing.T, dir string, on screen, shoot chromedp.Action[[]byte]) {
	site := newSite(t)
	switch s.state {
	case "loading":
		site.hold(t, ".wasm")
	case "error":
		site.answer(".wasm", status(http.StatusNotFound))
	}
	p := newPage(t, site)
	p.expectTrouble("Failed to load resource")
	isPhone := on.width <= 400
	p.emulateSize(on.width, on.height, !isPhone)
	p.emulateScheme(on.scheme)
	p.visit(s.query)
	p.waitState(cmp.Or(s.state, "ready"))
	if s.then != nil {
		s.then(p)
	}
	p.rest()
	data, err := chromedp.Run(p.ctx, shoot)
	if err != nil {
		t.Fatal(err)
	}
	writeSmall(t, filepath.Join(dir, s.name+".png"), data)
}

// writeSmall writes a PNG picture in few colours.
func writeSmall(t *testing.T, path string, data []byte) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var small bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&small, fewColours(picture)); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, small.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fewColours returns a picture in its 256 most frequent colours, a third of the
// bytes. The page's own colours stay; pixels at the edges of letters and lines take
// the nearest one.
func fewColours(picture image.Image) *image.Paletted {
	b := picture.Bounds()
	counts := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA) }
	for y := range b.Dy() {
		for x := range b.Dx() {
			counts[at(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(counts), func(c, d color.RGBA) int {
		return cmp.Or(counts[d]-counts[c], int(c.R)-int(d.R), int(c.G)-int(d.G), int(c.B)-int(d.B))
	})
	var palette color.Palette
	for _, c := range colours[:min(len(colours), 256)] {
		palette = append(palette, c)
	}
	index := map[color.RGBA]uint8{}
	for c := range counts {
		index[c] = uint8(palette.Index(c))
	}
	few := image.NewPaletted(b, palette)
	for y := range b.Dy() {
		for x := range b.Dx() {
			few.SetColorIndex(x, y, index[at(x, y)])
		}
	}
	return few
}

// rest moves the pointer away and waits until the page has drawn everything.
func (p *page) rest() {
	p.t.Helper()
	p.wait(`document.querySelector("#prediction").textContent === "" || document.querySelector("#why [aria-live]")?.textContent !== ""`)
	away := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: 1, Y: 1}
	if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, away); err != nil {
		p.t.Fatal(err)
	}
	p.frames(4)
}
