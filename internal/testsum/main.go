// Command testsum runs go test and sums it up: what fails in full, one line a
// package as go test prints it, then every skipped test with its reason, so that
// nobody takes a skipped test for a passed one, and the counts.
//
//	go run ./internal/testsum ./...
//
// All arguments go to go test. The exit status is that of go test.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

func main() {
	cmd := exec.Command("go", append([]string{"test", "-json"}, os.Args[1:]...)...)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsum:", err)
		os.Exit(1)
	}
	s := newSummary(os.Stdout)
	if err := s.read(stdout); err != nil {
		fmt.Fprintln(os.Stderr, "testsum:", err)
	}
	err = cmd.Wait()
	s.close()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		os.Exit(exit.ExitCode())
	case err != nil || s.failed > 0:
		os.Exit(1)
	}
}

// event is one line of go test -json; see go doc test2json.
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
}

// key names a test; two packages may have tests of one name.
type key struct{ pkg, test string }

// summary collects what the events say.
type summary struct {
	out                     io.Writer
	output                  map[key][]string // printed so far by tests that run
	skips                   []string         // one line a test
	passed, failed, skipped int
}

func newSummary(out io.Writer) *summary {
	return &summary{out: out, output: map[key][]string{}}
}

// read takes events until r ends. Lines that are no events are passed on.
func (s *summary) read(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		var e event
		switch {
		case len(line) == 0:
		case json.Unmarshal(line, &e) == nil:
			s.add(e)
		default:
			s.out.Write(line)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// add takes one event. A package's own output (its "ok" line, a panic, a data
// race) and that of the compiler is printed as it comes; a test's waits until it
// is known how the test ends.
func (s *summary) add(e event) {
	k := key{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		io.WriteString(s.out, e.Output)
	case "output":
		if e.Test != "" {
			s.output[k] = append(s.output[k], e.Output)
		} else if e.Output != "PASS\n" {
			io.WriteString(s.out, e.Output)
		}
	case "pass", "fail", "skip":
		if e.Test != "" {
			s.end(k, e.Action)
		}
	}
}

// end counts a test that has ended. A failed one's output is printed.
func (s *summary) end(k key, action string) {
	output := s.output[k]
	delete(s.output, k)
	switch action {
	case "pass":
		s.passed++
	case "skip":
		s.skipped++
		s.skips = append(s.skips, fmt.Sprintf("%s %s: %s", k.pkg, k.test, reason(output)))
	case "fail":
		s.failed++
		io.WriteString(s.out, strings.Join(output, ""))
	}
}

// reason is what a skipped test said: its output without go test's own lines
// and without the place in the source.
func reason(output []string) string {
	for _, line := range output {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") {
			continue
		}
		if _, text, ok := strings.Cut(line, ".go:"); ok {
			if _, text, ok = strings.Cut(text, ": "); ok {
				return text
			}
		}
		return line
	}
	return "no reason given"
}

// close prints what tests had said that never ended, the skipped ones and the
// counts.
func (s *summary) close() {
	for k, output := range s.output {
		fmt.Fprintf(s.out, "%s %s did not end:\n%s", k.pkg, k.test, strings.Join(output, ""))
	}
	if s.skipped > 0 {
		fmt.Fprintf(s.out, "\n%d skipped:\n", s.skipped)
		for _, line := range s.skips {
			fmt.Fprintln(s.out, "  "+line)
		}
		fmt.Fprintln(s.out)
	}
	fmt.Fprintf(s.out, "%d passed, %d failed, %d skipped\n", s.passed, s.failed, s.skipped)
}
