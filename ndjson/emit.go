package ndjson

import (
	"encoding/binary"

	"github.com/endpointfile/endpointfile/endpoint"
)

const (
	// packLanes is how many columns a packing is for.
	packLanes = 8
	// packSlack is how many values behind those of a row may be read, and how many more
	// the list of a row must have room for.
	packSlack = packLanes + 1
)

// packing says of some columns, in the order of output, what their values must be
// so that they can be copied without another look. A value that differs from need in a
// bit of test is another; one with no bit of size is empty. Lanes behind the last
// column have no bits at all. The assembly knows its layout.
type packing struct {
	need, test, size [packLanes]endpoint.Value
}

// allColumns has every bit of a column's number.
const allColumns = 1<<14 - 1

// makePacks makes the packings of the columns.
func (p *plan) makePacks() {
	for i, col := range p.order {
		if i%packLanes == 0 {
			p.packs = append(p.packs, packing{})
		}
		k, need := &p.packs[i/packLanes], p.cols[col].need
		lane := i % packLanes
		k.size[lane] = endpoint.MakeValue(0, endpoint.MaxRecord, 0, 0)
		k.test[lane] = endpoint.MakeValue(0, 0, allColumns, endpoint.Flags(need)|endpoint.InAux)
		if k.need[lane] = endpoint.MakeValue(0, 0, int(col), endpoint.Flags(need)&^endpoint.InAux); need == never {
			k.need[lane] = ^endpoint.MakeValue(0, 0, int(col), 0) // no value is that
		}
	}
}

// pack puts the values of a row that are not empty at the head of list, and gives
// their number. care is whether one of them needs more than to be copied.
func pack(list, vals []endpoint.Value, packs []packing) (n int, care bool) {
	var differ endpoint.Value
	list = list[:len(vals)]
	for len(vals) > 0 {
		p := &packs[0]
		part := vals[:min(len(vals), packLanes)]
		for i, v := range part {
			list[n] = v
			if v&p.size[i] != 0 {
				n++
				differ |= (v ^ p.need[i]) & p.test[i]
			}
		}
		vals, packs = vals[len(part):], packs[1:]
	}
	return n, differ != 0
}

// emission is the state of writing records. The assembly knows its layout.
type emission struct {
	buf  []byte // all of it may be overwritten from n on
	n    int
	data []byte // of the values
	row  uint32 // where the cells begin that follow the last value
	*table

	// For whole rows.
	vals  []endpoint.Value // of the batch, each row in the order of output
	list  []endpoint.Value // those of one row that are not empty, with room for packSlack more
	ends  []uint32         // where records end, counted from base
	base  int
	max   int // size of the largest record
	width int // values of a row

	packed int // how many values of the next row are in list already, one of which needs care; or -1

	// For the assembly.
	lastFirst int            // the last place in vals where a row may begin
	shuffle   *[16][8]uint32 // how four values are packed
}

// emitRowsGo writes rows whose values need no care, as emit does, and gives their
// number. It stops before one that is rejected, or is larger than a record may be.
//
// This body serves every machine, and others are held against it.
func (e *emission) emitRowsGo(rows []endpoint.Row) int {
	for i := range rows {
		r := &rows[i]
		if r.Flags&endpoint.Rejected != 0 || int(r.N) != e.width {
			return i
		}
		k, care := pack(e.list, e.vals[r.First:][:r.N], e.packs)
		if care {
			e.packed = k
			return i
		}
		e.list[k] = e.end
		start := e.n
		e.row = 0
		if e.emitGo(e.list[:k+1]) <= k || e.n-start > e.max {
			e.n = start
			return i
		}
		e.ends = append(e.ends, uint32(e.n-e.base))
	}
	return len(rows)
}

// copySize is how many bytes are copied at a time.
const copySize = 32

// emitSlack is what must be free in the buffer for the text before a value and the
// first part of it.
const emitSlack = 2*copySize + copySize

// emitGo writes values that need no care, as long as there are emitSlack bytes of
// room for each, and copySize bytes more behind, and copySize bytes of data behind
// its start and its last part. It gives the number of the values that are written.
//
// This body serves every machine, and others are held against it.
func (e *emission) emitGo(list []endpoint.Value) int {
	buf, n, row := e.buf, e.n, e.row
	for k, v := range list {
		size, start := v.Len(), v.Start()
		if n+emitSlack+size > len(buf) || start+size+copySize > len(e.data) {
			e.n, e.row = n, row
			return k
		}
		c := &e.cells[int(row)+v.Column()]
		copyBlock(buf[n:], c.text[:])
		if c.n > copySize {
			copy(buf[n+copySize:], c.text[copySize:])
		}
		n += int(c.n)
		row = e.next[v.Column()]
		for done := 0; ; done += copySize {
			copyBlock(buf[n+done:], e.data[start+done:])
			if done+copySize >= size {
				break
			}
		}
		n += size
	}
	e.n, e.row = n, row
	return len(list)
}

// copyBlock copies copySize bytes. Words are loaded and stored one by one: for a
// copy that might overlap itself the compiler would call a function.
func copyBlock(dst, src []byte) {
	d, s := dst[:copySize], src[:copySize]
	a, b := binary.LittleEndian.Uint64(s), binary.LittleEndian.Uint64(s[8:])
	binary.LittleEndian.PutUint64(d, a)
	binary.LittleEndian.PutUint64(d[8:], b)
	a, b = binary.LittleEndian.Uint64(s[16:]), binary.LittleEndian.Uint64(s[24:])
	binary.LittleEndian.PutUint64(d[16:], a)
	binary.LittleEndian.PutUint64(d[24:], b)
}
