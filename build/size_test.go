package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
)

func TestSizeOfABuild(t *testing.T) {
	root := checkoutOf(t, "digits", "other")
	s := settings{root: root, out: filepath.Join(root, "dist")}
	if err := runDist(t.Context(), s, io.Discard); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		limit int
		want  string // in the error; empty for none
	}{
		{"above any need", 5000, ""},
		{"below it", 1, "want at most 1 kB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s.limit = test.limit
			var out strings.Builder
			err := runSize(t.Context(), s, &out)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("size: got %v, want %q", err, test.want)
			}
			needed, rest, _ := strings.Cut(out.String(), "not needed for it")
			for _, name := range []string{"index.html", "main-", "style-", "chunk-", "worker-", "inkling-", "models/digits-"} {
				if !strings.Contains(needed, "\n"+name) {
					t.Errorf("first answer: no %s in\n%s", name, needed)
				}
			}
			for _, name := range []string{"sw.js", "lazy-", "models/other-", "icon-", "manifest"} {
				if !strings.Contains(rest, "\n"+name) {
					t.Errorf("not needed: no %s in\n%s", name, rest)
				}
			}
		})
	}
}

func TestJudge(t *testing.T) {
	tests := []struct {
		name    string
		total   int // bytes
		refused []sizeFlag
		fails   bool
	}{
		{"at the limit", 530_000, nil, false},
		{"a byte above", 530_001, nil, true},
		{"above, but this Go refuses a flag", 700_000, sizeFlags[:1], false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			err := judge(&out, test.total, 530, test.refused)
			if (err != nil) != test.fails {
				t.Errorf("judge: got %v, want an error: %v", err, test.fails)
			}
			if len(test.refused) > 0 && !strings.Contains(out.String(), "GOEXPERIMENT=nogreenteagc") {
				t.Errorf("judge printed %q, want the refused flag", out.String())
			}
		})
	}
}

func TestSizeWithoutASite(t *testing.T) {
	err := runSize(t.Context(), settings{out: t.TempDir()}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "make dist builds the site") {
		t.Errorf("size of nothing: got %v, want an error that names make dist", err)
	}
}
