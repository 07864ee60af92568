package load

import (
	"errors"
	"fmt"

	"github.com/schollz/progressbar/v3"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/progress"
)

// readOwn reads somebody's own images, and says which pictures are bad.
func (d *Data) readOwn() (dataset.Pair, error) {
	reader := d.Own
	if progress.IsTerminal(d.Log) {
		bar := progress.NewBar(d.Log, -1, progressbar.OptionSetDescription("reading "+d.Name), progressbar.OptionShowCount())
		defer bar.Clear()
		reader.Progress = func(done, total int) {
			bar.ChangeMax(total)
			bar.Set(done)
		}
	}
	pair, bad, err := reader.Read(d.Name)
	wrong, isBad := errors.AsType[*own.BadFilesError](err)
	if isBad {
		bad = wrong.Files
	}
	for _, err := range bad {
		fmt.Fprintln(d.Log, err)
	}
	if isBad {
		return pair, fmt.Errorf("%s: %d of %d pictures cannot be read; --skip-bad leaves them out", d.Name, len(bad), wrong.Total)
	}
	if len(bad) > 0 {
		fmt.Fprintf(d.Log, "%s: %d pictures are left out\n", d.Name, len(bad))
	}
	return pair, err
}
