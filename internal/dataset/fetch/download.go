// Package fetch downloads what others publish: from one mirror after the other,
// with resuming, and with nothing under its name that is not whole and right.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed-c844a918/inkling/internal/dataset/published"
)

// Progress is told how a download goes: the file's name, the bytes there so far
// and those of the whole file, both compressed; total is -1 when the mirror does
// not say.
type Progress func(file string, done, total int64)

// Files fetches those files of a set that are missing in dir, as the mirrors hold
// them, from one mirror after the other. A file appears under its name only when it
// is whole and its content is the published one. What an interrupted download
// leaves, a .part file, is where the next one goes on. progress may be nil. If the
// context ends, Files returns an error that wraps its cause.
func Files(ctx context.Context, set, dir string, files []published.File, progress Progress) error {
	return newDownloader(progress).fetchMissing(ctx, set, dir, files)
}

// downloader is how files are fetched. There is no limit on the whole time, since
// a slow line is no fault; there is one on silence.
type downloader struct {
	client   *http.Client
	tail     int64         // bytes at an archive's end that are asked for at once, for its directory; 1024 at least
	stall    time.Duration // longest silence within a body
	attempts int           // interruptions of one file that one mirror may have, as long as bytes arrive
	progress Progress
}

// newDownloader returns a downloader with the waiting times for the real mirrors.
func newDownloader(progress Progress) *downloader {
	if progress == nil {
		progress = func(string, int64, int64) {}
	}
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:   15 * time.Second,
		ResponseHeaderTimeout: 30 * time.Second,
		IdleConnTimeout:       30 * time.Second,
		DisableCompression:    true, // the files are gzip already, and stay so
		ForceAttemptHTTP2:     true,
	}
	return &downloader{client: &http.Client{Transport: transport}, tail: 64 << 10, stall: 30 * time.Second, attempts: 5, progress: progress}
}

// fetchMissing fetches the files of the set that are not in dir.
func (d *downloader) fetchMissing(ctx context.Context, set, dir string, files []published.File) error {
	defer d.client.CloseIdleConnections()
	for _, file := range files {
		path, there := file.Find(dir)
		if there {
			continue
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := d.fetch(ctx, file.Mirrors, wanted{path: path, File: file}); err != nil {
			return fmt.Errorf("%s: %s: %w", set, filepath.Base(path), err)
		}
	}
	return nil
}

// wanted is a file to fetch, and the path that it goes to.
type wanted struct {
	path string
	published.File
	part span // of the file at the mirror; zero: all of it
}

// span is a part of a file: n bytes from byte at on.
type span struct{ at, n int64 }

// limit bounds what is accepted for the file, in bytes: content that does not
// compress at all, and gzip's own few bytes.
func (w wanted) limit() int64 {
	if w.part.n > 0 {
		return w.part.n
	}
	return w.Size + w.Size/1000 + 1024
}

// fetch tries the mirrors in turn, after an archive that is there already.
func (d *downloader) fetch(ctx context.Context, mirrors []string, w wanted) error {
	fetch := func(mirror string) error { return d.fetchFrom(ctx, mirror+filepath.Base(w.path), w) }
	if w.Archive.Name != "" {
		if there, err := w.takeFromCopy(); there {
			return err
		}
		fetch = func(mirror string) error { return d.fetchMember(ctx, mirror+w.Archive.Name, w) }
	}
	var reasons []string
	for _, mirror := range mirrors {
		err := fetch(mirror)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted, to be continued by the next download: %w", context.Cause(ctx))
		}
		if isLocal(err) {
			return err // no other mirror helps
		}
		reasons = append(reasons, host(mirror)+": "+reason(err))
	}
	place := w.path
	if w.Archive.Name != "" {
		place = w.copyPath()
	}
	return fmt.Errorf("no mirror has it: %s; a copy from elsewhere goes to %s", strings.Join(reasons, "; "), place)
}

// fetchFrom fetches a file from one address: it goes on after interruptions, and
// once from the start if what it had pieced together was wrong.
func (d *downloader) fetchFrom(ctx context.Context, url string, w wanted) error {
	p := part{path: w.path + ".part"}
	for fresh := false; ; fresh = true {
		resumed, err := d.complete(ctx, url, p, w)
		if err != nil {
			return err
		}
		err = w.Check(p.path)
		if err == nil {
			return p.finish(w.path)
		}
		if err := p.remove(); err != nil {
			return err
		}
		if !resumed || fresh {
			return err
		}
	}
}

// complete brings the .part file to its end and reports whether it was pieced
// together from several answers.
func (d *downloader) complete(ctx context.Context, url string, p part, w wanted) (resumed bool, err error) {
	for attempt := 1; ; attempt++ {
		before := p.size()
		from, err := d.request(ctx, url, p, w)
		resumed = resumed || from > 0
		if err == nil {
			return resumed, nil
		}
		_, cut := errors.AsType[*cutError](err)
		worthwhile := cut && p.size() > before || errors.Is(err, errStale)
		if !worthwhile || ctx.Err() != nil || attempt == d.attempts {
			return resumed, err
		}
	}
}

// isLocal reports whether an error is this machine's disk and not the mirror.
func isLocal(err error) bool {
	_, path := errors.AsType[*os.PathError](err)
	_, link := errors.AsType[*os.LinkError](err)
	return path || link
}

// host returns the name of a mirror for messages.
func host(mirror string) string {
	if u, err := url.Parse(mirror); err == nil {
		return u.Host
	}
	return mirror
}

// reason returns the text of an error on one line, without the address that net/http
// puts before it.
func reason(err error) string {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	return strings.Join(strings.Fields(err.Error()), " ")
}
