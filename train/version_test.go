package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	commit := &debug.BuildInfo{
		Main:     debug.Module{Version: "v0.0.0-20261126000000-0123456789ab"},
		Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"}},
	}
	installed := &debug.BuildInfo{Main: debug.Module{Version: "v1.2.0"}}
	tests := []struct {
		name, release string
		info          *debug.BuildInfo
		want          string
	}{
		{"a release", "v1.2.0", commit, "v1.2.0"},
		{"a checkout", "", commit, "0123456789ab"},
		{"go install", "", installed, "v1.2.0"},
		{"nothing known", "", &debug.BuildInfo{}, "(unknown)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := versionOf(test.release, test.info); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
