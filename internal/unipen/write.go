package unipen

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Convert reads the archive and writes its parts to a folder: digits.json.gz,
// upper.json.gz, lower.json.gz and signs.json.gz, each to a temporary name that is
// then renamed. The same archive makes the same bytes.
func Convert(archive fs.FS, folder string) (*Archive, error) {
	a, err := Read(archive)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("unipen: %w", err)
	}
	for _, part := range a.Parts {
		if err := part.save(filepath.Join(folder, part.Name+".json.gz")); err != nil {
			return nil, fmt.Errorf("unipen: %w", err)
		}
	}
	return a, nil
}

// save writes the part to a file, packed with gzip.
func (p Part) save(path string) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // nothing is there after the renaming
	defer file.Close()
	packed, _ := gzip.NewWriterLevel(file, gzip.BestCompression) // a level that exists
	if err := p.Write(packed); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	if err := file.Chmod(0o644); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// Write writes the part as stroke JSON with text labels, a drawing a line,
// coordinates rounded to three decimals.
func (p Part) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	before := "[\n"
	for _, d := range p.Drawings {
		label, err := json.Marshal(d.Label)
		if err != nil {
			return err
		}
		line := append(append([]byte(before+`{"label":`), label...), `,"writer":`...)
		line = append(strconv.AppendInt(line, int64(d.Writer), 10), `,"strokes":[`...)
		for i, stroke := range d.Strokes {
			line = appendStroke(line, i, stroke)
		}
		out.Write(append(line, "]}"...)) // Flush returns its error
		before = ",\n"
	}
	if len(p.Drawings) == 0 {
		out.WriteString("[")
	}
	out.WriteString("]\n")
	return out.Flush()
}

// appendStroke appends the i-th stroke of a drawing.
func appendStroke(line []byte, i int, stroke ink.Stroke) []byte {
	if i > 0 {
		line = append(line, ',')
	}
	for j, p := range stroke {
		open := byte(',')
		if j == 0 {
			open = '['
		}
		line = append(appendRounded(append(line, open, '['), p.X), ',')
		line = append(appendRounded(line, p.Y), ']')
	}
	return append(line, ']')
}

// appendRounded appends a coordinate of 0..1.
func appendRounded(line []byte, v float32) []byte {
	return strconv.AppendFloat(line, math.Round(float64(v)*1e3)/1e3, 'f', -1, 64)
}
