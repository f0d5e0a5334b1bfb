package ndjson

import "github.com/endpointfile/endpointfile/endpoint"

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
			there := endpoint.Value(int64(-v.Len()) >> 63) // no branch: which values are empty changes from row to row
			differ |= (v ^ p.need[i]) & p.test[i] & there
			n -= int(there)
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
	buf, data, cells, next, n, row := e.buf, e.data, e.cells, e.next, e.n, int(e.row)
	for k, v := range list {
		size, start, col := v.Len(), v.Start(), v.Column()
		if n+emitSlack+size > len(buf) || start+size+copySize > len(data) {
			e.n, e.row = n, uint32(row)
			return k
		}
		c := &cells[row+col]
		row = int(next[col])
		// Slices with a capacity spare the compiler the question whether they are empty.
		dst := (*[emitSlack]byte)(buf[n : n+emitSlack : n+emitSlack])
		copy16(dst[0:], c.text[0:])
		copy16(dst[16:], c.text[16:])
		copy16(dst[32:], c.text[32:])
		if c.n > 48 {
			copy(dst[48:], c.text[48:])
		}
		src := (*[copySize]byte)(data[start : start+copySize : start+copySize])
		copyBlock((*[copySize]byte)(dst[c.n&cellText:]), src)
		n += int(c.n)
		for done := copySize; done < size; done += copySize {
			to, from := n+done, start+done
			copyBlock((*[copySize]byte)(buf[to:to+copySize:to+copySize]), (*[copySize]byte)(data[from:from+copySize:from+copySize]))
		}
		n += size
	}
	e.n, e.row = n, uint32(row)
	return len(list)
}

func copyBlock(dst, src *[copySize]byte) {
	copy16(dst[:16], src[:16])
	copy16(dst[16:], src[16:])
}

// copy16 copies 16 bytes, which is as much as the compiler moves without calling a
// function where source and destination might overlap.
func copy16(dst, src []byte) { *(*[16]byte)(dst) = *(*[16]byte)(src) }
