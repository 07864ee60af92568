package e2e

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/chromedp/cdproto/input"
)

// A pad that somebody's page turns, mirrors, stretches or tilts draws under the pointer.
func TestElementTransformed(t *testing.T) {
	p := host(t, `<!doctype html><title>A turned pad</title><script type="module" src="element/inkling-pad.js"></script>
		<style>
			#around { position: absolute; left: 250px; top: 200px; width: 320px; }
			inkling-pad { --inkling-size: 320px; }
			inkling-pad::part(sheet) { padding: 7px 0 0 11px; border-left: 3px solid; }
		</style><div id="around"><inkling-pad></inkling-pad></div>`, "")
	p.waitPads()
	p.run(`window.pad = document.querySelector("inkling-pad"), window.canvas = pad.shadowRoot.getElementById("pad")`)
	looks := []struct{ name, transform, zoom string }{
		{"plain", "none", "1"},
		{"larger", "scale(1.4)", "1"},
		{"smaller", "scale(0.5)", "1"},
		{"stretched", "scale(1.3, 0.6)", "1"},
		{"mirrored", "scaleX(-1)", "1"},
		{"upside down", "scaleY(-1)", "1"},
		{"turned", "rotate(30deg)", "1"},
		{"turned about", "rotate(180deg)", "1"},
		{"a quarter turn, mirrored", "rotate(90deg) scaleX(-1)", "1"},
		{"slanted", "skew(20deg, 10deg)", "1"},
		{"tilted", "perspective(700px) rotateX(35deg) rotateY(-25deg)", "1"},
		{"seen from behind", "perspective(900px) rotateY(160deg)", "1"},
		{"zoomed", "none", "1.25"},
		{"zoomed and turned", "rotate(-20deg)", "0.8"},
	}
	line := stroke{{0.2, 0.3}, {0.5, 0.25}, {0.75, 0.4}, {0.6, 0.8}}
	places := get(t, func() ([]byte, error) { return json.Marshal(line) })
	for _, look := range looks {
		// Where the points are seen follows from the canvas as it lies without the transform.
		seen := eval[[]point](p, `(() => {
			pad.clear();
			around.style.zoom = `+quote(look.zoom)+`;
			around.style.transform = "none";
			const outer = around.getBoundingClientRect(), inner = canvas.getBoundingClientRect();
			const middle = { x: outer.x + outer.width / 2, y: outer.y + outer.height / 2 };
			around.style.transform = `+quote(look.transform)+`;
			const zoom = `+look.zoom+`;
			const matrix = new DOMMatrix(around.style.transform);
			return `+string(places)+`.map(({ X, Y }) => {
				const x = (inner.x + X * inner.width - middle.x) / zoom, y = (inner.y + Y * inner.height - middle.y) / zoom;
				const to = matrix.transformPoint({ x, y });
				return { X: middle.x + zoom * to.x / to.w, Y: middle.y + zoom * to.y / to.w };
			});
		})()`)
		for i, q := range seen {
			kind := input.DispatchMouseEventTypeMouseMoved
			if i == 0 {
				kind = input.DispatchMouseEventTypeMousePressed
			}
			p.mouse(kind, point{math.Round(q.X), math.Round(q.Y)})
		}
		end := seen[len(seen)-1]
		p.mouse(input.DispatchMouseEventTypeMouseReleased, point{math.Round(end.X), math.Round(end.Y)})
		got := eval[[]point](p, `(pad.strokes[0] ?? []).map(({ x, y }) => ({ X: x / 400, Y: y / 400 }))`)
		if len(got) != len(line) {
			t.Errorf("%s: got %d points, %v, want %d", look.name, len(got), got, len(line))
			continue
		}
		for i, want := range line { // to within a pixel of the screen, which is more of a pad that is smaller
			if math.Hypot(got[i].X-want.X, got[i].Y-want.Y) > 0.012 {
				t.Errorf("%s: point %d: got %.3f, %.3f, want %.3f, %.3f", look.name, i, got[i].X, got[i].Y, want.X, want.Y)
			}
		}
	}
}
