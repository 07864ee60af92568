package load

import (
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// ParseSize reads the images' size of --size, "32x24": width and height; "28" is
// both.
func ParseSize(text string) (width, height int, err error) {
	before, after, two := strings.Cut(text, "x")
	if !two {
		after = before
	}
	width, errWidth := strconv.Atoi(before)
	height, errHeight := strconv.Atoi(after)
	if errWidth != nil || errHeight != nil || min(width, height) < 1 || max(width, height) > model.MaxSide {
		return 0, 0, usage.Errorf("--size: got %q, want WIDTHxHEIGHT, such as 32x24, or 28 for a square, at most %d a side", text, model.MaxSide)
	}
	return width, height, nil
}

// SplitNames reads the names of --labels, "circle, cross".
func SplitNames(text string) []string {
	names := strings.Split(text, ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names
}
