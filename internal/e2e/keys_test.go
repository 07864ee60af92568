package e2e

import (
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys and modifiers that the tests press.
const (
	ctrl      = kb.ModifierCtrl
	shift     = kb.ModifierShift
	deleteKey = kb.Delete
)

// key presses keys on the element that has the focus.
func (p *page) key(keys string, options ...chromedp.KeyOption) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys, options...))
}
