// Package limits holds no code: its tests keep the sources small enough to be read. A
// package or a line that grows beyond what a reader holds in mind fails there.
package limits
