package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// runServe serves the site until ctx ends. It opens the port before it builds
// anything, so that a port in use is reported at once.
func runServe(ctx context.Context, s settings, stdout, stderr io.Writer) error {
	l, err := serve.Listen(s.addr, "make ADDR=127.0.0.1:8081")
	if errors.Is(err, serve.ErrAddress) {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if err != nil {
		return err
	}
	defer l.Close()
	if s.watch {
		return serveWatch(ctx, s, l, stdout, stderr)
	}
	if s.build {
		if err := runDist(ctx, s, stderr); err != nil {
			return err
		}
	}
	if err := serve.Check(s.out); err != nil {
		return fmt.Errorf("%w; make dist builds the site", err)
	}
	return serve.Site(ctx, l, s.out, "", stdout)
}
