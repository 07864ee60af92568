package browser

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// RequireVariable names the environment variable that makes tests fail instead of
// being skipped if no browser is found. make test sets it to 1.
const RequireVariable = "INKLING_REQUIRE_BROWSER"

// Start starts the browser at path, without a window. It returns a context for
// chromedp and a function that ends the browser. The browser also ends with ctx.
func Start(ctx context.Context, path string) (context.Context, func(), error) {
	ctx, endAllocator := chromedp.NewExecAllocator(ctx, options(path, os.Geteuid() == 0)...)
	ctx, endBrowser := chromedp.NewContext(ctx)
	end := func() {
		endBrowser()
		endAllocator()
	}
	if err := chromedp.Do(ctx); err != nil {
		end()
		return nil, nil, fmt.Errorf("browser: %s: %w", path, err)
	}
	return ctx, end, nil
}

// mouse makes pages see a fine pointer that hovers, as on a desk: without a window
// the browser reports neither. A tab emulates a phone by chromedp.EmulateMobile.
const mouse = "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"

// options returns the command line. The sandbox stays on except for root, because
// Chromium refuses to run as root with it. Everything that would use the network
// by itself is off.
func options(path string, root bool) []chromedp.ExecAllocatorOption {
	all := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	all = append(all,
		chromedp.ExecPath(path),
		chromedp.Flag("no-sandbox", root),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("mute-audio", true),
		chromedp.Flag("blink-settings", mouse),
		chromedp.WindowSize(1000, 900),
	)
	return all
}

// Path returns the path of the browser for a test. If there is none, it skips the
// test, or fails it if RequireVariable is 1.
func Path(t testing.TB) string {
	t.Helper()
	path, err := Find()
	if err == nil {
		return path
	}
	if os.Getenv(RequireVariable) == "1" {
		t.Fatal(err)
	}
	t.Skip(err)
	return ""
}
