package simd

// vectorBytes is the size of a vector of four float32.
const vectorBytes = 16

// tile is the part of a product that the innermost loop holds in registers. Of 16
// registers V8 keeps one; nine sums, a value of x and three rows of w take thirteen.
type tile struct{ rows, vectors int }

var (
	pair   = tile{4, 2}
	triple = tile{3, 3} // the last vectors, where their number is odd and more than one
)

// lineVectors is how many vectors are computed at once where the product has one row.
const lineVectors = 4

// productFunction is the function product with its locals. Addresses and sizes are in
// bytes.
type productFunction struct {
	*function
	y, bias, x, rows, m, steps, k, w, n, floor local

	end    local // of steps
	line   local // size of a row of w and y
	last   local // column of the last vector
	column local // of the tile
	step   local // address in steps
	offset local // the step, from a row's first value
	fours  local // whether the steps are four consecutive values each time
	drawn  local // whether a tile has values that are not 0
	value  local // of x, four times
}

// product computes y = x·w + bias and raises it to floor:
//
//	y     (m, n) float32
//	bias  (n) float32, n >= 4
//	x     float32: value (i, p) is x[rows[i]+steps[p]]
//	rows  (m) int32, m >= 1
//	steps (k) int32, k >= 1, increasing
//	w     (k, n) float32
//
// Rows and vectors of a tile that would reach beyond the end are moved to the last ones
// inside, so that some values are computed twice.
func product() *function {
	f := productFunction{function: &function{name: "product"}}
	for _, p := range []*local{&f.y, &f.bias, &f.x, &f.rows, &f.m, &f.steps, &f.k, &f.w, &f.n} {
		*p = f.param(typeI32)
	}
	f.floor = f.param(typeF32)
	for _, v := range []*local{&f.end, &f.line, &f.last, &f.column, &f.step, &f.offset, &f.fours, &f.drawn} {
		*v = f.variable(typeI32)
	}
	f.value = f.variable(typeV128)

	f.get(f.steps, f.k)
	f.bytes()
	f.op(opI32Add)
	f.set(f.end)
	f.get(f.n)
	f.bytes()
	f.set(f.line)
	f.get(f.line)
	f.number(vectorBytes)
	f.op(opI32Sub)
	f.set(f.last)

	f.get(f.m)
	f.number(1)
	f.op(opI32Ne, opIf, typeNone)
	f.tiles()
	f.op(opElse)
	f.oneRow()
	f.op(opEnd)
	f.number(1)
	return f.function
}

// tiles computes a product of several rows: a tile's columns of all rows, then the next
// columns, so that their part of w stays in the cache.
func (f *productFunction) tiles() {
	f.findFours()
	f.number(0)
	f.set(f.column)
	f.loop(func() {
		f.get(f.line, f.column) // are three vectors left, 36 to 48 bytes?
		f.op(opI32Sub)
		f.number((triple.vectors-1)*vectorBytes + 4)
		f.op(opI32Sub)
		f.number(vectorBytes)
		f.op(opI32LtU, opIf, typeNone)
		f.tile(triple)
		f.op(opElse)
		f.tile(pair)
		f.op(opEnd)
	}, func() { f.below(f.column, f.line) })
}

// tile computes the columns of a tile of all rows and moves on to the next columns.
func (f *productFunction) tile(size tile) {
	row, bottom, addresses := f.variable(typeI32), f.variable(typeI32), f.variables(typeI32, size.rows)
	sums := make([][]local, size.rows)
	for r := range sums {
		sums[r] = f.variables(typeV128, size.vectors)
	}
	columns, weights, w := f.variables(typeI32, size.vectors), f.variables(typeI32, size.vectors), f.variables(typeV128, size.vectors)

	for v, column := range columns {
		f.least(f.column, v*vectorBytes, f.last)
		f.set(column)
	}
	f.get(f.m)
	f.number(1)
	f.op(opI32Sub)
	f.set(bottom)
	f.number(0)
	f.set(row)
	f.loop(func() {
		for r := range sums {
			f.get(f.x, f.rows)
			f.least(row, r, bottom)
			f.bytes()
			f.op(opI32Add)
			f.loadInt()
			f.bytes()
			f.op(opI32Add)
			f.set(addresses[r])
			f.begin(sums[r], columns)
		}
		f.when(func() { f.drawnOn(addresses) }, func() {
			for v := range weights {
				f.sum(f.w, columns[v])
				f.set(weights[v])
			}
			f.multiply(sums, addresses, weights, w)
		})
		for r := range sums {
			f.finish(sums[r], columns, func() {
				f.least(row, r, bottom)
				f.get(f.line)
				f.op(opI32Mul)
			})
		}
		f.advanceBy(row, size.rows)
	}, func() { f.below(row, f.m) })
	f.advanceBy(f.column, size.vectors*vectorBytes)
}

// multiply adds the products of all steps to a tile's sums; w is room for a step's weights.
func (f *productFunction) multiply(sums [][]local, addresses, weights, w []local) {
	f.eachStep(1, func() {
		for v := range w {
			f.get(weights[v])
			f.load()
			f.set(w[v])
			f.advance(weights[v], f.line)
		}
		for r := range sums {
			f.sum(addresses[r], f.offset)
			f.loadSplat()
			f.set(f.value)
			for v, sum := range sums[r] {
				f.multiplyAdd(sum, f.value, func() { f.get(w[v]) })
			}
		}
	})
}

// findFours sets fours to whether the steps are four consecutive values each time, as
// those of windows are whose pictures have a multiple of four channels.
func (f *productFunction) findFours() {
	f.get(f.k)
	f.number(3)
	f.op(opI32And, opI32Eqz)
	f.set(f.fours)
	f.when(func() { f.get(f.fours) }, func() {
		f.eachStep(4, func() {
			f.get(f.step)
			f.op(opI32Load, aligned, 3*4)
			f.bytes()
			f.get(f.offset)
			f.op(opI32Sub)
			f.number(3 * 4)
			f.op(opI32Eq)
			f.get(f.fours)
			f.op(opI32And)
			f.set(f.fours)
		})
	})
}

// drawnOn pushes whether rows of x need a value that is not 0: where nothing was drawn,
// their sums are the bias, for finite weights. It does not look where the steps are no fours.
func (f *productFunction) drawnOn(addresses []local) {
	f.get(f.fours)
	f.op(opI32Eqz)
	f.set(f.drawn)
	f.when(func() { f.get(f.fours) }, func() {
		f.eachStepWhile(4, func() {
			for r, address := range addresses {
				f.sum(address, f.offset)
				f.load()
				if r > 0 {
					f.vector(vecOr)
				}
			}
			f.vector(vecAnyTrue)
			f.set(f.drawn)
		}, func() {
			f.get(f.drawn)
			f.op(opI32Eqz, opI32And)
		})
	})
	f.get(f.drawn)
}

// oneRow computes a product of one row. It passes over zeros of x, most of a drawing.
func (f *productFunction) oneRow() {
	address, weights := f.variable(typeI32), f.variable(typeI32)
	columns, sums := f.variables(typeI32, lineVectors), f.variables(typeV128, lineVectors)
	number := f.variable(typeF32)

	f.get(f.x, f.rows)
	f.loadInt()
	f.bytes()
	f.op(opI32Add)
	f.set(address)
	f.number(0)
	f.set(f.column)
	f.loop(func() {
		for v, column := range columns {
			f.least(f.column, v*vectorBytes, f.last)
			f.set(column)
		}
		f.begin(sums, columns)
		f.get(f.w)
		f.set(weights)
		f.eachStep(1, func() {
			f.sum(address, f.offset)
			f.loadFloat()
			f.set(number)
			f.get(number)
			f.op(opF32Const, 0, 0, 0, 0, opF32Ne, opIf, typeNone)
			f.get(number)
			f.vector(vecSplat)
			f.set(f.value)
			for v, sum := range sums {
				f.multiplyAdd(sum, f.value, func() {
					f.sum(weights, columns[v])
					f.load()
				})
			}
			f.op(opEnd)
			f.advance(weights, f.line)
		})
		f.finish(sums, columns, func() { f.number(0) })
		f.advanceBy(f.column, len(columns)*vectorBytes)
	}, func() { f.below(f.column, f.line) })
}

// eachStep sets offset to every n-th of the steps.
func (f *productFunction) eachStep(n int, body func()) { f.eachStepWhile(n, body, func() {}) }

// eachStepWhile may end before the last step: and joins its own condition to the one on the
// stack.
func (f *productFunction) eachStepWhile(n int, body, and func()) {
	f.get(f.steps)
	f.set(f.step)
	f.loop(func() {
		f.get(f.step)
		f.loadInt()
		f.bytes()
		f.set(f.offset)
		body()
		f.advanceBy(f.step, 4*n)
	}, func() {
		f.below(f.step, f.end)
		and()
	})
}

// begin sets a row's sums to the bias.
func (f *productFunction) begin(sums, columns []local) {
	for v, sum := range sums {
		f.sum(f.bias, columns[v])
		f.load()
		f.set(sum)
	}
}

// finish stores a row's sums, raised to floor; row pushes where the row begins in y.
func (f *productFunction) finish(sums, columns []local, row func()) {
	for v, sum := range sums {
		row()
		f.sum(f.y, columns[v])
		f.op(opI32Add)
		f.get(sum, f.floor)
		f.vector(vecSplat)
		f.vector(vecLarger)
		f.store()
	}
}
