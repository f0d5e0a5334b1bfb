package endpoint

import "encoding/binary"

const (
	// gatherMost is how many values are written at once.
	gatherMost = 32
	// gatherSlack is how many bytes of the buffer behind a value must be free.
	// Codecs that copy more than a value has read them, too.
	gatherSlack = 64
)

// piece is the text of a value, with the column and the flags that do not depend
// on the text.
type piece struct {
	text string
	tag  Value
}

// gathering is what gather works on. gather_amd64.s knows its layout.
type gathering struct {
	list []piece // gatherMost at most
	buf  []byte
	at   int     // the place in buf that was come to
	vals []Value // as many as list has
	k    int     // the piece that was come to
	high uint64  // by piece: it has bytes that are not ASCII
}

// gatherGo writes pieces into buf and makes values of them, as long as there is
// room, and none is larger than a record may be. Bytes of buf behind the place
// that it comes to may be overwritten.
//
// This body serves every machine, and others are held against it.
func gatherGo(g *gathering) {
	for ; g.k < len(g.list); g.k++ {
		p := &g.list[g.k]
		n := len(p.text)
		if n > MaxRecord || g.at+n+gatherSlack > len(g.buf) {
			return
		}
		text := g.buf[g.at : g.at+n]
		copy(text, p.text)
		ascii, flags := look(text)
		if !ascii {
			g.high |= 1 << g.k
		}
		g.vals[g.k] = p.tag | MakeValue(g.at, n, 0, flags)
		g.at += n
	}
}

// look reports whether text is ASCII, and which of the flags of [Plain] it has. It
// looks at eight bytes at once.
func look(text []byte) (ascii bool, flags Flags) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	var high, care, commas uint64
	word := func(x uint64) {
		// A byte below k borrows from its highest bit when k is taken away from it;
		// what that does to the bytes above it does not matter, since care is told
		// already. Bytes with the highest bit set are left out.
		quote, comma, backslash := x^('"'*ones), x^(','*ones), x^('\\'*ones)
		care |= ((x - ' '*ones) | (quote - ones) | (backslash - ones)) &^ x
		commas |= (comma - ones) &^ x
		high |= x
	}
	n := len(text)
	switch {
	case n >= 8:
		for i := 0; i < n-8; i += 8 {
			word(binary.LittleEndian.Uint64(text[i:]))
		}
		word(binary.LittleEndian.Uint64(text[n-8:]))
	case n >= 4:
		x := uint64(binary.LittleEndian.Uint32(text[n-4:]))
		word(x<<32 | uint64(binary.LittleEndian.Uint32(text)))
	default:
		x := uint64(0x6161616161616161)
		for _, c := range text {
			x = x<<8 | uint64(c)
		}
		word(x)
	}
	switch {
	case care&highs != 0:
	case commas&highs != 0:
		flags = Literal
	default:
		flags = Plain
	}
	return high&highs == 0, flags
}
