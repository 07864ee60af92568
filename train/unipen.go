package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/unipen"
)

// unipenName is what data calls all sets of UNIPEN's characters together.
const unipenName = "unipen"

// describeUnipen makes the sets of UNIPEN's characters, if --unipen names the archive,
// and says which are there or how to get them.
func (d *dataCommand) describeUnipen(cmd *cobra.Command) error {
	dir := dataDir(cmd)
	if d.unipen != "" {
		archive, err := unipen.Convert(os.DirFS(d.unipen), dataset.UnipenDir(dir))
		if err != nil {
			return fmt.Errorf("%s: %w", d.unipen, err)
		}
		for _, reason := range archive.Skipped {
			fmt.Fprintln(cmd.ErrOrStderr(), reason)
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "characters of %d people in %s; %d could not be read\n",
			archive.Writers, dataset.UnipenDir(dir), len(archive.Skipped))
	}
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
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
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "to get them, %s, and run %s\n", first.Obtain, first.Command)
	return err
}
