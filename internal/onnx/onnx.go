// Package onnx writes a model as an ONNX file (IR version 8, operators of version
// 13), for other runtimes.
//
// The input "pixels" is (N, height, width, channels), float32, 0..1: the ink and, by recipe
// writing, as shares of it how far right and down the pen was going and when; the output
// "probabilities" is (N, classes), the softmax of the logits over the model's
// temperature. Inside, pictures are (N, C, H, W), as ONNX's operators want them.
// The file's metadata hold what else an answer needs: labels (a JSON array of the
// classes' names), recipe, background, threshold, and ground and turn where there are any.
package onnx

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Encode returns the ONNX file of a model: the same model, the same bytes. The error
// names a layer that has no form there. The file answers the image as it is; a model's
// Turn is the property "turn", for who turns images and takes the mean of the answers.
func Encode(m *model.Model) ([]byte, error) {
	m.Network.Values()
	g := &graph{shape: m.Network.Input, last: "pixels"}
	if len(m.Network.OutputShape(0)) == 3 {
		g.channelsFirst()
	}
	for i, layer := range m.Network.Layers {
		if i == len(m.Network.Layers)-1 { // the softmax
			g.node("Div", []string{g.last, g.scalar(m.Temperature)})
			g.end = true
		}
		if err := g.add(layer); err != nil {
			return nil, fmt.Errorf("onnx: layer %d: %w", i+1, err)
		}
		g.shape = m.Network.OutputShape(i)
	}
	return g.file(m), nil
}

// graph collects nodes and their constants.
type graph struct {
	shape  nn.Shape // of what last holds, as package nn has it
	first  bool     // whether that lies channels first
	last   string   // the newest value
	count  int      // values so far
	end    bool     // whether the next value is the output
	nodes  message
	values message // constants
}

// message is a protobuf message in the making.
type message []byte

func (m *message) bytes(field protowire.Number, value []byte) {
	*m = protowire.AppendBytes(protowire.AppendTag(*m, field, protowire.BytesType), value)
}

func (m *message) text(field protowire.Number, value string) { m.bytes(field, []byte(value)) }

func (m *message) number(field protowire.Number, value int) {
	*m = protowire.AppendVarint(protowire.AppendTag(*m, field, protowire.VarintType), uint64(value))
}

// Numbers of types in ONNX's messages.
const (
	floatType  = 1 // of a tensor
	int64Type  = 7
	floatValue = 1 // of an attribute
	intValue   = 2
	intsValue  = 7
)

// attribute returns a setting of a node.
func attribute(name string, value any) message {
	var a message
	a.text(1, name)
	switch v := value.(type) {
	case float32:
		a = protowire.AppendFixed32(protowire.AppendTag(a, 2, protowire.Fixed32Type), math.Float32bits(v))
		a.number(20, floatValue)
	case int:
		a.number(3, v)
		a.number(20, intValue)
	case []int:
		for _, n := range v {
			a.number(8, n)
		}
		a.number(20, intsValue)
	}
	return a
}

// node adds an operator; what it makes becomes the last value. It returns nil, so
// that writers can end in it.
func (g *graph) node(operator string, inputs []string, attributes ...message) error {
	g.count++
	g.last = "v" + strconv.Itoa(g.count)
	if g.end {
		g.last = "probabilities"
	}
	var n message
	for _, name := range inputs {
		n.text(1, name)
	}
	n.text(2, g.last)
	if operator == "TopK" {
		n.text(2, g.last+"_places")
	}
	n.text(4, operator)
	for _, a := range attributes {
		n.bytes(5, a)
	}
	g.nodes.bytes(1, n)
	return nil
}

// constant adds a tensor and returns its name.
func (g *graph) constant(kind int, shape []int, raw []byte) string {
	g.count++
	name := "c" + strconv.Itoa(g.count)
	var t message
	for _, side := range shape {
		t.number(1, side)
	}
	t.number(2, kind)
	t.text(8, name)
	t.bytes(9, raw)
	g.values.bytes(5, t)
	return name
}

// floats adds a tensor of floats.
func (g *graph) floats(shape []int, values []float32) string {
	var raw []byte
	for _, v := range values {
		raw = protowire.AppendFixed32(raw, math.Float32bits(v))
	}
	return g.constant(floatType, shape, raw)
}

// indices adds a tensor of whole numbers.
func (g *graph) indices(values []int) string {
	var raw []byte
	for _, v := range values {
		raw = protowire.AppendFixed64(raw, uint64(v))
	}
	return g.constant(int64Type, []int{len(values)}, raw)
}

// scalar adds one float.
func (g *graph) scalar(v float32) string { return g.floats(nil, []float32{v}) }

// reshape gives the last value another shape, of each sample.
func (g *graph) reshape(sides ...int) error {
	raw := protowire.AppendFixed64(nil, 0) // the batch's side stays
	for _, side := range sides {
		raw = protowire.AppendFixed64(raw, uint64(side))
	}
	return g.node("Reshape", []string{g.last, g.constant(int64Type, []int{len(sides) + 1}, raw)})
}

// channelsFirst brings pictures into ONNX's order.
func (g *graph) channelsFirst() {
	if !g.first {
		g.node("Transpose", []string{g.last}, attribute("perm", []int{0, 3, 1, 2}))
		g.first = true
	}
}

// channelsLast brings pictures into package nn's order.
func (g *graph) channelsLast() {
	if g.first {
		g.node("Transpose", []string{g.last}, attribute("perm", []int{0, 2, 3, 1}))
		g.first = false
	}
}

// file puts the model together.
func (g *graph) file(m *model.Model) []byte {
	var whole, operators message
	operators.text(1, "")
	operators.number(2, 13)
	whole.number(1, 8)
	whole.text(2, "inkling")
	content := append(g.nodes, g.values...)
	content.text(2, "inkling")
	content.bytes(11, info("pixels", m.Network.Input))
	content.bytes(12, info(g.last, nn.Shape{m.Network.Classes()}))
	whole.bytes(7, content)
	whole.bytes(8, operators)
	properties := [][2]string{
		{"labels", list(m.Labels)}, {"recipe", string(m.Recipe)}, {"background", strconv.FormatBool(m.Background)},
		{"threshold", strconv.FormatFloat(float64(m.Threshold), 'g', -1, 32)},
	}
	if ground := m.Ground(); ground != ink.AnyGround {
		properties = append(properties, [2]string{"ground", ground.String()})
	}
	if m.Turn != 0 {
		properties = append(properties, [2]string{"turn", strconv.FormatFloat(float64(m.Turn), 'g', -1, 32)})
	}
	for _, p := range properties {
		var property message
		property.text(1, p[0])
		property.text(2, p[1])
		whole.bytes(14, property)
	}
	return whole
}

// list returns texts as a JSON array.
func list(texts []string) string {
	data, err := json.Marshal(texts)
	if err != nil {
		panic(err) // texts always have a form
	}
	return string(data)
}

// info describes an input or output, a batch of any size.
func info(name string, shape nn.Shape) []byte {
	var sides, batch message
	batch.text(2, "N")
	sides.bytes(1, batch)
	for _, side := range shape {
		var s message
		s.number(1, side)
		sides.bytes(1, s)
	}
	var tensor, kind, value message
	tensor.number(1, floatType)
	tensor.bytes(2, sides)
	kind.bytes(1, tensor)
	value.text(1, name)
	value.bytes(2, kind)
	return value
}
