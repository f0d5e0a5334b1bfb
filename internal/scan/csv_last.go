package scan

import (
	"bytes"
	"math/bits"
)

// LastRow gives the place behind the last record that ends in src, which starts at
// the start of a record and breaks no rule of the grammar; 0 if none ends there. ok
// is false if it does break one, or if there is no quick way to tell.
func LastRow(src []byte) (end int, ok bool) {
	l := csvLast{stop: (len(src) - 1) &^ 63}
	if !l.quick(src) {
		return 0, false
	}
	if l.rows != 0 {
		end = l.block + 64 - bits.LeadingZeros64(l.rows)
	}
	// The last block, which may be a part of one.
	var (
		bounds, rows  [2 * CSVSlack]uint32
		special, hard [2]uint64
	)
	s := csvScan{
		src: src[l.at:], bounds: bounds[:], rows: rows[:], special: special[:], hard: hard[:], limit: 1,
		inside: l.inside, closed: l.closed, cellAt: 1,
	}
	if l.at > 0 {
		c := src[l.at-1]
		if s.cellAt = 0; (c == ',' || c == '\n') && l.inside|l.closed == 0 {
			s.cellAt = 1
		}
	}
	if len(s.src) > 0 {
		if _, ok := s.block(); !ok {
			return 0, false
		}
	}
	if s.lines > 0 {
		end = l.at + int(rows[s.lines-1]) + 1
	}
	return end, true
}

// csvLast is the state of looking for the last row. The assembly knows its layout.
type csvLast struct {
	src    *byte
	at     int // start of the block at hand
	stop   int // start of the last block
	inside uint64
	closed uint64
	block  int    // the last block with a row's end
	rows   uint64 // the ends of rows in it
}

// quickGo goes over all blocks but the last, and reports whether they break no rule. It
// does not where quotes are few: to go from quote to quote is quicker there.
func (l *csvLast) quickGo(src []byte) bool {
	if len(src) == 0 || fewQuotes(src) {
		return false
	}
	var (
		bounds, rows  [2 * CSVSlack]uint32
		special, hard [1]uint64
	)
	s := csvScan{bounds: bounds[:], rows: rows[:], special: special[:], hard: hard[:], cellAt: 1}
	for ; l.at < l.stop; l.at += 64 {
		s.src, s.at, s.n, s.lines = src[l.at:], 0, 0, 0
		if _, ok := s.block(); !ok {
			return false
		}
		if s.lines > 0 {
			l.block, l.rows = l.at, 1<<rows[s.lines-1]
		}
	}
	l.inside, l.closed = s.inside, s.closed
	return true
}

// fewQuotes reports whether the head of src has fewer quotes than one in two blocks.
func fewQuotes(src []byte) bool {
	head := src[:min(len(src), 4<<10)]
	return bytes.Count(head, quote) < len(head)/128
}

var quote = []byte{'"'}
