package simd

// pool writes the largest value of each window of 2x2, windows side by side, channel by
// channel:
//
//	y (height, width, channels) float32, all at least 1, channels >= 4
//	x float32, rows of rowX values, as many channels
//
// Of a number of channels that is no multiple of four, some are computed twice.
func pool() *function {
	f := &function{name: "pool"}
	y, x, height, width, channels, rowX := f.param(typeI32), f.param(typeI32), f.param(typeI32), f.param(typeI32), f.param(typeI32), f.param(typeI32)
	window, left, channel, last, at := f.variable(typeI32), f.variable(typeI32), f.variable(typeI32), f.variable(typeI32), f.variable(typeI32)

	for _, size := range []local{channels, rowX} {
		f.get(size)
		f.bytes()
		f.set(size)
	}
	f.get(channels)
	f.number(vectorBytes)
	f.op(opI32Sub)
	f.set(last)
	f.loop(func() {
		f.get(x)
		f.set(window)
		f.get(width)
		f.set(left)
		f.loop(func() {
			f.number(0)
			f.set(channel)
			f.loop(func() {
				f.least(channel, 0, last)
				f.set(at)
				f.sum(y, at)
				f.advance(at, window)
				f.get(at)
				f.load()
				f.sum(at, channels)
				f.load()
				f.vector(vecLarger)
				f.advance(at, rowX)
				f.get(at)
				f.load()
				f.sum(at, channels)
				f.load()
				f.vector(vecLarger)
				f.vector(vecLarger)
				f.store()
				f.advanceBy(channel, vectorBytes)
			}, func() { f.below(channel, channels) })
			f.advance(y, channels)
			f.advance(window, channels)
			f.advance(window, channels)
		}, func() { f.countDown(left) })
		f.advance(x, rowX)
		f.advance(x, rowX)
	}, func() { f.countDown(height) })
	f.number(1)
	return f
}
