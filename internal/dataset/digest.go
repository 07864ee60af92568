package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Digest returns a SHA-256, in hexadecimal, of all that a network can learn from the
// pair: sizes, classes, labels and pixels. A label is hashed as one byte if all classes
// fit in one, otherwise as two, the lower first.
func (p Pair) Digest() string {
	hash := sha256.New()
	for _, set := range []*Set{p.Train, p.Test, p.Validation} {
		if set != nil {
			fmt.Fprintf(hash, "%d %d %d %q\n", set.Len(), set.Height, set.Width, set.Classes)
			hash.Write(labelBytes(set.Labels, len(set.Classes)))
			hash.Write(set.Pixels)
		}
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// labelBytes returns labels as bytes, one per label if there are at most 256
// classes, otherwise two.
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
