// Package e2e tests the finished site as a person meets it: built by the
// command build, served by its server, opened in a real browser and drawn on
// with that browser's own input. It holds only tests.
//
// Each test gets a page with its own browser profile (open), behind a proxy that
// can hold back, replace or count what the server sends (site). Every test fails
// on what a page must never do: a request to another origin, a breach of its
// content security policy, an error in the console.
//
// Environment:
//   - INKLING_CHROMIUM names the browser.
//   - INKLING_DATA names the folder of MNIST and pen strokes. Without it the tests
//     that need them are skipped.
//   - INKLING_SHOTS names a folder for a picture of the page at the end of each test.
//   - INKLING_STATES names a folder for pictures of every state on every screen.
//   - INKLING_DOCS names the folder of the pictures in README.md (make shots).
package e2e
