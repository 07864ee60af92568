package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/summary"
)

func newSummaryCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:     "summary MODEL",
		Short:   "Print a model's layers, shapes and parameters, and how it was trained",
		Example: "  inkling summary web/models/notebook-plain.ink",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := readInk(args[0])
			if err != nil {
				return err
			}
			info, err := os.Stat(args[0])
			if err != nil {
				return err
			}
			s := summary.New(args[0], info.Size(), m)
			if asJSON {
				return printJSON(cmd.OutOrStdout(), s)
			}
			return s.Print(cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
