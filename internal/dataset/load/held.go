package load

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/holdout"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// OwnShare asks Held for the share that the model's own run kept.
const OwnShare = 0

// ParseShare reads what --validation takes: "own", or a share between 0 and 1.
func ParseShare(text string) (float64, error) {
	if text == "own" {
		return OwnShare, nil
	}
	share, err := strconv.ParseFloat(text, 64)
	if err != nil || !(share > 0 && share < 1) {
		return 0, usage.Errorf("--validation: got %q, want own or the share that fit --split kept, more than 0 and less than 1", text)
	}
	return share, nil
}

// Held reads the images that a model's training run kept for validation, labelled with
// its classes: the data's own, or a share of those to train on, OwnShare or as given. Of data
// that the model was trained on it refuses another share than the model's.
func (d *Data) Held(m *model.Model, share float64) (*dataset.Set, error) {
	r, base := holdout.Of(m), filepath.Base(d.Name)
	if r != nil && r.ValidationWriters != "" && d.IsStrokes() && d.trained(m) {
		return nil, usage.Errorf("--validation: fit --validation-writers %s kept the drawings of these writers: give --writers instead",
			r.ValidationWriters)
	}
	as := d.asLearned(m, r)
	pair, err := as.Pair()
	if err != nil {
		return nil, err
	}
	var index []int
	set := pair.Validation
	if set != nil {
		index = fit.All(set).Index
	} else {
		set = pair.Train
		if share, err = as.shareOf(m, r, set, share); err != nil {
			return nil, err
		}
		_, index = d.Split(set, share, m.Training.SplitSeed)
	}
	if r != nil && len(r.Digests) > 0 && d.trained(m) && !r.Holds(set, index) {
		fmt.Fprintf(d.Log, "%s: these are not the images that fit kept: the data have changed since, or their order, "+
			"and the model may have learned from some\n", base)
	}
	return d.Match(m, set.Select(index))
}

// shareOf returns the share of a set that Held takes.
func (d *Data) shareOf(m *model.Model, r *holdout.Record, set *dataset.Set, share float64) (float64, error) {
	base := filepath.Base(d.Name)
	switch {
	case r == nil && share == OwnShare:
		return 0, usage.Errorf("--validation: the model's file does not tell which share fit kept: give the one that fit --split had")
	case r == nil:
		if d.trained(m) {
			fmt.Fprintf(d.Log, "%s: the model's file does not tell which share fit kept: --validation %v is taken for it\n", base, share)
		}
		return share, nil
	case share == OwnShare && r.Share == 0, r.Share == 0 && d.trained(m):
		return 0, usage.Errorf("--validation: fit --split 0 kept none of %s for validation", base)
	case share != OwnShare && share != r.Share && (d.trained(m) || d.kept(m, r, set)):
		return 0, usage.Errorf("--validation: got %v, but fit --split %s kept another share of %s: --validation own measures those images",
			share, r.ShareText(), base)
	}
	return cmp.Or(share, r.Share), nil
}

// asLearned returns the data as the model's training run read them.
func (d *Data) asLearned(m *model.Model, r *holdout.Record) *Data {
	as := *d
	as.Own.Ground = ink.AnyGround
	if r != nil && d.trained(m) {
		as.Writers = cmp.Or(d.Writers, r.Writers)
	}
	return &as
}

// kept reports whether the run kept the images of a set to train on that its share and
// seed choose.
func (d *Data) kept(m *model.Model, r *holdout.Record, set *dataset.Set) bool {
	_, index := d.Split(set, r.Share, m.Training.SplitSeed)
	return len(index) > 0 && r.Holds(set, index)
}

// trained reports whether a model was trained on these data, by their name.
func (d *Data) trained(m *model.Model) bool {
	list, _ := Parse(m.Training.Data)
	list = append(list, Ingredient{Name: m.Training.Data}) // a name may hold commas
	return slices.ContainsFunc(list, func(one Ingredient) bool { return one.Name == Public(d.Name) })
}

// sayLearned says how much of a set that a model is measured on it has learned from, as far as
// its file tells. whole says that the set is all of somebody's own data, or a part of no use of
// its own.
func (d *Data) sayLearned(m *model.Model, set *dataset.Set, whole bool) {
	r, base := holdout.Of(m), filepath.Base(d.Name)
	named := d.trained(m)
	switch {
	case d.Log == nil:
		return
	case dataset.IsNamed(d.Name):
		d.sayWriters(m, set)
		return
	case !whole && (r == nil || !d.kept(m, r, set)):
		return
	case r == nil:
		if named {
			fmt.Fprintf(d.Log, "%s: the model was trained on data of this name, and its file does not tell what it has learned from: "+
				"--validation with the share of fit --split measures what that kept\n", base)
		}
		return
	}
	share := 1 - r.Share // that was learned from
	if d.IsStrokes() {
		share = learnedShare(r, set.Writers, share)
		if !named || share == 0 {
			return
		}
	}
	switch {
	case d.known(m, r, set):
	case !named:
		return
	case len(r.Digests) > 0:
		fmt.Fprintf(d.Log, "%s: the model was trained on data of this name, which have changed since, or their order: "+
			"it may have learned from some of these\n", base)
		return
	}
	amount := "some"
	switch {
	case share == 1:
		amount = "all"
	case share > 0.5:
		amount = "most"
	}
	hint := "fit --split 0 kept none for validation"
	switch {
	case r.ValidationWriters != "" && d.IsStrokes():
		hint = fmt.Sprintf("--writers %s measures those alone that fit --validation-writers kept", r.ValidationWriters)
	case r.Share > 0:
		hint = fmt.Sprintf("--validation own measures those alone that fit --split %s kept", r.ShareText())
	}
	fmt.Fprintf(d.Log, "%s: the model has learned from %s of these: %s\n", base, amount, hint)
}

// sayWriters says how many drawings of a set of the catalogue that a model is measured on are
// by writers whose drawings it was trained on.
func (d *Data) sayWriters(m *model.Model, set *dataset.Set) {
	r, s := holdout.Of(m), dataset.Named(d.Name)
	if r == nil || s.Writers == nil || s.Writers.Apart || !d.trained(m) {
		return
	}
	chosen, err := dataset.ParseRanges(cmp.Or(r.Writers, s.Writers.Fit))
	if err != nil {
		return
	}
	n := 0
	for _, writer := range set.Writers {
		if chosen(s.Writers.GroupOf(writer)) {
			n++
		}
	}
	if n > 0 {
		fmt.Fprintf(d.Log, "%s: %d of these %d drawings are by writers whose drawings the model was trained on: "+
			"--writers chooses those of others\n", d.Name, n, set.Len())
	}
}

// learnedShare returns which share of drawings by these writers a run has learned from, if
// it learned from this share of each writer's; nil are unknown writers.
func learnedShare(r *holdout.Record, writers []int, share float64) float64 {
	if r.ValidationWriters != "" {
		share = 1
	}
	ranges := cmp.Or(r.Writers, r.ValidationWriters)
	if ranges == "" {
		return share
	}
	chosen, err := dataset.ParseRanges(ranges)
	if err != nil || len(writers) == 0 {
		return share
	}
	n := 0
	for _, writer := range writers {
		if chosen(writer) == (r.Writers != "") {
			n++
		}
	}
	return share * float64(n) / float64(len(writers))
}

// known reports whether the data are those that a model has learned from.
func (d *Data) known(m *model.Model, r *holdout.Record, set *dataset.Set) bool {
	if !d.IsStrokes() && d.Own.Ground == ink.AnyGround {
		return d.kept(m, r, set)
	}
	as := d.asLearned(m, r)
	as.Log, as.Quiet = io.Discard, true
	if d.IsStrokes() {
		as.Writers = r.Writers
		if r.ValidationWriters != "" {
			as.Writers = r.ValidationWriters
		}
	}
	pair, err := as.Pair()
	if err != nil {
		return false
	}
	if r.ValidationWriters != "" && d.IsStrokes() {
		return r.Holds(pair.Train, fit.All(pair.Train).Index)
	}
	return as.kept(m, r, pair.Train)
}
