package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// longNames are models whose answers are words, by what is hard about them.
var longNames = map[string][]string{
	"two":     {"ring", "a square with four corners that all are right angles"},
	"signs":   {"Left-turn arrow", "Right-turn arrow", "Equilateral triangle", "No entry", "Roundabout ahead"},
	"hundred": numbered("class", 100),
	"odd":     {"왼쪽으로 도는 화살표가 있는 표지판", "שלום עולם", "Donaudampfschifffahrtsgesellschaftskapitän", "<b>x</b>", "é"},
	"short":   {"ab", "가나", "no"},
}

// models answers for models of longNames at a temperature, as NAME.ink.
func (s *site) models(t *testing.T, temperature float32) {
	for name, labels := range longNames {
		path := untrained(t, name, temperature, labels...)
		s.answer("/"+name+".ink", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, path) })
	}
}

// A pad on somebody's page is where it was, and square, from its first frame on, whatever is read: with long
// names, in both languages, from 18 to 600 pixels wide. What is said stays in its place.
func TestPadNeverMoves(t *testing.T) {
	for _, temperature := range []float32{1, 0.02} {
		t.Run(fmt.Sprint(temperature), func(t *testing.T) {
			t.Parallel()
			p := host(t, `<!doctype html><script type="module" src="element/inkling-pad.js"></script><main></main>`+
				`<inkling-pad></inkling-pad>`, "")
			p.site.models(t, temperature)
			p.run(`window.placed = (pad) => {
				const of = (e) => e.getBoundingClientRect();
				const { top, width } = of(pad);
				const root = pad.shadowRoot;
				const bottom = of(root.getElementById("answer")).bottom;
				const said = ["prediction", "words", "share"].map((id) => root.getElementById(id)).filter((e) => e.textContent && of(e).width > 1);
				const verdict = of(root.querySelector(".verdict")).bottom;
				const over = said.filter((e) => Math.min(of(e).bottom, verdict) > bottom + 1).map((e) => e.id);
				const canvas = of(root.getElementById("pad"));
				const is = [canvas.top - top, canvas.height - canvas.width, over.join()].join();
				return is === "96,0," ? [] : [pad.model + " " + width + " px: " + is + " for " + root.getElementById("answer").innerText];
			}`)
			drawings := fmt.Sprintf("[%s, %s, %s]", strokesText(seven), strokesText(zero), strokesText(curledSeven))
			for _, language := range []string{"en", "ko"} {
				p.run(`document.querySelector("main").replaceChildren(), document.querySelector("main").lang = ` + quote(language))
				for name := range longNames {
					p.run(`for (const size of [120, 200, 250, 287, 300, 320, 400, 600]) {
						const pad = document.createElement("inkling-pad");
						pad.model = ` + quote(name+".ink") + `;
						pad.style.setProperty("--inkling-size", size + "px");
						document.querySelector("main").append(pad);
					}`)
				}
				moved := eval[[]string](p, `(async () => {
					const pads = [...document.querySelectorAll("main inkling-pad")];
					const moved = pads.flatMap(placed);
					const drawn = (pad) => new Promise((resolve) => pad.addEventListener("inkling:prediction", resolve, { once: true }));
					for (const drawing of `+drawings+`) {
						for (let n = 2; n <= drawing[0].length; n += 5) {
							const answers = pads.map(drawn);
							pads.forEach((pad) => (pad.strokes = [drawing[0].slice(0, n)]));
							await Promise.all(answers);
							moved.push(...pads.flatMap(placed));
						}
					}
					return moved;
				})()`)
				if len(moved) > 0 {
					t.Errorf("%s: %d times, such as\n%s", language, len(moved), strings.Join(moved[:min(5, len(moved))], "\n"))
				}
			}
		})
	}
}

// On the page, too, what is said of words stays in its place: on a phone, on a laptop, and beside the small pad.
func TestWordsStayInPlace(t *testing.T) {
	p := open(t)
	for name, labels := range longNames {
		p.transfer("DragEvent", "drop", "dataTransfer", untrained(t, name, 1, labels...))
		p.wait(`document.getElementById("chosen").textContent === ` + quote(name))
		for _, language := range []string{"en", "ko"} {
			p.speak(language)
			p.wait(`document.documentElement.lang === ` + quote(language))
			for _, size := range layoutSizes {
				p.emulateSize(size[0], size[1], size[0] > 1000)
				for _, tab := range []string{"bars", "why"} {
					p.run(`document.getElementById("` + tab + `-tab").click()`)
					p.settle()
					p.put(seven)
					p.frames(2)
					over := eval[[]string](p, `(() => {
						const of = (e) => e.getBoundingClientRect();
						const verdict = of(document.querySelector(".verdict")).bottom;
						const seen = ["prediction", "words", "share"].map((id) => document.getElementById(id));
						return seen.filter((e) => Math.min(of(e).bottom, verdict) > of(document.getElementById("answer")).bottom + 1)
							.map((e) => e.id + ": " + document.getElementById("answer").innerText);
					})()`)
					if len(over) > 0 {
						t.Errorf("%s, %s, %dx%d, tab %s: below its place: %q", name, language, size[0], size[1], tab, over)
					}
				}
			}
		}
	}
}

// uncut is a script that returns the buttons of classes and symbols whose names are not there in
// full, and those that are smaller than a finger.
const uncut = `[...document.querySelectorAll(".symbol")].filter((b) => b.checkVisibility()).filter((b) => {
	const name = b.querySelector(".name");
	return name.scrollWidth > name.clientWidth + 1 || name.scrollHeight > name.clientHeight + 2 || b.offsetWidth < 44 || b.offsetHeight < 44;
}).map((b) => b.textContent + " " + b.offsetWidth)`

// Where answers are put right, one can tell what to tap by its whole name, also among a hundred, where
// a part of the name finds it and what came of the tap is in view.
func TestNamesToTap(t *testing.T) {
	p := newPage(t, newSite(t))
	p.visit("?model=fashion")
	p.waitState("ready")
	check := func(names int, where string) {
		t.Helper()
		for _, size := range [][2]int64{{1280, 633}, {390, 844}, {320, 568}} {
			p.emulateSize(size[0], size[1], size[0] > 1000)
			p.frames(2)
			if cut := eval[[]string](p, uncut); len(cut) > 0 {
				t.Errorf("%s, %dx%d: cut off or too small: %q", where, size[0], size[1], cut)
			}
			if got := eval[int](p, `document.querySelectorAll(".symbol").length`); got != names {
				t.Errorf("%s: got %d buttons, want %d", where, got, names)
			}
			if wide := eval[float64](p, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("%s, %dx%d: the page is %v pixels wider than the window", where, size[0], size[1], wide)
			}
		}
	}
	p.put(seven)
	p.waitFinal(1)
	p.run(`document.getElementById("wrong").click()`)
	p.wait(`document.querySelectorAll("#right .symbol").length === 10`)
	check(10, "fashion")
	p.checkAll(`document.querySelector("#right [type=search]").hidden`)

	p.transfer("DragEvent", "drop", "dataTransfer", untrained(t, "hundred", 1, numbered("class", 100)...))
	p.wait(`document.querySelectorAll("#right .symbol").length === 100`)
	check(100, "a hundred classes")
	p.emulateSize(390, 844, false)
	p.run(`document.querySelector("#right [type=search]").focus()`)
	p.key("CLASS 97x")
	p.wait(`document.querySelector("#right .news").textContent.includes("CLASS 97x")`)
	p.key(kb.Backspace)
	p.wait(`document.querySelector("#right .news").textContent === ""`)
	p.checkAll(
		`[...document.querySelectorAll("#right .symbol")].filter((b) => b.checkVisibility()).map((b) => b.textContent).join() === "class 97"`,
		`document.querySelector("inkling-pad").strokes.length === 1`, // the key was the field's
	)
	p.key(strings.Repeat(kb.Backspace, len("CLASS 97")))
	p.wait(`[...document.querySelectorAll("#right .symbol")].filter((b) => b.checkVisibility()).length === 100`)
	p.run(`document.querySelector('#right .symbol[data-at="class 97"]').scrollIntoView({ block: "nearest" })`)
	p.do(chromedp.Click(path(`#right .symbol[data-at="class 97"]`), chromedp.NodeVisible))
	p.wait(`document.querySelector("#right .news").textContent.includes("class 97")`)
	p.settle()
	news := p.boxOf("#right .news")
	if news.Y < 0 || news.Y+news.Height > 845 {
		t.Errorf("what came of it: got %.0f..%.0f down, want it in the window", news.Y, news.Y+news.Height)
	}
}

// strokesText returns strokes as a pad takes them.
func strokesText(strokes []stroke) string {
	var all []string
	for _, s := range strokes {
		var points []string
		for _, q := range s {
			points = append(points, fmt.Sprintf("{x: %.1f, y: %.1f}", 400*q.X, 400*q.Y))
		}
		all = append(all, "["+strings.Join(points, ", ")+"]")
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// A pad is as wide as --inkling-size says where the box around it takes its width from what is
// inside, at most as wide as that can be, and never nothing.
func TestPadWidth(t *testing.T) {
	p := host(t, `<!doctype html><title>Boxes</title><script type="module" src="element/inkling-pad.js"></script>
		<style>body { margin: 0 }</style><inkling-pad></inkling-pad>`, "")
	const pad = `<inkling-pad class="here"></inkling-pad>`
	for name, test := range map[string]struct {
		box   string
		least float64 // of the width in a box of no width, else 320, the default
	}{
		"block":          {box: pad},
		"dialog":         {box: `<dialog open>` + pad + `</dialog>`},
		"float":          {box: `<div style="float: left">` + pad + `</div>`},
		"inline block":   {box: `<div style="display: inline-block">` + pad + `</div>`},
		"table cell":     {box: `<table><tr><td>` + pad + `</table>`},
		"grid column":    {box: `<div style="display: inline-grid; grid-template-columns: auto auto"><p>1</p>` + pad + `</div>`},
		"positioned":     {box: `<div style="position: absolute">` + pad + `</div>`},
		"row":            {box: `<div style="display: flex">` + pad + `</div>`},
		"centred":        {box: `<div style="display: flex; flex-direction: column; align-items: center">` + pad + `</div>`},
		"fit-content":    {box: `<fieldset style="inline-size: fit-content">` + pad + `</fieldset>`},
		"least of a box": {box: `<figure style="inline-size: min-content">` + pad + `</figure>`, least: 96},
	} {
		for size, want := range map[string]float64{"": 320, "10rem": 160, "30em": 480, "100%": 320} {
			if test.least > 0 {
				want = test.least
			}
			if name == "block" && size == "100%" || name == "row" && size == "100%" || name == "centred" && size == "100%" {
				want = 1000
			}
			for _, window := range []int64{1000, 250} {
				p.emulateSize(window, 900, true)
				p.run(`document.body.innerHTML = ` + quote(test.box) +
					`, document.querySelector(".here").style.setProperty("--inkling-size", ` + quote(size) + `)`)
				got := eval[float64](p, `document.querySelector(".here").getBoundingClientRect().width`)
				wide := eval[float64](p, `document.documentElement.scrollWidth - innerWidth`)
				if window == 1000 && got != want || window == 250 && (got > 250 || got < min(want, 96)) || wide > 0 {
					t.Errorf("%s, --inkling-size %q, window of %d: got %v wide, %v more than the window; want %v", name, size, window, got, wide, want)
				}
			}
		}
	}
}
