// Package obtain makes data sets of archives as their authors publish them, and says
// how to get those.
package obtain

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/unipen"
)

// UnipenName is what all sets of UNIPEN's characters are called together.
const UnipenName = "unipen"

// Unipen writes which sets of UNIPEN's characters are in a data directory, and how to
// get them if one is missing. Before, if archive is not "", it makes them of the
// unpacked archive in that folder; log gets a line for each character that cannot be
// read.
func Unipen(out, log io.Writer, archive, dir string) error {
	if archive != "" {
		made, err := unipen.Convert(os.DirFS(archive), dataset.UnipenDir(dir))
		if err != nil {
			return fmt.Errorf("%s: %w", archive, err)
		}
		for _, reason := range made.Skipped {
			fmt.Fprintln(log, reason)
		}
		fmt.Fprintf(log, "characters of %d people in %s; %d could not be read\n", made.Writers, dataset.UnipenDir(dir), len(made.Skipped))
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	missing := false
	for _, s := range dataset.UnipenSets() {
		state := "there"
		if len(s.Missing(dir)) > 0 {
			state, missing = "missing", true
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", s.Name, s.About(), state)
	}
	if err := table.Flush(); err != nil || !missing {
		return err
	}
	first := dataset.UnipenSets()[0]
	_, err := fmt.Fprintf(out, "to get them, %s, and run %s\n", first.Obtain, first.Command)
	return err
}
