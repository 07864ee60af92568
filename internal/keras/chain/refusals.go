package chain

import (
	"fmt"
	"strings"
)

// Why layers are not read, and what to do.
const (
	pythonCode = "it runs Python code, which the file does not hold: put Keras's own layers in its place (Rescaling for x/255)"
	operation  = "a bare operation on tensors is not read: put Keras's own layers in its place (Rescaling for x/255), " +
		"or do it before the model"
	depthwise   = "depthwise convolutions are not read: use Conv2D"
	otherSize   = "layers that change the pictures' size are not read: give the model pictures of its own size, and leave the layer out"
	recurrent   = "recurrent layers are not read: use Dense or Conv2D"
	otherSpaces = "only layers of pictures are read: use Conv2D and its pooling"
)

// refusals say why layers are not read, by Keras's class.
var refusals = map[string]string{
	"Lambda": pythonCode, "TFOpLambda": operation, "SlicingOpLambda": operation, "TensorFlowOpLayer": operation,
	"SeparableConv2D": depthwise, "SeparableConvolution2D": depthwise, "DepthwiseConv2D": depthwise,
	"Resizing": otherSize, "CenterCrop": otherSize, "RandomCrop": otherSize,
	"LSTM": recurrent, "GRU": recurrent, "SimpleRNN": recurrent, "Bidirectional": recurrent, "ConvLSTM2D": recurrent, "RNN": recurrent,
	"Conv1D": otherSpaces, "Conv3D": otherSpaces, "MaxPooling1D": otherSpaces, "AveragePooling1D": otherSpaces, "Embedding": otherSpaces,
	"GlobalMaxPooling1D": otherSpaces, "GlobalAveragePooling1D": otherSpaces,
}

// Refusal returns why a layer is not read.
func (s *Step) Refusal() error {
	why, ok := refusals[s.Class]
	switch {
	case ok:
	case strings.Contains(s.Class, ">"):
		why = "it is a custom layer, want Keras's own"
	case s.Operation || len(s.Settings) == 1 && s.Settings["name"] != nil: // a layer says more: whether it is trainable
		why = operation
	default:
		why = "this layer is not read"
	}
	return fmt.Errorf("keras: %s: %s", s.Place, why)
}

// notInFile ends the errors about classes whose code is not Keras's.
const notInFile = "its Python code is not in the file; build the model from Keras's own layers, fill it by set_weights() and save it"

// OwnCode returns the name of a class that is not Keras's, whatever its class_name; ""
// for Keras's own. Files that name no module (.h5) tell by registered_name or not at all.
func OwnCode(fields map[string]any) string {
	class, _ := fields["class_name"].(string)
	registered, _ := fields["registered_name"].(string)
	if registered != "" && registered != class && aliases[class] != registered {
		return registered
	}
	value, told := fields["module"]
	module, _ := value.(string)
	root, _, _ := strings.Cut(strings.TrimPrefix(module, "tensorflow.python."), ".")
	if !told || root == "keras" || root == "tf_keras" || strings.HasPrefix(module, "tensorflow.keras.") {
		return ""
	}
	if module != "" {
		return module + "." + class
	}
	return class
}

// aliases are older and other names of layers.
var aliases = map[string]string{
	"BatchNormalizationV1": "BatchNormalization", "BatchNormalizationV2": "BatchNormalization", "Convolution2D": "Conv2D",
	"MaxPool2D": "MaxPooling2D", "AvgPool2D": "AveragePooling2D", "GlobalMaxPool2D": "GlobalMaxPooling2D",
	"GlobalAvgPool2D": "GlobalAveragePooling2D",
}
