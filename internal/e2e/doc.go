// Package e2e tests the finished site as a person meets it: built by the
// command build, served by its server, opened in a real browser and drawn on
// with that browser's own input. It holds nothing but tests.
//
// A test gets a page of a browser profile of its own (open), behind a proxy that
// can hold back, replace or count what the server sends (site). What a page
// must never do fails every test: a request to another origin, a breach of its
// content security policy, an error in the console.
//
// Environment: INKLING_CHROMIUM names the browser, INKLING_DATA holds MNIST and
// pen strokes (tests of these are skipped without), INKLING_SHOTS names a folder
// that gets a picture of the page at the end of each test; INKLING_STATES one
// for pictures of every state on every screen; INKLING_DOCS that of the pictures
// in README.md (make shots).
package e2e
