// Package promises tests that docs/reliability.md tells the truth: the tests that it
// names are there, and the limits in its table are the constants of the code.
package promises
