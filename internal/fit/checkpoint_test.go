package fit

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/optim"
)

// checkpoint returns a checkpoint in the second epoch of a run without validation.
func checkpoint() *Checkpoint {
	return &Checkpoint{
		Settings: map[string]string{"seed": "18446744073709551615", "layers": "dense 3 relu"},
		Data:     "sha256:00", Kernel: "portable",
		State: State{
			Epoch: 2, Step: 3, Loss: 1.0 / 3, Correct: 40, Sums: Sums{TopK: 41}, Seconds: 0.25,
			History: []Epoch{{
				Epoch: 1, Loss: 2.5, Accuracy: 0.75, ValLoss: math.NaN(), ValAccuracy: math.Inf(1), TopK: 0.875, ValTopK: 0.5, Seconds: 0.125,
			}},
			Kept: 1, KeptValues: []float32{1, 2, 3}, Values: []float32{4, -5, float32(math.Inf(-1))},
			Optimizer: optim.State{Steps: 8, Vectors: []optim.Vector{{Name: "m", Values: []float32{6, 7, 8}}, {Name: "v", Values: []float32{9, 1e-44, 0}}}},
		},
	}
}

// encode fails the test if a checkpoint cannot be written.
func encode(t testing.TB, c *Checkpoint) []byte {
	t.Helper()
	data, err := c.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestCheckpointRoundTrip(t *testing.T) {
	first := encode(t, checkpoint())
	got, err := DecodeCheckpoint(first)
	if err != nil {
		t.Fatal(err)
	}
	if again := encode(t, got); !bytes.Equal(first, again) {
		t.Errorf("encoded again: got %q, want %q", again, first)
	}
	want := checkpoint()
	if !math.IsNaN(got.State.History[0].ValLoss) {
		t.Errorf("val_loss: got %v, want NaN", got.State.History[0].ValLoss)
	}
	got.State.History[0].ValLoss, want.State.History[0].ValLoss = 0, 0
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestCheckpointTruncated(t *testing.T) {
	data := encode(t, checkpoint())
	for n := range data {
		if _, err := DecodeCheckpoint(data[:n]); err == nil || !strings.HasPrefix(err.Error(), "checkpoint: ") {
			t.Errorf("%d of %d bytes: got the error %v, want one of the checkpoint", n, len(data), err)
		}
	}
}

func TestCheckpointDamaged(t *testing.T) {
	data := encode(t, checkpoint())
	for at := range data {
		damaged := bytes.Clone(data)
		damaged[at] ^= 0x10
		if _, err := DecodeCheckpoint(damaged); err == nil {
			t.Errorf("byte %d changed: got no error", at)
		}
	}
}

// sealed returns a header and vectors as a file with the right checksum.
func sealed(rest string) []byte {
	data := []byte(checkpointMagic + rest)
	return binary.LittleEndian.AppendUint32(data, crc32.ChecksumIEEE(data))
}

func TestCheckpointLies(t *testing.T) {
	for _, c := range []struct{ name, rest, want string }{
		{"no header", "", "header: "},
		{"text", "seed 3\n", "header: "},
		{"more weights than bytes", `{"parameters":1000000000}` + "\n1234", "got 4 bytes of vectors, want 1 of 1000000000"},
		{"overflow", `{"parameters":4611686018427387904}` + "\n", "want 1 of 4611686018427387904"},
		{"negative", `{"parameters":-1}` + "\n", "want 1 of -1"},
		{"bytes left", `{"parameters":1}` + "\n12345678", "got 8 bytes of vectors, want 1 of 1"},
		{"number", `{"loss":"x"}` + "\n", "header: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := DecodeCheckpoint(sealed(c.rest)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want one with %q", err, c.want)
			}
		})
	}
}

// FuzzDecodeCheckpoint reads arbitrary bytes, as they are and with a checksum
// that fits; what is read comes back the same.
func FuzzDecodeCheckpoint(f *testing.F) {
	data := encode(f, checkpoint())
	f.Add(data)
	f.Add(data[len(checkpointMagic) : len(data)-4])
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, file := range [][]byte{data, sealed(string(data))} {
			var c *Checkpoint
			var err error
			memory.Bounded(t, 64, len(file), func() { c, err = DecodeCheckpoint(file) })
			if err != nil {
				continue
			}
			first := encode(t, c)
			again, err := DecodeCheckpoint(first)
			if err != nil {
				t.Fatalf("decoded, encoded, decoded: %v", err)
			}
			if second := encode(t, again); !bytes.Equal(first, second) {
				t.Errorf("encoded twice: got %q and %q", first, second)
			}
		}
	})
}

// The bound on a checkpoint's size holds for the largest numbers.
func TestMaxCheckpoint(t *testing.T) {
	const parameters, epochs = 10, 50
	c := checkpoint()
	vector := make([]float32, parameters)
	c.State.Values, c.State.KeptValues = vector, vector
	c.State.Optimizer.Vectors = []optim.Vector{{Name: "m", Values: vector}, {Name: "v", Values: vector}}
	c.State.History = nil
	for i := range epochs {
		x := -math.Nextafter(1.2345678901234567e-300, 0)
		c.State.History = append(c.State.History, Epoch{i + 1, x, x, x, x, x, x, x})
	}
	if got, most := len(encode(t, c)), MaxCheckpoint(parameters, epochs); got > most {
		t.Errorf("got %d bytes, want at most %d", got, most)
	}
}
