package fit

import (
	"math"
	"strings"
	"testing"
)

// Each metric has a name and places of its own in an epoch, in measures and in the
// sums of a checkpoint, which come back from there.
func TestMetrics(t *testing.T) {
	names, e, reached, sums := map[string]bool{}, Epoch{}, Measures{}, Sums{}
	for i, m := range Metrics {
		if names[m.Name] || m.Name == "" {
			t.Errorf("row %d: got the name %q, want one of its own", i, m.Name)
		}
		names[m.Name] = true
		if got := m.Of([]float32{1, 2, 0}, 2, 2); got < 0 || got > 1 {
			t.Errorf("%s: got %v of an image, want 0..1", m.Name, got)
		}
		*m.Train(&e), *m.Val(&e), *m.reached(&reached), *m.sum(&sums) = float64(3*i+1), float64(3*i+2), float64(3*i+3), Sum(i+1)
	}
	c, err := DecodeCheckpoint(encode(t, &Checkpoint{State: State{History: []Epoch{e}, Sums: sums}}))
	if err != nil {
		t.Fatal(err)
	}
	if e.Loss != 0 || e.Accuracy != 0 || e.Seconds != 0 || reached.Loss != 0 || reached.Accuracy != 0 {
		t.Errorf("got the place of another figure: %+v, %+v", e, reached)
	}
	for i, m := range Metrics {
		if *m.Train(&e) != float64(3*i+1) || *m.Val(&e) != float64(3*i+2) || *m.reached(&reached) != float64(3*i+3) {
			t.Errorf("%s: got the place of another metric in Epoch or Measures", m.Name)
		}
		read := c.State.History[0]
		if *m.Train(&read) != *m.Train(&e) || *m.Val(&read) != *m.Val(&e) || *m.sum(&c.State.Sums) != Sum(i+1) {
			t.Errorf("%s: a checkpoint gives back %+v, %+v", m.Name, read, c.State.Sums)
		}
	}
}

// A checkpoint of the first build, whose keys have not changed since, is read; one
// of a build without a metric is read, too, and the metric is unknown.
func TestOldCheckpoint(t *testing.T) {
	const head = `{"settings":null,"data":"","kernel":"","epoch":2,"step":1,"loss":"1","correct":5,`
	const tail = `"kept":0,"parameters":0,"optimizer_steps":0,"optimizer_vectors":null}`
	old := head + `"in_top":7,"seconds":"2","history":[["0.5","0.25","NaN","NaN","1","0.75","NaN"]],` + tail + "\n"
	c, err := DecodeCheckpoint(sealed(old))
	if err != nil || c.State.Sums.TopK != 7 || c.State.History[0].TopK != 0.75 || c.State.History[0].Seconds != 1 {
		t.Fatalf("got %+v, %v", c, err)
	}
	want, _, _ := strings.Cut(checkpointMagic+old, `]]`) // later metrics may follow
	if got := encode(t, c); !strings.HasPrefix(string(got), want) {
		t.Errorf("written again: got %s, want %s", got, want)
	}
	c, err = DecodeCheckpoint(sealed(head + `"seconds":"2","history":[["0.5","0.25","NaN","NaN","1"]],` + tail + "\n"))
	if err != nil || !math.IsNaN(float64(c.State.Sums.TopK)) || !math.IsNaN(c.State.History[0].TopK) {
		t.Fatalf("without the metric: got %+v, %v", c, err)
	}
	encode(t, c)
}
