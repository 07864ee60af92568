package ink

import "slices"

// Ground is what a picture's ink lies on.
type Ground uint8

// The grounds. Photographs of places, say, have any.
const (
	AnyGround Ground = iota
	DarkGround
	LightGround
)

// String names a ground in a sentence.
func (g Ground) String() string { return [...]string{"any", "dark", "light"}[g] }

// Against reports whether a picture on g shows light what a network that learned from
// pictures on another ground knows dark, and the other way round.
func (g Ground) Against(learned Ground) bool {
	return g != AnyGround && learned != AnyGround && g != learned
}

// Grounds counts pictures by their ground.
type Grounds [LightGround + 1]int

// Common returns the ground of nine in ten pictures or more.
func (g Grounds) Common() Ground {
	total := g[AnyGround] + g[DarkGround] + g[LightGround]
	for ground, count := range g {
		if total > 0 && 10*count >= 9*total {
			return Ground(ground)
		}
	}
	return AnyGround
}

// GroundOf returns the ground of an image, which its border tells: light if the median of
// the border lies in the upper quarter of the image's range and above its mean, dark if
// that is so of the inverse. None of MNIST's and Fashion-MNIST's images is light, of whose
// clothes some reach the border; but for 4 in 70,000 all are dark.
func GroundOf(image []uint8, width int) Ground {
	lowest, highest, sum := 255, 0, 0
	var border []uint8
	for i, v := range image {
		lowest, highest, sum = min(lowest, int(v)), max(highest, int(v)), sum+int(v)
		if x := i % width; x == 0 || x == width-1 || i < width || i >= len(image)-width {
			border = append(border, v)
		}
	}
	if highest <= lowest {
		return AnyGround
	}
	slices.Sort(border)
	upper, lower := int(border[len(border)/2]), int(border[(len(border)-1)/2])
	light := 4*(upper-lowest) >= 3*(highest-lowest) && upper*len(image) > sum
	dark := 4*(highest-lower) >= 3*(highest-lowest) && lower*len(image) < sum
	switch {
	case light && !dark:
		return LightGround
	case dark && !light:
		return DarkGround
	}
	return AnyGround
}
