//go:build js && inklingpicture

// With the build tag inklingpicture the program takes pictures as well, and teaches
// symbols (symbols.go). The page loads that larger binary when the first picture comes:
// finding the strokes of a picture is 36 kB of it, brotli (make size).

package main

import "github.com/seed-c844a918/inkling/internal/ink"

// picture returns the one in the buffer; false if that is too small for it.
func picture(width, height int32) (ink.Picture, bool) {
	p := ink.Picture{Width: int(width), Height: int(height), RGBA: bridge.picture}
	return p, width > 0 && height > 0 && p.Width <= len(p.RGBA)/4/p.Height
}

// trace finds the strokes that drew the picture and leaves them in the buffers
// of a drawing.
//
//go:wasmexport trace
func trace(width, height int32) (strokes int32) {
	defer recoverTo(&strokes)
	p, ok := picture(width, height)
	if !ok {
		return fail(errRoom)
	}
	found := ink.Trace(p)
	if len(found) == 0 {
		return nothingDrawn
	}
	bridge.points, bridge.ends = nil, nil
	for _, stroke := range found {
		bridge.points = append(bridge.points, stroke...)
		bridge.ends = append(bridge.ends, uint32(len(bridge.points)))
	}
	bridge.strokes = make([]ink.Stroke, len(found))
	return int32(len(found))
}

// fit makes the image of the picture by recipe picture.
//
//go:wasmexport fit
func fit(width, height int32) (status int32) {
	defer recoverTo(&status)
	m := bridge.model
	if m == nil {
		return fail(errNoModel)
	}
	p, ok := picture(width, height)
	if !ok {
		return fail(errRoom)
	}
	if fitted, _ := ink.Fit(bridge.image, m.Width(), m.Height(), p, m.Ground()); !fitted {
		return nothingDrawn
	}
	return 0
}
