package fit

import (
	"math"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/crossentropy"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// softmax returns softmax(logits/t).
func softmax(logits []float32, t float64) []float64 {
	p, sum := make([]float64, len(logits)), 0.0
	for i, v := range logits {
		p[i] = math.Exp(float64(v) / t)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// TestDistillationGradient compares mix with the slope of the loss that its
// comment states.
func TestDistillationGradient(t *testing.T) {
	set := bars(5, false)
	more, err := nn.NewSequential(nn.Shape{8, 8, 1}, &nn.Flatten{}, &nn.Dense{Units: len(set.Classes) + 2}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	teachers := []*nn.Sequential{network(t, &nn.Dense{Units: 4}), network(t, &nn.Dense{Units: 3}, &nn.ReLU{}), more}
	for i, teacher := range teachers {
		teacher.Initialize(uint64(i + 10))
	}
	d := &Distillation{Teachers: teachers, Share: 0.6, Temperature: 3}
	b := &batch{dense: true}
	b.gather(set, []int{0, 1, 2, 3, 4}, nil)
	n, classes := len(b.labels), len(set.Classes)
	logits := make([]float32, n*classes)
	for i := range logits {
		logits[i] = float32(i%7)/3 - 1
	}
	target := make([]float64, n*classes)
	for _, teacher := range teachers {
		answers, all := slices.Clone(b.logits(teacher, false)), teacher.Classes()
		for i := range n {
			row := answers[i*all : (i+1)*all]
			var last float64
			for _, v := range row[classes-1:] {
				last += math.Exp(float64(v))
			}
			row[classes-1] = float32(math.Log(last))
			for j, p := range softmax(row[:classes], 3) {
				target[i*classes+j] += p / float64(len(teachers))
			}
		}
	}
	loss := func() float64 {
		var sum float64
		for i, label := range b.labels {
			row := logits[i*classes : (i+1)*classes]
			sum -= 0.4 * math.Log(softmax(row, 1)[label])
			for j, p := range softmax(row, 3) {
				sum -= 0.6 * 9 * target[i*classes+j] * math.Log(p)
			}
		}
		return sum / float64(n)
	}
	dlogits := make([]float32, n*classes)
	crossentropy.SparseCategorical(dlogits, logits, b.labels, classes, 0)
	d.mix(dlogits, logits, b)
	const step = 1.0 / 256
	for i, got := range dlogits {
		at := logits[i]
		logits[i] = at + step
		want := loss()
		logits[i] = at - step
		want = (want - loss()) / (2 * step)
		logits[i] = at
		if math.Abs(float64(got)-want) > 1e-4 {
			t.Errorf("logit %d: got a gradient of %v, want %v", i, got, want)
		}
	}
}

// TestDistillationTeaches trains a network on labels by chance whose teacher
// knows the right ones.
func TestDistillationTeaches(t *testing.T) {
	right, random := bars(400, false), bars(400, true)
	teacher := network(t, &nn.Dense{Units: 16}, &nn.ReLU{})
	run(t, teacher, All(right), Part{}, Options{Epochs: 30, Batch: 32})
	pupil := network(t, &nn.Dense{Units: 16}, &nn.ReLU{})
	run(t, pupil, All(random), Part{}, Options{
		Epochs: 30, Batch: 32, Distillation: &Distillation{Teachers: []*nn.Sequential{teacher}, Share: 1, Temperature: 1},
	})
	if accuracy := Evaluate(pupil, All(right), nil, 0).Accuracy; accuracy < 0.95 {
		t.Errorf("got an accuracy of %v, want the teacher's", accuracy)
	}
}

// TestDistillationOfAnotherKind has teachers that take the images in another form
// than their pupils: as all pixels, or as those with ink.
func TestDistillationOfAnotherKind(t *testing.T) {
	set := bars(60, false)
	for i, v := range set.Pixels {
		if v < 155 {
			set.Pixels[i] = 0
		}
	}
	dense := func() *nn.Sequential { return network(t, &nn.Dense{Units: 8}) }
	conv := func() *nn.Sequential {
		n, err := nn.NewSequential(nn.Shape{set.Height, set.Width, 1}, &nn.Conv2D{Filters: 2, Size: [2]int{3, 3}}, &nn.Flatten{}, &nn.Dense{Units: len(set.Classes)}, &nn.Softmax{})
		if err != nil {
			t.Fatal(err)
		}
		n.Initialize(3)
		return n
	}
	for name, c := range map[string]struct{ pupil, teacher func() *nn.Sequential }{
		"a convolutional teacher": {dense, conv},
		"a dense teacher":         {conv, dense},
	} {
		train := func(d *Distillation) []float32 {
			pupil := c.pupil()
			run(t, pupil, All(set), Part{}, Options{Epochs: 2, Batch: 16, Distillation: d})
			return pupil.Values()
		}
		taught := func(share float32) []float32 {
			return train(&Distillation{Teachers: []*nn.Sequential{c.teacher()}, Share: share, Temperature: 2})
		}
		alone := train(nil)
		if !slices.Equal(taught(0), alone) {
			t.Errorf("%s without a share changes the training", name)
		}
		if slices.Equal(taught(0.5), alone) {
			t.Errorf("%s with a share changes nothing", name)
		}
	}
}
