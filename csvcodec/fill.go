package csvcodec

import (
	"bytes"
	"slices"

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
		end, full := f.index.Scan(src[from:])
		long := f.rows(from, end)
		switch {
		case !f.more() || f.at == len(src):
			return
		case long:
			f.walk()
		case from+end == len(src) && f.at > 0:
			return // an open quote: the record may go on behind src, so the next batch starts with it
		case f.at > from && full:
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

// rows makes rows of the records that end in the index of the text from base on,
// which has come as far as end. It stops at one that is longer than a record may
// be, and reports whether it did.
func (f *filler) rows(base, end int) (long bool) {
	bounds, lines := f.index.Bounds, f.index.Rows
	mark := -1 // the next byte that needs care, as far as it is known
	for len(lines) > 0 && f.more() {
		if mark < f.at-base {
			mark = nextMark(f.index.Special, f.at-base, end)
		}
		if n := f.plainRows(base, mark, bounds, lines); n > 0 {
			bounds, lines = bounds[n*f.width:], lines[n:]
			continue
		}
		cells := f.width // as a rule
		if cells >= len(bounds) || bounds[cells] != lines[0] {
			for cells = 1; bounds[cells] != lines[0]; {
				cells++
			}
		}
		next := base + int(lines[0]) + 1
		if next-f.at > f.max {
			return true
		}
		f.row(base, next, bounds[:cells+1])
		bounds, lines = bounds[cells:], lines[1:]
	}
	return false
}

// plainRows makes rows of the records that come first and have one unquoted cell
// a column and no byte that needs care, all of which end before mark, and gives
// their number.
func (f *filler) plainRows(base, mark int, bounds, lines []uint32) int {
	if f.suspect || f.width == 0 {
		return 0
	}
	b, at, width := f.b, f.at-base, f.width
	first := len(b.Vals)
	lines = lines[:min(len(lines), (batchValues-first+width-1)/width)]
	n, returns := 0, false
	for _, line := range lines {
		cells, end := (n+1)*width, int(line)
		if cells >= len(bounds) || bounds[cells] != line || end > mark || end-at >= f.max {
			break
		}
		if end == at || b.Data[base+end-1] == '\r' {
			if end <= at+1 && width == 1 {
				break // a blank line
			}
			returns = true
		}
		b.Rows = append(b.Rows, endpoint.Row{
			Start: uint32(base + at), End: uint32(base + end + 1), First: uint32(first + n*width), N: uint32(width),
		})
		at = end + 1
		n++
	}
	if n == 0 {
		return 0
	}
	vals := f.values(n * width)
	fillRows(vals, bounds, f.tags, width, base)
	if returns {
		for i := width - 1; i < len(vals); i += width {
			if v := vals[i]; v.Len() > 0 && b.Data[v.Start()+v.Len()-1] == '\r' {
				vals[i] = v - endpoint.MakeValue(0, 1, 0, 0)
			}
		}
	}
	f.at = base + at
	return n
}

// values gives room for n values more, and some slack.
func (f *filler) values(n int) []endpoint.Value {
	first := len(f.b.Vals)
	f.b.Vals = slices.Grow(f.b.Vals, n+fillSlack)[:first+n]
	return f.b.Vals[first:]
}

// fillRowsGo makes plain values of cells: vals are those of whole rows, bounds say
// where the cells end, with the place before the first one in front, counted from base.
// fillSlack more of all may be read or written.
//
// This body serves every machine, and others are held against it.
func fillRowsGo(vals []endpoint.Value, bounds []uint32, tags []endpoint.Value, width, base int) {
	tags = tags[:width]
	for ; len(vals) >= width; vals, bounds = vals[width:], bounds[width:] {
		row, ends := vals[:len(tags)], bounds[1:][:len(tags)]
		start := bounds[0] + 1
		for i, tag := range tags {
			stop := ends[i]
			row[i] = tag | endpoint.MakeValue(base+int(start), int(stop-start), 0, 0)
			start = stop + 1
		}
	}
}

// row makes a row of any record that the index tells whole, which ends before
// end, or goes over a blank line.
func (f *filler) row(base, end int, bounds []uint32) {
	data, at := f.b.Data, f.at
	rec := data[at:end]
	textEnd := at + len(trimEnd(rec))
	if textEnd == at {
		f.at = end
		return
	}
	f.open(end)
	switch {
	case f.suspect && !scan.ValidUTF8(rec):
		f.notUTF8(rec)
		return
	case len(bounds)-1 != f.width:
		f.cells(rec, len(bounds)-1)
		return
	}
	vals, hard := f.values(f.width), f.index.Hard
	fillRows(vals, bounds, f.tags, f.width, base)
	last := len(vals) - 1
	vals[last] -= endpoint.MakeValue(0, end-1-textEnd, 0, 0)
	unquote(vals, data)
	// Then the cells with a byte that needs care are made again.
	i := 0
	for mark := nextMark(hard, at-base, end-base); mark < textEnd-base; {
		for int(bounds[i+1]) <= mark {
			i++
		}
		c := cell{start: base + int(bounds[i]+1), end: min(base+int(bounds[i+1]), textEnd)}
		next := c.end - base
		if data[c.start] == '"' {
			c.start, c.end, c.quoted = c.start+1, c.end-1, true
		}
		var flags endpoint.Flags
		flags, c.doubled = careOf(data[c.start:c.end], c.quoted)
		vals[i] = f.value(c, i, flags)
		mark = nextMark(hard, next, end-base)
	}
}

// unquote takes the quotes around cells off the values, whether there are any or not.
func unquote(vals []endpoint.Value, data []byte) {
	// A quote adds one to the start and takes two from the length.
	quotes := endpoint.MakeValue(1, 0, 0, 0) - endpoint.MakeValue(0, 2, 0, 0)
	for i, v := range vals {
		quoted := endpoint.Value(0)
		if data[v.Start()] == '"' {
			quoted = quotes
		}
		vals[i] = v + quoted
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
	case !scan.ValidUTF8(rec):
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
		if n < f.width {
			c.start, c.end = c.start+start, c.end+start
			flags, _ := careOf(f.b.Data[c.start:c.end], c.quoted)
			f.b.Vals = append(f.b.Vals, f.value(c, n, flags))
		}
		at = next
	}
	if n != f.width {
		f.cells(f.b.Data[start:f.at], n)
	}
}

// careOf tells what stands in the text of a cell: the flags that its value has, and
// whether there are doubled quotes.
func careOf(text []byte, quoted bool) (flags endpoint.Flags, doubled bool) {
	switch found := scan.CSVCare(text); {
	case found == 0:
		return endpoint.Plain, false
	case found == scan.CareComma:
		return endpoint.Literal, false
	default:
		return 0, quoted && found&scan.CareQuote != 0
	}
}

// value makes the value of a cell.
func (f *filler) value(c cell, column int, flags endpoint.Flags) endpoint.Value {
	if c.doubled {
		start := f.b.StartAux(c.start - 1)
		f.b.Aux = appendUndoubled(f.b.Aux, f.b.Data[c.start:c.end])
		return endpoint.MakeValue(start, len(f.b.Aux)-start, column, endpoint.InAux)
	}
	return endpoint.MakeValue(c.start, c.end-c.start, column, flags)
}

// open starts a row of the record from f.at to end, and moves f.at there.
func (f *filler) open(end int) {
	f.b.Rows = append(f.b.Rows, endpoint.Row{Start: uint32(f.at), End: uint32(end), First: uint32(len(f.b.Vals)), N: uint32(f.width)})
	f.at = end
}
