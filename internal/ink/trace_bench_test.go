package ink

import "testing"

// BenchmarkTrace traces pictures of a data set's size, 28x28, and a photograph's.
func BenchmarkTrace(b *testing.B) {
	small := plain.with(func(s *scene) { s.side, s.pen, s.ink, s.paper = 28, 0.09, s.paper, s.ink })
	for name, p := range map[string]Picture{
		"28x28":      small.paint(drawings["four"]),
		"photograph": scenes["shaded paper"].with(func(s *scene) { s.side = 400 }).paint(drawings["four"]),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Trace(p)
			}
		})
	}
}
