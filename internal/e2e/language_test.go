package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// The page speaks the language of the browser or the chosen one, in all its parts,
// and remembers the choice.
func TestKorean(t *testing.T) {
	p := newPage(t, newSite(t))
	if _, err := chromedp.Call(p.ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{AcceptLanguage: "ko-KR,ko"}); err != nil {
		t.Fatal(err)
	}
	p.visit("")
	p.waitState("ready")
	p.wait(`document.documentElement.lang === "ko"`)
	p.draw(zero)
	p.waitFinal(1)
	const left = `[...document.querySelectorAll("[data-t]")].filter((e) => !/[가-힣]/.test(e.textContent)).map((e) => e.dataset.t)`
	if got := eval[[]string](p, left); len(got) > 0 {
		t.Errorf("Korean: got no Korean for %q", got)
	}
	p.speak("en")
	p.wait(`document.documentElement.lang === "en"`)
	if got := p.text("words"); got != "Almost certainly" {
		t.Errorf("back in English: got %q, want the answer in English words", got)
	}
	if got := eval[[]string](p, `[...document.querySelectorAll("[data-t]")].filter((e) => /[가-힣]/.test(e.textContent)).map((e) => e.dataset.t)`); len(got) > 0 {
		t.Errorf("back in English: %q are still Korean", got)
	}
	p.visit("")
	p.waitState("ready")
	if got := eval[string](p, `document.documentElement.lang`); got != "en" {
		t.Errorf("after a reload: got %q, want the chosen en", got)
	}
}

// If a language cannot be fetched, page and switch keep the old one and the page says so.
func TestLanguageThatCannotBeFetched(t *testing.T) {
	s := newSite(t)
	s.answer("ko-", status(404))
	p := newPage(t, s, `delete Navigator.prototype.serviceWorker`)
	p.expectTrouble("Failed to load resource")
	p.visit("")
	p.waitState("ready")
	p.speak("ko")
	p.wait(`document.getElementById("status").textContent.includes("could not be fetched")`)
	if got := eval[[]string](p, `[document.documentElement.lang, document.getElementById("language").value]`); got[0] != "en" || got[1] != "en" {
		t.Errorf("the page's language and the switch: got %q, want en in both", got)
	}
}

// speak chooses a language.
func (p *page) speak(tag string) {
	p.run(`(() => {
		const languages = document.getElementById("language");
		languages.value = ` + quote(tag) + `;
		languages.dispatchEvent(new Event("change"));
	})()`)
}
