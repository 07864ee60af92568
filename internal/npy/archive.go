package npy

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/unzip"
)

// Limits of an archive's parts.
const (
	maxHeader = 1 << 16 // bytes of an array's header; NumPy writes about 120
	maxArrays = 1 << 12
	blockSize = 1 << 18 // bytes that are read at once
)

// Archive is an .npz file that is open: its arrays are known by name, shape and type,
// their values are read when asked for. Files of any size are read, since no more of
// one than a block is in memory.
type Archive struct {
	Arrays []Info // in the file's order
	files  []*zip.File
}

// Info says what an array is. Shape and Type are not known if Err says why the array
// cannot be read.
type Info struct {
	Name  string // without ".npy"
	Shape []int
	Type  Type
	Err   error
	head  header
}

// String returns name, shape and type, such as "x_train (60000, 28, 28) u1".
func (i Info) String() string {
	name := strconv.Quote(i.Name[:min(len(i.Name), 40)])
	name = name[1 : len(name)-1]
	if i.Err != nil {
		return name + " (not readable)"
	}
	return name + " " + tuple(i.Shape) + " " + string(i.Type)
}

// Len returns the number of values.
func (i Info) Len() int { return (&Array{Shape: i.Shape}).Len() }

// OpenZip reads the directory of an .npz file and the header of each array in it;
// other members are passed over. An array that cannot be read is no error until it is
// asked for.
func OpenZip(r io.ReaderAt, size int64) (*Archive, error) {
	directory, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	a := &Archive{}
	for _, file := range directory.File {
		name, isArray := strings.CutSuffix(file.Name, ".npy")
		if !isArray {
			continue
		}
		if len(a.files) == maxArrays {
			return nil, &FormatError{"archive", "more arrays", "at most " + strconv.Itoa(maxArrays)}
		}
		info := Info{Name: name}
		if info.head, info.Err = headerOf(file); info.Err == nil {
			info.Shape, info.Type = info.head.shape, Type(info.head.descr[1:])
		}
		a.Arrays, a.files = append(a.Arrays, info), append(a.files, file)
	}
	return a, nil
}

// headerOf reads an array's header and compares it with the member's size.
func headerOf(file *zip.File) (header, error) {
	r, err := file.Open()
	if err != nil {
		return header{}, err
	}
	defer r.Close()
	h, before, err := readHeader(r)
	if err != nil {
		return h, err
	}
	if file.UncompressedSize64 > file.CompressedSize64*unzip.Factor || file.UncompressedSize64 < uint64(before) {
		return h, &FormatError{"values", strconv.FormatUint(file.CompressedSize64, 10) + " packed bytes", "more for what the archive says"}
	}
	values, t := file.UncompressedSize64-uint64(before), Type(h.descr[1:])
	if n, ok := size(h.shape, int(values)/t.Size()); !ok || uint64(n*t.Size()) != values {
		return h, &FormatError{"values", strconv.FormatUint(values, 10) + " bytes", fmt.Sprintf("those of the shape %v of %s", h.shape, t)}
	}
	return h, nil
}

// readHeader reads an array up to its values, and returns how many bytes that were.
func readHeader(r io.Reader) (h header, bytes int, err error) {
	start := make([]byte, len(magic)+4, maxHeader)
	if _, err := io.ReadFull(r, start); err != nil {
		return h, 0, &FormatError{"magic", "the end of the file", "an .npy file"}
	}
	if start[len(magic)] > 1 {
		start = start[:len(magic)+6]
		if _, err := io.ReadFull(r, start[len(magic)+4:]); err != nil {
			return h, 0, &FormatError{"header", "the end of the file", "its length"}
		}
	}
	length := littleEndian(start[len(magic)+2:])
	if length > uint64(maxHeader-len(start)) {
		return h, 0, &FormatError{"header", strconv.FormatUint(length, 10) + " bytes", "at most " + strconv.Itoa(maxHeader)}
	}
	from := len(start)
	start = start[:from+int(length)]
	n, err := io.ReadFull(r, start[from:])
	if err != nil {
		return h, 0, &FormatError{"header", strconv.Itoa(n) + " bytes", strconv.FormatUint(length, 10)}
	}
	text, _, err := open(start)
	if err != nil {
		return h, 0, err
	}
	h, err = parseHeader(text)
	return h, len(start), err
}

// Blocks calls f with the values of array i, little-endian, row by row, in blocks of
// whole values that are valid until f returns. It returns the first error, that of f
// or of the context included. The member's checksum is compared at the end.
func (a *Archive) Blocks(ctx context.Context, i int, f func(values []byte) error) error {
	info := a.Arrays[i]
	err := info.Err
	if err == nil {
		err = a.blocks(ctx, i, f)
	}
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("%s: %w", info.Name, err)
	}
	return err
}

// blocks does the work of Blocks, without the array's name in errors.
func (a *Archive) blocks(ctx context.Context, i int, f func(values []byte) error) error {
	r, err := a.files[i].Open()
	if err != nil {
		return err
	}
	defer r.Close()
	h, _, err := readHeader(r)
	if err != nil {
		return err
	}
	t, left := Type(h.descr[1:]), a.Arrays[i].Len()
	var columns []byte // of an array whose first index moves fastest: all of it
	give := f
	if h.fortran && len(h.shape) > 1 {
		columns = make([]byte, 0, left*t.Size())
		f = func(values []byte) error {
			columns = append(columns, values...)
			return nil
		}
	}
	swap := h.descr[0] == '>' && t.unit() > 1
	block := make([]byte, min(left, max(1, blockSize/t.Size()))*t.Size())
	for ; left > 0; left -= len(block) / t.Size() {
		if err := ctx.Err(); err != nil {
			return err
		}
		block = block[:min(len(block), left*t.Size())]
		if _, err := io.ReadFull(r, block); err != nil {
			return err
		}
		if swap {
			swapped(block, t.unit())
		}
		if err := f(block); err != nil {
			return err
		}
	}
	if n, err := r.Read(make([]byte, 1)); n > 0 || err != io.EOF {
		return &FormatError{"end", "more bytes or a wrong checksum", "none after the last value"}
	}
	if columns != nil {
		return give(transposed(columns, h.shape, t.Size()))
	}
	return nil
}

// Read returns array i with all its values.
func (a *Archive) Read(ctx context.Context, i int) (Array, error) {
	info := a.Arrays[i]
	array := Array{Name: info.Name, Shape: slices.Clone(info.Shape), Type: info.Type}
	if info.Err == nil {
		array.Data = make([]byte, 0, info.Len()*info.Type.Size())
	}
	err := a.Blocks(ctx, i, func(values []byte) error {
		array.Data = append(array.Data, values...)
		return nil
	})
	if err != nil {
		return Array{}, err
	}
	return array, nil
}

// Texts returns the values of an array of texts, without the zeros that fill them up.
func (a *Array) Texts() []string {
	size, unit := a.Type.Size(), a.Type.unit()
	texts := make([]string, a.Len())
	for i := range texts {
		var text strings.Builder
		value := a.Data[i*size : (i+1)*size]
		for end := len(value); end > 0; end -= unit {
			if littleEndian(value[end-unit:end]) != 0 {
				value = value[:end]
				break
			}
			value = value[:end-unit]
		}
		for at := 0; at < len(value); at += unit {
			if unit == 1 {
				text.WriteByte(value[at])
			} else {
				text.WriteRune(rune(littleEndian(value[at : at+unit])))
			}
		}
		texts[i] = text.String()
	}
	return texts
}
