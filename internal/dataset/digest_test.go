package dataset

import "testing"

func TestPairDigest(t *testing.T) {
	pair := func(change func(train, test *Set)) string {
		train := &Set{Width: 1, Height: 2, Pixels: []uint8{1, 2, 3, 4}, Labels: []uint8{0, 1}, Classes: []string{"a", "b"}}
		test := &Set{Width: 1, Height: 2, Pixels: []uint8{5, 6}, Labels: []uint8{1}, Classes: train.Classes}
		change(train, test)
		return Pair{train, test}.Digest()
	}
	want := pair(func(_, _ *Set) {})
	if again := pair(func(train, _ *Set) { train.Name = "other" }); again != want {
		t.Errorf("another name: got %s, want %s", again, want)
	}
	for name, change := range map[string]func(train, test *Set){
		"pixel":      func(train, _ *Set) { train.Pixels[3]++ },
		"label":      func(train, _ *Set) { train.Labels[0]++ },
		"class":      func(train, _ *Set) { train.Classes = []string{"a", "c"} },
		"shape":      func(train, _ *Set) { train.Width, train.Height = 2, 1 },
		"test pixel": func(_, test *Set) { test.Pixels[0]++ },
	} {
		t.Run(name, func(t *testing.T) {
			if got := pair(change); got == want {
				t.Errorf("got the same digest %s", got)
			}
		})
	}
}
