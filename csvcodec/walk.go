package csvcodec

// This file is the grammar of one record, read exactly and slowly: the Cutter
// walks the records that hold quotes, the Parser those that its fast path
// cannot vouch for. Both must come to the same end, so both use this.

import (
	"bytes"

	"github.com/endpointfile/endpointfile/fault"
)

// walk is how far one record was read. The zero value stands before its first
// byte. All places count from there, so that a walk can go on when more of the
// input is there: no byte is searched twice for the same thing.
type walk struct {
	pos   int       // read so far
	state walkState // what pos stands in
	lf    int       // no line feed stands from the last place of interest up to here
	quote int       // where the quoted cell opens that pos stands in

	broken    int // where the last closed cell that holds a line feed opens
	brokenEnd int // the end of the line on which it opens; 0 if there is none

	rule fault.Rule // what is wrong with the record
	at   int        // and where
}

type walkState uint8

const (
	inCells walkState = iota // at or before the start of a cell, or in an unquoted one
	inQuote                  // in a quoted cell; if pos stands on a quote, what follows it is not known yet
	inWreck                  // behind a fault: only the line feed counts
)

// fate is what a walk says of its record.
type fate uint8

const (
	unsure   fate = iota // it depends on bytes that are not there yet
	whole                // the record ends, sound or with a fault
	oversize             // the record's first line is longer than a record may be
)

// run reads on in src, which starts at the record's first byte and must start
// with the bytes of the run before. max is the size of the largest record;
// atEOF says that nothing comes after src. It gives the length of the record,
// line end included, once its fate is whole; w.rule then tells what is wrong.
//
// The answer is the same for every longer src.
func (w *walk) run(src []byte, max int, atEOF bool) (int, fate) {
	n := min(len(src), max)
	seen := src[:n]
	for {
		switch w.state {
		case inCells:
			w.lf = w.feed(seen, w.pos, n)
			i := bytes.IndexByte(seen[w.pos:w.lf], '"')
			if i < 0 {
				if w.pos = w.lf; w.lf < n {
					return w.lf + 1, whole
				}
				return w.short(seen, max, atEOF)
			}
			w.pos += i
			if w.pos > 0 && seen[w.pos-1] != ',' {
				w.rule, w.at, w.state = fault.CSVBareQuote, w.pos, inWreck
				continue
			}
			w.quote, w.state = w.pos, inQuote
			w.pos++

		case inQuote:
			i := bytes.IndexByte(seen[w.pos:], '"')
			if i < 0 {
				w.pos = n
				return w.short(seen, max, atEOF)
			}
			w.pos += i
			switch after(seen[w.pos+1:]) {
			case doubled:
				w.pos += 2
			case closes:
				if lf := w.feed(seen, w.quote, w.pos); lf < w.pos {
					w.broken, w.brokenEnd = w.quote, lf+1
				}
				w.pos++
				w.state = inCells
			case unknown:
				return w.short(seen, max, atEOF)
			case stray:
				w.lf = w.feed(seen, w.quote, w.pos)
				if w.lf < w.pos {
					w.rule, w.at = fault.CSVQuoteOpen, w.quote
					return w.lf + 1, whole
				}
				w.pos++
				w.rule, w.at, w.state = fault.CSVQuoteText, w.pos, inWreck
			}

		case inWreck:
			w.lf = w.feed(seen, w.pos, n)
			if w.pos = w.lf; w.lf < n {
				return w.lf + 1, whole
			}
			return w.short(seen, max, atEOF)
		}
	}
}

// short decides about a record that does not end within seen.
func (w *walk) short(seen []byte, max int, atEOF bool) (int, fate) {
	n := len(seen)
	switch {
	case n == max:
		// Too long for a record. If it has a line break, the quoted cell that
		// holds the last one is what should have been closed.
		if w.state == inQuote {
			if w.lf = w.feed(seen, w.quote, n); w.lf < n {
				w.rule, w.at = fault.CSVQuoteOpen, w.quote
				return w.lf + 1, whole
			}
		}
		if w.brokenEnd > 0 {
			w.rule, w.at = fault.CSVQuoteOpen, w.broken
			return w.brokenEnd, whole
		}
		return 0, oversize
	case !atEOF:
		return 0, unsure
	case w.state == inQuote && w.pos == n:
		w.rule, w.at = fault.CSVQuoteOpen, w.quote
		return min(w.feed(seen, w.quote, n)+1, n), whole
	}
	return n, whole
}

// feed finds the first line feed from place from on, before place to, and gives
// to if there is none. It trusts w.lf for what lies between from and there.
func (w *walk) feed(seen []byte, from, to int) int {
	from = max(from, w.lf)
	if from >= to {
		return to
	}
	if i := bytes.IndexByte(seen[from:to], '\n'); i >= 0 {
		return from + i
	}
	return to
}

// follower is what stands behind a quote inside a quoted cell.
type follower uint8

const (
	stray   follower = iota // text: it should not be there
	doubled                 // a quote: the two stand for one
	closes                  // the end of the cell
	unknown                 // not to be seen yet; at the end of the input, the end of the cell
)

func after(rest []byte) follower {
	if len(rest) == 0 {
		return unknown
	}
	switch rest[0] {
	case '"':
		return doubled
	case ',', '\n':
		return closes
	case '\r':
		if len(rest) == 1 {
			return unknown
		}
		if rest[1] == '\n' {
			return closes
		}
	}
	return stray
}
