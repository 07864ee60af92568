package load

import (
	"bytes"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/model"
)

// Of data in parts it is said which part is read, and what else the file has.
func TestPartsLeft(t *testing.T) {
	const table = "split,label,p0,p1,p2,p3\ntrain,a,0,9,200,255\ntrain,b,255,9,0,1\ntrain,a,7,9,200,250\nval,b,255,3,0,1\ntest,a,8,9,2,255\ntest,b,8,7,2,254\n"
	unlabelled := strings.NewReplacer(",label", "", ",a", "", ",b", "").Replace(table)
	var log bytes.Buffer
	data := func(name, text string) *Data {
		log.Reset()
		return &Data{Name: writeFile(t, name, text), Own: own.Reader{Width: 2, Height: 2}, Log: &log, Quiet: true}
	}
	set, err := data("mine.csv", unlabelled).Asked(&model.Model{})
	if want := "mine.csv: read the 2 images to test; left out 3 to train and 1 to validate\n"; err != nil || set.Len() != 2 || log.String() != want {
		t.Errorf("got %v and %q, want %q", err, log.String(), want)
	}
	set, err = data("mine.csv", strings.ReplaceAll(unlabelled, "test", "train")).Asked(&model.Model{})
	if want := "mine.csv: read the 1 images to validate, as there are none to test; left out 5 to train\n"; err != nil || set.Len() != 1 || log.String() != want {
		t.Errorf("got %v and %q, want %q", err, log.String(), want)
	}
	set, err = data("mine.csv", table).Learned()
	if want := "mine.csv: learned are the 3 images to train; left out 1 to validate and 2 to test\n"; err != nil || set.Len() != 3 || log.String() != want {
		t.Errorf("got %v and %q, want %q", err, log.String(), want)
	}
	whole := strings.NewReplacer("val", "train", "test", "train").Replace(table)
	if _, err := data("mine.csv", whole).Learned(); err != nil || log.String() != "" {
		t.Errorf("one part: got %v and %q, want nothing said", err, log.String())
	}
}
