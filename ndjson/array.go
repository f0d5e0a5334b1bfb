// The array form: one JSON array over the whole input, its elements the
// records. What stands between two separators is a slot. Cutter and Parser find
// the slots with the same code, which looks at nothing but brackets, commas and
// quotes, so that they agree also on text that is not JSON.

package ndjson

import (
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// slot is a part of an array: an element, if there is one, and the separator
// behind it. All places are indices of the text that is scanned; the scan goes
// on where it stopped when the same text has become longer.
type slot struct {
	part  part
	quote bool // within a string
	depth int  // open brackets and braces
	pos   int  // how far the text was read; at the end, where the next slot begins

	start, end int  // the element
	junk       int  // the first byte that has no business behind the element; -1 for none
	sep        byte // ',' or ']' behind the element; 0 if another element follows at once
}

// part is how far a slot was read.
type part uint8

const (
	before part = iota // before the element
	token              // in a number, a literal or what else it may be
	inside             // in an object, an array or a string
	behind             // behind the element
	ended              // behind the separator
)

// scan reads the slot on and says whether it is complete. It ends behind a comma
// or a closing bracket, or before the next element when there is neither.
func (s *slot) scan(text []byte) bool {
	for s.part != ended {
		switch s.part {
		case before, behind:
			s.pos = scan.JSONSpace(text, s.pos)
			if s.pos == len(text) {
				return false
			}
			if s.part == before {
				s.open(text[s.pos])
			} else {
				s.leave(text[s.pos])
			}
		case token:
			for s.pos < len(text) && !endsToken(text[s.pos]) {
				s.pos++
			}
			if s.pos == len(text) {
				return false
			}
			s.end, s.part = s.pos, behind
		case inside:
			if !s.element(text) {
				return false
			}
		}
	}
	return true
}

// open takes the first byte of a slot that is not space.
func (s *slot) open(c byte) {
	s.start, s.end, s.junk = s.pos, s.pos, -1
	switch c {
	case ',', ']':
		s.close(c)
	case '{', '[', '"':
		s.part = inside
	default:
		s.part = token
		s.pos++
	}
}

// leave takes a byte behind the element.
func (s *slot) leave(c byte) {
	switch c {
	case ',', ']':
		s.close(c)
	case '{', '[', '"':
		s.part = ended
	default:
		if s.junk < 0 {
			s.junk = s.pos
		}
		s.pos++
	}
}

func (s *slot) close(sep byte) {
	s.sep, s.part = sep, ended
	s.pos++
}

// element reads an object, an array or a string to its end.
//
// A line feed ends a string: JSON has none in strings, and reading is back in
// step with the next line when a quote was forgotten. What kind a bracket is of
// does not matter, only how many are open.
func (s *slot) element(text []byte) bool {
	for {
		if s.quote {
			s.pos, _ = scan.JSONString(text, s.pos)
		} else {
			s.pos = scan.JSONBracket(text, s.pos)
		}
		if s.pos == len(text) {
			return false
		}
		switch c := text[s.pos]; {
		case c == '"':
			s.quote = !s.quote
		case !s.quote && c|0x20 == '{':
			s.depth++
		case !s.quote:
			s.depth--
		case c == '\n':
			s.quote = false
		case c == '\\':
			if s.pos+1 == len(text) {
				return false
			}
			s.pos++
			s.quote = text[s.pos] != '\n'
		}
		s.pos++
		if s.depth == 0 && !s.quote {
			s.end, s.part = s.pos, behind
			return true
		}
	}
}

func endsToken(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', ',', ']', '{', '[', '"':
		return true
	}
	return false
}

// extent gives the place where the slot ends, its separator not counted, as far
// as it was read.
func (s *slot) extent() int {
	if s.sep != 0 {
		return s.pos - 1
	}
	return s.pos
}

// empty reports whether the slot is complete and has no element.
func (s *slot) empty() bool { return s.part == ended && s.start == s.end }

// cutArray cuts behind the last complete slot, or before what cannot be read.
func (c *Cutter) cutArray(block []byte, atEOF bool) endpoint.Cut {
	switch {
	case c.closed:
		return c.cutRest(block, atEOF)
	case c.long:
		return c.cutElement(block, atEOF)
	}
	good := 0
	for {
		s := &c.slot
		complete := s.scan(block)
		switch {
		case s.part != before && s.extent()-s.start > c.max:
			return c.cutBad(block, atEOF, fault.RecordSize)
		case complete && s.empty() && s.sep == ']' && c.comma:
			return c.cutBad(block, atEOF, fault.JSONArray)
		case complete:
			good = s.pos
			if c.next(good); c.closed {
				return c.cut(good)
			}
		case atEOF:
			c.pending = c.pending && s.part == before
			return c.cut(len(block))
		case s.part == before:
			return c.cut(s.pos) // the space as well: there may be no end of it
		default:
			return c.cut(good)
		}
	}
}

// next takes note of a complete slot and goes on to the one that begins at n.
func (c *Cutter) next(n int) {
	c.comma = c.slot.sep == ','
	c.closed = c.slot.sep == ']'
	c.pending = c.comma
	c.slot = slot{pos: n}
}

// cut cuts off n bytes; what was seen behind them stays seen.
func (c *Cutter) cut(n int) endpoint.Cut {
	s := &c.slot
	s.pos -= n
	s.start -= n
	s.end -= n
	s.junk -= n
	return endpoint.Cut{N: n}
}

// cutBad cuts before a slot that cannot be read, or begins to cut it if it
// stands at the head of the block.
func (c *Cutter) cutBad(block []byte, atEOF bool, rule fault.Rule) endpoint.Cut {
	n := c.slot.start
	c.slot = slot{}
	if n > 0 {
		return endpoint.Cut{N: n}
	}
	if rule == fault.JSONArray {
		c.closed, c.pending = true, false
		return endpoint.Cut{N: 1, Fragment: true, First: true, Last: true, Rule: rule}
	}
	cut := c.cutElement(block, atEOF)
	cut.First, cut.Rule = true, rule
	return cut
}

// cutElement cuts a piece of an element that is too long. As in goOn, the last
// byte that was read is held back until the end is known.
func (c *Cutter) cutElement(block []byte, atEOF bool) endpoint.Cut {
	complete := c.slot.scan(block)
	n := c.slot.pos
	switch {
	case complete:
		c.next(n)
	case atEOF:
		n = len(block)
		c.pending = false
	default:
		n--
	}
	if c.cut(n); n <= 0 {
		return endpoint.Cut{}
	}
	last := complete || atEOF
	c.long = !last
	return endpoint.Cut{N: n, Fragment: true, Last: last}
}

// cutRest cuts what follows the closing bracket: space, and then nothing that
// belongs there.
func (c *Cutter) cutRest(block []byte, atEOF bool) endpoint.Cut {
	if c.long {
		return c.goOn(block, 0, atEOF)
	}
	if n := scan.JSONSpace(block, 0); n > 0 || len(block) == 0 {
		return endpoint.Cut{N: n}
	}
	cut := c.goOn(block, 0, atEOF)
	if cut.N > 0 {
		cut.First, cut.Rule = true, fault.JSONArray
	}
	return cut
}
