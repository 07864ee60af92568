package load

import (
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
)

// A twin is what tells an image of a mixture from those of other sets.
type twin struct {
	key uint64
	set int // which set of the mixture the image is of; -1: none whose twins count
}

// sayTwins says where the same image stands in two sets of a mixture, of which one at least
// is somebody's own: with two labels, or to train on and to validate. Those within one set
// are said when it is read.
func (m *Mixture) sayTwins(list []Ingredient, b *blend, l *Learned) {
	isOwn := func(one Ingredient) bool { return !dataset.IsNamed(one.Name) }
	if m.Data.Log == nil || m.Union || len(list) < 2 || !slices.ContainsFunc(list, isOwn) {
		return
	}
	twins := b.twins(l.Pair.Train)
	first := map[uint64]int{} // which image has a key first
	torn, again, all := 0, 0, 0
	b.eachOnce(func(i int) {
		if twins[i].set < 0 {
			return
		}
		all++
		at, known := first[twins[i].key]
		switch {
		case !known:
			first[twins[i].key] = i
		case twins[at].set == twins[i].set:
		case l.Pair.Train.Labels[at] != l.Pair.Train.Labels[i]:
			torn++
		default:
			again++
		}
	})
	learned := map[twin]bool{}
	sets := map[uint64][]int{} // that a key is learned from
	for _, i := range l.Train.Index {
		if t := twins[i]; t.set >= 0 && !learned[t] {
			learned[t] = true
			sets[t.key] = append(sets[t.key], t.set)
		}
	}
	held := 0
	for _, i := range l.Validation.Index {
		if t := twins[i]; t.set >= 0 && slices.ContainsFunc(sets[t.key], func(set int) bool { return set != t.set }) {
			held++
		}
	}
	name := Public(m.Data.Name)
	if torn > 0 {
		fmt.Fprintf(m.Data.Log, "%s: %d of the images equal one of another set with a different label\n", name, torn)
	}
	if again > 0 && float64(again) >= own.TwinsLeast*float64(all) {
		fmt.Fprintf(m.Data.Log, "%s: %d of the images equal one of another set with the same label\n", name, again)
	}
	if held > 0 {
		fmt.Fprintf(m.Data.Log, "%s: %d of the %d images to validate are among those to train on, in another set\n",
			name, held, len(l.Validation.Index))
	}
}

// size returns how many images a source has, each counted once.
func size(source augment.Source) int {
	if source.Images != nil {
		return source.Images.Len()
	}
	return len(source.Drawings)
}

// eachOnce calls visit for each image of the united set, but only once for those that an
// epoch has several times.
func (b *blend) eachOnce(visit func(i int)) {
	from := 0
	for _, source := range b.sources {
		n := size(source)
		for i := range n {
			visit(from + i)
		}
		from += n * max(source.Times, 1)
	}
}

// twins returns what tells each image of the united set from others. Those without ink and
// those that show no class have no twins that count.
func (b *blend) twins(set *dataset.Set) []twin {
	seed := maphash.MakeSeed()
	var twins []twin
	for k, source := range b.sources {
		from, n := len(twins), size(source)
		for i := range n * max(source.Times, 1) {
			if i >= n {
				twins = append(twins, twins[from+i%n])
				continue
			}
			t := twin{set: -1}
			if key, ink := own.Key(seed, set.Ink(from+i)); ink && b.classy[k] != "" {
				t = twin{key, b.of[k]}
			}
			twins = append(twins, t)
		}
	}
	return twins
}
