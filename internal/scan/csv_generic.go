package scan

import (
	"encoding/binary"
	"math/bits"
)

// csvMask says what stands in 64 bytes, bit i of each mask for byte i. special
// are quotes, backslashes and all control characters.
type csvMask struct{ comma, lf, cr, quote, special uint64 }

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

	// The places of the next quote and the next backslash, as far as they were
	// looked for: none lies before them from at on.
	quote, slash int
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
// and one that breaks the grammar, which are left for the body here; others go
// over the common case with less work. See quick and plain.
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
	var m csvMask
	valid := ^uint64(0)
	if left := len(src) - base; left < 64 {
		m = maskTail(src[base:])
		valid = 1<<uint(left) - 1
	} else {
		m = maskCSV((*[64]byte)(src[base:]))
	}
	s.at += 64
	// A carriage return that a line feed follows belongs to it.
	crlf := m.cr & (m.lf >> 1)
	if m.cr>>63 != 0 && base+64 < len(src) && src[base+64] == '\n' {
		crlf |= 1 << 63
	}
	if m.quote|s.inside|s.closed == 0 {
		special := m.special &^ (m.lf | crlf)
		s.special[base>>6], s.hard[base>>6] = special, special
		s.cellAt = (m.comma | m.lf) >> 63
		s.flatten(base, m.comma|m.lf, m.lf)
		return 0, true
	}
	in := prefixXor(m.quote) ^ s.inside
	opens, closes := m.quote&in, m.quote&^in
	comma, lf := m.comma&^in, m.lf&^in
	ends := comma | lf
	// A quote opens at the start of a cell, or right after one that closed:
	// the two are then a doubled quote inside a cell.
	bad := opens &^ ((ends|closes)<<1 | s.cellAt | s.closed)
	// After a closing quote the cell ends, or the quote was half of a doubled one.
	after := closes<<1 | s.closed
	bad |= after &^ (ends | opens | crlf&^in) & valid
	if last := len(src) - 1 - base; last < 64 && m.cr&(1<<uint(last)) != 0 {
		bad &^= 1 << uint(last) // a carriage return that src ends with
	}
	special := m.special&^(lf|crlf&^in) | m.comma&in
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
	flatten((*[64]uint32)(s.bounds[s.n:]), ends, uint32(base))
	s.n += bits.OnesCount64(ends)
	for lf != 0 {
		s.rows[s.lines] = uint32(base + bits.TrailingZeros64(lf))
		s.lines++
		lf &= lf - 1
	}
}

// maskTail makes the mask of fewer than 64 bytes. What is missing counts as
// spaces.
func maskTail(src []byte) csvMask {
	var block [64]byte
	for i := copy(block[:], src); i < len(block); i++ {
		block[i] = ' '
	}
	return maskCSV(&block)
}

// maskCSV makes the mask of a block on words of eight bytes.
func maskCSV(block *[64]byte) (m csvMask) {
	var returns uint64
	for i := uint(0); i < 64; i += 8 {
		w := binary.LittleEndian.Uint64(block[i:])
		low := w & lows
		quote := ((low ^ '"'*ones) + lows) | w
		control := (low + (0x80-' ')*ones) | w
		m.comma |= gather(^(((low^','*ones)+lows)|w)&highs) << i
		m.lf |= gather(^(((low^'\n'*ones)+lows)|w)&highs) << i
		m.quote |= gather(^quote&highs) << i
		m.special |= gather(^(quote&control&((low^'\\'*ones)+lows|w))&highs) << i
		returns |= below(w^'\r'*ones, 1)
	}
	if returns&highs != 0 {
		for i := uint(0); i < 64; i += 8 {
			m.cr |= gather(zeros(binary.LittleEndian.Uint64(block[i:])^'\r'*ones)) << i
		}
	}
	return m
}

// flatten writes base plus the place of each bit of set to out. What lies
// behind that may be overwritten.
func flatten(out *[64]uint32, set uint64, base uint32) {
	// Eight at a time, also when fewer are left: what is written too much is
	// overwritten later, and the loop ends as foreseen nearly always.
	for i := 0; set != 0; i += 8 {
		o := (*[8]uint32)(out[i:])
		o[0] = base + place(set)
		set &= set - 1
		o[1] = base + place(set)
		set &= set - 1
		o[2] = base + place(set)
		set &= set - 1
		o[3] = base + place(set)
		set &= set - 1
		o[4] = base + place(set)
		set &= set - 1
		o[5] = base + place(set)
		set &= set - 1
		o[6] = base + place(set)
		set &= set - 1
		o[7] = base + place(set)
		set &= set - 1
	}
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
