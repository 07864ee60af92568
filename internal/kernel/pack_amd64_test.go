package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/seed-c844a918/inkling/internal/variant"
)

// TestPack checks the panels of both widths, those of AVX-512 too, on any CPU
// with AVX2.
func TestPack(t *testing.T) {
	if variant.Best() == variant.Portable {
		t.Skip("this CPU lacks AVX2")
	}
	random := rand.New(rand.NewPCG(14, 14))
	for _, panel := range []int{narrowPanel, widePanel} {
		for _, shape := range [][2]int{{1, 1}, {5, 16}, {9, 40}, {blockK, panelGroup}, {17, 97}} {
			k, columns := shape[0], shape[1]
			values := random32(random, k*columns)
			for name, b := range map[string]matrix{
				"rows":    {&values[0], columns, 1},
				"columns": {&values[0], 1, k},
			} {
				var p packed
				p.fill(b, 0, 0, k, columns, panel)
				for i := range k {
					for j := range columns {
						got, want := p[j/panel*panel*k+i*panel+j%panel], *(*float32)(b.at(i, j))
						if got != want {
							t.Fatalf("%s of %v in panels of %d: element (%d, %d): got %g, want %g", name, fmt.Sprint(shape), panel, i, j, got, want)
						}
					}
				}
			}
		}
	}
}
