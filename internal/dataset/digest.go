package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
)

// errWrongContent marks a file whose content is not the published one.
var errWrongContent = errors.New("wrong content")

// checkDigest unpacks a file, gzip or plain, and compares the SHA-256 of what is
// in it. It reads one byte more than size at most, whatever the file unpacks to.
func checkDigest(path string, size int64, want string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	content, err := unzip(file)
	if err != nil {
		return wrongContent(err)
	}
	hash := sha256.New()
	n, err := io.Copy(hash, io.LimitReader(content, size+1))
	if err != nil {
		return wrongContent(err)
	}
	if n != size {
		return fmt.Errorf("%w: got %s bytes unpacked, want %d", errWrongContent, atMost(n, size), size)
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != want {
		return fmt.Errorf("%w: got SHA-256 %s, want %s", errWrongContent, got, want)
	}
	return nil
}

// wrongContent turns damage to the compression into errWrongContent; an error
// that reading the file gave stays as it is.
func wrongContent(err error) error {
	if format, ok := errors.AsType[*FormatError](err); ok {
		return fmt.Errorf("%w: %s: got %s, want %s", errWrongContent, format.Place, format.Got, format.Want)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: compression: got a stream that ends early, want a whole gzip stream", errWrongContent)
	}
	return err
}

// atMost is n for messages, or "more than limit" for what was cut off behind it.
func atMost(n, limit int64) string {
	if n > limit {
		return fmt.Sprintf("more than %d", limit)
	}
	return fmt.Sprint(n)
}

// Digest is a SHA-256, in hexadecimal, of all that a network can learn from the
// pair: sizes, classes, labels and pixels. A label is a byte of it where all
// classes fit one, else two, the lower first.
func (p Pair) Digest() string {
	hash := sha256.New()
	for _, set := range []*Set{p.Train, p.Test} {
		if set != nil {
			fmt.Fprintf(hash, "%d %d %d %q\n", set.Len(), set.Height, set.Width, set.Classes)
			hash.Write(labelBytes(set.Labels, len(set.Classes)))
			hash.Write(set.Pixels)
		}
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// labelBytes returns labels as bytes, one per label if there are at most 256
// classes, else two.
func labelBytes(labels []uint16, classes int) []byte {
	var bytes []byte
	for _, label := range labels {
		bytes = append(bytes, byte(label))
		if classes > 1<<8 {
			bytes = append(bytes, byte(label>>8))
		}
	}
	return bytes
}
