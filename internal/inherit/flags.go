package inherit

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// Teachers are fit's flags of distillation: learning from other models.
type Teachers struct {
	Models      string  // "A.ink,B.ink"; "": none
	Share       float32 // of the target, 0..1
	Temperature float32 // above 0
}

// Register adds the flags.
func (t *Teachers) Register(flags *pflag.FlagSet) {
	flags.StringVar(&t.Models, "teacher", "", "learn the answers of these .ink models, of the same classes, beside the labels")
	flags.Float32Var(&t.Share, "teacher-share", 0.7, "for --teacher: the share of the target that is the teachers'")
	flags.Float32Var(&t.Temperature, "teacher-temperature", 2, "for --teacher: what the logits of both sides are divided by")
}

// Check returns a usage error for what makes no sense.
func (t *Teachers) Check() error {
	if !(t.Share >= 0 && t.Share <= 1 && t.Temperature > 0) {
		return usage.Errorf("fit: got --teacher-share %v --teacher-temperature %v, want 0 <= share <= 1 and a temperature above 0",
			t.Share, t.Temperature)
	}
	return nil
}

// Distillation reads the teachers of a model; it returns nil if there are none.
func (t *Teachers) Distillation(pupil *model.Model, read func(path string) (*model.Model, error)) (*fit.Distillation, error) {
	if t.Models == "" {
		return nil, nil
	}
	d := &fit.Distillation{Share: t.Share, Temperature: t.Temperature}
	for path := range strings.SplitSeq(t.Models, ",") {
		teacher, err := read(path)
		if err == nil {
			err = teach(d, pupil, path, teacher)
		}
		if err != nil {
			return nil, fmt.Errorf("fit: --teacher: %w", err)
		}
	}
	return d, nil
}
