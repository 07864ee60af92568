package evaluate

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/metrics"
)

// Up to mostListed classes are all in tables, plots and cards; of more those
// mostConfused that are confused most.
const mostListed, mostConfused = 30, 20

// Listed returns the numbers of the classes that tables, plots and cards list, rising.
func (e Evaluation) Listed() []int {
	n := len(e.Classes)
	if n > mostListed {
		return e.Confusion.MostConfused(mostConfused)
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// isPart reports whether some classes are not listed.
func (e Evaluation) isPart() bool { return len(e.Classes) > mostListed }

// partTitle says that a table or plot shows some classes alone; "": it shows all.
func (e Evaluation) partTitle() string {
	if !e.isPart() {
		return ""
	}
	return fmt.Sprintf("the %d most confused of %d classes", mostConfused, len(e.Classes))
}

// listed returns names, figures and confusion matrix of the classes that are listed.
func (e Evaluation) listed() (names []string, classes []ClassEvaluation, confusion metrics.Confusion) {
	list := e.Listed()
	for _, class := range list {
		names, classes = append(names, e.Classes[class]), append(classes, e.PerClass[class])
	}
	return names, classes, e.Confusion.Part(list)
}
