// Command ensure makes sure that there is a browser for the tests. It finds
// Chromium or Chrome, or installs Chromium where it may (root on Debian or
// Ubuntu), or says what to install. It prints the path of the browser.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/seed-c844a918/inkling/internal/browser"
)

func main() {
	path, err := browser.Find()
	if errors.Is(err, browser.ErrNotFound) && mayInstall() {
		if failure := install(); failure != nil {
			err = fmt.Errorf("%w (%w)", err, failure)
		} else {
			path, err = browser.Find()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(path)
}

// mayInstall reports whether the user is root on a system with apt-get.
func mayInstall() bool {
	_, err := exec.LookPath("apt-get")
	return err == nil && os.Geteuid() == 0
}

// install installs Debian's Chromium. The output of apt-get goes to standard error.
func install() error {
	for _, args := range [][]string{{"update"}, {"install", "--yes", "--no-install-recommends", "chromium"}} {
		cmd := exec.Command("apt-get", args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("apt-get %s: %w", args[0], err)
		}
	}
	return nil
}
