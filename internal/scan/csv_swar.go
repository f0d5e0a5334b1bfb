package scan

import "encoding/binary"

// Arithmetic on the eight bytes of a word at once.

const (
	ones  = 0x0101010101010101 // a byte times ones is that byte eight times over
	highs = 0x80 * ones        // the highest bit of each byte
	lows  = 0x7f * ones        // all other bits
)

// zeros sets the highest bit of each byte that is zero, exactly, and clears all
// other bits.
func zeros(w uint64) uint64 { return ^((w&lows + lows) | w | lows) }

// below sets the highest bit of some byte if, and only if, some byte of w is
// less than n, for n up to 128. Bytes above the lowest such byte may be marked
// wrongly; bits other than the highest ones mean nothing.
func below(w, n uint64) uint64 { return (w - n*ones) &^ w }

// planes gives the bits of a block by their weight, those of ones first: bit 8*i+k of
// each word is for byte i of the k-th word of the block. That is not the order of
// the bytes, but what costs least, and [transpose] makes it that.
func planes(b *[64]byte) (b0, b1, b2, b3, b4, b5, b6, b7 uint64) {
	b0, b1 = swapBits(binary.LittleEndian.Uint64(b[0:]), binary.LittleEndian.Uint64(b[8:]), 1, 0x55*ones)
	b2, b3 = swapBits(binary.LittleEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[24:]), 1, 0x55*ones)
	b4, b5 = swapBits(binary.LittleEndian.Uint64(b[32:]), binary.LittleEndian.Uint64(b[40:]), 1, 0x55*ones)
	b6, b7 = swapBits(binary.LittleEndian.Uint64(b[48:]), binary.LittleEndian.Uint64(b[56:]), 1, 0x55*ones)
	b0, b2 = swapBits(b0, b2, 2, 0x33*ones)
	b1, b3 = swapBits(b1, b3, 2, 0x33*ones)
	b4, b6 = swapBits(b4, b6, 2, 0x33*ones)
	b5, b7 = swapBits(b5, b7, 2, 0x33*ones)
	b0, b4 = swapBits(b0, b4, 4, 0x0f*ones)
	b1, b5 = swapBits(b1, b5, 4, 0x0f*ones)
	b2, b6 = swapBits(b2, b6, 4, 0x0f*ones)
	b3, b7 = swapBits(b3, b7, 4, 0x0f*ones)
	return b0, b1, b2, b3, b4, b5, b6, b7
}

// swapBits swaps the bits of b that mask chooses with those of a that it chooses when it
// is shifted left.
func swapBits(a, b uint64, shift uint, mask uint64) (uint64, uint64) {
	t := (a>>shift ^ b) & mask
	return a ^ t<<shift, b ^ t
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

// prefixXor makes each bit of the result the parity of the bits of m up to and
// including its own place: the stretches between odd and even bits are filled.
func prefixXor(m uint64) uint64 {
	m ^= m << 1
	m ^= m << 2
	m ^= m << 4
	m ^= m << 8
	m ^= m << 16
	return m ^ m<<32
}
