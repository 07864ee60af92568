package load

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/schollz/progressbar/v3"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/plain"
	"github.com/seed-c844a918/inkling/internal/progress"
)

// readOwn reads somebody's own images, and says which pictures are bad.
func (d *Data) readOwn() (dataset.Pair, error) {
	reader := d.Own
	if progress.IsTerminal(d.Log) {
		bar := progress.NewBar(d.Log, -1, progressbar.OptionSetDescription("reading "+plain.Text(d.Name)), progressbar.OptionShowCount())
		defer bar.Clear()
		reader.Progress = func(done, total int) {
			bar.ChangeMax(total)
			bar.Set(done)
		}
	}
	data, err := reader.Read(context.Background(), d.Name)
	wrong, isBad := errors.AsType[*own.BadFilesError](err)
	if isBad {
		sayBad(d.Log, wrong.Files)
		return dataset.Pair{}, fmt.Errorf("%s: %w", d.Name, err)
	}
	if err != nil {
		return dataset.Pair{}, err
	}
	sayBad(d.Log, data.Bad)
	if len(data.Bad) > 0 {
		fmt.Fprintf(d.Log, "%s: %d pictures are left out\n", d.Name, len(data.Bad))
	}
	for _, note := range data.Notes {
		fmt.Fprintf(d.Log, "%s: %s\n", data.Name, note)
	}
	pair, err := data.Pair()
	if err != nil || d.Names == nil {
		return pair, err
	}
	return pair.Name(d.Names)
}

// sayBad names bad pictures, the first of many.
func sayBad(w io.Writer, bad []error) {
	const most = 20
	for i, err := range bad {
		if i == most {
			fmt.Fprintf(w, "and %d more\n", len(bad)-most)
			return
		}
		fmt.Fprintln(w, err)
	}
}
