package encoder

import (
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// same is the cosine of two classes' means from which Merge takes them for one: chosen
// by looking at the pairs. Just above it are a circle and Greek's omicron turned, just
// below it C and U.
const same = 0.85

// mergedBy is how many images of a class say what its mean is.
const mergedBy = 40

// Merge makes one class of those that look the same, and returns how many classes the
// set has then. The union of many alphabets and their turns holds a ring a dozen times,
// and a loss with a margin would push each away from the others. Two classes look the
// same if their means in another encoder's features have a cosine of 0.85 or more, and so do
// two that look the same as a third. The class that comes first gives its name.
func Merge(features *nn.Sequential, set *dataset.Set) int {
	counts, part := make([]int, len(set.Classes)), fit.Part{Set: set}
	for i, label := range set.Labels {
		if counts[label]++; counts[label] <= mergedBy {
			part.Index = append(part.Index, i)
		}
	}
	classes := len(set.Classes)
	means, cosines := classMeans(features, part), make([]float32, classes*classes)
	kernel.GemmTA(cosines, means, means, features.Classes(), classes, classes)

	first := make([]int, classes) // of each class the first that looks the same
	for class := range first {
		first[class] = class
		for other := range class {
			if cosines[class*classes+other] >= same {
				join(first[:class+1], first[class], first[other])
			}
		}
	}
	rename(set, first)
	return len(set.Classes)
}

// join makes one of two groups, each known by its first class.
func join(first []int, a, b int) {
	for i, group := range first {
		if group == a || group == b {
			first[i] = min(a, b)
		}
	}
}

// rename gives the images of each class to the first that looks the same, and takes the
// classes out that have none left.
func rename(set *dataset.Set, first []int) {
	places, classes := make([]uint16, len(first)), []string(nil)
	for class, to := range first {
		if to == class {
			places[class] = uint16(len(classes))
			classes = append(classes, set.Classes[class])
		}
	}
	for i, label := range set.Labels {
		set.Labels[i] = places[first[label]]
	}
	set.Classes, set.DataLabels = classes, nil
}
