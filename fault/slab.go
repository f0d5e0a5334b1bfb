package fault

const (
	firstSlab = 8    // errors in the first slab
	slabSize  = 64   // errors in each later one
	keptSlabs = 1024 // errors that are kept room for when a report is recycled
)

// slabs are the memory of the errors that a report holds: an allocation for many
// of them. Errors stay where they are.
type slabs struct {
	all  [][]Error
	used int // slabs that are full, those before the one at hand
}

// hold keeps a copy of an error.
func (s *slabs) hold(e *Error) *Error {
	for s.used < len(s.all) && len(s.all[s.used]) == cap(s.all[s.used]) {
		s.used++
	}
	if s.used == len(s.all) {
		size := slabSize
		if s.used == 0 {
			size = firstSlab
		}
		s.all = append(s.all, make([]Error, 0, size))
	}
	slab := &s.all[s.used]
	*slab = append(*slab, *e)
	return &(*slab)[len(*slab)-1]
}

// recycle takes all errors back.
func (s *slabs) recycle() {
	room := 0
	for i, slab := range s.all {
		if room >= keptSlabs {
			clear(s.all[i:])
			s.all = s.all[:i]
			break
		}
		room += cap(slab)
		clear(slab)
		s.all[i] = slab[:0]
	}
	s.used = 0
}
