package main

import (
	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
)

// completeData lets shells, which ask cobra's command completion, offer the named
// data sets, and paths, for --data. Flags that choose from a table have theirs
// from choiceFlag.
func completeData(root *cobra.Command) {
	names := dataset.Names()
	for _, command := range root.Commands() {
		if command.Flags().Lookup("data") == nil {
			continue
		}
		if err := command.RegisterFlagCompletionFunc("data", cobra.FixedCompletions(names, cobra.ShellCompDirectiveDefault)); err != nil {
			panic(err)
		}
	}
}
