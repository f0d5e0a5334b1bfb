package scan

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

// gather moves the highest bits of the eight bytes into the lowest eight bits,
// the first byte's into the lowest; all other bits of w must be clear.
func gather(w uint64) uint64 { return w * 0x0002040810204081 >> 56 }

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
