package ndjson

import (
	"bytes"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// Cutter tells where records end. It finds out by itself which of the two forms
// an input has: records on lines, or one array over the whole input. The zero
// value is ready to use.
//
// A Cutter belongs to one goroutine and one input.
type Cutter struct {
	max  int  // largest record; 0 means endpoint.MaxRecord
	form form // what the first byte has told

	seen int  // lines: bytes at the head of the block that hold no line feed
	long bool // in the middle of a record that is too long, or of what follows the array

	slot    slot // array: the slot that is being read, in places of the block
	comma   bool // array: the last separator was a comma
	closed  bool // array: the closing bracket was cut
	pending bool // array: nothing but space follows the opening bracket or the last comma
}

// form is how the records of an input are kept apart.
type form uint8

const (
	unknown form = iota
	lines
	array
)

// NewCutter makes a cutter.
func NewCutter(opt *Options) *Cutter { return &Cutter{max: opt.maxRecord()} }

// utf8Mark is the byte-order mark that some editors put before UTF-8.
var utf8Mark = []byte("\xEF\xBB\xBF")

// Cut implements [endpoint.Codec]. A byte-order mark, and the opening bracket
// of an array with the space before it, are cut off alone: they are what Header
// reads. Runs of space may be cut off alone too.
//
// What cannot be read as a record goes in fragments: a record that is too long
// ([fault.RecordSize]), and a closing bracket behind a comma or anything behind
// the closing bracket ([fault.JSONArray]).
func (c *Cutter) Cut(block []byte, atEOF bool) endpoint.Cut {
	if c.max == 0 {
		c.max = endpoint.MaxRecord
	}
	if c.form == unknown {
		if n, sure := c.findForm(block, atEOF); n > 0 || !sure {
			return endpoint.Cut{N: n}
		}
	}
	if c.form == array {
		return c.cutArray(block, atEOF)
	}
	return c.cutLines(block, atEOF)
}

// findForm looks for the first byte that is not space. It gives the length of
// what Header reads, and false when more input is needed to know.
func (c *Cutter) findForm(block []byte, atEOF bool) (n int, sure bool) {
	if !atEOF && len(block) < len(utf8Mark) && bytes.HasPrefix(utf8Mark, block) {
		return 0, false
	}
	n, i := head(block, c.seen)
	if i == len(block) && !atEOF && i <= c.max {
		c.seen = i
		return 0, false
	}
	c.seen = 0
	c.form = lines
	if isArray(block, i, c.max) {
		c.form, c.pending = array, true
		n = i + 1
	}
	return n, true
}

// head gives the length of the byte-order mark and the place of the first byte
// that is neither that nor space. The first seen bytes are known to be both.
func head(text []byte, seen int) (mark, i int) {
	if bytes.HasPrefix(text, utf8Mark) {
		mark = len(utf8Mark)
	}
	return mark, scan.JSONSpace(text, max(mark, seen))
}

// isArray reports whether an input whose first byte is at i is an array. Before
// the bracket there may be as much space as a record may be long.
func isArray(text []byte, i, limit int) bool {
	return i < len(text) && text[i] == '[' && i <= limit
}

// cutLines cuts behind the last line feed.
func (c *Cutter) cutLines(block []byte, atEOF bool) endpoint.Cut {
	if c.long {
		return c.goOn(block, bytes.IndexByte(block, '\n')+1, atEOF)
	}
	n := bytes.LastIndexByte(block[c.seen:], '\n') + 1
	if n > 0 {
		n += c.seen
	}
	c.seen = 0
	if max(n, len(block)-n) > c.max {
		return c.cutLong(block, atEOF)
	}
	if atEOF {
		n = len(block)
	} else if n == 0 {
		c.seen = len(block)
	}
	return endpoint.Cut{N: n}
}

// cutLong cuts a block that may hold a line that is too long: before that line,
// or what there is of it.
func (c *Cutter) cutLong(block []byte, atEOF bool) endpoint.Cut {
	at := 0
	for at < len(block) {
		n := bytes.IndexByte(block[at:], '\n')
		size := n
		if n < 0 {
			size = len(block) - at
		}
		if size > c.max {
			if at > 0 {
				break
			}
			cut := c.goOn(block, n+1, atEOF)
			cut.First, cut.Rule = true, fault.RecordSize
			return cut
		}
		if n < 0 {
			if atEOF {
				at = len(block)
			}
			break
		}
		at += n + 1
	}
	return endpoint.Cut{N: at}
}

// goOn cuts a piece of something that cannot be read and that ends after n
// bytes, or later if n is 0. One byte is held back until the end is known, so
// that there is always a last piece with something in it.
func (c *Cutter) goOn(block []byte, n int, atEOF bool) endpoint.Cut {
	last := n > 0 || atEOF
	if n == 0 {
		n = len(block)
	}
	if !last {
		n--
	}
	if n <= 0 {
		return endpoint.Cut{}
	}
	c.long = !last
	return endpoint.Cut{N: n, Fragment: true, Last: last}
}

// Finish says what is wrong with the end of an input when there is no record to
// say it of: an array that is not closed. It is called once, after the last
// cut; pos is the place behind the last byte. The error is fault.ErrStop or nil.
func (c *Cutter) Finish(pos fault.Pos, rep *fault.Report) error {
	if c.form != array || !c.pending {
		return nil
	}
	return rep.Add(&fault.Error{Pos: pos, Rule: fault.JSONArray, Detail: "the input ends before the array is closed", Hint: "the file seems to be cut off: a ] belongs at its end"})
}
