// Package pick lets a command's flag take a name of a table of package choice.
package pick

import (
	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/choice"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// Flag adds a flag to a command that takes a name of the table. Its help says what the
// flag is for and lists the table; a shell completes the names.
func Flag[T any](cmd *cobra.Command, to *string, flag, usual, help string, table choice.Table[T]) {
	cmd.Flags().StringVar(to, flag, usual, help+": "+table.Usage())
	complete := cobra.FixedCompletions(table.Completions(), cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(err)
	}
}

// Choose returns what a flag's name stands for in its table, or a usage error.
func Choose[T any](flag, name string, table choice.Table[T]) (T, error) {
	value, err := table.Lookup(name)
	if err != nil {
		return value, usage.Errorf("--%s: %w", flag, err)
	}
	return value, nil
}

// ChooseIfGiven does what Choose does, and returns the zero value if the flag is left
// out.
func ChooseIfGiven[T any](flag, name string, table choice.Table[T]) (value T, err error) {
	if name == "" {
		return value, nil
	}
	return Choose(flag, name, table)
}
