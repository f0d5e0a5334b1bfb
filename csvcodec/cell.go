package csvcodec

import (
	"bytes"
	"math/bits"
	"slices"

	"github.com/endpointfile/endpointfile/internal/scan"
)

// cell is the text of one cell: a place within some bytes, without the quotes
// around it.
type cell struct {
	start, end int
	quoted     bool
	doubled    bool // the text holds doubled quotes
}

// nextCell reads the cell that starts at place at of a sound record without its
// line end, and gives the place where the next one starts: behind the end of
// the record if there is none.
func nextCell(rec []byte, at int) (c cell, next int) {
	if at == len(rec) || rec[at] != '"' {
		end := at + bytes.IndexByte(rec[at:], ',')
		if end < at {
			end = len(rec)
		}
		return cell{start: at, end: end}, end + 1
	}
	c = cell{start: at + 1, quoted: true}
	for at++; ; at += 2 {
		at += bytes.IndexByte(rec[at:], '"')
		if at+1 == len(rec) || rec[at+1] != '"' {
			c.end = at
			return c, at + 2
		}
		c.doubled = true
	}
}

// text gives the text of a cell, its doubled quotes undone. It borrows from rec
// where it can.
func (c cell) text(rec []byte) []byte {
	if !c.doubled {
		return rec[c.start:c.end]
	}
	return appendUndoubled(nil, rec[c.start:c.end])
}

// appendUndoubled appends the inside of a quoted cell, with one quote for two.
func appendUndoubled(dst, inside []byte) []byte {
	n := len(dst)
	dst = slices.Grow(dst, len(inside)+scan.UndoubleSlack)
	return dst[:n+scan.CSVUndouble(dst[n:cap(dst)], inside)]
}

// cellAt finds the start of the cell that holds place at of a record, and the
// number of cells before it. What stands before at breaks no rule.
func cellAt(rec []byte, at int) (start, n int) {
	for {
		_, next := nextCell(rec[:at], start)
		if next > at {
			return start, n
		}
		start = next
		n++
	}
}

// nextMark finds the first bit of a set, from from on and before to; if there
// is none it gives to or more.
func nextMark(set []uint64, from, to int) int {
	if from >= to {
		return to
	}
	i := from >> 6
	word := set[i] >> (uint(from) & 63) << (uint(from) & 63)
	for word == 0 {
		if i++; i<<6 >= to {
			return to
		}
		word = set[i]
	}
	return i<<6 + bits.TrailingZeros64(word)
}
