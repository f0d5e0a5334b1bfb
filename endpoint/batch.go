package endpoint

import (
	"bytes"
	"encoding/binary"
	"iter"

	"github.com/endpointfile/endpointfile/fault"
)

// RowFlags is what became of a row.
type RowFlags uint8

const (
	Rejected RowFlags = 1 << iota // a fault was found: no appender writes the row
	Torn                          // the grammar is broken: the values are not all there and no rule is checked
	Changed                       // a value was repaired or dropped: the raw bytes are not the record any more
)

// Row is one record of a batch: its raw bytes and its values.
type Row struct {
	Start, End uint32 // raw record in Data, line end included where there is one
	First, N   uint32 // its values: Vals[First : First+N]
	Flags      RowFlags
}

// Batch is a run of whole records in flat form, the only thing that codecs,
// validator and pipeline hand to each other. Data is never written to.
//
// All that is reached from a Batch is valid until the batch is reset or
// refilled. A Batch belongs to one goroutine at a time.
type Batch struct {
	*Schema // gives the column numbers a meaning

	Base   fault.Pos // place of Data[0]
	Record int64     // number of the first row within its input, from 1
	Data   []byte    // the text of the records, as read, and behind it that of values of Append
	Aux    []byte    // values that do not stand in Data as they are; each behind 4 bytes with its place in Data
	Vals   []Value   // the values of all rows, in the order in which the record has them
	Rows   []Row

	// Dense says that each row has exactly one value for each column, in order,
	// so that the values of one row follow those of the row before, and that an
	// empty value stands for an absent one: the form of CSV. In a
	// sparse batch only the values that are there are listed, and an empty one
	// is an empty string.
	Dense bool

	at      cursor
	seats   seats      // of Into
	seating seating    // of Into, too: of dense rows
	memo    [64]uint16 // of Append: columns of custom names
	text    []byte     // of Append: what Data is then
	made    int        // where in Data the values of Append begin; 0 while it was not called
}

// cursor remembers the last place that was looked up: faults come nearly in
// order, so that counting lines goes on from there.
type cursor struct {
	off, start int   // place in Data and the start of its line
	line       int64 // lines before off
}

// Reset empties the batch for new records and keeps its memory. Everything
// that was borrowed from it ends here.
func (b *Batch) Reset(s *Schema, base fault.Pos) {
	spoil(b)
	b.Schema, b.Base = s, base
	b.Record = 1
	b.Data = nil
	b.Aux, b.Vals, b.Rows = b.Aux[:0], b.Vals[:0], b.Rows[:0]
	b.text, b.made = b.text[:0], 0
	b.Dense = false
	b.at = cursor{}
}

// Bytes gives the bytes of a value. They are borrowed until the batch is reset.
func (b *Batch) Bytes(v Value) []byte {
	src := b.Data
	if v.Is(InAux) {
		src = b.Aux
	}
	i := v.Start()
	j := i + v.Len()
	return src[i:j:j]
}

// Raw gives the bytes of a record as they were read, with the line end if there
// was one. They are borrowed until the batch is reset.
func (b *Batch) Raw(row int) []byte {
	r := &b.Rows[row]
	return b.Data[r.Start:r.End:r.End]
}

// Values gives the values of a row, borrowed until the batch is reset.
func (b *Batch) Values(row int) []Value {
	r := &b.Rows[row]
	return b.Vals[r.First : r.First+r.N : r.First+r.N]
}

// Records iterates over the rows that are not rejected. The records are views.
func (b *Batch) Records() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		for i := range b.Rows {
			if b.Rows[i].Flags&Rejected == 0 && !yield(Record{b, i}) {
				return
			}
		}
	}
}

// Kept counts the rows that are not rejected.
func (b *Batch) Kept() int {
	n := 0
	for i := range b.Rows {
		if b.Rows[i].Flags&Rejected == 0 {
			n++
		}
	}
	return n
}

// StartAux opens a value in Aux for a value that begins at src in Data and
// gives its start; the caller appends the bytes to b.Aux and makes a value of
// them with the flag InAux.
func (b *Batch) StartAux(src int) int {
	b.Aux = binary.LittleEndian.AppendUint32(b.Aux, uint32(src))
	return len(b.Aux)
}

// Replace gives the value at index i of Vals new bytes and marks its row as
// changed. The text is copied; the flags that depend on it alone are set without
// being asked for.
func (b *Batch) Replace(row, i int, text []byte, flags Flags) {
	v := b.Vals[i]
	src := b.Offset(v)
	start := b.StartAux(src)
	b.Aux = append(b.Aux, text...)
	_, found := look(text)
	b.Vals[i] = MakeValue(start, len(text), v.Column(), flags|found|InAux)
	b.Rows[row].Flags |= Changed
}

// Offset gives the place in Data where a value begins, at its opening quote if
// it has one. It is 0 for values of [Batch.Append], which were not read.
func (b *Batch) Offset(v Value) int {
	i := v.Start()
	switch {
	case v.Is(InAux):
		return int(binary.LittleEndian.Uint32(b.Aux[i-4:]))
	case b.made > 0 && i >= b.made:
		return 0
	}
	if i > 0 && i <= len(b.Data) && b.Data[i-1] == '"' {
		return i - 1
	}
	return i
}

// Pos gives the line, column and offset of a place in Data. It counts line
// feeds from the place that was asked for last, forth or back, and is meant for
// the moment when a fault is made.
func (b *Batch) Pos(off int) fault.Pos {
	switch at := &b.at; {
	case off > at.off:
		part := b.Data[at.off:off]
		if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
			at.line += int64(bytes.Count(part[:i+1], lineFeed))
			at.start = at.off + i + 1
		}
		at.off = off
	case off < at.start: // on an earlier line
		at.line -= int64(bytes.Count(b.Data[off:at.start], lineFeed))
		at.start = bytes.LastIndexByte(b.Data[:off], '\n') + 1
		at.off = off
	}
	p := b.Base
	p.Line += b.at.line
	p.Offset += int64(off)
	p.Column = off - b.at.start + 1
	if b.at.line == 0 && b.Base.Column > 0 {
		p.Column += b.Base.Column - 1
	}
	return p
}

var lineFeed = []byte{'\n'}

// FaultAt makes a fault about a row, placed at off in Data. The row is not
// marked: see [Batch.Reject].
func (b *Batch) FaultAt(row, off int, rule fault.Rule) *fault.Error {
	return &fault.Error{Pos: b.Pos(off), Record: b.Record + int64(row), Rule: rule}
}

// FaultOf makes a fault about a value of a row, with its place, field and value.
func (b *Batch) FaultOf(row int, v Value, rule fault.Rule) *fault.Error {
	e := b.FaultAt(row, b.Offset(v), rule)
	c := b.Columns[v.Column()]
	e.Field = c.String()
	if !b.Dense {
		e.Pointer = c.Pointer()
	}
	e.Value = fault.Clip(b.Bytes(v))
	return e
}

// Reject marks a row as rejected.
func (b *Batch) Reject(row int) { b.Rows[row].Flags |= Rejected }
