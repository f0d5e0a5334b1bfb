package csvcodec

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// filler is the state of one Parse.
type filler struct {
	*Parser
	b       *endpoint.Batch
	rep     *fault.Report
	at      int  // what lies before this place of Data is done
	suspect bool // the indexed text is not valid UTF-8: look at each record
	full    bool // the batch ends here
	err     error
}

// fill makes rows of src, the part of Data that is indexed, and of one record
// at least.
func (f *filler) fill(src []byte) {
	for f.more() && f.at < len(src) {
		from := f.at
		n, end := scan.IndexCSV(f.index, f.special, src[from:])
		long := f.rows(from, f.index[:n])
		switch {
		case !f.more() || f.at == len(src):
			return
		case long:
			f.walk()
		case from+end == len(src) && f.at > 0:
			return // an open quote: the record may go on behind src, so the next batch starts with it
		case f.at > from && n+scan.IndexSlack > len(f.index):
			// The index was full: go on behind what it told.
		default:
			f.walk() // a fault, or a record that the index has no room for
		}
	}
	if f.at == 0 && f.more() {
		f.walk() // no line ends in reach
	}
}

// more reports whether the batch takes another record.
func (f *filler) more() bool {
	return f.err == nil && !f.full && len(f.b.Vals) < batchValues
}

// rows makes rows of the records that end in the index of the text at base. It
// stops at one that is longer than a record may be, and reports whether it did.
func (f *filler) rows(base int, index []uint32) (long bool) {
	width := len(f.tags)
	for len(index) > 0 && f.more() {
		if len(index) >= width && f.plainRow(base, index[:width]) {
			index = index[width:]
			continue
		}
		cells := slices.IndexFunc(index, isLineFeed) + 1
		if cells == 0 {
			return false
		}
		end := base + int(index[cells-1]&^scan.LineFeed) + 1
		if end-f.at > f.max {
			return true
		}
		f.row(base, end, index[:cells])
		index = index[cells:]
	}
	return false
}

func isLineFeed(x uint32) bool { return x&scan.LineFeed != 0 }

// plainRow makes a row of a record that has one unquoted cell a column and no
// byte that needs care, and reports whether it is such a record. index has an
// entry for each column.
func (f *filler) plainRow(base int, index []uint32) bool {
	last := len(index) - 1
	if last < 0 || !isLineFeed(index[last]) || f.suspect {
		return false
	}
	b, at := f.b, f.at
	end := base + int(index[last]&^scan.LineFeed)
	if end-at >= f.max || !unmarked(f.special, at-base, end-base) {
		return false
	}
	first := len(b.Vals)
	b.Vals = slices.Grow(b.Vals, len(index))
	vals := b.Vals[first : first+len(index)]
	tags := f.tags[:len(vals)]
	var all uint32
	for i, x := range index[:last] {
		all |= x
		stop := base + int(x)
		vals[i] = tags[i] | endpoint.MakeValue(at, stop-at, 0, 0)
		at = stop + 1
	}
	if isLineFeed(all) {
		return false
	}
	stop := end
	if stop > at && b.Data[stop-1] == '\r' {
		stop--
	}
	if last > 0 || stop > at { // else it is a blank line
		vals[last] = tags[last] | endpoint.MakeValue(at, stop-at, 0, 0)
		b.Vals = b.Vals[:first+len(vals)]
		b.Rows = append(b.Rows, endpoint.Row{Start: uint32(f.at), End: uint32(end + 1), First: uint32(first), N: uint32(len(vals))})
	}
	f.at = end + 1
	return true
}

// row makes a row of any record that the index tells whole, which ends before
// end, or goes over a blank line.
func (f *filler) row(base, end int, index []uint32) {
	data, at := f.b.Data, f.at
	rec := data[at:end]
	textEnd := at + len(trimEnd(rec))
	if textEnd == at {
		f.at = end
		return
	}
	f.open(end)
	switch {
	case f.suspect && !utf8.Valid(rec):
		f.notUTF8(rec)
		return
	case len(index) != len(f.tags):
		f.cells(rec, len(index))
		return
	}
	first := len(f.b.Vals)
	f.b.Vals = slices.Grow(f.b.Vals, len(index))[:first+len(index)]
	vals, tags := f.b.Vals[first:], f.tags[:len(index)]
	mark := base + nextMark(f.special, at-base, end-base)
	for i, x := range index {
		next := base + int(x&^scan.LineFeed) + 1
		stop := min(next-1, textEnd)
		if mark < stop {
			c := cell{start: at, end: stop}
			if data[at] == '"' {
				c.start, c.end, c.quoted = at+1, stop-1, true
			}
			mark = base + nextMark(f.special, c.start-base, end-base)
			plain := mark >= c.end
			c.doubled = c.quoted && !plain && bytes.IndexByte(data[c.start:c.end], '"') >= 0
			vals[i] = f.value(c, i, plain)
			mark = base + nextMark(f.special, next-base, end-base)
		} else {
			vals[i] = tags[i] | endpoint.MakeValue(at, stop-at, 0, 0)
		}
		at = next
	}
}

// walk makes a row of the record at f.at, which the index does not tell whole,
// or goes over a blank line.
func (f *filler) walk() {
	var w walk
	rest := f.b.Data[f.at:]
	n, size := w.run(rest, f.max, true)
	if size == oversize {
		if f.full = f.at > 0; f.full {
			return // it makes a batch of its own, so that no batch is too large
		}
		if n = bytes.IndexByte(rest, '\n') + 1; n == 0 {
			n = len(rest)
		}
		n = min(n, endpoint.MaxData)
	}
	rec := rest[:n]
	if w.rule == fault.None && len(trimEnd(rec)) == 0 {
		f.at += n
		return
	}
	f.open(f.at + n)
	switch {
	case size == oversize:
		f.tooLong(rec)
	case !utf8.Valid(rec):
		f.notUTF8(rec)
	case w.rule != fault.None:
		f.quote(rec, &w)
	default:
		f.sound(rec)
	}
}

// sound makes the values of a record that was walked and found without fault.
func (f *filler) sound(rec []byte) {
	start := f.at - len(rec)
	rec = trimEnd(rec)
	n := 0
	for at := 0; at <= len(rec); n++ {
		c, next := nextCell(rec, at)
		if n < len(f.tags) {
			c.start, c.end = c.start+start, c.end+start
			f.b.Vals = append(f.b.Vals, f.value(c, n, scan.CSVPlain(f.b.Data[c.start:c.end])))
		}
		at = next
	}
	if n != len(f.tags) {
		f.cells(f.b.Data[start:f.at], n)
	}
}

// value makes the value of a cell.
func (f *filler) value(c cell, column int, plain bool) endpoint.Value {
	switch {
	case plain:
		return f.tags[column] | endpoint.MakeValue(c.start, c.end-c.start, 0, 0)
	case c.doubled:
		start := f.b.StartAux(c.start - 1)
		f.b.Aux = appendUndoubled(f.b.Aux, f.b.Data[c.start:c.end])
		return endpoint.MakeValue(start, len(f.b.Aux)-start, column, endpoint.InAux)
	}
	return endpoint.MakeValue(c.start, c.end-c.start, column, 0)
}

// open starts a row of the record from f.at to end, and moves f.at there.
func (f *filler) open(end int) {
	f.b.Rows = append(f.b.Rows, endpoint.Row{Start: uint32(f.at), End: uint32(end), First: uint32(len(f.b.Vals)), N: uint32(len(f.tags))})
	f.at = end
}
