//go:build js

// The bridge to Go, which runs in a worker of the page. This paragraph stands at
// both ends, here and in web/worker/bridge.ts:
//
// Go sets globalThis.inklingGo = {load, errorText} once it runs. load
// (Uint8Array of an .ink file) makes it the model in use and returns {handle, labels, height,
// width, channels, recipe, box, parameters, threshold, layers: [{kind, class, shape, weights, window}]}, a
// string that says why not, or how many multiplications an answer takes if those are
// too many for a page; the model in use then stays. The other calls are wasm exports.
// reserve(points, strokes, bytes) makes room for a drawing and a picture and returns the address
// of six uint32, the addresses of points, ends, picture, image, answer and activations in Go's
// memory, or -2. use(handle) goes back to a model that was loaded before, and drop(handle) lets
// go of one. The worker writes float32 x, y pairs at points and each stroke's end,
// counted in points from the start, as uint32 at ends, whose highest bit says that the stroke
// was found in a picture and nobody knows which way it was drawn, and calls
// predict(strokes); or it writes the network's input at image, or its ink alone, and calls
// predictImage(bytes). They return the label's index, -1 if nothing was drawn, -2 for
// an error whose text errorText() gives, and leave what the network saw at image
// (height*width*channels bytes) and float32 confidence, sure (0 or 1) and the
// probabilities at answer. With the same -1 and -2, restroke(strokes) leaves at
// image the drawing before its last step, and activations(bytes) the float32 outputs
// of all layers for what is at image. In the binary that takes pictures the worker
// writes RGBA at picture; trace(width, height) returns how many strokes it left
// at points and ends, and fit(width, height) leaves the network's input at image.
// A layer's kernel lies at weights, 0 for a layer without one, in Keras's order; window
// is [] but for a Conv2D: [height, width, vertical and horizontal stride, zeros above and
// on the left].
// load and use move image, answer and activations, trace points and ends, and any
// call may grow the memory, which detaches the worker's views: it reserves after
// those and compares buffers before each use. A panic inside an export
// would throw nothing in JavaScript and leave the runtime dead, so each that computes
// recovers. A fatal error ends the program, inside an export as well: wasm_exec then
// calls go.exit, and what the export would return means nothing, so exit throws. After
// this, and after a call that takes too long, the page starts a fresh program in a
// fresh worker with its strokes kept. Go imports inkling.product and inkling.pool, the
// network's loops in SIMD, which return 0 where there is none (web/worker/simd.ts,
// internal/kernel/simd).
package main

import (
	"errors"
	"syscall/js"
	"unsafe"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// What an export returns instead of a label.
const (
	nothingDrawn = -1
	failed       = -2
)

// The most that reserve grants: far more than a hand draws, pictures of 4096 by
// 4096 pixels, and a bound against a caller's mistake.
const (
	maxPoints  = 1 << 20
	maxStrokes = 1 << 16
	maxBytes   = 4 << 24
)

// maxOperations is the most that an answer may cost on the page, in multiplications:
// two or three seconds of wasm.
const maxOperations = 1 << 31

// bridge is what the page and Go share.
var bridge = shared{err: errNone}

type shared struct {
	loaded           // in use
	models  []loaded // all, by handle; without a model where one was dropped
	points  []ink.Point
	ends    []uint32
	strokes []ink.Stroke
	picture []uint8 // RGBA
	err     error   // of the last call that returned failed

	addresses [6]uint32 // of points, ends, picture, image, answer and activations
}

// loaded is a model with all that it needs room for. load and use replace it as a whole,
// so that a model which cannot be used changes nothing.
type loaded struct {
	model       *model.Model
	set         symbols   // that the model was made of, if it can be edited
	correction  corrector // of its answers, nil: none has been put right
	handle      int
	image       []uint8   // what the network sees, of its form
	answer      []float32 // confidence, sure, probabilities
	pixels      []float32 // image as activations feeds it to the layers
	activations []float32 // outputs of all layers
}

// symbols is a set of symbols of one's own, which describes itself as a JSON array.
type symbols interface{ describe() string }

// corrector answers in the place of a model.
type corrector interface {
	Predict(image []uint8) model.Answer
}

// What the larger binary adds (symbols.go, putright.go): the set that a model is of, nil if
// it is of none, and further functions for the page.
var (
	begin func(m *model.Model) (symbols, error)
	more  []extra
)

// An extra is a function of inklingGo, or an object of functions.
type extra struct {
	name  string
	value any
}

var (
	errNone    = errors.New("bridge: nothing has failed")
	errNoModel = errors.New("bridge: no model is loaded")
	errRoom    = errors.New("bridge: more points, strokes or bytes than reserved")
	errPanic   = errors.New("bridge: panic in Go")
	errEncoder = errors.New("bridge: an encoder reads nothing until it has been taught")
)

// publish sets globalThis.inklingGo.
func publish() {
	calls := js.Global().Get("Object").New()
	calls.Set("load", js.FuncOf(func(_ js.Value, args []js.Value) any { return load(args[0]) }))
	calls.Set("errorText", js.FuncOf(func(js.Value, []js.Value) any { return bridge.err.Error() }))
	for _, e := range more {
		calls.Set(e.name, e.value)
	}
	js.Global().Set("inklingGo", calls)
}

// load makes a file's bytes the model in use and describes it, or returns the error's
// text.
func load(file js.Value) (description any) {
	defer func() {
		if r := recover(); r != nil {
			description = panicError(r).Error()
		}
	}()
	m, err := model.Decode(bytesOf(file))
	if err != nil {
		return err.Error()
	}
	if operations := m.Network.Cost().Operations; operations > maxOperations {
		return operations
	}
	if err := m.Try(); err != nil {
		return err.Error()
	}
	var set symbols
	if begin != nil {
		if set, err = begin(m); err != nil {
			return err.Error()
		}
	}
	if set == nil && m.IsEncoder() {
		return errEncoder.Error()
	}
	bridge.loaded = newLoaded(m, set, len(bridge.models))
	bridge.models = append(bridge.models, bridge.loaded)
	return bridge.describe()
}

// bytesOf copies a Uint8Array.
func bytesOf(array js.Value) []byte {
	data := make([]byte, array.Get("byteLength").Int())
	js.CopyBytesToGo(data, array)
	return data
}

// newLoaded makes room for a model.
func newLoaded(m *model.Model, set symbols, handle int) loaded {
	total := 0
	for i := range m.Network.Layers {
		total += m.Network.OutputShape(i).Size()
	}
	return loaded{
		model: m, set: set, handle: handle, image: make([]uint8, m.Form().Size()), answer: make([]float32, 2+len(m.Labels)),
		pixels: make([]float32, m.Network.Input.Size()), activations: make([]float32, total),
	}
}

// describe returns what the page is told of a model.
func (l *loaded) describe() js.Value {
	m := l.model
	description := record("").number("handle", l.handle).
		with("labels", list(len(m.Labels), func(i int) string { return quoted(m.Labels[i]) })).
		number("height", m.Height()).number("width", m.Width()).number("channels", m.Recipe.Channels()).
		with("recipe", quoted(string(m.Recipe))).number("parameters", m.Network.Size()).with("layers", l.layers())
	if l.set != nil {
		description = description.with("symbols", l.set.describe())
	}
	object := description.object()
	object.Set("box", m.Recipe.Measures().Box) // Writing decimals would need code that nothing else does.
	object.Set("threshold", m.Threshold)
	return object
}

// use makes a model that was loaded before the one in use.
//
//go:wasmexport use
func use(handle int32) { bridge.loaded = bridge.models[handle] }

// drop lets go of a model; its handle is not given again.
//
//go:wasmexport drop
func drop(handle int32) { bridge.models[handle] = loaded{} }

// layers describes the network's layers, as a JSON array.
func (l *loaded) layers() string {
	network := l.model.Network
	return list(len(network.Layers), func(i int) string {
		layer := network.Layers[i]
		kind, _ := nn.KindOf(layer.Kind())
		return record("").with("kind", quoted(kind.Name)).with("class", quoted(kind.Class)).
			with("shape", integers(network.OutputShape(i))).number("weights", weights(layer)).with("window", integers(l.window(i))).text()
	})
}

// window returns how a Conv2D moves its window: height, width, vertical and horizontal
// stride, and the zeros above and on the left; nil for other layers.
func (l *loaded) window(i int) []int {
	network := l.model.Network
	c, ok := network.Layers[i].(*nn.Conv2D)
	if !ok {
		return nil
	}
	input := network.Input
	if i > 0 {
		input = network.OutputShape(i - 1)
	}
	top, _ := c.Padding.Around(input[0], c.Size[0], c.Strides[0])
	left, _ := c.Padding.Around(input[1], c.Size[1], c.Strides[1])
	return []int{c.Size[0], c.Size[1], c.Strides[0], c.Strides[1], top, left}
}

// weights returns where the kernel of a layer lies in memory, 0 for a layer without one.
func weights(layer nn.Layer) int {
	params := layer.Params()
	if len(params) == 0 {
		return 0
	}
	return int(address(params[0].Value))
}

// reserve makes room for a drawing and a picture and returns where the addresses of the
// buffers lie.
//
//go:wasmexport reserve
func reserve(points, strokes, bytes int32) int32 {
	if bridge.model == nil {
		return fail(errNoModel)
	}
	if points > maxPoints || strokes > maxStrokes || bytes > maxBytes {
		return fail(errRoom)
	}
	if int(points) > len(bridge.points) {
		bridge.points = make([]ink.Point, points)
	}
	if int(strokes) > len(bridge.ends) {
		bridge.ends = make([]uint32, strokes)
		bridge.strokes = make([]ink.Stroke, strokes)
	}
	if int(bytes) > len(bridge.picture) {
		bridge.picture = make([]uint8, bytes)
	}
	bridge.addresses = [...]uint32{
		address(bridge.points), address(bridge.ends), address(bridge.picture),
		address(bridge.image), address(bridge.answer), address(bridge.activations),
	}
	return int32(address(bridge.addresses[:]))
}

// address returns where a buffer lies in the wasm memory. Go's collector does not
// move it, and bridge keeps it alive.
func address[T any](buffer []T) uint32 {
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(buffer))))
}

// predict answers the first n strokes of the drawing in the buffers.
//
//go:wasmexport predict
func predict(n int32) (label int32) {
	defer recoverTo(&label)
	if status := draw(n, ink.Written); status != 0 {
		return status
	}
	return classify()
}

// restroke makes of the same strokes the image before the last step.
//
//go:wasmexport restroke
func restroke(n int32) (status int32) {
	defer recoverTo(&status)
	return draw(n, ink.Boxed)
}

// traced is the bit of a stroke's end that says that it was found in a picture.
const traced = 1 << 31

// draw makes the image of the first n strokes up to a step; 0, nothingDrawn or failed.
func draw(n int32, last ink.Step) int32 {
	m := bridge.model
	if m == nil {
		return fail(errNoModel)
	}
	if n < 0 || int(n) > len(bridge.ends) {
		return fail(errRoom)
	}
	start, all := uint32(0), uint32(0)
	for i, end := range bridge.ends[:n] {
		all |= end
		end &^= traced
		if end < start || int(end) > len(bridge.points) {
			return fail(errRoom)
		}
		bridge.strokes[i] = bridge.points[start:end]
		start = end
	}
	if all&traced != 0 {
		last = min(last, ink.Centred)
	}
	if !m.Form().DrawTo(bridge.image, bridge.strokes[:n], ink.Pen, last) {
		return nothingDrawn
	}
	return 0
}

// activations runs the network on the image in the buffer and keeps what each
// layer makes of it; a layer before a ReLU shows what that makes.
//
//go:wasmexport activations
func activations(bytes int32) (status int32) {
	defer recoverTo(&status)
	if bridge.model == nil {
		return fail(errNoModel)
	}
	complete(bytes)
	nn.Pixels(bridge.pixels, bridge.image)
	network, rest := bridge.model.Network, bridge.activations
	network.Forward(bridge.pixels, 1)
	for i := range network.Layers {
		rest = rest[copy(rest, network.Output(i, 0)):]
	}
	return 0
}

// predictImage answers the image in the buffer as it is.
//
//go:wasmexport predictImage
func predictImage(bytes int32) (label int32) {
	defer recoverTo(&label)
	if bridge.model == nil {
		return fail(errNoModel)
	}
	complete(bytes)
	return classify()
}

// complete makes the network's input of the bytes that the page wrote to the image, where
// they are ink alone.
func complete(bytes int32) {
	if int(bytes) < len(bridge.image) {
		bridge.model.Form().OfInk(bridge.image, bridge.image[:bytes])
	}
}

// classify asks the network about the image and writes the answer's buffer.
func classify() int32 {
	if bridge.model.IsEncoder() {
		return nothingDrawn
	}
	var from corrector = bridge.model
	if bridge.correction != nil {
		from = bridge.correction
	}
	answer := from.Predict(bridge.image)
	if err := answer.Err(); err != nil {
		return fail(err)
	}
	bridge.answer[0] = answer.Confidence
	bridge.answer[1] = 0
	if answer.Sure {
		bridge.answer[1] = 1
	}
	copy(bridge.answer[2:], answer.Probabilities)
	return int32(answer.Label)
}

// recoverTo turns a panic into the failed status of an export.
func recoverTo(label *int32) {
	if r := recover(); r != nil {
		*label = fail(panicError(r))
	}
}

// fail keeps the text for errorText.
func fail(err error) int32 {
	bridge.err = err
	return failed
}

// panicError returns what a panic said.
func panicError(r any) error {
	switch r := r.(type) {
	case error:
		return errors.New(errPanic.Error() + ": " + r.Error())
	case string:
		return errors.New(errPanic.Error() + ": " + r)
	}
	return errPanic
}
