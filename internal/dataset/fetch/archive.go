package fetch

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/dataset/published"
)

// errNoRanges says that a mirror sends whole files only.
var errNoRanges = errors.New("the mirror sends whole files only")

// largestRead bounds what remote reads for archive/zip at once, in bytes.
const largestRead = 1 << 20

// fetchMember fetches a file that lies in a zip archive: the archive's directory, then
// the member alone. A mirror that sends no parts of files has to send the whole archive,
// which stays beside the file for others.
func (d *downloader) fetchMember(ctx context.Context, url string, w wanted) error {
	remote, err := d.openRemote(ctx, url)
	if errors.Is(err, errNoRanges) {
		return d.fetchArchive(ctx, url, w)
	}
	if err != nil {
		return err
	}
	member, err := w.member(remote, remote.size)
	if err != nil {
		return err
	}
	at, err := member.DataOffset()
	if err != nil {
		return err
	}
	w.part = span{at, int64(member.CompressedSize64)}
	p := part{path: w.path + ".part"}
	for fresh := false; ; fresh = true {
		resumed, err := d.complete(ctx, url, p, w)
		if err != nil {
			return err
		}
		err = remote.take(p, w, member)
		wrong := errors.Is(err, published.ErrWrongContent)
		if err != nil && !wrong {
			return err
		}
		if err := p.remove(); err != nil {
			return err
		}
		if !wrong || !resumed || fresh {
			return err
		}
	}
}

// fetchArchive fetches the whole archive and takes the file out of it.
func (d *downloader) fetchArchive(ctx context.Context, url string, w wanted) error {
	archive := wanted{path: w.copyPath(), File: published.File{Size: w.Archive.Size}}
	p := part{path: archive.path + ".part"}
	if _, err := d.complete(ctx, url, p, archive); err != nil {
		return err
	}
	if err := p.finish(archive.path); err != nil {
		return err
	}
	_, err := w.takeFromCopy()
	if errors.Is(err, published.ErrWrongContent) {
		return errors.Join(err, os.Remove(archive.path))
	}
	return err
}

// copyPath returns where a copy of the archive lies, if there is one.
func (w wanted) copyPath() string { return filepath.Join(filepath.Dir(w.path), w.Archive.Name) }

// takeFromCopy takes the file out of a copy of the archive in its folder. It reports
// whether there is one.
func (w wanted) takeFromCopy() (there bool, err error) {
	file, err := os.Open(w.copyPath())
	if err != nil {
		return false, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return true, err
	}
	member, err := w.member(file, info.Size())
	if err == nil {
		err = w.unpack(member)
	}
	if err != nil {
		err = fmt.Errorf("%s, a copy of the archive: %w", file.Name(), err)
	}
	return true, err
}

// member finds the packed file in an archive, in whatever folder there.
func (w wanted) member(r io.ReaderAt, size int64) (*zip.File, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, wrongZip(err)
	}
	for _, member := range archive.File {
		if path.Base(member.Name) != w.Name+w.Packed {
			continue
		}
		if limit := uint64(w.limit()); member.CompressedSize64 > limit || member.UncompressedSize64 > limit {
			return nil, fmt.Errorf("%w: got %d bytes, want at most %d", errTooLarge, member.UncompressedSize64, limit)
		}
		return member, nil
	}
	return nil, fmt.Errorf("%w: got no %s in the archive", published.ErrWrongContent, w.Name+w.Packed)
}

// unpack writes a member under the file's name if its content is the published one.
func (w wanted) unpack(member *zip.File) (err error) {
	content, err := member.Open()
	if err != nil {
		return wrongZip(err)
	}
	defer content.Close()
	file, err := os.Create(w.path + ".new")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ignoreMissing(os.Remove(file.Name()))) }()
	_, err = io.Copy(file, bounded.Reader(content, int64(member.UncompressedSize64)))
	if err = errors.Join(wrongZip(err), file.Close()); err != nil {
		return err
	}
	if err := w.Check(file.Name()); err != nil {
		return err
	}
	return os.Rename(file.Name(), w.path)
}

// wrongZip makes damage of an archive an ErrWrongContent; an error of the disk or the
// mirror stays as it is.
func wrongZip(err error) error {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	_, long := errors.AsType[*bounded.LimitError](err)
	wrong := slices.ContainsFunc([]error{zip.ErrChecksum, zip.ErrFormat, zip.ErrAlgorithm, io.ErrUnexpectedEOF},
		func(target error) bool { return errors.Is(err, target) })
	if corrupt || long || wrong {
		return fmt.Errorf("%w: %w", published.ErrWrongContent, err)
	}
	return err
}

// remote is a zip archive on a mirror. It reads what archive/zip asks for: the directory
// out of the tail, a member out of its .part file, and the few bytes before and behind a
// member from the mirror.
type remote struct {
	*downloader
	ctx    context.Context
	url    string
	size   int64
	pieces []piece
}

// piece holds a part of the archive that has been fetched.
type piece struct {
	span
	io.ReaderAt
}

// openRemote fetches the tail of an archive. The error is errNoRanges if the mirror
// would send all of it.
func (d *downloader) openRemote(ctx context.Context, url string) (*remote, error) {
	r := &remote{downloader: d, ctx: ctx, url: url}
	data, at, err := r.ask(fmt.Sprintf("bytes=-%d", d.tail), d.tail)
	r.pieces = []piece{{span{at, int64(len(data))}, bytes.NewReader(data)}}
	return r, err
}

// take unpacks a member whose packed bytes lie in a .part file.
func (r *remote) take(p part, w wanted, member *zip.File) error {
	file, err := os.Open(p.path)
	if err != nil {
		return err
	}
	defer file.Close()
	before := r.pieces
	r.pieces = append(before[:len(before):len(before)], piece{w.part, file})
	defer func() { r.pieces = before }()
	return w.unpack(member)
}

// ReadAt reads from a piece, or else from the mirror.
func (r *remote) ReadAt(to []byte, at int64) (int, error) {
	n := min(int64(len(to)), r.size-at)
	if n <= 0 {
		return 0, io.EOF
	}
	for _, p := range r.pieces {
		if at >= p.at && at+n <= p.at+p.n {
			return p.ReaderAt.ReadAt(to, at-p.at)
		}
	}
	if n > largestRead {
		return 0, fmt.Errorf("%w: a part of %d bytes", errTooLarge, n)
	}
	data, _, err := r.ask(span{at, n}.rest(0), n)
	if err == nil && n < int64(len(to)) {
		err = io.EOF
	}
	return copy(to, data), err
}

// ask fetches a part of the archive, of at most limit bytes, and where it begins.
func (r *remote) ask(part string, limit int64) (data []byte, at int64, err error) {
	ctx, cancel := context.WithTimeoutCause(r.ctx, r.stall, fmt.Errorf("silent for %v", r.stall))
	defer cancel()
	response, err := r.get(ctx, r.url, part, "")
	if err != nil {
		return nil, 0, err
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusPartialContent:
	case http.StatusOK:
		return nil, 0, errNoRanges
	default:
		return nil, 0, errors.New(response.Status)
	}
	var last int64
	found := response.Header.Get("Content-Range")
	if _, err := fmt.Sscanf(found, "bytes %d-%d/%d", &at, &last, &r.size); err != nil || at < 0 || last < at || last >= r.size {
		return nil, 0, fmt.Errorf("got the part %q, want bytes and their place", found)
	}
	data, err = io.ReadAll(bounded.Reader(response.Body, limit))
	if err == nil && int64(len(data)) != last-at+1 {
		err = io.ErrUnexpectedEOF
	}
	return data, at, err
}
