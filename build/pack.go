package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/seed-c844a918/inkling/internal/site"
)

// runPage writes the shell of sites to the file s.out, which go build -tags inklingpage
// makes a part of the command. It fails above s.limit kB. Compressing takes most of the
// time, so it takes over what dist/ or the file itself holds compressed.
func runPage(ctx context.Context, s settings, stderr io.Writer) error {
	b := builder{root: s.root, tags: s.tags, log: stderr}
	if err := b.compile(ctx); err != nil {
		return err
	}
	shell, err := b.shell()
	if err != nil {
		return err
	}
	known := site.Forms(filepath.Join(s.root, "dist"), shell)
	if old, err := os.ReadFile(s.out); err == nil {
		known = append(known, site.PackedForms(old, shell)...)
	}
	var packed bytes.Buffer
	if err := site.Pack(ctx, &packed, shell, known); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%-10s %-36s %9d bytes\n", "page", s.out, packed.Len())
	if packed.Len() > s.limit*1000 {
		return fmt.Errorf("page: %d bytes, want at most %d kB", packed.Len(), s.limit)
	}
	return os.WriteFile(s.out, packed.Bytes(), 0o644)
}
