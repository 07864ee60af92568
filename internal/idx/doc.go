// Package idx knows the names under which IDX files are published, and finds images
// and labels that belong together.
package idx
