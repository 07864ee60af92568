// Package similarity holds the layers that compare directions: UnitNormalization and
// Prototypes.
package similarity

import (
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/initial"
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Prototypes compares features x (N, D) of length 1 with columns of the same length,
// its kernel (D, Columns+Others). A class is as near as the nearest of its columns,
// and what is none of the classes as near as other drawings are, on average of the
// Nearest ones of the Others, times Share:
//
//	y[c]       = max of x·column over the columns of class c, + bias[c]
//	y[Classes] = Share * mean of the Nearest largest x·other, + bias[Classes]
//
// Both are cosines, to be divided by a temperature before a softmax. Without Others the
// mean is 0. Package fewshot makes such a layer of a few examples; see there for why.
type Prototypes struct {
	Classes int     // at least 1
	Columns int     // at least one for each class
	Others  int     // drawings of no class; 0: none
	Nearest int     // of the Others, 1..Others; 0 where there are none
	Share   float32 // of their mean

	kernel nn.Param // (D, Columns+Others)
	class  nn.Param // (Columns), the class of each column as a number
	bias   nn.Param // (Classes+1)
	zeros  []float32
	room   [nn.Lanes]prototypesRoom
}

// prototypesRoom is what a lane works in.
type prototypesRoom struct {
	scores  []float32 // of some samples, x·kernel
	classes []int     // of one sample: the column of each class that counts
	others  []int     // and those of the others that do, the nearest first
}

func init() { nn.Register("prototypes", "Prototypes", func() nn.Layer { return new(Prototypes) }) }

// Kind returns "prototypes".
func (*Prototypes) Kind() string { return "prototypes" }

// Settings returns Classes, Columns, Others, Nearest and Share.
func (p *Prototypes) Settings() []any {
	return []any{&p.Classes, &p.Columns, &p.Others, &p.Nearest, &p.Share}
}

// Build takes a flat input.
func (p *Prototypes) Build(input nn.Shape) (nn.Shape, error) {
	switch {
	case len(input) != 1:
		return nil, &nn.ShapeError{Kind: "prototypes", Input: input, Want: "one dimension: put a flatten before it"}
	case p.Classes < 1 || p.Columns < p.Classes:
		return nil, &nn.ShapeError{Kind: "prototypes", Input: input, Want: "at least one class, and a column for each"}
	case p.Others < 0 || p.Nearest > p.Others || p.Nearest < min(p.Others, 1):
		return nil, &nn.ShapeError{Kind: "prototypes", Input: input, Want: "as many others at least as the nearest of them, or none of both"}
	}
	columns := p.Columns + p.Others
	p.kernel = nn.Param{Name: "kernel", Shape: nn.Shape{input[0], columns}}
	p.class = nn.Param{Name: "class", Shape: nn.Shape{p.Columns}}
	p.bias = nn.Param{Name: "bias", Shape: nn.Shape{p.Classes + 1}}
	p.zeros = make([]float32, columns)
	for lane := range p.room {
		p.room[lane] = prototypesRoom{classes: make([]int, p.Classes), others: make([]int, p.Nearest)}
	}
	return nn.Shape{p.Classes + 1}, nil
}

// Cost counts the weights.
func (p *Prototypes) Cost(nn.Shape) (operations, bytes int) {
	return p.kernel.Shape.Size(), 4 * (p.Columns + p.Others)
}

// Params returns the kernel, the columns' classes and the bias.
func (p *Prototypes) Params() []*nn.Param { return []*nn.Param{&p.kernel, &p.class, &p.bias} }

// Initialize draws the kernel, gives the classes their columns in turn and sets the
// bias to 0.
func (p *Prototypes) Initialize(random *rand.Rand) {
	initial.GlorotUniform.Fill(p.kernel.Value, random, p.kernel.Shape[0], p.kernel.Shape[1])
	for i := range p.class.Value {
		p.class.Value[i] = float32(i % p.Classes)
	}
	clear(p.bias.Value)
}

// ClassOf returns the class of a column, -1 if its number is none.
func (p *Prototypes) ClassOf(column int) int {
	class := p.class.Value[column]
	if k := int(class); class >= 0 && class < float32(p.Classes) && float32(k) == class {
		return k
	}
	return -1
}

// Whole reports whether each column has a class and each class a column.
func (p *Prototypes) Whole() bool {
	seen, count := make([]bool, p.Classes), 0
	for i := range p.Columns {
		k := p.ClassOf(i)
		if k < 0 {
			return false
		}
		if !seen[k] {
			seen[k], count = true, count+1
		}
	}
	return count == p.Classes
}

// compare returns the room of a lane with x·kernel of its samples, (s.N, Columns+Others).
func (p *Prototypes) compare(x []float32, s nn.Span) *prototypesRoom {
	room := &p.room[s.Lane]
	if cap(room.scores) < s.N*len(p.zeros) {
		room.scores = make([]float32, s.N*len(p.zeros))
	}
	room.scores = room.scores[:s.N*len(p.zeros)]
	kernel.Affine(room.scores, x, p.kernel.Value, p.zeros, s.N, p.kernel.Shape[0], len(p.zeros), false)
	return room
}

// nearest finds the columns that count in sample i of the room.
func (p *Prototypes) nearest(room *prototypesRoom, i int) (scores []float32) {
	scores = room.scores[i*len(p.zeros) : (i+1)*len(p.zeros)]
	classes, others := room.classes, room.others
	for k := range classes {
		classes[k] = -1
	}
	for i := range p.Columns {
		if k := p.ClassOf(i); k >= 0 && (classes[k] < 0 || scores[i] > scores[classes[k]]) {
			classes[k] = i
		}
	}
	found := 0
	for i := p.Columns; i < len(scores); i++ {
		if found == len(others) && !(scores[i] > scores[others[found-1]]) {
			continue
		}
		found = min(found+1, len(others))
		at := found - 1
		for ; at > 0 && scores[i] > scores[others[at-1]]; at-- {
			others[at] = others[at-1]
		}
		others[at] = i
	}
	return scores
}

// Forward computes y.
func (p *Prototypes) Forward(y, x []float32, s nn.Span) {
	room := p.compare(x, s)
	for i := range s.N {
		scores, out := p.nearest(room, i), y[i*(p.Classes+1):(i+1)*(p.Classes+1)]
		copy(out, p.bias.Value)
		for k, column := range room.classes {
			if column >= 0 {
				out[k] += scores[column]
			}
		}
		for _, column := range room.others {
			out[p.Classes] += p.Share / float32(p.Nearest) * scores[column]
		}
	}
}

// Backward computes the gradients of the columns that counted, of the bias, and dx.
func (p *Prototypes) Backward(grads, dx, dy, x, _ []float32, s nn.Span) {
	room, columns, dim := p.compare(x, s), len(p.zeros), p.kernel.Shape[0]
	dbias := grads[dim*columns+p.Columns:]
	clear(dx)
	for i := range s.N {
		p.nearest(room, i)
		from := dy[i*(p.Classes+1) : (i+1)*(p.Classes+1)]
		kernel.Axpy(dbias, 1, from)
		back := func(column int, g float32) {
			for j := range dim {
				grads[j*columns+column] += g * x[i*dim+j]
				if dx != nil {
					dx[i*dim+j] += g * p.kernel.Value[j*columns+column]
				}
			}
		}
		for k, column := range room.classes {
			if column >= 0 {
				back(column, from[k])
			}
		}
		for _, column := range room.others {
			back(column, p.Share/float32(p.Nearest)*from[p.Classes])
		}
	}
}
