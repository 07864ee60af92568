// Command inkling trains image classifiers, measures them and writes them to
// .ink files, which a static web page reads.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/hosting"
	"github.com/seed-c844a918/inkling/internal/plain"
	"github.com/seed-c844a918/inkling/internal/signals"
	"github.com/seed-c844a918/inkling/internal/usage"
	"github.com/seed-c844a918/inkling/internal/variant"
)

func main() {
	ctx := signals.Notify(context.Background(), signals.Patience, endInterrupted)
	root := newRootCommand()
	root.SetOut(plain.NewWriter(os.Stdout))
	root.SetErr(plain.NewWriter(os.Stderr))
	if err := root.ExecuteContext(ctx); err != nil {
		if why := signals.Of(ctx); why != nil {
			endInterrupted(why)
		}
		fmt.Fprintln(root.ErrOrStderr(), "inkling:", err)
		os.Exit(exitCode(err))
	}
}

// endInterrupted ends the program after a signal.
func endInterrupted(why *signals.Interruption) {
	fmt.Fprintln(plain.NewWriter(os.Stderr), "inkling:", why)
	os.Exit(why.ExitCode())
}

// newRootCommand returns the command line; each command has a file of its own.
func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "inkling",
		Short: "Train an image classifier and ship it to a static web page",
		Long: `inkling trains an image classifier offline, measures it, and writes it to one
.ink file that a static web page reads with Go compiled to WebAssembly.`,
		Example: `  inkling fit --data synthetic --out mine.ink   train on digits that inkling draws itself
  inkling data mnist                            download MNIST
  inkling fit                                   repeat the Keras notebook's run on it
  inkling evaluate mnist.ink                    measure it on the test images
  inkling predict mnist.ink digit.png           read a picture
  inkling teach symbols.json --out mine.ink     symbols of your own, from a few drawings
  inkling site my-page --model mnist.ink        make a web page that reads drawings with it
  inkling completion bash -h                    let the shell complete commands and flags`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if err := variant.Err(); err != nil {
				return usagef("%w", err)
			}
			return nil
		},
	}
	root.PersistentFlags().String("data-dir", "", "folder with the data sets (default: $INKLING_DATA, else data)")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usagef("%w; see %s -h", err, cmd.CommandPath()) })
	root.AddCommand(newFitCommand(), newEvaluateCommand(), newPredictCommand(), newTeachCommand(), newSummaryCommand(), newPlotCommand(),
		newReportCommand(), newCardCommand(), newDataCommand(), newImportCommand(), newExportCommand(), newVersionCommand(),
		hosting.Site(), hosting.Serve())
	completeData(root)
	for _, command := range append(root.Commands(), root) {
		command.Args = usageArgs(command.Args)
	}
	return root
}

// usagef makes a usage error.
func usagef(format string, args ...any) error { return usage.Errorf(format, args...) }

// usageArgs turns the errors of an argument check into usage errors that name the help.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usagef("%w; see %s -h", err, cmd.CommandPath())
		}
		return nil
	}
}

// exitCode returns 2 for usage errors and 1 for all others.
func exitCode(err error) int {
	if usage.Is(err) {
		return 2
	}
	return 1
}

// dataDir returns the folder that holds the data sets: --data-dir if given, otherwise
// INKLING_DATA if set, otherwise data.
func dataDir(cmd *cobra.Command) string {
	if dir, _ := cmd.Flags().GetString("data-dir"); dir != "" {
		return dir
	}
	if dir := os.Getenv("INKLING_DATA"); dir != "" {
		return dir
	}
	return "data"
}
