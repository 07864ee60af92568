package synth

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

func TestNonDigits(t *testing.T) {
	for _, kind := range NonDigitKinds() {
		t.Run(kind, func(t *testing.T) {
			short, long, other := NonDigits(kind, 30, 1), NonDigits(kind, 90, 1), NonDigits(kind, 30, 2)
			if !reflect.DeepEqual(short, long[:30]) {
				t.Error("first 30 of 90: got others than of 30")
			}
			for i, d := range long {
				b := strokes.BoxOf(d.Strokes)
				if side := max(b.Width(), b.Height()); math.Abs(side-1) > 1e-5 || b.X0 < -1e-6 || b.Y0 < -1e-6 {
					t.Errorf("drawing %d: box: got %v, want in 0..1 with a side of 1", i, b)
				}
				if d.Label != -1 {
					t.Errorf("drawing %d: label: got %d, want -1", i, d.Label)
				}
				if i < 30 && reflect.DeepEqual(d.Strokes, other[i].Strokes) {
					t.Errorf("drawing %d: got the same with another seed", i)
				}
			}
		})
	}
}

func TestNonDigitKinds(t *testing.T) {
	all, trained := NonDigitKinds(), TrainedNonDigitKinds()
	if len(trained) != len(all)-1 || slices.Contains(trained, HeldOutKind) || !slices.Contains(all, HeldOutKind) {
		t.Errorf("trained: got %v of %v, want all but %s", trained, all, HeldOutKind)
	}
	defer func() {
		if got := recover(); got != errKind {
			t.Errorf("unknown kind: got panic %v, want %s", got, errKind)
		}
	}()
	NonDigits("digit", 1, 1)
}

// Two digits are two: nothing narrower than one digit is wide.
func TestTwoDigitsAreWide(t *testing.T) {
	for i, d := range NonDigits("two-digits", 300, 1) {
		if b := strokes.BoxOf(d.Strokes); b.Width() < 0.28 {
			t.Errorf("drawing %d: width: got %.2f of the height, want at least 0.28", i, b.Width())
		}
	}
}
