package ndjson

import (
	"bytes"
	"unicode/utf8"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

const (
	// batchSize is how many bytes of input make a batch: enough to make the work
	// around a batch small, little enough to stay in the second cache.
	batchSize = 64 << 10

	// maxSchema is how many columns a schema may have at the start of a batch.
	// No account has so many names: one that has them is given up for a new one,
	// so that input with ever new names cannot make a parser grow for ever.
	maxSchema = 4096

	// maxNames is how many names a record may have. Some room is left in the
	// schema for what others may want to add.
	maxNames = endpoint.MaxColumns - 100

	// maxKey is the size in bytes of the longest name that becomes a column. A
	// name of 50 characters, the most that is allowed, has at most 200.
	maxKey = 1024
)

// Parser reads records into batches.
//
// A Parser belongs to one goroutine. It keeps no part of the input.
type Parser struct {
	fix, drop bool
	max       int
	batch     int
	array     bool

	names    *[endpoint.GroupCount]names
	verdicts map[string]verdict

	schema *endpoint.Schema
	std    [endpoint.FieldCount]int // column of each standard attribute, -1 while it has none
	cols   []column                 // what there is to know of each column of the schema
	states []state                  // what followed the start of a record, column 0, column 1, ...
	ranks  uint                     // counts batches, for [Parser.rank]
	trail  trail

	// The batch that is being filled.
	b    *endpoint.Batch
	rep  *fault.Report
	stop error // fault.ErrStop, once the report has said so
	data []byte

	// The record that is being read.
	row    int
	end    int  // the place behind it, its line feed not counted
	eof    bool // the input ends there
	more   bool // records on lines follow that may be read at once, up to limit
	limit  int
	flags  endpoint.RowFlags // what became of it
	mark   uint32            // its number, for the stamps of columns
	opened groupSet          // groups that were seen
	export uint8             // export-only members that were seen, a bit each

	// The place in the record, for [Parser.walk].
	phase phase
	g     endpoint.Group // the innermost open object
	col   int            // column of the member that is being read, -1 if it has none
	key   []byte         // name of the member if it has no column
	known string         // dotted name of that member if it is a legal one
	item  int            // index in the list that is being read, -1 outside of lists
	list  int            // where that list starts
	clean bool           // nothing but regular members since the last value
	opens groupSet       // groups that were opened since the last value

	scratch []byte
}

// column is what the parser knows of a column of the schema.
type column struct {
	stamp uint32 // the last record that had it
	kind  endpoint.Kind
	group endpoint.Group
}

// groupSet is a set of groups, a bit each.
type groupSet uint8

// NewParser makes a parser for lines. Header makes it one for an array.
func NewParser(opt *Options) *Parser {
	p := &Parser{max: opt.maxRecord(), batch: batchSize, names: makeNames(), scratch: make([]byte, 0, 64)}
	if opt != nil {
		p.fix, p.drop = opt.Fix, opt.DropExport || opt.Fix
	}
	p.renew()
	return p
}

// renew gives the parser a new schema.
func (p *Parser) renew() {
	p.schema = endpoint.NewSchema()
	for f := range p.std {
		p.std[f] = -1
	}
	p.cols = p.cols[:0]
	p.states = append(p.states[:0], state{})
}

// Header implements [endpoint.Codec]: it passes over a byte-order mark, and
// over the opening bracket if the input is one array. Each parser of an input
// must be shown the head of it. The schema has no columns yet; records add
// them. The error is always nil.
func (p *Parser) Header(data []byte, _ fault.Pos, _ *fault.Report) (*endpoint.Schema, int, error) {
	n, i := head(data, 0)
	if p.array = isArray(data, i, p.max); p.array {
		n = i + 1
	}
	p.renew() // what was remembered of lines must not be taken for part of an array
	return p.schema, n, nil
}

// Parse implements [endpoint.Codec]. A line of nothing but space is no record.
// The rows of torn records have no values, nor have members that are not what
// belongs there: rules that ask for a value had better not be asked of a row
// that is rejected already.
func (p *Parser) Parse(b *endpoint.Batch, data []byte, pos fault.Pos, record int64, rep *fault.Report) (int, error) {
	if p.schema.Len() > maxSchema {
		p.renew()
	}
	b.Reset(p.schema, pos)
	b.Record, b.Data = record, data
	p.b, p.rep, p.data, p.trail.data = b, rep, data, data
	p.rank()
	var n int
	if p.array {
		n = p.elements()
	} else {
		n = p.lines()
	}
	b.Data = data[:n:n]
	err := p.stop
	p.b, p.rep, p.data, p.stop, p.key = nil, nil, nil, nil, nil
	p.trail = trail{marks: p.trail.marks}
	if cap(p.scratch) > batchSize {
		p.scratch = make([]byte, 0, 64)
	}
	return n, err
}

// rank puts what is remembered in order, often at first and then now and then.
func (p *Parser) rank() {
	if p.ranks++; p.ranks&(p.ranks-1) == 0 || p.ranks%64 == 0 {
		for i := range p.states {
			p.states[i].rank()
		}
	}
}

// lines reads lines, as many as make a batch, and gives the bytes consumed.
func (p *Parser) lines() int {
	data := p.data
	limit := len(data)
	if limit > p.batch {
		limit = bytes.LastIndexByte(data[:p.batch], '\n') + 1
		if limit == 0 {
			limit = lineEnd(data, p.batch)
		}
	}
	valid := scan.ValidUTF8(data[:limit])
	for i := 0; i < limit; {
		next := lineEnd(data, i)
		end := next
		if data[next-1] == '\n' {
			end--
		}
		if scan.JSONSpace(data[:end], i) < end {
			if !p.room(end - i) {
				return i
			}
			p.eof = end == next
			p.limit, p.more = limit, valid && p.max >= limit
			next = p.record(i, end, next, valid)
			if p.stop != nil {
				return next
			}
		}
		i = next
	}
	return limit
}

// lineEnd gives the place behind the line feed of the line that holds i.
func lineEnd(data []byte, i int) int {
	if n := bytes.IndexByte(data[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(data)
}

// room sees to it that a record of n bytes cannot overflow the schema, whatever
// names it has: a member takes four bytes at least. If the schema must be
// changed for that in the middle of a batch, it answers false.
func (p *Parser) room(n int) bool {
	if p.schema.Len() == 0 || p.schema.Len()+n/4 <= maxNames {
		return true
	}
	if len(p.b.Rows) > 0 {
		return false
	}
	p.renew()
	p.b.Schema = p.schema
	return true
}

// elements reads elements of an array, as many as make a batch, and gives the
// bytes consumed.
func (p *Parser) elements() int {
	data := p.data
	for i := 0; i < len(data); {
		s := slot{pos: i}
		complete := s.scan(data)
		switch {
		case s.part == before:
			return len(data)
		case s.start >= p.batch:
			return s.start
		case s.part == inside || s.part == token:
			s.end = len(data) // the input ends, or another element follows a token at once
		}
		if !p.room(s.end - s.start) {
			return i
		}
		if i = s.pos; !complete {
			i = len(data)
		}
		switch {
		case s.end > s.start:
			p.eof, p.more = s.part == inside, false
			p.record(s.start, s.end, s.end, false)
			p.tail(&s)
		case s.sep == ',':
			p.noRecord(s.start, s.pos, "an element is missing before this comma")
		}
		if rest := scan.JSONSpace(data, i); s.sep == ']' && rest < len(data) && p.stop == nil {
			i = len(data)
			p.noRecord(rest, i, "text follows the closing bracket of the array")
		}
		if p.stop != nil {
			return i
		}
	}
	return len(data)
}

// noRecord makes a rejected row of text that is no element.
func (p *Parser) noRecord(start, end int, detail string) {
	p.begin(start, end)
	p.torn(p.fault(start, fault.JSONArray), detail)
	p.finish(end)
}

// tail reports what is wrong behind an element: the row has been made.
func (p *Parser) tail(s *slot) {
	row := &p.b.Rows[p.row]
	at, detail := s.end, "neither a comma nor a closing bracket follows the element"
	switch {
	case row.Flags&endpoint.Torn != 0:
		return
	case s.junk >= 0:
		at, detail = s.junk, "text follows the element"
	case s.sep != 0:
		return
	}
	p.flags = row.Flags
	e := p.b.FaultAt(p.row, at, fault.JSONArray)
	e.Detail = detail
	p.report(e)
	row.Flags = p.flags
}

// begin starts a row.
func (p *Parser) begin(start, end int) {
	p.row = len(p.b.Rows)
	p.b.Rows = append(p.b.Rows, endpoint.Row{Start: uint32(start), First: uint32(len(p.b.Vals))})
	p.end, p.flags, p.opened, p.export = end, 0, 0, 0
	p.g, p.col, p.key, p.known, p.item = endpoint.InRecord, -1, nil, "", -1
	if p.mark++; p.mark == 0 {
		p.mark = 1
		for i := range p.cols {
			p.cols[i].stamp = 0
		}
	}
}

// finish ends the row whose raw text ends at next. A torn row keeps no values.
func (p *Parser) finish(next int) {
	b := p.b
	row := &b.Rows[p.row]
	if p.flags&endpoint.Torn != 0 {
		b.Vals = b.Vals[:row.First]
	}
	row.End, row.N, row.Flags = uint32(next), uint32(len(b.Vals))-row.First, p.flags
}

// record reads the record from start to end into a row whose raw text ends at
// next, and more records if there are more that are easy. It gives the place
// where to read on. valid says that its text is known to be UTF-8.
func (p *Parser) record(start, end, next int, valid bool) int {
	p.begin(start, end)
	switch {
	case end-start > p.max:
		p.torn(p.fault(start, fault.RecordSize), "")
	case !valid && !scan.ValidUTF8(p.data[start:end]):
		p.torn(p.fault(badUTF8(p.data[:end], start), fault.UTF8), "")
	default:
		return p.members(start, next)
	}
	p.finish(next)
	return next
}

// badUTF8 gives the place of the first byte, at or after i, that is not UTF-8.
func badUTF8(s []byte, i int) int {
	for {
		r, n := utf8.DecodeRune(s[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
}
