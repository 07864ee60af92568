package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/site"
)

// release is the release's name, such as v1.2.0. make release sets it.
var release string

func newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version of inkling, of Go, of the file format and of the page in it",
		Example: "  inkling version",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "inkling %s %s %s/%s, .ink format %d, page %s\n", version(), runtime.Version(),
				runtime.GOOS, runtime.GOARCH, model.Format, site.EmbeddedVersion())
			return err
		},
	}
}

// version returns the release's name. Without one it is the module's version,
// which go install PACKAGE@VERSION knows, or the commit the command was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return versionOf(release, info)
}

// versionOf returns the version of a release, or else what Go noted about the build.
func versionOf(release string, info *debug.BuildInfo) string {
	if release != "" {
		return release
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	if info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}
