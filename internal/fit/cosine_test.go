package fit

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestUnitColumns takes more columns than go at once, and one of zeros.
func TestUnitColumns(t *testing.T) {
	const rows, columns, zeros = 3, unitChunk + 5, 7
	random := rand.New(rand.NewPCG(8, 8))
	values := make([]float32, rows*columns)
	for i := range values {
		if i%columns != zeros {
			values[i] = float32(random.NormFloat64())
		}
	}
	first := values[0]
	UnitColumns(values, columns)
	for j := range columns {
		square, want := 0.0, 1.0
		for i := range rows {
			square += float64(values[i*columns+j]) * float64(values[i*columns+j])
		}
		if j == zeros {
			want = 0
		}
		if math.Abs(square-want) > 1e-6 {
			t.Errorf("column %d: got the squared length %g, want %g", j, square, want)
		}
	}
	if math.Signbit(float64(first)) != math.Signbit(float64(values[0])) {
		t.Errorf("first value: got %g of %g, want the same sign", values[0], first)
	}
}
