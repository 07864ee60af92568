package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// cutError is an answer that broke off: asking again may go on from there.
type cutError struct{ cause error }

func (e *cutError) Error() string { return e.cause.Error() }
func (e *cutError) Unwrap() error { return e.cause }

// errStale says that what the .part file has does not fit what the mirror has;
// the file is gone, and asking again starts from nothing.
var errStale = errors.New("the file changed while it was fetched")

// errTooLarge says that an answer is longer than the file can be.
var errTooLarge = errors.New("file too large")

// request asks once for what the .part file does not have yet and appends it. It
// returns the byte it went on from; 0 is a start from nothing.
func (d *downloader) request(ctx context.Context, url string, p part, w wanted) (from int64, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	from, validator := p.resume(url)
	if w.part.n > 0 && from >= w.part.n {
		return from, nil // all of the part is there, or more, which its check finds
	}
	response, err := d.get(ctx, url, w.part.rest(from), validator)
	if err != nil {
		return from, err
	}
	defer response.Body.Close()
	from, complete, err := accept(response, p, from, w.part)
	if err != nil || complete {
		return from, err
	}
	total := int64(-1)
	if response.ContentLength >= 0 {
		total = from + response.ContentLength
	}
	if total > w.limit() {
		return from, fmt.Errorf("%w: got %d bytes, want at most %d", errTooLarge, total, w.limit())
	}
	file, err := p.open(url, response.Header, from)
	if err != nil {
		return from, err
	}
	silence := time.AfterFunc(d.stall, func() { cancel(fmt.Errorf("silent for %v", d.stall)) })
	defer silence.Stop()
	body := &watched{response.Body, from, func(done int64) {
		silence.Reset(d.stall)
		d.progress(filepath.Base(w.path), done, total)
	}}
	err = errors.Join(save(ctx, file, body, w.limit()), file.Close())
	if errors.Is(err, errTooLarge) {
		err = errors.Join(err, p.remove())
	}
	return from, err
}

// rest returns the value of a Range header for what follows the first bytes of a span;
// "" asks for a whole file.
func (s span) rest(from int64) string {
	switch {
	case s.n > 0:
		return fmt.Sprintf("bytes=%d-%d", s.at+from, s.at+s.n-1)
	case from > 0:
		return fmt.Sprintf("bytes=%d-", from)
	}
	return ""
}

// accept reads an answer's status: where in the wanted part of the file its body begins,
// and whether there is nothing left to fetch.
func accept(response *http.Response, p part, asked int64, wanted span) (from int64, complete bool, err error) {
	found := response.Header.Get("Content-Range")
	switch response.StatusCode {
	case http.StatusOK:
		if wanted.n > 0 { // of another version than the part so far, or no part at all
			return asked, false, errors.Join(errStale, p.remove())
		}
		return 0, false, nil
	case http.StatusPartialContent:
		if strings.HasPrefix(found, fmt.Sprintf("bytes %d-", wanted.at+asked)) {
			return asked, false, nil
		}
		return asked, false, errors.Join(errStale, p.remove())
	case http.StatusRequestedRangeNotSatisfiable:
		if found == fmt.Sprintf("bytes */%d", asked) && wanted.n == 0 {
			return asked, true, nil
		}
		return asked, false, errors.Join(errStale, p.remove())
	}
	return asked, false, errors.New(response.Status)
}

// get sends the request, for a part of the file if bytes, the value of a Range header, is
// not "". validator names the version of which the part is wanted; "" stands for any.
func (d *downloader) get(ctx context.Context, url, bytes, validator string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "inkling")
	request.Header.Set("Accept-Encoding", "identity")
	if bytes != "" {
		request.Header.Set("Range", bytes)
		if validator != "" {
			request.Header.Set("If-Range", validator)
		}
	}
	return d.client.Do(request)
}

// save appends the body to the file, up to limit bytes in all. A longer body is an
// error; one that breaks off is a *cutError.
func save(ctx context.Context, file io.Writer, body *watched, limit int64) error {
	left := limit - body.done
	n, err := io.Copy(file, io.LimitReader(body, left+1))
	if _, ok := errors.AsType[*os.PathError](err); ok {
		return err
	}
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return &cutError{err}
	}
	if n > left {
		return fmt.Errorf("%w: got more than %d bytes", errTooLarge, limit)
	}
	return nil
}

// watched is a body that tells how far the file is, in bytes, whenever some
// arrive.
type watched struct {
	body   io.Reader
	done   int64
	report func(done int64)
}

func (b *watched) Read(p []byte) (int, error) {
	n, err := b.body.Read(p)
	if n > 0 {
		b.done += int64(n)
		b.report(b.done)
	}
	return n, err
}
