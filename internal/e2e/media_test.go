package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// emulate sets media features of the page, given as pairs of name and value.
func (p *page) emulate(pairs ...string) {
	p.t.Helper()
	var features []*emulation.MediaFeature
	for i := 0; i < len(pairs); i += 2 {
		features = append(features, &emulation.MediaFeature{Name: pairs[i], Value: pairs[i+1]})
	}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		p.t.Fatal(err)
	}
}

// screen returns a picture of what the window shows.
func (p *page) screen() image.Image {
	p.t.Helper()
	data, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		p.t.Fatal(err)
	}
	return picture
}

// spread returns the difference, 0..1, between the lightest and the darkest pixel of
// a part of the screen.
func spread(picture image.Image, b box) float64 {
	low, high := 1.0, 0.0
	for y := int(b.Y); y < int(b.Y+b.Height); y++ {
		for x := int(b.X); x < int(b.X+b.Width); x++ {
			v := luminance(picture, x, y)
			low, high = min(low, v), max(high, v)
		}
	}
	return high - low
}

// boxOf brings the first element that a selector finds into view and returns its
// place.
func (p *page) boxOf(selector string) box {
	p.t.Helper()
	return eval[box](p, `(() => {
		const found = document.querySelector(`+quote(selector)+`);
		found.scrollIntoView({ block: "nearest" });
		const r = found.getBoundingClientRect();
		return { X: r.x, Y: r.y, Width: r.width, Height: r.height };
	})()`)
}

// With forced colours everything drawn or written stands out from its background,
// and buttons that are pressed, focused or disabled look different.
func TestForcedColours(t *testing.T) {
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			p := newPage(t, newSite(t))
			p.emulate("forced-colors", "active", "prefers-color-scheme", scheme)
			p.visit("")
			p.waitState("ready")
			if !eval[bool](p, `matchMedia("(forced-colors: active)").matches`) {
				t.Skip("this browser emulates no forced colours")
			}
			p.draw(one)
			p.waitFinal(1)
			standOut := func(parts ...string) {
				t.Helper()
				for _, part := range parts {
					b := p.boxOf(part)
					p.frames(2)
					if got := spread(p.screen(), b); got < 0.4 {
						t.Errorf("%s: its pixels differ by %.2f, want 0.4 at least", part, got)
					}
				}
			}
			standOut("h1", "#choose", "#prediction", "#words", "#share", "#why-tab", "#pad", "#seen", "#undo", "#undo svg", "#redo", "#eraser",
				"#bars .top .name", "#bars .top .track", "#bars .top .value", "#promise")
			openPanel("why")(p)
			p.wait(`document.querySelector("#why [aria-live]").textContent`)
			standOut("#why canvas", "#why .legend .for")
			openPanel("layers")(p)
			standOut("#layers .stage:nth-child(2) canvas", "#layers .labelled .tile:nth-child(2)")
			checkLooks(t, p, scheme)
		})
	}
}

// So it is with the element on somebody's page: its sheet has an edge, too.
func TestForcedColoursOfTheElement(t *testing.T) {
	p := host(t, document(t, "Three lines"), "")
	p.waitPads()
	p.emulate("forced-colors", "active", "prefers-color-scheme", "dark")
	if !eval[bool](p, `matchMedia("(forced-colors: active)").matches`) {
		t.Skip("this browser emulates no forced colours")
	}
	p.draw(one)
	p.wait(`answer.textContent === "1"`)
	p.checkAll(`getComputedStyle(sheet).outlineStyle === "solid" && parseFloat(getComputedStyle(sheet).outlineWidth) >= 1.5`)
	checkLooks(t, p, "dark")
	for _, part := range []string{"#prediction", "#words", "#share", "#pad", "#undo", "#eraser svg"} { // which is pressed
		b := p.boxOf(part)
		p.frames(2)
		if got := spread(p.screen(), b); got < 0.4 {
			t.Errorf("%s: its pixels differ by %.2f, want 0.4 at least", part, got)
		}
	}
}

// checkLooks checks that states of a button that forced colours could make alike
// look different. It compares pictures of the same button.
func checkLooks(t *testing.T, p *page, scheme string) {
	t.Helper()
	looks := func(selector string) string {
		b := p.boxOf(selector)
		p.frames(2)
		picture := p.screen()
		var all strings.Builder
		for y := int(b.Y) - 6; y < int(b.Y+b.Height)+6; y++ {
			for x := int(b.X) - 6; x < int(b.X+b.Width)+6; x++ {
				fmt.Fprintf(&all, "%.1f ", luminance(picture, x, y))
			}
		}
		return all.String()
	}
	p.run(`document.activeElement.blur(), scrollTo(0, 0)`)
	plain := looks("#eraser")
	p.run(`document.getElementById("undo").focus()`)
	p.key("\t") // over redo, which is disabled, to clear
	p.key("\t")
	if got := eval[string](p, `document.activeElement.id`); got != "eraser" {
		t.Fatalf("after two tabs from undo: got the focus on %q, want eraser", got)
	}
	focused := looks("#eraser")
	p.key(" ")
	p.run(`document.activeElement.blur()`)
	pressed := looks("#eraser")
	if plain == focused || plain == pressed || focused == pressed {
		t.Errorf("the eraser: plain, focused and pressed look alike")
	}
	const colour = `getComputedStyle(document.getElementById("ID")).color`
	used, unused := strings.Replace(colour, "ID", "undo", 1), strings.Replace(colour, "ID", "redo", 1)
	if a, b := eval[string](p, used), eval[string](p, unused); a == b {
		t.Errorf("undo and redo, which cannot be used: both are %s", a)
	}
}

// From right to left the page is its own mirror image: nothing sticks out, what was
// on the left is on the right, and bars grow from there.
func TestRightToLeft(t *testing.T) {
	const mirror = `new MutationObserver((_, o) => { if (document.documentElement) { document.documentElement.dir = "rtl"; o.disconnect(); } }).observe(document, { childList: true })`
	for _, size := range [][2]int64{{320, 568}, {1280, 900}} {
		t.Run(fmt.Sprint(size[0]), func(t *testing.T) {
			p := newPage(t, newSite(t), mirror)
			p.do(chromedp.EmulateViewport(size[0], size[1]))
			p.visit("")
			p.waitState("ready")
			p.draw(zero)
			p.waitFinal(1)
			for _, panel := range []string{"why", "steps", "layers"} {
				openPanel(panel)(p)
			}
			p.pressOn("#bars-tab")
			p.checkWidth()
			right := func(a, b string) {
				if p.boxOf(a).X <= p.boxOf(b).X {
					t.Errorf("%s stands left of %s, want it on the right", a, b)
				}
			}
			right("h1", "#choose")
			right("#choose", "#help")
			right("#prediction", ".seen div")
			right("#undo", "#clear")
			right("#bars .top .name", "#bars .top .track")
			right("#bars .top .track", "#bars .top .value")
			if size[0] > 1000 {
				right("#pad", "#prediction")
			}
			track, fill := p.boxOf("#bars li:not(.top) .track"), p.boxOf("#bars .top rect")
			full := p.boxOf("#bars .top .track")
			if got, want := fill.X+fill.Width, full.X+full.Width; got < want-2 || got > want+2 {
				t.Errorf("the bar of the answer ends at %v, want the track's right side, %v", got, want)
			}
			if track.Width != full.Width {
				t.Errorf("tracks: got %v and %v across, want them alike", full.Width, track.Width)
			}
			openMenu(p)
			p.checkWidth()
		})
	}
}

// checkWidth fails the test if the page can be scrolled sideways.
func (p *page) checkWidth() {
	p.t.Helper()
	if wide := eval[float64](p, `Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - document.documentElement.clientWidth`); wide > 0 {
		p.t.Errorf("the page is %v CSS pixels wider than the window", wide)
	}
}

// Readers who ask for reduced motion get none.
func TestReducedMotion(t *testing.T) {
	for _, test := range []struct {
		value string
		moves bool
	}{{"reduce", false}, {"no-preference", true}} {
		t.Run(test.value, func(t *testing.T) {
			p := newPage(t, newSite(t), `
				window.behaviours = [];
				const scroll = Element.prototype.scrollIntoView;
				Element.prototype.scrollIntoView = function (options) { behaviours.push(options?.behavior ?? ""); return scroll.call(this, options); };
			`)
			p.emulate("prefers-reduced-motion", test.value)
			p.visit("")
			p.waitState("ready")
			p.draw(zero)
			p.waitFinal(1)
			openPanel("why")(p)
			p.wait(`behaviours.length > 0`)
			if got := eval[string](p, `behaviours.at(-1)`) == "smooth"; got != test.moves {
				t.Errorf("a panel comes into view smoothly: got %v, want %v", got, test.moves)
			}
			moving := eval[[]string](p, `[...document.querySelectorAll("*")]
				.filter((e) => Math.max(...getComputedStyle(e).transitionDuration.split(",").map(parseFloat)) > 0
					|| (getComputedStyle(e).animationName !== "none" && parseFloat(getComputedStyle(e).animationDuration) > 0))
				.map((e) => e.tagName)`)
			if got := len(moving) > 0; got != test.moves {
				t.Errorf("elements that move: got %v, want any: %v", moving, test.moves)
			}
		})
	}
}

// Nothing sticks out on any screen from a narrow phone to a projector, whatever is
// open.
func TestWidths(t *testing.T) {
	for _, size := range [][2]int64{{320, 568}, {2560, 1440}} {
		for _, query := range []string{"", "?model=fashion"} {
			t.Run(fmt.Sprint(size[0], query), func(t *testing.T) {
				p := newPage(t, newSite(t))
				p.do(chromedp.EmulateViewport(size[0], size[1]))
				p.visit(query)
				p.waitState("ready")
				p.checkWidth()
				takeSample(3)(p)
				for _, panel := range []string{"why", "steps", "layers", "compare"} {
					openPanel(panel)(p)
				}
				p.wait(`document.querySelectorAll("#compare .bars li").length > 10`)
				p.checkWidth()
				beKorean(p)
				p.checkWidth()
				p.click("bars-tab") // all tools stand beside the bars
				p.settle()
				for _, tool := range []string{"brush", "samples", "picture"} {
					p.click(tool)
					p.wait(`document.querySelector(":popover-open")`)
					b := p.boxOf(":popover-open")
					if b.X < 0 || b.X+b.Width > float64(size[0]) {
						t.Errorf("%s opens from %v to %v, want it within the window", tool, b.X, b.X+b.Width)
					}
				}
				p.run(`document.querySelector(":popover-open").hidePopover()`)
				openMenu(p)
				p.checkWidth()
			})
		}
	}
}
