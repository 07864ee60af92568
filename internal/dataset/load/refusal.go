package load

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/usage"
)

// Refusal says which share of the validation images of each data set may be below a
// model's threshold.
type Refusal struct {
	all   float64            // of every set, where named is nil
	named map[string]float64 // of the sets it names; of others any share
}

// ParseRefusal reads "0.003", or "mnist 0.004, pen 0.02". "" is the zero value, which
// chooses no threshold. Shares are 0..1.
func ParseRefusal(text string) (r Refusal, err error) {
	if text == "" {
		return r, nil
	}
	if share, ok := parseShare(text); ok {
		return Refusal{all: share}, nil
	}
	r.named = map[string]float64{}
	for part := range strings.SplitSeq(text, ",") {
		fields := strings.Fields(part)
		if len(fields) != 2 {
			return Refusal{}, usage.Errorf("fit: --refuse: got %q, want a share 0..1, or NAME SHARE for each data set, separated by commas", part)
		}
		share, ok := parseShare(fields[1])
		if !ok {
			return Refusal{}, usage.Errorf("fit: --refuse: got %q, want a share, 0 <= share < 1", fields[1])
		}
		r.named[fields[0]] = share
	}
	return r, nil
}

func parseShare(text string) (share float64, ok bool) {
	share, err := strconv.ParseFloat(text, 64)
	return share, err == nil && share >= 0 && share < 1
}

// IsZero reports whether no threshold is chosen.
func (r Refusal) IsZero() bool { return r.all == 0 && r.named == nil }

// Of returns the share of a data set, 1 if any may be refused.
func (r Refusal) Of(name string) float64 {
	if r.named == nil {
		return r.all
	}
	if share, bound := r.named[name]; bound {
		return share
	}
	return 1
}

// Check returns an error if a set that the refusal names is not among the data.
func (r Refusal) Check(list []Ingredient) error {
	for name := range r.named {
		if !slices.ContainsFunc(list, func(one Ingredient) bool { return one.Name == name }) {
			return usage.Errorf("fit: --refuse: got %s, want a data set of --data", name)
		}
	}
	return nil
}
