// Reading ahead by memory. Between the values of two columns stands the same
// text in record after record: a closing quote, braces, a comma, names, an
// opening quote. The parser remembers a few such texts for each column and
// compares; only if none fits does it read rule by rule (see walk.go). A text
// is remembered only if reading it changed nothing but which column comes next
// and which groups are open, so that both ways have the same result.

package ndjson

import (
	"encoding/binary"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/scan"
)

const (
	maxLink   = 56   // size of the longest text that is remembered
	maxLinks  = 4    // how many are remembered for a column
	maxStates = 1025 // for how many columns, and the start of a record
)

// Column numbers that are none, as the answers of [Parser.walk].
const (
	colEnd  = -1 // the record is complete
	colTorn = -2 // the record is torn
	colNone = -3 // go on reading
)

// link is the text from the end of one value to the start of the next.
type link struct {
	head  uint64 // its first eight bytes
	mask  uint64 // those bits of head that count
	last  uint64 // its last eight bytes, if it is longer than head
	n     uint8
	again bool     // the next value belongs to the same list
	opens groupSet // groups that it opens
	col   int32    // the column of the next value, or colEnd
	hits  uint32
	text  [maxLink]byte
}

// state is what the parser remembers of a column, or of the start of a record.
type state struct {
	n     uint8
	turns uint8 // counts texts that found no place, to slow down forgetting
	links [maxLinks]link
}

// find gives the link that stands at the head of s, nil if none is remembered.
// There must be at least maxLink bytes.
func (st *state) find(s []byte) *link {
	w := binary.LittleEndian.Uint64(s)
	for k := range st.links[:st.n] {
		l := &st.links[k]
		if (w^l.head)&l.mask != 0 || l.n > 8 && !l.follows(s) {
			continue
		}
		if l.hits++; k > 0 && l.hits > st.links[k-1].hits {
			st.links[k], st.links[k-1] = st.links[k-1], st.links[k]
			return &st.links[k-1]
		}
		return l
	}
	return nil
}

// follows compares what is behind the first eight bytes.
func (l *link) follows(s []byte) bool {
	n := int(l.n)
	for i := 8; i+8 < n; i += 8 {
		if binary.LittleEndian.Uint64(s[i:]) != binary.LittleEndian.Uint64(l.text[i:]) {
			return false
		}
	}
	return binary.LittleEndian.Uint64(s[n-8:]) == l.last
}

// learn remembers a text that led to a column.
func (st *state) learn(text []byte, col int, again bool, opens groupSet) {
	if len(text) > maxLink || len(text) == 0 {
		return
	}
	k := int(st.n)
	if k < maxLinks {
		st.n++
	} else {
		// All places are taken. Where no order repeats, remembering would cost
		// more than it gains: it is done now and then only.
		if st.turns++; st.turns%8 != 0 {
			return
		}
		k = maxLinks - 1
	}
	l := &st.links[k]
	*l = link{n: uint8(len(text)), again: again, opens: opens, col: int32(col), mask: ^uint64(0)}
	copy(l.text[:], text)
	l.head = binary.LittleEndian.Uint64(l.text[:])
	if n := len(text); n < 8 {
		l.mask = 1<<(8*n) - 1
	} else {
		l.last = binary.LittleEndian.Uint64(l.text[n-8:])
	}
}

// members reads the record that starts at i, value by value.
func (p *Parser) members(i int) {
	b, data := p.b, p.data
	vals := b.Vals
	at := 0 // number of the state: 0 or column + 1
	for {
		col := colNone
		if at < len(p.states) && i+maxLink <= len(data) {
			if l := p.states[at].find(data[i:]); l != nil {
				col = p.follow(l, i)
				if col != colNone {
					i += int(l.n)
				}
			}
		}
		if col == colNone {
			b.Vals = vals
			i, col = p.next(i, at)
			vals = b.Vals
		}
		if col < 0 {
			break
		}
		if p.cols[col].kind == endpoint.Number {
			end, ok := scan.JSONNumber(data[:p.end], i)
			if !ok {
				p.place(col)
				p.syntax(end)
				break
			}
			vals = append(vals, endpoint.MakeValue(i, end-i, col, endpoint.Plain|endpoint.Bare))
			i = end
		} else if end, comma := scan.JSONString(data, i); end < p.end && data[end] == '"' {
			flags := endpoint.Plain
			if comma {
				flags = 0
			}
			vals = append(vals, endpoint.MakeValue(i, end-i, col, flags))
			i = end
		} else {
			v, end := p.slow(i, col)
			if end < 0 {
				break
			}
			vals = append(vals, v)
			i = end
		}
		at = col + 1
	}
	b.Vals = vals
}

// follow takes the effect of a link that stands at i and gives its column. It
// gives colNone, and takes none, if the record then has something twice, does
// not end where it should, or has no number where there was one: the rules must
// see that.
func (p *Parser) follow(l *link, i int) int {
	col := int(l.col)
	if col < 0 {
		if i+int(l.n) != p.end {
			return colNone
		}
		return col
	}
	if l.again {
		p.item++
		return col
	}
	c := &p.cols[col]
	if c.kind == endpoint.Number {
		if i += int(l.n); i >= p.end || p.data[i] != '-' && p.data[i]-'0' > 9 {
			return colNone
		}
	}
	if c.stamp == p.mark || p.opened&l.opens != 0 {
		return colNone
	}
	c.stamp = p.mark
	p.opened |= l.opens
	p.item = 0
	return col
}

// next reads from the end of a value, or from the start of the record, to the
// start of the next value and remembers the way.
func (p *Parser) next(i, at int) (int, int) {
	from := i
	p.clean, p.opens = true, 0
	if at == 0 {
		p.phase = atStart
	} else {
		p.place(at - 1)
		if p.cols[at-1].kind != endpoint.Number {
			i++ // the closing quote
		}
	}
	i, col := p.walk(i)
	if p.clean && col != colTorn && at < len(p.states) {
		p.states[at].learn(p.data[from:i], col, col+1 == at, p.opens)
	}
	return i, col
}

// place says that p stands in, or behind, a value of a column.
func (p *Parser) place(col int) {
	c := &p.cols[col]
	p.g, p.col, p.key, p.phase = c.group, col, nil, atNext
	if c.kind == endpoint.List {
		p.phase = atComma
	} else {
		p.item = -1
	}
}
