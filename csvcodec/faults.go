package csvcodec

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// tear gives the open row empty values, marks it as torn and tells of e.
func (f *filler) tear(e *fault.Error) {
	f.empty()
	f.err = f.rep.Add(e)
}

// counted tears the open row like tear if the report only counts: then there is no
// need to make a fault, at a place of its record.
func (f *filler) counted(at int, rule fault.Rule, field string) bool {
	if !f.rep.CountsOnly() {
		return false
	}
	f.empty()
	row := len(f.b.Rows) - 1
	e := fault.Error{Rule: rule, Field: field, Record: f.b.Record + int64(row)}
	e.Offset = f.b.Base.Offset + int64(f.b.Rows[row].Start) + int64(at)
	f.err = f.rep.AddCount(&e, 1)
	return true
}

// empty gives the open row empty values and marks it as torn.
func (f *filler) empty() {
	b := f.b
	r := &b.Rows[len(b.Rows)-1]
	b.Vals = b.Vals[:r.First]
	for i := range f.width {
		b.Vals = append(b.Vals, endpoint.MakeValue(0, 0, i, 0))
	}
	r.Flags |= endpoint.Rejected | endpoint.Torn
}

// fault makes a fault about the open row, at a place of its record.
func (f *filler) fault(at int, rule fault.Rule) *fault.Error {
	row := len(f.b.Rows) - 1
	return f.b.FaultAt(row, int(f.b.Rows[row].Start)+at, rule)
}

// cells tells of a record with a wrong number of cells.
func (f *filler) cells(rec []byte, n int) {
	if f.counted(0, fault.CSVCells, "") {
		return
	}
	e := f.fault(0, fault.CSVCells)
	text := trimEnd(rec)
	e.Value = fault.Clip(text)
	e.Detail = "has " + strconv.Itoa(n) + " cells, the header names " + strconv.Itoa(f.width)
	if n == 1 {
		e.Detail = "has 1 cell, the header names " + strconv.Itoa(f.width)
		switch {
		case len(bytes.TrimSpace(text)) == 0:
			e.Hint = "the line holds nothing but white space: remove it"
		case bytes.IndexByte(text, ';') >= 0:
			e.Hint = "cells are separated by commas, not by semicolons"
		case bytes.IndexByte(text, '\t') >= 0:
			e.Hint = "cells are separated by commas, not by tabs"
		}
	}
	f.tear(e)
}

// notUTF8 tells of a record with a byte sequence that is not UTF-8.
func (f *filler) notUTF8(rec []byte) {
	at := firstBad(rec)
	if f.counted(at, fault.UTF8, "") {
		return
	}
	e := f.fault(at, fault.UTF8)
	e.Value = badBytes(rec[at:])
	f.tear(e)
}

// tooLong tells of a line that is longer than a record may be.
func (f *filler) tooLong(rec []byte) {
	if f.counted(0, fault.RecordSize, "") {
		return
	}
	e := f.fault(0, fault.RecordSize)
	e.Value = fault.Clip(rec)
	f.tear(e)
}

// quote tells of a record that breaks the rules of quoting.
func (f *filler) quote(rec []byte, w *walk) {
	start, n := cellAt(rec, w.at)
	field := ""
	if n < f.schema.Len() {
		field = f.schema.Columns[n].String()
	}
	if f.counted(w.at, w.rule, field) {
		return
	}
	e := f.fault(w.at, w.rule)
	e.Field = field
	e.Value, e.Detail = quoteFault(rec, start, w)
	f.tear(e)
}

// quoteFault shows what breaks the rules of quoting in a cell, and says how.
func quoteFault(rec []byte, start int, w *walk) (value, detail string) {
	switch w.rule {
	case fault.CSVBareQuote:
		from, text := w.at-start, line(rec[start:])
		if i := bytes.IndexByte(text[from:], ','); i >= 0 {
			text = text[:from+i]
		}
		return fault.Clip(text), "has a double quote inside but does not start with one"
	case fault.CSVQuoteText:
		text := line(rec[w.at:])
		if i := bytes.IndexByte(text, ','); i >= 0 {
			text = text[:i]
		}
		return fault.Clip(text), "follows the closing quote of a cell"
	}
	return fault.Clip(line(rec[w.at:])), "opens a quoted cell that is not closed"
}

// firstBad finds the first byte of text that is not UTF-8.
func firstBad(text []byte) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(text)
}

// badBytes shows bytes that are not UTF-8, with a little of what follows.
func badBytes(text []byte) string {
	text = line(text)
	return fault.Clip(text[:min(len(text), 16)])
}
