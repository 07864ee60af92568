package own

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/pixels"
	"github.com/seed-c844a918/inkling/internal/table"
)

// readTable reads a table of one image per line.
func (d *reading) readTable() error {
	o := table.Options{Label: d.LabelColumn, Pixels: d.Width * d.Height, IDs: d.Kept != nil,
		Turned: d.Transpose != Auto || d.isTransposed()}
	if d.Progress != nil {
		o.Progress = func(done, total int64) { d.Progress(int(done), int(total)) }
	}
	t, err := table.Read(d.ctx, d.path, o)
	if err != nil {
		return err
	}
	d.Notes = append(d.Notes, t.Notes...)
	if err := d.checkAxes([]int{t.Rows, t.Pixels}); err != nil {
		return fmt.Errorf("csv: %s: %w", d.path, err)
	}
	width, height, err := d.shape(t.Pixels)
	if err != nil {
		return fmt.Errorf("csv: %s: %w", d.path, err)
	}
	for i, part := range d.parts() {
		rows := t.Part([]table.Part{table.Train, table.Validation, table.Test}[i])
		if rows == nil {
			continue
		}
		values, err := d.rowPixels(rows)
		if err != nil {
			return fmt.Errorf("csv: %s: %w", d.path, err)
		}
		*part = &Part{Width: width, Height: height, Pixels: values, Labels: rows.Labels, IDs: rows.IDs}
	}
	return nil
}

// rowPixels returns the pixels of a part's rows.
func (d *reading) rowPixels(rows *table.Table) ([]uint8, error) {
	var s pixels.Stats
	if rows.Bytes != nil {
		s = pixels.OfBytes(rows.Bytes)
	} else {
		s = pixels.OfFloats(rows.Floats)
	}
	if rows.Bool {
		s.Kind = pixels.Bool
	}
	r, err := d.rangeOf(s, rows.Rows)
	switch {
	case err != nil:
		return nil, err
	case rows.Bytes != nil:
		r.Apply(rows.Bytes)
		return rows.Bytes, nil
	}
	values := make([]uint8, len(rows.Floats))
	r.Quantise(values, rows.Floats)
	return values, nil
}
