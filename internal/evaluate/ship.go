package evaluate

import "github.com/seed-c844a918/inkling/internal/model"

// Ship makes a trained model what its file holds: the network folded into what
// predicts, the weights rounded to the file's precision. Weights that this precision
// cannot hold stay float32, and the error says so; the model is whole all the same.
func Ship(m *model.Model) error {
	trained := m.Network
	m.Network = trained.Fold()
	m.Round()
	_, err := model.Encode(m)
	if err != nil {
		m.Network, m.Precision = trained.Fold(), model.Float32
	}
	return err
}

// Rehearse ships a copy of a model that is not trained yet, and returns the size of its
// file in bytes, or an error if no file can hold it, before hours of training.
func Rehearse(m *model.Model) (size int, err error) {
	trial := *m
	trial.Network = m.Network.Fold()
	trial.Round()
	file, err := model.Encode(&trial)
	if err == nil {
		_, err = model.Decode(file)
	}
	return len(file), err
}
