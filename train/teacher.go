package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/inherit"
	"github.com/seed-c844a918/inkling/internal/model"
)

// teacherFlags are the flags of distillation: learning from other models.
type teacherFlags struct {
	models      string  // "A.ink,B.ink"; "": none
	share       float32 // of the target, 0..1
	temperature float32 // above 0
}

// register adds the flags.
func (t *teacherFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&t.models, "teacher", "", "learn the answers of these .ink models, of the same classes, beside the labels")
	flags.Float32Var(&t.share, "teacher-share", 0.7, "for --teacher: the share of the target that is the teachers'")
	flags.Float32Var(&t.temperature, "teacher-temperature", 2, "for --teacher: what the logits of both sides are divided by")
}

// check reports what makes no sense.
func (t *teacherFlags) check() error {
	if !(t.share >= 0 && t.share <= 1 && t.temperature > 0) {
		return usagef("fit: got --teacher-share %v --teacher-temperature %v, want 0 <= share <= 1 and a temperature above 0",
			t.share, t.temperature)
	}
	return nil
}

// distillation reads the teachers of a model; it returns nil if there are none.
func (t *teacherFlags) distillation(m *model.Model) (*fit.Distillation, error) {
	if t.models == "" {
		return nil, nil
	}
	d := &fit.Distillation{Share: t.share, Temperature: t.temperature}
	for _, path := range strings.Split(t.models, ",") {
		teacher, err := readModel(path)
		if err != nil {
			return nil, fmt.Errorf("fit: --teacher: %w", err)
		}
		if err := inherit.Teach(d, m, path, teacher); err != nil {
			return nil, fmt.Errorf("fit: --teacher: %w", err)
		}
	}
	return d, nil
}
