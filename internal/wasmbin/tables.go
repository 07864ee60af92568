package wasmbin

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// What cmd/link of Go 1.26 writes for GOOS=js (cmd/link/internal/ld/pcln.go and
// symtab.go) and its runtime reads (runtime/symtab.go, runtime2.go).
const (
	goVersion       = "go1.26"
	headerWords     = 9         // of pcHeader
	moduleWords     = 42        // of moduledata, up to epclntab
	funcBytes       = 44        // of _func, before its pcdata and funcdata
	inlineBytes     = 16        // of one inlinedCall
	bucketBytes     = 20        // of findfuncbucket: an index and 16 bytes to add to it, fewer in the last one
	bucketIndex     = 4         // bytes of the index
	recordAlignment = 8         // of a _func
	bucketPCs       = 4096      // pcs that share one
	subbucketPCs    = 256       // pcs that share one of its bytes
	functionPCs     = 1 << 16   // pcs of a function: its index, shifted, and a block's
	memoryAtMost    = 256 << 20 // bytes; far more than the page's 2 MB of data
	missing         = 1<<32 - 1 // instead of an offset of funcdata
	funcIDPanic     = 10        // abi.FuncID_gopanic
	funcIDWrapper   = 23        // abi.FuncIDWrapper
)

// magic begins pcHeader: Go120PCLnTabMagic, two zeros, pcs of one byte, pointers
// of eight.
var magic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// The fields of _func, in bytes from its start.
const (
	funcEntry     = 0
	funcName      = 4
	funcSP        = 16
	funcFile      = 20
	funcLine      = 24
	funcPCData    = 28 // count
	funcUnit      = 32
	funcStart     = 36
	funcID        = 40
	funcFuncData  = 43 // count
	inlineName    = 4  // of an inlinedCall
	inlineStart   = 12
	mostPCData    = 5
	mostFuncData  = 8
	pcUnsafePoint = 0 // kinds of pcdata
	pcInlineTree  = 2
	pcArgLive     = 3
	dataInlines   = 3 // kinds of funcdata
	dataArgs      = 5
	dataArgsLive  = 6
	wordsOfSlice  = 3
	firstSlice    = 1  // words of moduledata: funcnametab
	lookupTable   = 19 // findfunctab
	firstPC       = 20 // minpc, with maxpc behind it
	funcDataStart = 40 // gofunc
	tablesEnd     = 41 // epclntab
)

// errTables says that the tables are not where this package looks for them, or do
// not have the form that it knows.
var errTables = errors.New("wasmbin: tables of tracebacks not as " + goVersion + " writes them")

// image is the memory that a module starts with, from the address base on.
type image struct {
	base int64
	data []byte
}

// newImage returns the memory that segments fill, in the order of their addresses.
func newImage(segments []segment) (image, error) {
	if len(segments) == 0 {
		return image{}, errTables
	}
	base, last := segments[0].at&^7, segments[len(segments)-1]
	size := last.at + int64(len(last.data)) - base
	if size > memoryAtMost {
		return image{}, errTables
	}
	m := image{base, make([]byte, size)}
	for _, s := range segments {
		copy(m.data[s.at-base:], s.data)
	}
	return m, nil
}

// segments returns the memory as segments. None holds a long run of zeros.
func (m image) segments() []segment {
	var all []segment
	for at := 0; at < len(m.data); {
		if m.data[at] == 0 {
			at++
			continue
		}
		end := at
		for i := at; i < len(m.data) && i-end <= joinWithin; i++ {
			if m.data[i] != 0 {
				end = i + 1
			}
		}
		all = append(all, segment{m.base + int64(at), m.data[at:end]})
		at = end
	}
	return all
}

// The text that debug.ReadBuildInfo reads, how a program was built, stands between these
// marks (cmd/go/internal/modload, infoStart and infoEnd).
var (
	buildInfo    = []byte("\x30\x77\xaf\x0c\x92\x74\x08\x02\x41\xe1\xc1\x07\xe6\xd6\x18\xe6")
	buildInfoEnd = []byte("\xf9\x32\x43\x31\x86\x18\x20\x72\x00\x82\x42\x10\x41\x16\xd8\xf2")
)

// forgetBuild takes out the text of how the program was built, if there is one.
func (m image) forgetBuild() {
	if at := bytes.Index(m.data, buildInfo); at >= 0 {
		if size := bytes.Index(m.data[at:], buildInfoEnd); size >= 0 {
			clear(m.data[at:][:size+len(buildInfoEnd)])
		}
	}
}

// tables are the parts of the image that hold runtime.pclntab.
type tables struct {
	names []byte // text after text, each with a zero behind it
	units []byte // uint32 offsets into files
	files []byte
	pcs   []byte // tables of values by pc
	funcs []byte // (entry, offset of a _func) uint32 pairs, then the _funcs
	data  []byte // funcdata
	finds []byte // findfunctab: where the search for the function of a pc begins
	count int    // functions

	funcsAt, findsAt int64 // addresses
}

// locate finds the tables through their header and the module data that point to it.
func (m image) locate() (*tables, error) {
	var found []*tables
	for at := 0; ; at += 8 {
		next := bytes.Index(m.data[at:], magic)
		if next < 0 {
			break
		}
		at += next &^ 7
		if next%8 != 0 || at+headerWords*8 > len(m.data) {
			continue
		}
		if t := m.tablesOf(int64(at)); t != nil {
			found = append(found, t)
		}
	}
	if len(found) != 1 {
		return nil, errTables
	}
	return found[0], nil
}

// word returns the n-th 64-bit word behind an offset.
func (m image) word(at int64, n int) int64 {
	return int64(binary.LittleEndian.Uint64(m.data[at+int64(n)*8:]))
}

// tablesOf returns the tables of a header, or nil if it is not a header.
func (m image) tablesOf(header int64) *tables {
	pointer := binary.LittleEndian.AppendUint64(nil, uint64(m.base+header))
	for at := int64(0); at+moduleWords*8 <= int64(len(m.data)); at += 8 {
		if !bytes.Equal(m.data[at:at+8], pointer) {
			continue
		}
		if t := m.agree(header, at); t != nil {
			return t
		}
	}
	return nil
}

// agree returns the tables that a header and module data both describe: names,
// units, files, pcs and funcs, one after the other, and the funcdata.
func (m image) agree(header, module int64) *tables {
	start := m.base + header + headerWords*8
	var parts [5][]byte
	for i := range parts {
		word := firstSlice + i*wordsOfSlice
		at, length, capacity := m.word(module, word), m.word(module, word+1), m.word(module, word+2)
		if i == 1 {
			length, capacity = length*4, capacity*4
		}
		if length != capacity || at != m.base+header+m.word(header, 4+i) || at < start || !m.holds(at, length) {
			return nil
		}
		parts[i] = m.data[at-m.base:][:length:length]
		start = at + length
	}
	t := &tables{names: parts[0], units: parts[1], files: parts[2], pcs: parts[3], funcs: parts[4],
		count: int(m.word(header, 1)), funcsAt: start - int64(len(parts[4]))}
	list := firstSlice + 5*wordsOfSlice // ftab, the pairs at the start of funcs
	if m.word(module, list) != m.word(module, list-wordsOfSlice) || m.word(module, list+1) != int64(t.count)+1 {
		return nil
	}
	from, end := m.word(module, funcDataStart), m.word(module, tablesEnd)
	if lookup := m.word(module, lookupTable); lookup > from {
		end = min(end, lookup)
	}
	if from < start || !m.holds(from, end-from) {
		return nil
	}
	t.data = m.data[from-m.base:][: end-from : end-from]
	pcs := m.word(module, firstPC+1) - m.word(module, firstPC)
	at, length := m.word(module, lookupTable), (pcs+bucketPCs-1)/bucketPCs*bucketIndex+(pcs+subbucketPCs-1)/subbucketPCs
	if (pcs-1)/functionPCs != int64(t.count)-1 || !m.holds(at, length) {
		return nil
	}
	t.finds, t.findsAt = m.data[at-m.base:][:length:length], at
	return t
}

// holds reports whether the image has length bytes at an address.
func (m image) holds(at, length int64) bool {
	size := int64(len(m.data))
	return at >= m.base && length >= 0 && length <= size && at-m.base <= size-length
}
