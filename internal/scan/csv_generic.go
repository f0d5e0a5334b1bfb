package scan

import (
	"encoding/binary"
	"math/bits"
)

// maskRun is how many blocks of 64 bytes are masked at a time: enough to hide
// the cost of a call, few enough that little is done in vain where a fault ends
// the index.
const maskRun = 32

// csvMask says what stands in 64 bytes, bit i of each mask for byte i. special
// are quotes, backslashes and all control characters.
type csvMask struct{ comma, lf, cr, quote, special uint64 }

// indexCSV is the body of IndexCSV.
//
// It goes by blocks of 64 bytes: a mask for each kind of byte (made by vector
// instructions where the machine has them), the stretches inside quotes as
// running parity of the quotes, and the neighbourhood of each quote by shifting
// masks against each other, with one bit carried from block to block. Blocks
// without a quote, outside quotes, are the common case and need only commas and
// line feeds.
func indexCSV(index []uint32, special []uint64, src []byte) (n, end int) {
	var (
		inside uint64 // all ones while a quote is open at the block's start
		closed uint64 // bit 0: the byte before the block closes a quote, or may do so
		cellAt = uint64(1)
		masks  [maskRun]csvMask
		ready  int // masks that are made
		next   int // the first of them that was not used
	)
	for base := 0; base < len(src); base += 64 {
		if n+IndexSlack > len(index) {
			return n, base
		}
		valid := ^uint64(0)
		if left := len(src) - base; left < 64 {
			maskTail(&masks[0], src[base:])
			valid, next = 1<<uint(left)-1, 0
		} else if next == ready {
			next, ready = 0, min(maskRun, left/64)
			masksCSV(&masks, src[base:], ready)
		}
		m := &masks[next]
		next++
		commas, lfs, crs, quotes, specials := m.comma, m.lf, m.cr, m.quote, m.special
		// A carriage return that a line feed follows belongs to it.
		crlf := crs & (lfs >> 1)
		if crs>>63 != 0 && base+64 < len(src) && src[base+64] == '\n' {
			crlf |= 1 << 63
		}
		if quotes|inside|closed == 0 {
			special[base>>6] = specials &^ (lfs | crlf)
			cellAt = (commas | lfs) >> 63
			n = flattenCSV(index, n, base, commas|lfs, lfs)
			continue
		}
		in := prefixXor(quotes) ^ inside
		opens, closes := quotes&in, quotes&^in
		comma, lf := commas&^in, lfs&^in
		ends := comma | lf
		// A quote opens at the start of a cell, or right after one that closed:
		// the two are then a doubled quote inside a cell.
		bad := opens &^ ((ends|closes)<<1 | cellAt | closed)
		// After a closing quote the cell ends, or the quote was half of a doubled one.
		after := closes<<1 | closed
		bad |= after &^ (ends | opens | crlf&^in) & valid
		if last := len(src) - 1 - base; last < 64 && crs&(1<<uint(last)) != 0 {
			bad &^= 1 << uint(last) // a carriage return that src ends with
		}
		special[base>>6] = specials&^(lf|crlf&^in) | commas&in
		if bad != 0 {
			first := bits.TrailingZeros64(bad)
			before := uint64(1)<<uint(first) - 1
			return flattenCSV(index, n, base, ends&before, lf&before), base + first
		}
		n = flattenCSV(index, n, base, ends, lf)
		inside = -(in >> 63)
		closed = closes >> 63
		cellAt = ends >> 63
	}
	return n, len(src)
}

// maskTail makes the mask of fewer than 64 bytes. What is missing counts as
// spaces.
func maskTail(m *csvMask, src []byte) {
	var block [64]byte
	for i := copy(block[:], src); i < len(block); i++ {
		block[i] = ' '
	}
	*m = maskCSV(&block)
}

// masksCSVGo makes the masks of the first n blocks of src: the body for every
// machine, and the one that others are held against.
func masksCSVGo(dst *[maskRun]csvMask, src []byte, n int) {
	for k := range n {
		dst[k] = maskCSV((*[64]byte)(src[64*k:]))
	}
}

// maskCSV makes the mask of a block on words of eight bytes. Most words hold
// letters and commas only: one test finds them, and the other masks are made for
// the rest.
func maskCSV(block *[64]byte) (m csvMask) {
	for i := uint(0); i < 64; i += 8 {
		w := binary.LittleEndian.Uint64(block[i:])
		m.comma |= gather(zeros(w^','*ones)) << i
		// Flipping bit 1 puts the quote (0x22) below 0x21 and leaves the
		// control characters below 0x20.
		if (below(w^2*ones, '!')|below(w^'\\'*ones, 1))&highs != 0 {
			q := zeros(w ^ '"'*ones)
			m.lf |= gather(zeros(w^'\n'*ones)) << i
			m.cr |= gather(zeros(w^'\r'*ones)) << i
			m.quote |= gather(q) << i
			m.special |= gather(zeros(w&(0xe0*ones))|q|zeros(w^'\\'*ones)) << i
		}
	}
	return m
}

// flattenCSV writes the places of the bits of ends to index, from entry n on,
// and gives the number of entries then. Bits that are set in lf too are line
// feeds. index has room for 64 entries behind n, all of which may be overwritten.
func flattenCSV(index []uint32, n, base int, ends, lf uint64) int {
	out := (*[IndexSlack]uint32)(index[n:])
	flatten(out, ends, uint32(base))
	// Whether there is a line feed in a block is a matter of luck, so the first one
	// is marked without asking; a second one is rare.
	some := (lf | -lf) >> 63
	out[bits.OnesCount64(ends&(lf&-lf-1))%IndexSlack] |= uint32(some) << 31
	for lf &= lf - 1; lf != 0; {
		out[bits.OnesCount64(ends&(lf&-lf-1))] |= LineFeed
		lf &= lf - 1
	}
	return n + bits.OnesCount64(ends)
}

// flattenGo writes base plus the place of each bit of set to out. What lies
// behind that may be overwritten.
func flattenGo(out *[IndexSlack]uint32, set uint64, base uint32) {
	// Eight at a time, also when fewer are left: what is written too much is
	// overwritten later, and the loop ends as foreseen nearly always.
	for i := 0; set != 0; i += 8 {
		o := (*[8]uint32)(out[i:])
		o[0] = base + uint32(bits.TrailingZeros64(set))
		set &= set - 1
		o[1] = base + uint32(bits.TrailingZeros64(set))
		set &= set - 1
		o[2] = base + uint32(bits.TrailingZeros64(set))
		set &= set - 1
		o[3] = base + uint32(bits.TrailingZeros64(set))
		set &= set - 1
		o[4] = base + uint32(bits.TrailingZeros64(set))
		set &= set - 1
		o[5] = base + uint32(bits.TrailingZeros64(set))
		set &= set - 1
		o[6] = base + uint32(bits.TrailingZeros64(set))
		set &= set - 1
		o[7] = base + uint32(bits.TrailingZeros64(set))
		set &= set - 1
	}
}
