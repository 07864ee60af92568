package model

import (
	"hash/crc32"
	"math/rand/v2"
	"testing"
)

func TestChecksum(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, length := range []int{0, 1, 2, 3, 1000} {
		data := make([]byte, length)
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		if got, want := checksumOf(data), crc32.ChecksumIEEE(data); got != want {
			t.Errorf("%d bytes: got %08x, want %08x", length, got, want)
		}
	}
}
