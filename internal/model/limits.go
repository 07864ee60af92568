package model

// The limits of the .ink file, which hold for networks that are described or
// imported as well.
const (
	MaxSide   = 1 << 10 // pixels: sides of the input, of windows and strides
	MaxUnits  = 1 << 16 // units or filters of a layer, a side of a reshape
	MaxValues = 1 << 24 // of a layer's output for one image
	MaxLabels = 1000    // classes beside the background
	MaxText   = 255     // bytes of a name
	MaxLayers = 255

	MaxBytes      = 256 << 20 // of one pass for one image, beside the parameters: nn.Cost
	MaxOperations = 1 << 34   // of the same

	// The trial of a model as it is read: what it may cost, and the bytes that it may
	// take for each byte of the file beside the fixed ones.
	maxTrialOperations = 1 << 28
	maxTrialBytes      = 1 << 19
	trialBytesPerByte  = 4

	maxOld    = 256     // labels of formats 1 and 2
	maxHeader = 1 << 16 // bytes of a header of formats 1 and 2
)
