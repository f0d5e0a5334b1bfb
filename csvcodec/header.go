package csvcodec

import (
	"bytes"
	"strconv"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// Header reads the first record of data, which is at the start of the input,
// as the names of the columns, and gives the schema and the number of bytes
// consumed: blank lines before the header and a byte-order mark are among them.
// pos is the place of data[0].
//
// All that is wrong with the header goes to rep at once. If something is, the
// error is the first of those faults, a *[fault.Error], and there is no schema.
// With [Options.Fix] names that differ from a legal one in letter case or outer
// space are taken for it and reported as repaired. A text without a record is
// [fault.HeaderMissing]; so is one whose first record is clearly an endpoint.
func (p *Parser) Header(data []byte, pos fault.Pos, rep *fault.Report) (*endpoint.Schema, int, error) {
	h := header{fix: p.fix, rep: rep, schema: &endpoint.Schema{}}
	h.b.Base, h.b.Data = pos, data
	if pos.Offset == 0 && bytes.HasPrefix(data, byteOrderMark) {
		h.start = len(byteOrderMark)
	}
	n := h.read(p.max)
	if h.err != nil {
		return nil, n, h.err
	}
	p.SetSchema(h.schema)
	return h.schema, n, nil
}

// header is the state of one Header.
type header struct {
	b      endpoint.Batch // for the places of faults
	start  int            // of the header's record in b.Data
	fix    bool
	rep    *fault.Report
	schema *endpoint.Schema
	err    error // the first fault that refuses the input
	full   bool  // the report wants no more
}

// read finds the header's record, reads it and gives the place behind it.
func (h *header) read(limit int) int {
	first := h.start
	for {
		rest := h.b.Data[h.start:]
		if len(rest) == 0 || h.start > limit { // the cutter waits for the header no longer than that
			n := h.start
			h.start = first
			h.refuse(h.at(0, fault.HeaderMissing))
			return n
		}
		var w walk
		n, size := w.run(rest, limit, true)
		if size == oversize {
			e := h.at(0, fault.RecordSize)
			e.Value = fault.Clip(rest[:limit])
			h.refuse(e)
			return len(h.b.Data)
		}
		rec := rest[:n]
		if w.rule == fault.None && len(trimEnd(rec)) == 0 {
			h.start += n
			continue
		}
		switch bad := firstBad(rec); {
		case bad < n:
			e := h.at(bad, fault.UTF8)
			e.Value = badBytes(rec[bad:])
			h.refuse(e)
		case h.separator(rec):
		case w.rule != fault.None:
			start, _ := cellAt(rec, w.at)
			e := h.at(w.at, fault.HeaderQuote)
			e.Value, e.Detail = quoteFault(rec, start, &w)
			h.refuse(e)
		default:
			h.names(trimEnd(rec))
		}
		return h.start + n
	}
}

// names reads the names of a sound record without its line end.
func (h *header) names(rec []byte) {
	if h.noHeader(rec) {
		return
	}
	for at := 0; at <= len(rec) && !h.full; {
		c, next := nextCell(rec, at)
		if h.schema.Len() == endpoint.MaxColumns {
			h.refuse(h.at(at, fault.HeaderColumns))
			return
		}
		h.name(c.text(rec), at)
		at = next
	}
}

// name adds the column that a name stands for.
func (h *header) name(name []byte, at int) {
	col, err := endpoint.ParseColumn(name)
	if bad, ok := err.(*endpoint.NameError); ok {
		e := h.at(at, bad.Rule)
		e.Value = fault.Clip(name)
		switch {
		case bad.Suggest == "":
		case bad.Rule == fault.HeaderGroup:
			e.Hint = "name a member of the group, as in " + bad.Suggest
		default:
			e.Hint = "did you mean " + fault.Clip(bad.Suggest) + "?"
		}
		if !h.fix || !bad.Lossless {
			h.refuse(e)
			// The column stands all the same: what follows is judged as well.
			h.schema.Add(endpoint.Column{})
			return
		}
		e.Severity, e.Repair = fault.Repaired, bad.Suggest
		h.add(e)
		col, _ = endpoint.ParseColumn([]byte(bad.Suggest)) // a lossless suggestion is a legal name
	}
	if first, ok := h.schema.Lookup(col); ok && col.Field.Kind() != endpoint.List {
		e := h.at(at, fault.HeaderRepeated)
		e.Value = fault.Clip(name)
		e.Detail = "stands in column " + strconv.Itoa(first+1) + " already"
		h.refuse(e)
	}
	h.schema.Add(col)
}

// separator tells of a header whose cells, or whose lines, are not separated as
// they must be, and reports whether it is such a header.
func (h *header) separator(rec []byte) bool {
	head := line(rec)
	if i := loneCR(head); i >= 0 && countNames(head[:i], ',') > 0 {
		e := h.at(i, fault.HeaderDelimiter)
		e.Detail = "the lines end in carriage returns alone"
		e.Hint = "save the file with line feeds (LF or CRLF) as line ends"
		h.refuse(e)
		return true
	}
	single := bytes.IndexByte(head, ',') < 0
	commas := countNames(head, ',')
	if commas > 0 && !single {
		return false
	}
	for _, sep := range separators {
		// One legal name alone may be a custom one that holds the separator.
		if found := countNames(head, sep.char); found > commas {
			e := h.at(max(bytes.IndexByte(head, sep.char), 0), fault.HeaderDelimiter)
			e.Value = fault.Clip(head)
			e.Detail = "has its cells separated by " + sep.name
			e.Hint = "save the file with commas between cells instead of " + sep.name
			h.refuse(e)
			return true
		}
	}
	return false
}

// separators are what files have instead of commas.
var separators = [...]struct {
	char byte
	name string
}{{';', "semicolons"}, {'\t', "tabs"}, {'|', "vertical bars"}}

// loneCR finds a carriage return with something behind it.
func loneCR(head []byte) int {
	i := bytes.IndexByte(head, '\r')
	if i == len(head)-1 {
		return -1
	}
	return i
}

// countNames counts the legal names of a line that sep separates.
func countNames(head []byte, sep byte) int {
	n := 0
	for cell := range bytes.SplitSeq(head, []byte{sep}) {
		if endpoint.IsName(bytes.Trim(cell, `"`)) {
			n++
		}
	}
	return n
}

// noHeader tells of a first record that is an endpoint, and reports whether it
// is: no cell names an attribute, and one holds an address as endpoints do.
func (h *header) noHeader(rec []byte) bool {
	const enough = 256 // cells: a longer line without one name is no better
	channel, mail, number := false, false, false
	for at, n := 0, 0; at <= len(rec) && n < enough; n++ {
		c, next := nextCell(rec, at)
		text := c.text(rec)
		if _, err := endpoint.ParseColumn(text); err == nil {
			return false
		} else if bad, ok := err.(*endpoint.NameError); ok && bad.Rule != fault.HeaderUnknown && bad.Rule != fault.HeaderEmpty {
			return false
		}
		channel = channel || isChannel(text)
		mail = mail || bytes.IndexByte(text, '@') > 0
		number = number || digits(text) >= 5
		at = next
	}
	if !mail && !(channel && number) {
		return false
	}
	e := h.at(0, fault.HeaderMissing)
	e.Value = fault.Clip(rec)
	e.Detail = "is a record, not a header"
	e.Hint = "put a line with the names of the columns before it, as in ChannelType,Address"
	h.refuse(e)
	return true
}

// isChannel reports whether text is a channel type of any age. The codec does
// not judge them: it tells records from headers.
func isChannel(text []byte) bool {
	switch string(text) {
	case "EMAIL", "SMS", "GCM", "APNS", "ADM", "BAIDU", "VOICE", "PUSH", "CUSTOM", "IN_APP":
		return true
	}
	return bytes.HasPrefix(text, []byte("APNS_"))
}

func digits(text []byte) int {
	n := 0
	for _, c := range text {
		if '0' <= c && c <= '9' {
			n++
		}
	}
	return n
}

// at makes a fault at a place of the header's record.
func (h *header) at(off int, rule fault.Rule) *fault.Error {
	return &fault.Error{Pos: h.b.Pos(h.start + off), Rule: rule}
}

// refuse tells of a fault for which the input is refused.
func (h *header) refuse(e *fault.Error) {
	e.Severity = fault.Refuse
	if h.err == nil {
		h.err = e
	}
	h.add(e)
}

func (h *header) add(e *fault.Error) {
	if h.rep.Add(e) != nil {
		h.full = true
	}
}
