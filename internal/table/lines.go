package table

import (
	"bytes"
	"io"
	"slices"
	"strconv"
)

// lines splits a text into lines. The zero value with r set is ready.
type lines struct {
	r          io.Reader
	buf        []byte
	start, end int    // of what is in buf and has not been returned
	done       bool   // r has ended
	number     int    // of the line that was returned last, from 1
	stop       byte   // ends a line: LF, or CR where CR stands alone
	again      []line // returned before those that follow in buf
}

// line is a line with its number, from 1.
type line struct {
	text   []byte // LF is its last byte
	number int
}

// Buffers: what is read at once, and the lines that are looked at before the first is
// taken.
const (
	firstBuffer = 1 << 18
	sampleLines = 64
)

// next returns the next line that is not blank, LF as its last byte whatever ended
// it; valid until the next call. io.EOF after the last.
func (l *lines) next() ([]byte, error) {
	if len(l.again) > 0 {
		first := l.again[0]
		l.again, l.number = l.again[1:], first.number
		return first.text, nil
	}
	for {
		line, err := l.any()
		if err != nil || len(bytes.TrimSpace(line)) > 0 {
			return line, err
		}
	}
}

// any returns the next line, blank or not.
func (l *lines) any() ([]byte, error) {
	for scanned := 0; ; {
		if n := bytes.IndexByte(l.buf[l.start+scanned:l.end], l.stop); l.stop != 0 && n >= 0 {
			return l.cut(scanned + n + 1), nil
		}
		scanned = l.end - l.start
		if scanned > maxLine {
			return nil, &FormatError{Line: l.number + 1, Got: "more than " + strconv.Itoa(maxLine>>20) + " MiB",
				Want: "an image of at most 1024x1024 pixels"}
		}
		if l.done && scanned == 0 {
			return nil, io.EOF
		}
		if l.done {
			l.buf[l.end] = l.stop // fill leaves room for it
			l.end++
			continue
		}
		if err := l.fill(); err != nil {
			return nil, err
		}
	}
}

// cut takes the next n bytes as a line.
func (l *lines) cut(n int) []byte {
	line := l.buf[l.start : l.start+n]
	l.start += n
	l.number++
	if n > 1 && line[n-2] == '\r' {
		line = line[:n-1]
	}
	line[len(line)-1] = '\n'
	return line
}

// fill reads on, into a buffer twice as large if nothing of it is free.
func (l *lines) fill() error {
	if l.start > 0 {
		l.end = copy(l.buf, l.buf[l.start:l.end])
		l.start = 0
	}
	if l.end+1 >= len(l.buf) {
		grown := make([]byte, max(firstBuffer, 2*len(l.buf)))
		copy(grown, l.buf[:l.end])
		l.buf = grown
	}
	n, err := io.ReadFull(l.r, l.buf[l.end:len(l.buf)-1])
	l.end += n
	if l.done = err == io.EOF || err == io.ErrUnexpectedEOF; l.done {
		err = nil
	}
	if l.stop == 0 {
		l.stop = lineEnd(l.buf[:l.end], l.done)
	}
	return err
}

// lineEnd returns the byte that ends lines of a text that begins so; 0: not seen yet.
func lineEnd(text []byte, whole bool) byte {
	at := bytes.IndexAny(text, "\r\n")
	switch {
	case at < 0 && !whole, at == len(text)-1 && !whole && text[at] == '\r':
		return 0
	case at >= 0 && text[at] == '\r' && (at+1 == len(text) || text[at+1] != '\n'):
		return '\r'
	}
	return '\n'
}

// sample returns the first lines that are not blank, at least one; next returns them
// again. A byte order mark is taken away.
func (l *lines) sample() ([]line, error) {
	if err := l.fill(); err != nil {
		return nil, err
	}
	if err := l.mark(); err != nil {
		return nil, err
	}
	var sample []line
	for len(sample) < 2 || len(sample) < sampleLines && l.buffered() {
		text, err := l.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		sample = append(sample, line{bytes.Clone(text), l.number})
	}
	if len(sample) == 0 {
		return nil, &FormatError{Got: "no line", Want: "one line per image"}
	}
	if slices.ContainsFunc(sample, func(l line) bool { return bytes.IndexByte(l.text, 0) >= 0 }) {
		return nil, &FormatError{Got: "bytes that are no text", Want: "a table of text in UTF-8"}
	}
	l.again = sample
	return sample, nil
}

// buffered reports whether the next line can be had without reading on.
func (l *lines) buffered() bool {
	return l.done || l.stop != 0 && bytes.IndexByte(l.buf[l.start:l.end], l.stop) >= 0
}

// mark passes over the byte order mark of UTF-8 and refuses those of UTF-16.
func (l *lines) mark() error {
	text := l.buf[:l.end]
	if bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) {
		l.start = 3
	}
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return &FormatError{Got: "text in UTF-16", Want: "UTF-8: save it as CSV UTF-8"}
	}
	return nil
}
