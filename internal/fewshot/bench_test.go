package fewshot

import (
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
)

// shippedEncoder is the page's encoder.
const shippedEncoder = "../../web/models/symbols.ink"

// BenchmarkTeach measures the parts of what the page does for one more example of ten
// symbols of five drawings, with the shipped encoder.
func BenchmarkTeach(b *testing.B) {
	data, err := os.ReadFile(shippedEncoder)
	if err != nil {
		b.Fatal(err)
	}
	m, err := model.Decode(data)
	if err != nil {
		b.Fatal(err)
	}
	set, err := Begin(m)
	if err != nil {
		b.Fatal(err)
	}
	image := make([]uint8, set.Encoder().Form().Size())
	for symbol := range 10 {
		for hand := range 5 {
			strokes := spiral(symbol, hand)
			set.Encoder().Form().Draw(image, strokes)
			if _, err := set.Add(strconv.Itoa(symbol), set.Encoder().Encode(image), strokes); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("draw", func(b *testing.B) {
		strokes := spiral(3, 6)
		for b.Loop() {
			set.Encoder().Form().Draw(image, strokes)
		}
	})
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			set.Encoder().Encode(image)
		}
	})
	b.Run("model", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			set.changed(3)
			modelOf(b, set)
		}
	})
	b.Run("file", func(b *testing.B) {
		for b.Loop() {
			if _, err := set.Encode(Drawings); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("alike", func(b *testing.B) {
		for b.Loop() {
			set.Alike()
		}
	})
}

// spiral returns a drawing of a symbol by a hand.
func spiral(symbol, hand int) []ink.Stroke {
	var stroke ink.Stroke
	for i := range 40 {
		angle, far := float64(symbol+2)*0.03*float64(i), 20+float64(i)+float64(hand)*math.Sin(0.3*float64(i*(symbol+1)))
		stroke = append(stroke, ink.Point{X: float32(100 + far*math.Cos(angle)), Y: float32(100 + far*math.Sin(angle))})
	}
	return []ink.Stroke{stroke}
}
