package progress

import (
	"fmt"
	"io"

	"github.com/schollz/progressbar/v3"
)

// Downloads shows how files are downloaded: a line per file, and below it a bar on
// a terminal.
type Downloads struct {
	w     io.Writer
	live  bool
	file  string // the running one
	total int64
	bar   *progressbar.ProgressBar // nil off a terminal
}

// NewDownloads returns a view on w.
func NewDownloads(w io.Writer) *Downloads { return &Downloads{w: w, live: IsTerminal(w)} }

// File shows that done bytes of a file are there; total is -1 where it is unknown.
func (v *Downloads) File(file string, done, total int64) {
	if file != v.file || total != v.total {
		v.Close()
		v.file, v.total = file, total
		fmt.Fprintln(v.w, downloadLine(file, done, total))
		if v.live {
			v.bar = NewBar(v.w, total, progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(true))
		}
	}
	if v.bar != nil {
		v.bar.Set64(done)
	}
}

// Close removes the bar.
func (v *Downloads) Close() {
	if v.bar != nil {
		v.bar.Clear()
		v.bar = nil
	}
}

// downloadLine says which file begins, or goes on from an earlier download.
func downloadLine(file string, done, total int64) string {
	line := "downloading " + file
	if total >= 0 {
		line += fmt.Sprintf(", %.2f MB", float64(total)/1e6)
	}
	if done > 0 {
		line += fmt.Sprintf(", %.2f MB of it there already", float64(done)/1e6)
	}
	return line
}
