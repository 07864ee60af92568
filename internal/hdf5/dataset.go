package hdf5

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"math"

	"github.com/seed-c844a918/inkling/internal/float16"
)

// Floats returns shape and values, row by row, of a data set of floats, or of
// integers as floats; [Object.Integers] tells them apart.
func (o *Object) Floats() (shape []int, values []float32, err error) {
	space, ok1 := o.find(dataspaceMessage)
	kind, ok2 := o.find(datatypeMessage)
	if !ok1 || !ok2 || !o.IsData() {
		return nil, nil, &FormatError{"object", "a group", "a data set"}
	}
	if shape, err = readDataspace(space.data); err != nil {
		return nil, nil, err
	}
	d, err := readDatatype(kind.data)
	if err != nil {
		return nil, nil, err
	}
	if d.class != floatClass && d.class != integerClass {
		return nil, nil, &FormatError{"data set", "values of " + d.className(), "floats or integers"}
	}
	if d.other {
		return nil, nil, &FormatError{"type", fmt.Sprintf("an integer of %d bytes of another form", d.size), "little-endian, at most 8 bytes"}
	}
	n, ok := elements(shape, o.file.left/8)
	if !ok {
		return nil, nil, o.file.spend(math.MaxInt)
	}
	data, err := o.bytes(shape, n, d.size)
	if err != nil {
		return nil, nil, err
	}
	if err := o.file.spend(4 * n); err != nil {
		return nil, nil, err
	}
	return shape, d.floats(data, n), nil
}

// Integers reports whether the object is a data set of integers.
func (o *Object) Integers() bool {
	kind, ok := o.find(datatypeMessage)
	if !ok {
		return false
	}
	d, err := readDatatype(kind.data)
	return err == nil && d.class == integerClass
}

// floats returns the values of n little-endian floats or integers.
func (d datatype) floats(data []byte, n int) []float32 {
	values := make([]float32, n)
	r := &reader{data: data}
	for i := range values {
		bits := r.uint(d.size)
		switch {
		case d.class == integerClass && d.signed:
			unused := 64 - 8*d.size
			values[i] = float32(int64(bits<<unused) >> unused)
		case d.class == integerClass:
			values[i] = float32(bits)
		case d.size == 2:
			values[i] = float16.To(uint16(bits))
		case d.size == 4:
			values[i] = math.Float32frombits(uint32(bits))
		default:
			values[i] = float32(math.Float64frombits(bits))
		}
	}
	return values
}

// bytes returns the n elements of a data set, row by row (The Data Layout Message,
// versions 3 and 4).
func (o *Object) bytes(shape []int, n, size int) ([]byte, error) {
	r, _ := o.find(layoutMessage)
	version, class := r.uint(1), r.uint(1)
	if r.err != nil || version < 3 || version > 4 {
		return nil, &FormatError{"layout", fmt.Sprintf("version %d", version), "3 or 4"}
	}
	switch {
	case class == 0: // compact
		data := r.take(int(r.uint(2)))
		if r.err != nil || len(data) < n*size {
			return nil, &FormatError{"data set", fmt.Sprintf("%d bytes", len(data)), fmt.Sprint(n * size)}
		}
		return data, nil
	case class == 1: // contiguous
		address := r.uint(8)
		if r.err != nil || n == 0 {
			return nil, r.err
		}
		data := o.file.at(address, uint64(n*size))
		return data.data, data.err
	case class == 2 && version == 3:
		return o.chunks(r, shape, n, size)
	}
	got := fmt.Sprintf("class %d of version %d (libver latest)", class, version)
	return nil, &FormatError{"layout", got, "contiguous, compact, or chunks of version 3"}
}

// chunked is a data set in chunks that is being put together.
type chunked struct {
	file    *file
	shape   []int // of the data set
	sides   []int // of a chunk
	size    int   // bytes of an element
	filters []filter
	data    []byte
	missing int          // bytes that no chunk has brought yet
	placed  map[int]bool // the chunks that are there, by the number of their first element
}

// chunks puts a data set in chunks together.
func (o *Object) chunks(r *reader, shape []int, n, size int) ([]byte, error) {
	rank := int(r.uint(1)) - 1
	tree := r.uint(8)
	if r.err != nil || rank != len(shape) || rank == 0 {
		return nil, &FormatError{"chunks", fmt.Sprintf("%d sides", rank), fmt.Sprint(len(shape))}
	}
	c := &chunked{file: o.file, shape: shape, size: size, missing: n * size, placed: map[int]bool{}}
	for range rank {
		c.sides = append(c.sides, int(r.uint(4)))
	}
	whole, ok := elements(c.sides, o.file.left/size)
	if r.err != nil || !ok || whole == 0 {
		return nil, &FormatError{"chunks", fmt.Sprintf("chunks of %v", c.sides), "sides of at least 1 that the file can hold"}
	}
	if n == 0 {
		return nil, nil
	}
	var err error
	if c.filters, err = o.filters(); err != nil {
		return nil, err
	}
	if err := o.file.spend(n * size); err != nil {
		return nil, err
	}
	c.data = make([]byte, n*size)
	if err := c.read(tree, maxDepth); err != nil {
		return nil, err
	}
	if c.missing != 0 {
		return nil, &FormatError{"chunks", "some", "all of the data set, each once"}
	}
	return c.data, nil
}

// read reads the chunks below a node of the tree.
func (c *chunked) read(address uint64, depth int) error {
	rank := len(c.shape)
	r, level, count, err := c.file.node(address, 1, 8*rank+24)
	if err != nil {
		return err
	}
	if level >= depth {
		return &FormatError{"tree", fmt.Sprintf("level %d", level), fmt.Sprintf("below %d", depth)}
	}
	for range count {
		stored, mask := r.uint(4), r.uint(4)
		offset := make([]int, rank)
		for i := range offset {
			offset[i] = int(r.uint(8))
		}
		r.skip(8) // within the element
		child := r.uint(8)
		if level > 0 {
			err = c.read(child, level)
		} else {
			err = c.chunk(child, stored, mask, offset)
		}
		if err != nil {
			return err
		}
	}
	return r.err
}

// chunk unpacks one chunk and puts it in its place.
func (c *chunked) chunk(address, stored, mask uint64, offset []int) error {
	first := 0
	for i, at := range offset {
		if at < 0 || at >= c.shape[i] || at%c.sides[i] != 0 {
			return &FormatError{"chunk", fmt.Sprintf("at %v", offset), fmt.Sprintf("in %v", c.shape)}
		}
		first = first*c.shape[i] + at
	}
	if c.placed[first] {
		return &FormatError{"chunk", fmt.Sprintf("a second one at %v", offset), "each once"}
	}
	c.placed[first] = true
	want := c.size
	for _, side := range c.sides {
		want *= side
	}
	packed := c.file.at(address, stored)
	if packed.err != nil {
		return packed.err
	}
	if err := c.file.spend(2 * want); err != nil {
		return err
	}
	data, err := unpacked(packed.data, c.filters, mask, want)
	if err != nil {
		return err
	}
	c.place(data, offset)
	return nil
}

// place copies the rows of a chunk that lie inside the data set.
func (c *chunked) place(data []byte, offset []int) {
	last := len(c.shape) - 1
	run := min(c.sides[last], c.shape[last]-offset[last]) * c.size
	index := make([]int, last) // of the row in the chunk
	for row := 0; ; row++ {
		inside, at := true, 0
		for i, j := range index {
			inside = inside && offset[i]+j < c.shape[i]
			at = at*c.shape[i] + offset[i] + j
		}
		if inside {
			copy(c.data[(at*c.shape[last]+offset[last])*c.size:][:run], data[row*c.sides[last]*c.size:])
			c.missing -= run
		}
		i := last - 1
		for ; i >= 0; i-- {
			if index[i]++; index[i] < c.sides[i] {
				break
			}
			index[i] = 0
		}
		if i < 0 {
			return
		}
	}
}

// filter is a step that chunks went through.
type filter struct {
	id     uint64
	values []uint64
}

// The filters that are known.
const (
	deflate = 1
	shuffle = 2
)

// filters reads The Filter Pipeline Message, in the order of writing.
func (o *Object) filters() ([]filter, error) {
	r, ok := o.find(filterMessage)
	if !ok {
		return nil, nil
	}
	version, count := r.uint(1), int(r.uint(1))
	if version == 1 {
		r.skip(6)
	}
	var filters []filter
	for range count {
		f := filter{id: r.uint(2)}
		name := 0
		if version == 1 || f.id >= 256 {
			name = int(r.uint(2))
		}
		r.skip(2)
		values := int(r.uint(2))
		r.skip(name)
		for range min(values, len(r.data)/4) {
			f.values = append(f.values, r.uint(4))
		}
		if version == 1 && values%2 == 1 {
			r.skip(4)
		}
		if r.err != nil {
			return nil, r.err
		}
		if f.id != deflate && f.id != shuffle {
			return nil, &FormatError{"filter", fmt.Sprintf("number %d", f.id), "1 (deflate) or 2 (shuffle)"}
		}
		filters = append(filters, f)
	}
	return filters, nil
}

// unpacked undoes the filters, last first; those of the mask were left out. What
// comes out has a given number of bytes.
func unpacked(data []byte, filters []filter, mask uint64, want int) ([]byte, error) {
	for i := len(filters) - 1; i >= 0; i-- {
		if mask>>i&1 == 1 {
			continue
		}
		switch f := filters[i]; {
		case f.id == deflate:
			var err error
			if data, err = inflated(data, want); err != nil {
				return nil, err
			}
		case len(f.values) > 0:
			data = unshuffled(data, int(f.values[0]))
		}
	}
	if len(data) != want {
		return nil, &FormatError{"chunk", fmt.Sprintf("%d bytes", len(data)), fmt.Sprint(want)}
	}
	return data, nil
}

// inflated returns the content of zlib data, at most one byte more than most.
func inflated(data []byte, most int) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("hdf5: chunk: %w", err)
	}
	to := bytes.NewBuffer(make([]byte, 0, most+1+bytes.MinRead))
	if _, err := io.Copy(to, io.LimitReader(r, int64(most)+1)); err != nil {
		return nil, fmt.Errorf("hdf5: chunk: %w", err)
	}
	return to.Bytes(), nil
}

// unshuffled brings the bytes of each element together again.
func unshuffled(data []byte, size int) []byte {
	if size < 2 {
		return data
	}
	elements := make([]byte, len(data))
	count := len(data) / size
	for i := range count {
		for j := range size {
			elements[i*size+j] = data[j*count+i]
		}
	}
	copy(elements[count*size:], data[count*size:])
	return elements
}
