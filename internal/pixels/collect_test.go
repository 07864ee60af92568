package pixels

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

func TestCollector(t *testing.T) {
	for _, c := range []struct {
		name   string
		given  Range
		blocks [][]float64
		want   []uint8
		r      string // or the error's part
	}{
		{"bytes", Range{}, [][]float64{{0, 7}, {255}}, []uint8{0, 7, 255}, "0..255"},
		{"zeros and ones", Range{}, [][]float64{{0, 1}, {1}}, []uint8{0, 255, 255}, "0..1"},
		{"fractions", Range{}, [][]float64{{0, 0.5}, {1}}, []uint8{0, 128, 255}, "0..1"},
		{"fractions late", Range{}, [][]float64{{0, 1}, {0, 1, 0.5}, {1}}, []uint8{0, 255, 0, 255, 128, 255}, "0..1"},
		{"a little more", Range{}, [][]float64{{-0.01, 1.01}}, []uint8{0, 255}, "0..1"},
		{"fractions and bytes", Range{}, [][]float64{{0, 0.5}, {255}}, nil, "got values 0..255"},
		{"bytes and fractions", Range{}, [][]float64{{0, 255}, {0.5}}, nil, "got values 0..255"},
		{"above", Range{}, [][]float64{{0, 256}}, nil, "got values 0..256"},
		{"not a number", Range{}, [][]float64{{0, math.NaN()}}, nil, "not finite"},
		{"given", Range{-1, 1}, [][]float64{{-1}, {0, 2}}, []uint8{0, 128, 255}, "-1..1"},
		{"given, not finite", Range{-1, 1}, [][]float64{{math.Inf(1)}}, nil, "not finite"},
		{"none", Range{}, nil, nil, "got none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			collector := NewCollector(nil, c.given)
			for _, block := range c.blocks {
				collector.Add(block)
			}
			got, r, _, err := collector.Finish()
			if err != nil {
				if !strings.Contains(err.Error(), c.r) {
					t.Errorf("got %v, want %s", err, c.r)
				}
				return
			}
			if !bytes.Equal(got, c.want) || r.String() != c.r {
				t.Errorf("got %v by %v, want %v by %s", got, r, c.want, c.r)
			}
		})
	}
}

func TestCollectBytes(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  Kind
		given Range
		want  []uint8
		r     string
	}{
		{"booleans", Bool, Range{}, []uint8{0, 255}, "0..1"},
		{"zeros and ones", Number, Range{}, []uint8{0, 255}, "0..1"},
		{"given", Number, Bytes, []uint8{0, 1}, "0..255"},
	} {
		collector := NewCollector(nil, c.given)
		collector.AddBytes([]uint8{0, 1}, c.kind)
		got, r, s, err := collector.Finish()
		if err != nil || !bytes.Equal(got, c.want) || r.String() != c.r || s.Kind != c.kind {
			t.Errorf("%s: got %v by %v, kind %d, %v; want %v by %s", c.name, got, r, s.Kind, err, c.want, c.r)
		}
	}
}
