package scan

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// plain scans blocks as run does, up to one that needs its care: one with a
// quote, a backslash or a control character that ends no line, or inside quotes, or
// the last, which may be a part of one.
//
// Quotes and backslashes are rare, and package bytes finds them faster than they
// are ruled out here. Commas and control characters remain: both are taken for the
// end of a cell, and blocks that hold control characters are looked at again.
func (s *csvScan) plain() {
	if s.inside|s.closed != 0 {
		return
	}
	src, from := s.src, s.at
	for s.at+64 < len(src) && s.n < s.limit && s.calm() {
		b := (*[64]byte)(src[s.at:])
		ends, controls := stops(b)
		if controls != 0 {
			returns, ok := s.lineEnds(transpose(controls))
			if !ok {
				break
			}
			ends &^= returns
		}
		s.special[s.at>>6], s.hard[s.at>>6] = 0, 0
		flatten((*[64]uint32)(s.bounds[s.n:]), ends, uint32(s.at))
		s.n += bits.OnesCount64(ends)
		s.at += 64
	}
	if s.at > from {
		s.cellAt = 0
		if c := src[s.at-1]; c == ',' || c == '\n' {
			s.cellAt = 1
		}
	}
}

// calm reports whether the block that comes has no quote and no backslash.
func (s *csvScan) calm() bool {
	if s.quote < s.at {
		s.quote = next(s.src, s.at, '"')
	}
	if s.slash < s.at {
		s.slash = next(s.src, s.at, '\\')
	}
	return min(s.quote, s.slash) >= s.at+64
}

// next gives the place of the first c from at on, or the length of src.
func next(src []byte, at int, c byte) int {
	if i := bytes.IndexByte(src[at:], c); i >= 0 {
		return at + i
	}
	return len(src)
}

// stops gives a mask of the commas and control characters of a block, and one of
// its control characters by columns: bit 8*i+k is for byte i of word k. The words
// are written out, so that they share their constants in registers.
func stops(b *[64]byte) (mask, controls uint64) {
	m0, t0 := stopsOf(binary.LittleEndian.Uint64(b[0:]))
	m1, t1 := stopsOf(binary.LittleEndian.Uint64(b[8:]))
	m2, t2 := stopsOf(binary.LittleEndian.Uint64(b[16:]))
	m3, t3 := stopsOf(binary.LittleEndian.Uint64(b[24:]))
	mask, text := m0|m1<<8|m2<<16|m3<<24, t0>>7|t1>>6|t2>>5|t3>>4
	m0, t0 = stopsOf(binary.LittleEndian.Uint64(b[32:]))
	m1, t1 = stopsOf(binary.LittleEndian.Uint64(b[40:]))
	m2, t2 = stopsOf(binary.LittleEndian.Uint64(b[48:]))
	m3, t3 = stopsOf(binary.LittleEndian.Uint64(b[56:]))
	mask, text = mask|m0<<32|m1<<40|m2<<48|m3<<56, text|t0>>3|t1>>2|t2>>1|t3
	return mask, ^text
}

// stopsOf gives the mask of a word, and a bit in text for each byte that is no
// control character, its highest.
func stopsOf(w uint64) (mask, text uint64) {
	low := w & lows
	text = (low + (0x80-' ')*ones) | w
	return gather(^(((low ^ ','*ones) + lows | w) & text) & highs), text & highs
}

// transpose makes bit 8*i+k of m bit 8*k+i.
func transpose(m uint64) uint64 {
	t := (m ^ m>>7) & 0x00aa00aa00aa00aa
	m ^= t ^ t<<7
	t = (m ^ m>>14) & 0x0000cccc0000cccc
	m ^= t ^ t<<14
	t = (m ^ m>>28) & 0x00000000f0f0f0f0
	return m ^ t ^ t<<28
}

// lineEnds adds the line feeds of the block that comes to the rows, and gives a mask of
// the carriage returns before them. controls are the control characters of the
// block: if there is any other, ok is false and no row is added.
func (s *csvScan) lineEnds(controls uint64) (returns uint64, ok bool) {
	lines := s.lines
	for ; controls != 0; controls &= controls - 1 {
		at := s.at + bits.TrailingZeros64(controls)
		switch c := s.src[at]; {
		case c == '\n':
			s.rows[lines] = uint32(at)
			lines++
		case c == '\r' && s.src[at+1] == '\n':
			returns |= controls & -controls
		default:
			return 0, false
		}
	}
	s.lines = lines
	return returns, true
}
