package e2e

import (
	"testing"
	"time"
)

// slowAnswers is a script that delays all messages of a worker and counts the
// questions about drawings that are under way.
const slowAnswers = `
	window.asked = 0, window.underWay = 0, window.mostUnderWay = 0;
	window.Worker = class extends Worker {
		set onmessage(hear) {
			super.onmessage = (event) => setTimeout(() => {
				if (this.predicts?.delete(event.data.id)) underWay--;
				hear(event);
			}, 100);
		}
		postMessage(call) {
			if (call[1] === "predict") {
				(this.predicts ??= new Set()).add(call[0]);
				asked++;
				mostUnderWay = Math.max(mostUnderWay, ++underWay);
			}
			super.postMessage(call);
		}
	};
	window.strokes = (count) => {
		const pad = deep.document.getElementById("pad");
		const box = pad.getBoundingClientRect();
		for (let i = 1; i <= count; i++) {
			for (const [type, y] of [["pointerdown", 0.2], ["pointermove", 0.5], ["pointerup", 0.8]]) {
				pad.dispatchEvent(new PointerEvent(type, {
					pointerId: 7, isPrimary: true, bubbles: true, button: type === "pointermove" ? -1 : 0, buttons: 1,
					clientX: box.left + i * box.width / (count + 1), clientY: box.top + y * box.height,
				}));
			}
		}
	};
`

// Of live answers that come late only the newest is shown. The final answer of a
// stroke always comes.
func TestLateAnswersDoNotQueue(t *testing.T) {
	p := open(t, slowAnswers)
	p.draw(zero)
	checkDetail(t, p.waitFinal(1))
	most, asked, live := eval[int](p, `mostUnderWay`), eval[int](p, `asked`), len(zero[0])
	if most != 1 || asked >= live {
		t.Errorf("slow answers: got %d of %d questions under way at once for %d points, want 1, and fewer questions than points", most, asked, live)
	}
}

// Each finished stroke gets its answer, even when several finish at once.
func TestEveryStrokeIsAnswered(t *testing.T) {
	p := open(t, slowAnswers)
	p.run(`strokes(3)`)
	p.waitFinal(3)
	var finals []int
	for _, d := range p.predictions() {
		if d.Final {
			finals = append(finals, d.Strokes)
		}
	}
	if len(finals) != 3 || finals[0] != 1 || finals[1] != 2 {
		t.Errorf("three strokes at once: got final answers of %v strokes, want 1, 2, 3", finals)
	}
}

// No answer about a drawing comes after it has been cleared.
func TestNoAnswerAfterClear(t *testing.T) {
	p := open(t, slowAnswers)
	p.run(`strokes(2); document.getElementById("clear").click()`)
	time.Sleep(500 * time.Millisecond)
	if all := p.predictions(); len(all) != 1 || all[0].Label != "" || all[0].Strokes != 0 {
		t.Errorf("strokes cleared at once: got %+v, want the empty pad's prediction alone", all)
	}
	p.run(`strokes(1)`)
	checkDetail(t, p.waitFinal(1))
}
