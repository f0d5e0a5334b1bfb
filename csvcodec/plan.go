package csvcodec

import (
	"slices"

	"github.com/endpointfile/endpointfile/endpoint"
)

// Places that are no column of the output.
const (
	none   = -1 - iota // there is no column of that name
	noMore             // all columns of that name are taken
	told               // the fault has been told for this row
	list               // the values take the columns of the name in order: see next
)

// plan says where the values of a batch go in the output. It is made once for a
// schema, and again for what the schema has grown by.
type plan struct {
	schema *endpoint.Schema // that it was made for
	dense  bool
	simple bool // the batch is sparse, and has one column a name
	moved  bool // the batch is dense, and each column has one of its own in the output
	same   bool // each value of a row goes into the column of its own number

	direct []int32 // by column of the batch: the output column, or list
	first  []int32 // by head of the batch: the first output column of the name, or none
	next   []int32 // by head of the batch: the next one that is free; between rows the same as first
	after  []int32 // by output column: the next one of its name, or noMore
}

// out takes the columns of the output.
func (p *plan) out(s *endpoint.Schema) {
	p.after = make([]int32, s.Len())
	last := make([]int32, s.Len())
	for i := range s.Len() {
		p.after[i] = noMore
		if head := s.Head(i); head != i {
			p.after[last[head]] = int32(i)
			last[head] = int32(i)
		} else {
			last[i] = int32(i)
		}
	}
}

// in makes the plan for the rows of b, if it is not made yet.
func (p *plan) in(out *endpoint.Schema, b *endpoint.Batch) {
	n := b.Len()
	if p.schema == b.Schema && p.dense == b.Dense && len(p.direct) == n {
		return
	}
	if p.schema != b.Schema || p.dense != b.Dense || p.dense {
		p.schema, p.dense = b.Schema, b.Dense
		p.direct, p.first, p.next = p.direct[:0], p.first[:0], p.next[:0]
	}
	p.simple = !p.dense && !b.Repeated()
	p.same = p.dense && slices.Equal(out.Columns, b.Columns)
	for i := len(p.direct); i < n; i++ {
		to := int32(none)
		if j, ok := out.Lookup(b.Columns[i]); ok {
			to = int32(j)
		}
		p.first, p.next, p.direct = append(p.first, to), append(p.next, to), append(p.direct, list)
	}
	p.moved = p.dense && !p.same
	if p.moved {
		p.keepPlaces(b.Schema)
		p.moved = !slices.Contains(p.direct, list)
	}
}

// scatter puts the values of a row into the cells of the output, which are all
// absent, and reports whether that could be done. If not, as when a name comes
// twice or has no column, some are there and all are to be placed with care.
func (p *plan) scatter(cells, vals []endpoint.Value) bool {
	switch {
	case p.moved && len(vals) == len(p.direct):
		for i, to := range p.direct {
			cells[to] = vals[i]
		}
		return true
	case !p.simple:
		return false
	}
	first, after := p.first, p.after[:len(cells)]
	last, to := -1, uint32(0)
	for _, v := range vals {
		c := v.Column()
		place := uint32(first[c])
		if c == last {
			place = uint32(after[to])
		}
		// What is no column is a large number here.
		if uint64(place) >= uint64(len(cells)) || cells[place] != absent {
			return false
		}
		cells[place] = v
		last, to = c, place
	}
	return true
}

// keepPlaces lets each column of a dense batch whose name has as many columns
// in the output have one of its own, so that empty cells keep their places.
func (p *plan) keepPlaces(in *endpoint.Schema) {
	columns := make([]int32, in.Len()) // by head: how many columns the name has
	for i := range in.Len() {
		columns[in.Head(i)]++
	}
	fits := func(head int) bool {
		free := int32(0)
		for to := p.first[head]; to >= 0 && free < columns[head]; to = p.after[to] {
			free++
		}
		return free == columns[head]
	}
	for i := range in.Len() {
		if in.Head(i) == i && !fits(i) {
			columns[i] = 0
		}
	}
	next := slices.Clone(p.first)
	for i := range in.Len() {
		head := in.Head(i)
		if columns[head] > 0 {
			p.direct[i] = next[head]
			next[head] = p.after[next[head]]
		}
	}
}
