package scan

import "math/bits"

// csvScan is the state of a scan at the start of a block of 64 bytes. The
// assembly knows its layout.
type csvScan struct {
	at    int // start of the block
	n     int // bounds that are found
	lines int // rows that are found

	inside uint64 // all ones while a quote is open
	closed uint64 // bit 0: the byte before the block closes a quote, or may do so
	cellAt uint64 // bit 0: a cell starts with the block

	src     []byte
	bounds  []uint32
	rows    []uint32
	special []uint64
	hard    []uint64
	limit   int // no block is begun with so many bounds

	tail [64]byte // the last block, if it is not whole, and spaces behind it
}

// run scans until the end of src, or until it may not go on, and gives the place.
//
// It goes by blocks of 64 bytes: a mask for each kind of byte, the stretches
// inside quotes as running parity of the quotes, and the neighbourhood of each
// quote by shifting masks against each other, with one bit carried from block to
// block. Blocks without a quote, outside quotes, are the common case and need only
// commas and line feeds.
//
// Machines that can do it in vector code do the same for all blocks but the last
// and one that breaks the grammar, which are left for the body here.
func (s *csvScan) run() (end int) {
	for s.at < len(s.src) {
		s.quick()
		if s.at >= len(s.src) || s.n >= s.limit {
			break
		}
		if end, ok := s.block(); !ok {
			return end
		}
	}
	return min(s.at, len(s.src))
}

// block scans one block. If it breaks the grammar it gives the place, and what
// stands before that is in the index.
func (s *csvScan) block() (end int, ok bool) {
	base, src := s.at, s.src
	valid := ^uint64(0)
	b := &s.tail
	if left := len(src) - base; left < 64 {
		valid = 1<<uint(left) - 1
		for i := copy(b[:], src[base:]); i < len(b); i++ {
			b[i] = ' '
		}
	} else {
		b = (*[64]byte)(src[base:])
	}
	s.at += 64
	comma, lf, cr, quote, special := maskCSV(b)
	if quote|special&^lf|s.inside|s.closed == 0 {
		s.special[base>>6], s.hard[base>>6] = 0, 0
		ends := transpose(comma | lf)
		s.cellAt = ends >> 63
		if lf != 0 {
			lf = transpose(lf)
		}
		s.flatten(base, ends, lf)
		return 0, true
	}
	comma, lf, cr, quote, special = transpose(comma), transpose(lf), transpose(cr), transpose(quote), transpose(special)
	// A carriage return that a line feed follows belongs to it.
	crlf := cr & (lf >> 1)
	if cr>>63 != 0 && base+64 < len(src) && src[base+64] == '\n' {
		crlf |= 1 << 63
	}
	in := prefixXor(quote) ^ s.inside
	opens, closes := quote&in, quote&^in
	within := comma & in
	comma, lf = comma&^in, lf&^in
	ends := comma | lf
	// A quote opens at the start of a cell, or right after one that closed:
	// the two are then a doubled quote inside a cell.
	bad := opens &^ ((ends|closes)<<1 | s.cellAt | s.closed)
	// After a closing quote the cell ends, or the quote was half of a doubled one.
	after := closes<<1 | s.closed
	bad |= after &^ (ends | opens | crlf&^in) & valid
	if last := len(src) - 1 - base; last < 64 && cr&(1<<uint(last)) != 0 {
		bad &^= 1 << uint(last) // a carriage return that src ends with
	}
	special = special&^(lf|crlf&^in) | within
	around := opens&(ends<<1|s.cellAt) | closes&((ends|crlf&^in)>>1)
	s.special[base>>6], s.hard[base>>6] = special, special&^around
	if bad != 0 {
		first := bits.TrailingZeros64(bad)
		sound := uint64(1)<<uint(first) - 1
		s.flatten(base, ends&sound, lf&sound)
		return base + first, false
	}
	s.flatten(base, ends, lf)
	s.inside = -(in >> 63)
	s.closed = closes >> 63
	s.cellAt = ends >> 63
	return 0, true
}

// flatten writes the places of the bits of ends to the bounds, and those of lf to
// the rows, which have room for 64 more each; what lies behind may be overwritten.
func (s *csvScan) flatten(base int, ends, lf uint64) {
	// Eight at a time, also when fewer are left: what is written too much is
	// overwritten later, and the loop ends as foreseen nearly always.
	out, n, start := (*[64]uint32)(s.bounds[s.n:]), bits.OnesCount64(ends), uint32(base)
	for i := 0; i < n; i += 8 {
		o := (*[8]uint32)(out[i:])
		o[0] = start + place(ends)
		ends &= ends - 1
		o[1] = start + place(ends)
		ends &= ends - 1
		o[2] = start + place(ends)
		ends &= ends - 1
		o[3] = start + place(ends)
		ends &= ends - 1
		o[4] = start + place(ends)
		ends &= ends - 1
		o[5] = start + place(ends)
		ends &= ends - 1
		o[6] = start + place(ends)
		ends &= ends - 1
		o[7] = start + place(ends)
		ends &= ends - 1
	}
	s.n += n
	for ; lf != 0; lf &= lf - 1 {
		s.rows[s.lines] = uint32(base) + place(lf)
		s.lines++
	}
}

// maskCSV says what stands in a block, in the order of [planes]: each byte that is
// looked for is eight bits that must be set or clear. special are quotes, backslashes
// and all control characters.
func maskCSV(block *[64]byte) (comma, lf, cr, quote, special uint64) {
	b0, b1, b2, b3, b4, b5, b6, b7 := planes(block)
	none := b7 | b6
	control := ^(none | b5)
	c := b3 & b2 &^ (b1 | b0)                // 0C, 1C and so on
	comma = c & b5 &^ (none | b4)            // 2C
	slash := c & b6 & b4 &^ (b7 | b5)        // 5C
	odd := b1 &^ (b2 | b0)                   // 02, 0A, 12 and so on
	quote = odd & b5 &^ (none | b4 | b3)     // 22
	lf = odd & b3 & control &^ b4            // 0A
	cr = b3 & b2 & b0 & control &^ (b4 | b1) // 0D
	return comma, lf, cr, quote, control | quote | slash
}

// place gives the place of the lowest bit of set, as bits.TrailingZeros64 does, but
// for 0. Without the instructions of newer processors, which are not asked for here,
// that would become one that is many times slower than a multiplication.
func place(set uint64) uint32 { return uint32(places[set&-set*sequence>>58]) }

// sequence is of de Bruijn: it has each number of six bits once, so that each power
// of two times it has another one on top.
const sequence = 0x03f79d71b4ca8b09

// places has the exponents of the powers of two by those numbers.
var places = func() (all [64]uint8) {
	for i := range all {
		all[uint64(sequence)<<i>>58] = uint8(i)
	}
	return all
}()
