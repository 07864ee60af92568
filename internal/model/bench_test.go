package model

import (
	"os"
	"testing"

	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// shipped is the page's default model.
const shipped = "../../web/models/digits.ink"

// BenchmarkPredict measures one answer of the page's default model. make bench-wasm
// measures the same in the page's wasm, and needs node.
func BenchmarkPredict(b *testing.B) {
	m, image := page(b)
	for b.Loop() {
		m.Predict(image)
	}
}

// BenchmarkPlainLoops measures the same network as nested loops over its definition.
func BenchmarkPlainLoops(b *testing.B) {
	m, image := page(b)
	x := make([]float32, len(image))
	nn.Pixels(x, image)
	for b.Loop() {
		plain(m.Network, x)
	}
}

// TestPlainLoops checks that both compute the same.
func TestPlainLoops(t *testing.T) {
	m, image := page(t)
	x := make([]float32, len(image))
	nn.Pixels(x, image)
	want := plain(m.Network, x)
	for i, got := range m.Network.Logits(x, 1, false) {
		if d := got - want[i]; d > 1e-3 || d < -1e-3 {
			t.Errorf("logit %d: got %g, plain loops %g", i, got, want[i])
		}
	}
}

// page returns the page's model and an image with some ink.
func page(t testing.TB) (*Model, []uint8) {
	data, err := os.ReadFile(shipped)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	drawn := make([]uint8, m.Height()*m.Width())
	for i := range drawn {
		if y, x := i/m.Width(), i%m.Width(); x > 10 && x < 14 && y > 4 && y < 24 || y == 12 && x > 4 && x < 22 {
			drawn[i] = uint8(150 + i%100)
		}
	}
	image := make([]uint8, m.Form().Size())
	m.Form().OfInk(image, drawn)
	return m, image
}

// plain returns the logits of one sample, computed with nested loops.
func plain(network *nn.Sequential, x []float32) []float32 {
	shape := network.Input
	for i, layer := range network.Layers {
		out := network.OutputShape(i)
		var y []float32
		params := layer.Params()
		switch l := layer.(type) {
		case *nn.Conv2D:
			y = plainConv(x, shape, out, l, params[0].Value, params[1].Value)
		case *nn.MaxPool2D:
			y = plainPool(x, shape, out, l)
		case *nn.Dense:
			y = append(y, params[1].Value...)
			for j := range y {
				for k, v := range x {
					y[j] += v * params[0].Value[k*l.Units+j]
				}
			}
		case *nn.ReLU:
			for _, v := range x {
				y = append(y, max(v, 0))
			}
		default: // flatten; the softmax is left out
			y = x
		}
		x, shape = y, out
	}
	return x
}

func plainConv(x []float32, in, out nn.Shape, l *nn.Conv2D, w, bias []float32) []float32 {
	y := make([]float32, out.Size())
	top, left := 0, 0
	if l.Padding == windows.Same {
		top, left = (l.Size[0]-1)/2, (l.Size[1]-1)/2
	}
	for oy := range out[0] {
		for ox := range out[1] {
			row := y[(oy*out[1]+ox)*out[2]:][:out[2]]
			copy(row, bias)
			for ky := range l.Size[0] {
				for kx := range l.Size[1] {
					iy, ix := oy*l.Strides[0]+ky-top, ox*l.Strides[1]+kx-left
					if iy < 0 || iy >= in[0] || ix < 0 || ix >= in[1] {
						continue
					}
					for c := range in[2] {
						v, at := x[(iy*in[1]+ix)*in[2]+c], ((ky*l.Size[1]+kx)*in[2]+c)*out[2]
						for f := range row {
							row[f] += v * w[at+f]
						}
					}
				}
			}
		}
	}
	return y
}

func plainPool(x []float32, in, out nn.Shape, l *nn.MaxPool2D) []float32 {
	y := make([]float32, out.Size())
	for oy := range out[0] {
		for ox := range out[1] {
			for c := range out[2] {
				largest := x[(oy*l.Strides[0]*in[1]+ox*l.Strides[1])*in[2]+c]
				for ky := range l.Size[0] {
					for kx := range l.Size[1] {
						largest = max(largest, x[((oy*l.Strides[0]+ky)*in[1]+ox*l.Strides[1]+kx)*in[2]+c])
					}
				}
				y[(oy*out[1]+ox)*out[2]+c] = largest
			}
		}
	}
	return y
}
