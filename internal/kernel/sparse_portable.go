package kernel

// compactPortable lists the nonzero bytes of image i. It takes eight at a time:
// most of a drawing has no ink there.
func (s *Sparse) compactPortable(i int) {
	row := s.pixels[i*s.stride : (i+1)*s.stride]
	index, value := s.index[i*s.slot():(i+1)*s.slot()], s.value[i*s.slot():(i+1)*s.slot()]
	count := 0
	for p := 0; p+8 <= len(row); p += 8 {
		word := (*[8]uint8)(row[p:])
		if *word == [8]uint8{} {
			continue
		}
		for q, v := range word {
			index[count], value[count] = uint16(p+q), v
			if v != 0 {
				count++
			}
		}
	}
	s.count[i] = int32(count)
}

func (s *Sparse) forwardPortable(y, w, bias []float32, from, to int, floor float32) {
	out := len(bias)
	for i := from; i < to; i++ {
		row := y[i*out : (i+1)*out]
		copy(row, bias)
		index, value := s.list(i)
		for len(index) >= 4 && len(value) >= 4 {
			at := [4]int{int(index[0]) * out, int(index[1]) * out, int(index[2]) * out, int(index[3]) * out}
			axpy4(row, w[at[0]:at[0]+out], w[at[1]:at[1]+out], w[at[2]:at[2]+out], w[at[3]:at[3]+out],
				s.scale[value[0]], s.scale[value[1]], s.scale[value[2]], s.scale[value[3]])
			index, value = index[4:], value[4:]
		}
		for j, p := range index {
			axpyPortable(row, s.scale[value[j]], w[int(p)*out:(int(p)+1)*out])
		}
		if floor == 0 {
			reluPortable(row, row)
		}
	}
}

func (s *Sparse) gradientPortable(dw, dy []float32, out, from, to int) {
	for i := range s.n {
		row := dy[i*out : (i+1)*out]
		index, value := s.list(i)
		for j, p := range index {
			if p := int(p); from <= p && p < to {
				axpyPortable(dw[p*out:(p+1)*out], s.scale[value[j]], row)
			}
		}
	}
}
