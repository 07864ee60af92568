// Package hosting holds the commands of inkling that make a site and serve it: flags,
// help and messages. internal/site and internal/serve do the work.
package hosting

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/serve"
	"github.com/seed-c844a918/inkling/internal/site"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// Site returns the command inkling site.
func Site() *cobra.Command {
	var models []string
	var options site.Options
	single := false
	cmd := &cobra.Command{
		Use:   "site DIR --model FILE...",
		Short: "Make a web page that reads drawings with your models",
		Long: `site writes a page with your models into the folder DIR. The folder works on any
static host, in any folder of it: docs/hosting.md says how. The first model is the
one that the page begins with. What inkling card wrote beside a model is shown.
A site that is there already is replaced; any other folder with files is left alone.

With --single it writes one HTML file, which a double click opens. It replaces only a
file that it wrote itself.`,
		Example: `  inkling site my-page --model symbols.ink --title 'Our symbols'
  inkling serve my-page
  inkling site symbols.html --single --model symbols.ink`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			models = append(models, args[1:]...)
			if len(models) == 0 {
				return usage.Errorf("site: got no model; --model FILE.ink names one, inkling fit writes them")
			}
			if ext := strings.ToLower(filepath.Ext(args[0])); !single && (ext == ".html" || ext == ".htm") {
				return usage.Errorf("site: got %q, want the name of a folder, or --single for one file", args[0])
			}
			write := site.Write
			if single {
				write = site.WriteSingle
			}
			made, err := write(cmd.Context(), args[0], models, options)
			if err == nil {
				fmt.Fprintln(cmd.ErrOrStderr(), made)
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&models, "model", nil, "model file `FILE.ink`; may be repeated")
	flags.StringVar(&options.Title, "title", "", "`TITLE` of the page and of the app that it can be installed as")
	flags.BoolVar(&single, "single", false, "write one HTML file, DIR, that needs no server")
	return cmd
}

// Serve returns the command inkling serve.
func Serve() *cobra.Command {
	addr, ancestors := "", ""
	cmd := &cobra.Command{
		Use:     "serve DIR",
		Short:   "Serve a site on this machine",
		Example: "  inkling serve my-page --addr 127.0.0.1:8080",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := serve.Check(args[0]); err != nil {
				return fmt.Errorf("%w; inkling site makes a site", err)
			}
			l, err := serve.Listen(addr, "--addr HOST:PORT")
			if errors.Is(err, serve.ErrAddress) {
				return usage.Errorf("%w", err)
			}
			if err != nil {
				return err
			}
			return serve.Site(cmd.Context(), l, args[0], ancestors, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to serve at; port 0 takes a free one")
	cmd.Flags().StringVar(&ancestors, "frame-ancestors", "",
		"`SITES` that may show the page in a frame, as in CSP: 'none', https://school.example (default: any)")
	return cmd
}
