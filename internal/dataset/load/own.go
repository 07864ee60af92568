package load

import (
	"context"
	"errors"
	"fmt"

	"github.com/schollz/progressbar/v3"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/plain"
	"github.com/seed-c844a918/inkling/internal/progress"
)

// Learned reads what a set of symbols learns: somebody's own images to train on, or the whole
// of another data set. It says which other images are left out.
func (d *Data) Learned() (*dataset.Set, error) {
	pair, data, err := d.pair()
	if err != nil {
		return nil, err
	}
	if data == nil {
		return pair.Train, nil
	}
	if left := data.Left(data.Train); left != "" && d.Log != nil {
		fmt.Fprintf(d.Log, "%s: learned are the %d images to train; left out %s\n", plain.Text(data.Name), data.Train.Len(), left)
	}
	return pair.Train, nil
}

// readOwn reads a user's own images and prints which pictures are bad and what was
// assumed.
func (d *Data) readOwn() (*own.Data, error) {
	reader := d.Own
	reader.Named = reader.Named || d.Names != nil
	if progress.IsTerminal(d.Log) {
		bar := progress.NewBar(d.Log, -1, progressbar.OptionSetDescription("reading "+plain.Text(d.Name)), progressbar.OptionShowCount())
		defer bar.Clear()
		reader.Progress = func(done, total int) {
			bar.ChangeMax(total)
			bar.Set(done)
		}
	}
	ctx := d.Context
	if ctx == nil {
		ctx = context.Background()
	}
	data, err := reader.Read(ctx, d.Name)
	if wrong, ok := errors.AsType[*own.BadFilesError](err); ok {
		d.sayBad(wrong.Files)
		return nil, fmt.Errorf("%s: %w", d.Name, err)
	}
	if err != nil {
		return nil, err
	}
	d.sayBad(data.Bad)
	if len(data.Bad) > 0 {
		fmt.Fprintf(d.Log, "%s: %d pictures are left out\n", d.Name, len(data.Bad))
	}
	if !d.Quiet {
		for _, note := range data.Notes {
			fmt.Fprintf(d.Log, "%s: %s\n", data.Name, note)
		}
	}
	return data, nil
}

// sayBad names bad pictures, the first of many.
func (d *Data) sayBad(bad []error) {
	const most = 20
	for i, err := range bad {
		if i == most {
			fmt.Fprintf(d.Log, "and %d more\n", len(bad)-most)
			return
		}
		fmt.Fprintln(d.Log, err)
	}
}

// ownPair reads somebody's own images as sets, and returns with them how they were
// read.
func (d *Data) ownPair() (dataset.Pair, *own.Data, error) {
	data, err := d.readOwn()
	if err != nil {
		return dataset.Pair{}, nil, err
	}
	pair, err := d.named(data)
	return pair, data, err
}

// named returns somebody's own images as sets whose classes have their names.
func (d *Data) named(data *own.Data) (dataset.Pair, error) {
	pair, err := data.Pair()
	if err != nil || d.Names == nil {
		return pair, err
	}
	return pair.Name(d.Names)
}

// Asked reads the images that a model is asked about, as Test does, but somebody's own
// may have no labels: the set then has neither Labels nor Classes.
func (d *Data) Asked(m *model.Model) (*dataset.Set, error) {
	s, err := d.Source()
	if err != nil || s.Strokes || !s.Own {
		return d.Test(m)
	}
	data, err := d.readOwn()
	if err != nil {
		return nil, err
	}
	if data.Left(data.Asked()) != "" {
		d.sayPart("read", data, data.Asked())
	}
	if data.Asked().Labels == nil {
		return data.Unlabelled(), nil
	}
	pair, err := d.named(data)
	if err != nil {
		return nil, err
	}
	set := tested(pair)
	d.sayLearned(m, set, set == pair.Train)
	return d.Match(m, set)
}

// sayPart says which part of somebody's own data is read or measured.
func (d *Data) sayPart(what string, data *own.Data, part *own.Part) {
	if place := data.Place(part); place != "" && d.Log != nil {
		fmt.Fprintf(d.Log, "%s: %s %s\n", plain.Text(data.Name), what, plain.Text(place))
	}
}

// tested returns the set to measure on: the images for testing if there are any,
// otherwise those for validation, otherwise all.
func tested(pair dataset.Pair) *dataset.Set {
	switch {
	case pair.Test != nil:
		return pair.Test
	case pair.Validation != nil:
		return pair.Validation
	}
	return pair.Train
}
