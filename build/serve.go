package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path"
	"syscall"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// listen opens addr. If the port is taken, the error says what to do.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("serve: %s is in use by another program (another inkling?); stop that one, "+
			"or choose another port: make ADDR=127.0.0.1:8081", addr)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: serve: %w", errUsage, err)
	}
	return l, nil
}

// runServe serves the site until ctx ends. It opens the port before it builds
// anything, so that a port in use is reported at once.
func runServe(ctx context.Context, s settings, stdout, stderr io.Writer) error {
	l, err := listen(s.addr)
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
	if _, err := os.Stat(path.Join(s.out, pageName)); err != nil {
		return fmt.Errorf("serve: %w; make dist builds the site", err)
	}
	return serve.Serve(ctx, l, serve.Folder(s.out), stdout)
}
