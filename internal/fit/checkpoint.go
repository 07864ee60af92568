package fit

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/optim"
)

// Checkpoint is the content of a checkpoint file: a state, and what tells whether
// it belongs to a run.
//
// The file begins with the line checkpointMagic, version included. A line of JSON
// follows, and then float32 vectors of as many values as there are parameters,
// little-endian, without gaps: the weights, the kept weights if an epoch is
// finished, and the optimizer's vectors. The last four bytes are the CRC-32 (IEEE
// 802.3) of all before, little-endian.
type Checkpoint struct {
	Settings map[string]string // of the run, by the names of flags
	Data     string            // digest of the data set
	Kernel   string            // that computed: another rounds otherwise
	State    State
}

const checkpointMagic = "inkling checkpoint 1\n"

// checkpointHeader is the line of JSON.
type checkpointHeader struct {
	Settings   map[string]string `json:"settings"`
	Data       string            `json:"data"`
	Kernel     string            `json:"kernel"`
	Epoch      int               `json:"epoch"`
	Step       int               `json:"step"`
	Loss       number            `json:"loss"`
	Correct    int               `json:"correct"`
	Sums                         // their keys beside the others
	Seconds    number            `json:"seconds"`
	History    [][]number        `json:"history"` // loss, accuracy, val_loss, val_accuracy, seconds, each metric and val_ of it of each epoch
	Kept       int               `json:"kept"`
	Stopped    bool              `json:"stopped,omitempty"`
	Rounded    int               `json:"rounded,omitempty"`
	Parameters int               `json:"parameters"`
	Steps      int               `json:"optimizer_steps"`
	Vectors    []string          `json:"optimizer_vectors"`
}

// number is a float64 as JSON has it, in quotes, so that it can be NaN; every
// value comes back bit by bit.
type number float64

// MarshalText writes the shortest text that means the same value.
func (n number) MarshalText() ([]byte, error) {
	return strconv.AppendFloat(nil, float64(n), 'g', -1, 64), nil
}

// UnmarshalText reads it.
func (n *number) UnmarshalText(text []byte) error {
	value, err := strconv.ParseFloat(string(text), 64)
	*n = number(value)
	return err
}

// MaxCheckpoint returns the bytes that the checkpoint of a run takes at most: four
// vectors, the weights, those that are kept and two of an optimizer, a line per epoch,
// and the settings.
func MaxCheckpoint(parameters, epochs int) int { return 4*4*parameters + 256*epochs + 1<<13 }

// Encode returns the checkpoint as a file.
func (c *Checkpoint) Encode() ([]byte, error) {
	s := &c.State
	h := checkpointHeader{
		Settings: c.Settings, Data: c.Data, Kernel: c.Kernel,
		Epoch: s.Epoch, Step: s.Step, Loss: number(s.Loss), Correct: s.Correct, Sums: s.Sums, Seconds: number(s.Seconds),
		Kept: s.Kept, Stopped: s.Stopped, Rounded: s.Rounded, Parameters: len(s.Values), Steps: s.Optimizer.Steps,
	}
	for _, e := range s.History {
		h.History = append(h.History, e.numbers())
	}
	for _, v := range s.Optimizer.Vectors {
		h.Vectors = append(h.Vectors, v.Name)
	}
	line, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	data := append([]byte(checkpointMagic), line...)
	data = appendVector(append(data, '\n'), s.Values)
	if s.Kept != 0 {
		data = appendVector(data, s.KeptValues)
	}
	for _, v := range s.Optimizer.Vectors {
		data = appendVector(data, v.Values)
	}
	return binary.LittleEndian.AppendUint32(data, crc32.ChecksumIEEE(data)), nil
}

// appendVector adds a vector's bytes.
func appendVector(data []byte, vector []float32) []byte {
	for _, v := range vector {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
	}
	return data
}

// DecodeCheckpoint reads a checkpoint file. What is wrong with the bytes is an
// error; whether the state fits a run is for Run to say. Nothing is allocated
// that the bytes do not hold.
func DecodeCheckpoint(data []byte) (*Checkpoint, error) {
	rest, ok := bytes.CutPrefix(data, []byte(checkpointMagic))
	if !ok {
		return nil, fmt.Errorf("checkpoint: got a file that begins with %.24q, "+
			"want one that inkling fit --checkpoint wrote, which begins with %q", data, checkpointMagic)
	}
	if len(rest) < 4 {
		return nil, fmt.Errorf("checkpoint: got %d bytes: it is truncated", len(data))
	}
	body, sum := rest[:len(rest)-4], binary.LittleEndian.Uint32(rest[len(rest)-4:])
	if got := crc32.ChecksumIEEE(data[:len(data)-4]); got != sum {
		return nil, fmt.Errorf("checkpoint: got checksum %08x, want %08x: it is truncated or damaged", got, sum)
	}
	line, vectors, _ := bytes.Cut(body, []byte("\n"))
	h := checkpointHeader{Sums: unknownSums()}
	if err := json.Unmarshal(line, &h); err != nil {
		return nil, fmt.Errorf("checkpoint: header: %w", err)
	}
	return h.checkpoint(vectors)
}

// checkpoint returns the checkpoint that header and vectors describe.
func (h *checkpointHeader) checkpoint(data []byte) (*Checkpoint, error) {
	count := 1 + len(h.Vectors)
	if h.Kept != 0 {
		count++
	}
	if h.Parameters < 0 || h.Parameters > len(data) || count*4*h.Parameters != len(data) {
		return nil, fmt.Errorf("checkpoint: got %d bytes of vectors, want %d of %d float32", len(data), count, h.Parameters)
	}
	next := func() []float32 {
		vector := make([]float32, h.Parameters)
		for i := range vector {
			vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		}
		data = data[4*len(vector):]
		return vector
	}
	s := State{
		Epoch: h.Epoch, Step: h.Step, Loss: float64(h.Loss), Correct: h.Correct, Sums: h.Sums,
		Seconds: float64(h.Seconds), Kept: h.Kept, Stopped: h.Stopped, Rounded: h.Rounded, Values: next(),
	}
	if h.Kept != 0 {
		s.KeptValues = next()
	}
	s.Optimizer.Steps = h.Steps
	for _, name := range h.Vectors {
		s.Optimizer.Vectors = append(s.Optimizer.Vectors, optim.Vector{Name: name, Values: next()})
	}
	for i, row := range h.History {
		s.History = append(s.History, epochOf(i+1, row))
	}
	return &Checkpoint{h.Settings, h.Data, h.Kernel, s}, nil
}
