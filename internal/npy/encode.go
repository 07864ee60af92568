package npy

import (
	"archive/zip"
	"bytes"
	"strconv"
	"strings"
)

// align is where the values begin: at a multiple of it.
const align = 64

// Encode returns an array as an .npy file, version 1.
func Encode(a Array) []byte {
	order := "<"
	if a.Type.Size() == 1 {
		order = "|"
	}
	header := "{'descr': '" + order + string(a.Type) + "', 'fortran_order': False, 'shape': " + tuple(a.Shape) + ", }"
	before := len(magic) + 4
	header += strings.Repeat(" ", align-1-(before+len(header))%align) + "\n"
	file := append([]byte(magic), 1, 0)
	file = appendUint(file, uint64(len(header)), 2)
	file = append(file, header...)
	return append(file, a.Data...)
}

// EncodeZip returns arrays with different names as an .npz file, not compressed, as
// np.savez writes it. The same arrays make the same bytes.
func EncodeZip(arrays []Array) ([]byte, error) {
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, a := range arrays {
		member, err := w.CreateHeader(&zip.FileHeader{Name: a.Name + ".npy", Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := member.Write(Encode(a)); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// tuple writes a shape as Python does: "(784, 64)", "(10,)", "()".
func tuple(shape []int) string {
	text := "("
	for i, side := range shape {
		text += strconv.Itoa(side)
		if i < len(shape)-1 {
			text += ", "
		} else if i == 0 {
			text += ","
		}
	}
	return text + ")"
}
