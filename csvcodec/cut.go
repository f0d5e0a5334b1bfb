package csvcodec

import (
	"bytes"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// Cutter finds where records end in a growing input, so that it can be handed
// on in blocks of whole records. It goes from quote to quote, not from byte to
// byte, and when more bytes come it goes over the same ones twice at most.
//
// The zero value is ready and has the default options. A Cutter belongs to one
// input and one goroutine.
type Cutter struct {
	max    int
	begun  bool // something was cut: what comes is not the start of the input
	lead   int  // bytes before the first record that were gone over: a byte-order mark, blank lines
	inside bool // what comes goes on with a line that is too long
	rec    walk // the record that the block starts with, if it was shown before
}

// NewCutter makes a Cutter. Nil options are the defaults.
func NewCutter(opt *Options) *Cutter { return &Cutter{max: opt.maxRecord()} }

// Cut says where the last record ends that is whole for certain in block, which
// starts where the last cut ended. With atEOF set, block is all that is left of
// the input. A line that is longer than a record may be comes as fragments.
//
// A byte-order mark at the start of the input, and blank lines there, belong to
// the first record: the first cut has the header whole.
func (c *Cutter) Cut(block []byte, atEOF bool) endpoint.Cut {
	if c.max == 0 {
		c.max = endpoint.MaxRecord
	}
	if c.inside {
		return c.fragment(block, 0, atEOF)
	}
	start := 0
	if !c.begun {
		if !c.skipLead(block, atEOF) {
			return endpoint.Cut{}
		}
		start = c.lead
	}
	// Of a record that was shown before, little is gone over again, or nothing.
	if c.begun && !atEOF && c.rec.pos <= len(block)/2 && len(block) <= c.max {
		end, ok := scan.LastRow(block)
		if !ok {
			end = sound(block)
		}
		if end > 0 {
			c.rec = walk{}
			return endpoint.Cut{N: end}
		}
	}
	end, size := c.records(block, start, atEOF)
	switch {
	case end == start && size == oversize:
		return c.fragment(block, start, atEOF)
	case end == start && c.lead <= c.max && !(atEOF && end == len(block)):
		return endpoint.Cut{}
	}
	c.begun, c.lead = true, 0
	return endpoint.Cut{N: end}
}

// skipLead goes over what stands before the first record, and reports whether
// that can be told.
func (c *Cutter) skipLead(block []byte, atEOF bool) bool {
	if c.lead == 0 {
		if bytes.HasPrefix(block, byteOrderMark) {
			c.lead = len(byteOrderMark)
		} else if !atEOF && bytes.HasPrefix(byteOrderMark, block) {
			return false
		}
	}
	if n := blankLines(block[c.lead:], atEOF); n > 0 {
		c.lead += n
		c.rec = walk{} // a carriage return may have been taken for a record's first byte
	}
	return true
}

// blankLines gives the length of the blank lines that text starts with.
func blankLines(text []byte, atEOF bool) int {
	i := 0
	for i < len(text) {
		switch {
		case text[i] == '\n':
			i++
		case text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n':
			i += 2
		case text[i] == '\r' && i+1 == len(text) && atEOF:
			i++
		default:
			return i
		}
	}
	return i
}

// sound gives the place behind the last whole record of a block that starts with
// a record, or 0 if there is none, or a fault before it, or anything else that
// wants a closer look. It knows only cells, no records: a line feed outside quotes
// ends one. This body serves every machine, and [scan.LastRow] is held against it.
func sound(block []byte) int {
	from, to := 0, 0 // the last stretch outside quotes that holds a line feed
	for at := 0; ; {
		quote := bytes.IndexByte(block[at:], '"')
		if quote < 0 {
			if i := scan.LastLineFeed(block[at:]); i >= 0 {
				return at + i + 1
			}
			break
		}
		quote += at
		if quote > 0 && block[quote-1] != ',' && block[quote-1] != '\n' {
			return 0
		}
		if bytes.IndexByte(block[at:quote], '\n') >= 0 {
			from, to = at, quote
		}
		end := closing(block, quote+1)
		if end < 0 {
			return 0
		}
		if at = end + 1; end == len(block) {
			break
		}
	}
	return from + scan.LastLineFeed(block[from:to]) + 1
}

// closing finds the quote that closes a cell whose text starts at at; it gives
// the length of the block if that is not certain, and -1 if the quote should not
// be there.
func closing(block []byte, at int) int {
	for {
		i := bytes.IndexByte(block[at:], '"')
		if i < 0 {
			return len(block)
		}
		at += i
		switch after(block[at+1:]) {
		case doubled:
			at += 2
		case closes:
			return at
		case unknown:
			return len(block)
		case stray:
			return -1
		}
	}
}

// records goes through the whole records of block from at on and gives the
// place where the last one ends, and the fate of what stands there.
func (c *Cutter) records(block []byte, at int, atEOF bool) (int, fate) {
	quote := -1 // the first quote at or after at
	for at < len(block) {
		if c.rec.pos == 0 {
			if quote < at {
				if quote = bytes.IndexByte(block[at:], '"'); quote >= 0 {
					quote += at
				} else {
					quote = len(block)
				}
			}
			if at = skipLines(block, at, quote, c.max); at == len(block) {
				break
			}
		}
		n, f := c.rec.run(block[at:], c.max, atEOF)
		if f != whole {
			return at, f
		}
		at += n
		c.rec = walk{}
	}
	return at, whole
}

// skipLines goes over the lines of block that end before the first quote and
// are no longer than a record may be, and gives the place behind the last.
func skipLines(block []byte, at, quote, max int) int {
	for at < quote {
		i := scan.LastLineFeed(block[at:min(quote, at+max)])
		if i < 0 {
			break
		}
		at += i + 1
	}
	return at
}

// fragment hands out a piece of a line that is too long, which starts at place
// start of block or before the block, up to its line feed. The last byte of
// block is kept back as long as it may be the last of the input, so that there
// is always a piece to say that it is the last one.
func (c *Cutter) fragment(block []byte, start int, atEOF bool) endpoint.Cut {
	first := !c.inside
	cut := endpoint.Cut{Fragment: true, First: first, Last: true}
	if i := bytes.IndexByte(block[start:], '\n'); i >= 0 {
		cut.N = start + i + 1
	} else if atEOF {
		cut.N = len(block)
	} else {
		cut.N, cut.Last = len(block)-1, false
	}
	if cut.N <= 0 || first && cut.N-start < c.max {
		return endpoint.Cut{} // a first piece is as large as a record, so that it is not taken for one
	}
	if first {
		cut.Rule = fault.RecordSize
	}
	c.rec, c.begun, c.lead, c.inside = walk{}, true, 0, !cut.Last
	return cut
}
