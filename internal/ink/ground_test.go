package ink

import (
	"bytes"
	"slices"
	"testing"
)

// on returns a picture of 8x6 of one value with a box of another in its middle.
func on(ground, thing uint8) Picture {
	p := Picture{Width: 8, Height: 6, RGBA: make([]uint8, 4*8*6)}
	for i := range 8 * 6 {
		v := ground
		if x, y := i%8, i/8; x > 1 && x < 6 && y > 1 && y < 4 {
			v = thing
		}
		copy(p.RGBA[4*i:], []uint8{v, v, v, 255})
	}
	return p
}

func TestGroundOf(t *testing.T) {
	grey := func(p Picture) (image []uint8) {
		for i := range p.Width * p.Height {
			image = append(image, p.RGBA[4*i])
		}
		return image
	}
	half := slices.Repeat([]uint8{0, 0, 0, 0, 255, 255, 255, 255}, 6)
	for name, c := range map[string]struct {
		image []uint8
		want  Ground
	}{
		"a light thing on black": {grey(on(0, 200)), DarkGround}, "on white": {grey(on(250, 20)), LightGround},
		"little contrast": {grey(on(120, 130)), DarkGround}, "one value": {grey(on(7, 7)), AnyGround},
		"a wall beside the sky": {half, AnyGround}, "nothing": {nil, AnyGround},
	} {
		if got := GroundOf(c.image, 8); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// A picture on the other ground than those learned from is inverted; what lies beside it
// stays background.
func TestFitGround(t *testing.T) {
	for _, c := range []struct {
		picture  Picture
		learned  Ground
		inverted bool
	}{
		{on(0, 200), DarkGround, false}, {on(255, 55), DarkGround, true}, {on(255, 55), LightGround, false},
		{on(0, 200), LightGround, true}, {on(255, 55), AnyGround, false}, {on(90, 90), DarkGround, false},
	} {
		got, want := make([]uint8, 64), make([]uint8, 64)
		fitted, ground := Fit(got, 8, 8, c.picture, c.learned)
		Fit(want, 8, 8, c.picture, AnyGround)
		for i := range want[8:56] {
			if c.inverted {
				want[8+i] = 255 - want[8+i]
			}
		}
		if !fitted || ground.Against(c.learned) != c.inverted || !bytes.Equal(got, want) {
			t.Errorf("ground %s, learned %s: got\n%v\nwant %v", ground, c.learned, got, want)
		}
	}
}
