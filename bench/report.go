package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/seed-c844a918/inkling/internal/variant"
)

// report is all that was found.
type report struct {
	Machine  string     `json:"machine"`
	Peers    []string   `json:"peers"` // versions, or why one is left out
	Contests []*contest `json:"contests"`
}

// describeMachine returns the line that figures need: processor, cores, system, Go,
// kernels, date.
func describeMachine() string {
	cpu := ""
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		cpu = cpuName(string(info))
	}
	if cpu == "" {
		cpu = "unknown processor"
	}
	return fmt.Sprintf("%s, %d cores, %s/%s, %s, kernels %s, %s", cpu, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH,
		runtime.Version(), variant.Name(), time.Now().Format(time.DateOnly))
}

// cpuName reads the first processor of Linux's /proc/cpuinfo, "" where it has no
// name there. Family and model tell apart what some clouds give one name.
func cpuName(info string) string {
	first, _, _ := strings.Cut(info, "\n\n")
	fields := map[string]string{}
	for line := range strings.Lines(first) {
		key, value, _ := strings.Cut(line, ":")
		fields[strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	name := fields["model name"]
	if name != "" && fields["cpu family"] != "" {
		name += fmt.Sprintf(" (family %s, model %s)", fields["cpu family"], fields["model"])
	}
	return name
}

// note records a peer, or why it is left out.
func (r *report) note(name string, p peer, err error) {
	if err != nil {
		r.Peers = append(r.Peers, fmt.Sprintf("%s: left out (bench -h says how to install it): %s",
			name, strings.ReplaceAll(err.Error(), "\n", "; ")))
		return
	}
	var versions []string
	for _, key := range slices.Sorted(maps.Keys(p.versions)) {
		versions = append(versions, key+" "+p.versions[key])
	}
	r.Peers = append(r.Peers, name+": "+strings.Join(versions, ", "))
}

// printHead prints machine and peers.
func (r *report) printHead(w io.Writer) {
	fmt.Fprintln(w, r.Machine)
	for _, line := range r.Peers {
		fmt.Fprintln(w, line)
	}
}

// printTable prints the medians, as Markdown.
func (r *report) printTable(w io.Writer) {
	if len(r.Contests) == 0 {
		return
	}
	fmt.Fprint(w, "\n| medians | pairs | inkling, images/s | peer, images/s | ratio | at least |\n|---|---|---|---|---|---|\n")
	for _, c := range r.Contests {
		fmt.Fprintf(w, "| %s | %d | %.0f | %.0f | %.2f | %s |\n", c.Title, len(c.Pairs),
			c.Median.Ours.ImagesPerSecond, c.Median.Theirs.ImagesPerSecond, c.Median.Ratio, c.verdict())
	}
}

// verdict returns what is wanted, and whether it was reached.
func (c *contest) verdict() string {
	switch {
	case c.Least == 0:
		return "-"
	case c.Median.Ratio < c.Least:
		return fmt.Sprintf("%g: missed", c.Least)
	}
	return fmt.Sprintf("%g: reached", c.Least)
}
