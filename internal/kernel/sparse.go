package kernel

// maxFeatures is the largest image that a Sparse can index.
const maxFeatures = 1 << 16

// slack is how far a compaction may write beyond what it lists.
const slack = 64

// Sparse is a batch of N byte images of Features pixels each, with lists of each
// image's nonzero pixels: a drawing's first layer then costs only as many rows
// of the weights as it has ink.
//
// Set may run for different images at once, Forward and Gradient for different
// ranges once all are set.
type Sparse struct {
	n, features int
	scale       *[256]float32 // what each byte stands for; scale[0] is 0
	pixels      []uint8       // (N rounded up to 8, stride), zeros around the images
	stride      int           // features rounded up to 32
	index       []uint16      // (N, features + slack): image i's list begins at its row
	value       []uint8       // the same shape: the pixels listed
	count       []int32       // (N) lengths of the lists
}

// NewSparse makes room for batches of images of this many pixels, 1 to 65536.
// Byte b counts as scale[b], and scale[0] must be 0.
func NewSparse(features int, scale *[256]float32) *Sparse {
	if features < 1 || features > maxFeatures || scale[0] != 0 {
		panic(ErrLength)
	}
	return &Sparse{features: features, stride: (features + 31) &^ 31, scale: scale}
}

// Reset makes s a batch of n images, to be given by Set.
func (s *Sparse) Reset(n int) {
	rows := (n + 7) &^ 7
	if n > len(s.count) {
		s.pixels = make([]uint8, rows*s.stride)
		s.index = make([]uint16, n*s.slot())
		s.value = make([]uint8, n*s.slot())
		s.count = make([]int32, n)
	}
	clear(s.pixels[n*s.stride : rows*s.stride])
	s.n = n
}

// slot returns the distance from list to list.
func (s *Sparse) slot() int { return s.stride + slack }

// Set makes image i of the batch these pixels, which are copied.
func (s *Sparse) Set(i int, pixels []uint8) {
	if len(pixels) != s.features || i >= s.n {
		panic(ErrLength)
	}
	copy(s.pixels[i*s.stride:], pixels)
	s.compact(i)
}

// list returns indices and values of the nonzero pixels of image i, in order.
func (s *Sparse) list(i int) (index []uint16, value []uint8) {
	from := i * s.slot()
	to := from + int(s.count[i])
	return s.index[from:to], s.value[from:to]
}

// Forward computes y = x·W + b for the images from <= i < to, x being their
// scaled pixels: y is (N, Out), w (Features, Out), bias (Out). With relu it
// computes max(x·W + b, 0).
func (s *Sparse) Forward(y, w, bias []float32, from, to int, relu bool) {
	out := len(bias)
	check(y, w, bias, s.n*out, s.features*out, out)
	if from < 0 || to > s.n {
		panic(ErrLength)
	}
	if out == 0 || s.n == 0 {
		return
	}
	floor := negativeInfinity
	if relu {
		floor = 0
	}
	s.forward(y, w, bias, from, to, floor)
}

// Gradient adds xᵀ·dy to dw for the pixels from <= p < to, which are rows of dw:
// dw is (Features, Out), dy (N, Out). Each row sums over the images in their
// order, whatever the range.
func (s *Sparse) Gradient(dw, dy []float32, out, from, to int) {
	check(dw, dy, nil, s.features*out, s.n*out, 0)
	if from < 0 || to > s.features {
		panic(ErrLength)
	}
	if out == 0 || s.n == 0 {
		return
	}
	s.gradient(dw, dy, out, from, to)
}
