package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/npy"
	"github.com/seed-c844a918/inkling/internal/onnx"
	"github.com/seed-c844a918/inkling/internal/outputs"
)

func newExportCommand() *cobra.Command {
	out := ""
	cmd := &cobra.Command{
		Use:   "export MODEL",
		Short: "Write a model's weights for Keras, or the model as ONNX",
		Long: `export writes what others read, by the name that --out ends in:

  .npz   the weights as NumPy arrays arr_0, arr_1, ... in the order of Keras's
         get_weights(); with np.load and set_weights() a Keras model of the same
         layers takes them
  .onnx  the whole model. Its input "pixels" is (N, height, width, 1) of 0..1, its
         output "probabilities" the softmax at the model's temperature; labels,
         recipe and threshold are in the metadata`,
		Example: `  inkling export mnist.ink --out mnist.npz
  inkling export mnist.ink --out mnist.onnx`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			encode, ok := map[string]func(*model.Model) ([]byte, error){".npz": encodeNPZ, ".onnx": onnx.Encode}[filepath.Ext(out)]
			if !ok {
				return usagef("export: got --out %q, want a name that ends in .npz or .onnx", out)
			}
			if err := canWrite(cmd, outputs.Named("--out", out), outputs.Named("MODEL", args[0])...); err != nil {
				return err
			}
			m, err := readModel(args[0])
			if err != nil {
				return err
			}
			data, err := encode(m)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if err := writeFile(out, data); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %d parameters in %d tensors, %d bytes\n", out, m.Network.Size(),
				len(m.Network.Params()), len(data))
			return err
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the file to write, .npz or .onnx")
	return cmd
}

// encodeNPZ returns a model's weights as an .npz file, in Keras's order.
func encodeNPZ(m *model.Model) ([]byte, error) {
	m.Network.Values()
	var arrays []npy.Array
	for i, p := range m.Network.Params() {
		arrays = append(arrays, npy.Floats(fmt.Sprintf("arr_%d", i), p.Shape, p.Value))
	}
	return npy.EncodeZip(arrays)
}
