// Package browser finds the Chromium or Chrome of this machine and starts it
// for tests and measurements. Nothing that ships contains it.
//
// Every browser has a fresh profile and makes no requests of its own.
package browser

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
)

// PathVariable names the environment variable that chooses the browser: a path,
// or the name of a program on the PATH.
const PathVariable = "INKLING_CHROMIUM"

// ErrNotFound says that this machine has neither Chromium nor Chrome.
var ErrNotFound = errors.New("browser: found neither Chromium nor Chrome; install one, or name it in " + PathVariable)

// programs are the names that the browsers go by, the likeliest first.
var programs = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// macApps are where macOS keeps programs that are not on the PATH.
var macApps = []string{
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// Find returns the path of Chromium or Chrome. The error is ErrNotFound, or says that
// the program named by PathVariable cannot be run.
func Find() (string, error) {
	return find(os.Getenv(PathVariable), runtime.GOOS)
}

// find returns the path of the chosen program, or of any browser if chosen is empty.
func find(chosen, goos string) (string, error) {
	if chosen != "" {
		path, err := exec.LookPath(chosen)
		if err != nil {
			return "", fmt.Errorf("browser: %s: %w", PathVariable, err)
		}
		return path, nil
	}
	candidates := programs
	if goos == "darwin" {
		candidates = append(append([]string{}, programs...), macApps...)
	}
	for _, name := range candidates {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNotFound
}
