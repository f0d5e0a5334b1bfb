// Reading ahead by memory. Between the values of two columns stands the same
// text in record after record: a closing quote, braces, a comma, names, an
// opening quote. The parser remembers a few such texts for each column and
// compares (see follow.go); only if none fits does it read rule by rule (see
// walk.go). A text is remembered only if reading it changed nothing but which
// column comes next and which groups are open, so that both ways have the same
// result.

package ndjson

import (
	"cmp"
	"slices"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/scan"
)

const (
	maxLink   = 64   // size of the longest text that is remembered
	maxLinks  = 8    // how many are remembered for a column
	maxStates = 1025 // for how many columns, and the start of a record
)

// Column numbers that are none, as the answers of [Parser.walk].
const (
	colEnd  = -1 // the record is complete
	colTorn = -2 // the record is torn
	colNone = -3 // go on reading
)

// link is the text from the end of one value to the start of the next.
// follow_amd64.s knows its layout.
type link struct {
	text   [maxLink]byte
	head   uint64         // the bits that count of the first eight bytes of text
	need   uint64         // a bit for each byte of text that counts
	tag    endpoint.Value // the next value but for its place: its column, and the flags of a plain one
	hits   uint32
	col    int32 // the column of the next value, or colEnd
	n      uint8 // size of text
	opens  groupSet
	again  bool // the next value belongs to the same list
	number bool // the next value is a number
}

// state is what the parser remembers of a column, or of the start of a record.
// follow_amd64.s knows its layout.
type state struct {
	links [maxLinks]link
	n     uint32
	turns uint8 // counts texts that found no place, to slow down forgetting
}

// learn remembers a text that led to a column.
func (st *state) learn(text []byte, col int, number, again bool, opens groupSet) {
	if len(text) > maxLink || len(text) == 0 || col+1 >= maxStates {
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
	*l = link{n: uint8(len(text)), head: 1<<(8*len(text)) - 1, need: 1<<len(text) - 1, col: int32(col), number: number, again: again, opens: opens}
	copy(l.text[:], text)
	if col >= 0 {
		flags := endpoint.Plain
		if number {
			flags |= endpoint.Bare
		}
		l.tag = endpoint.MakeValue(0, 0, col, flags)
	}
}

// rank puts the texts that are met most in front. What was long ago counts less
// and less.
func (st *state) rank() {
	links := st.links[:st.n]
	slices.SortStableFunc(links, func(a, b link) int { return cmp.Compare(b.hits, a.hits) })
	for k := range links {
		links[k].hits /= 2
	}
}

// members reads the record that starts at i, value by value, and those on the
// lines behind it as far as memory goes. It gives the place where to read on:
// next, if that is only one record.
func (p *Parser) members(i, next int) int {
	at, col := 0, colNone // number of the state: 0 or column + 1
	for {
		p.trail.escape = false
		if at < len(p.states) {
			row := p.row
			if i, at, col = p.ahead(i, at); p.row > row {
				if next = p.resume(i, at, col); next <= i {
					return next
				}
			}
		}
		if col == colNone {
			i, col = p.next(i, at)
		}
		if col >= 0 {
			i = p.value(i, col)
		}
		if col < 0 || i < 0 {
			p.finish(next)
			return next
		}
		at, col = col+1, colNone
	}
}

// ahead reads from state number at, which stands at i, as far as memory goes. It
// gives the place and the state that it came to, and colNone. If that is within
// a record, at the start of a value that needs care, it gives the column of the
// value instead, and colEnd at the end of the record. p.row is then the row of
// that record.
func (p *Parser) ahead(i, at int) (int, int, int) {
	t := &p.trail
	t.vals, t.rows, t.states, t.cols = p.b.Vals, p.b.Rows, p.states, p.cols
	t.i, t.at, t.end, t.more = i, at, p.end, p.more
	if p.more {
		t.end = p.limit
	}
	t.mark, t.opened, t.item = p.mark, p.opened, p.item
	t.col = colNone
	for t.i+2*stride <= t.known || t.look() {
		if follow(t); t.col != colNone || t.i+2*stride <= t.known {
			break
		}
	}
	p.b.Vals, p.b.Rows, p.row = t.vals, t.rows, len(t.rows)-1
	p.mark, p.opened, p.item = t.mark, t.opened, t.item
	return t.i, t.at, t.col
}

// resume makes the parser ready to read on at i in a record that ahead has begun,
// and gives the end of its line. A record of which nothing was read, or which the
// schema may have no room for, is given back: then it gives the start of it.
func (p *Parser) resume(i, at, col int) int {
	row := p.b.Rows[p.row]
	next := lineEnd(p.data, i)
	if p.end = next; p.data[next-1] == '\n' {
		p.end--
	}
	p.eof = p.end == next
	if at == 0 && col == colNone || col != colEnd && !p.room(p.end-int(row.Start)) {
		p.b.Rows, p.b.Vals = p.b.Rows[:p.row], p.b.Vals[:row.First]
		return int(row.Start)
	}
	return next
}

// value reads the value of a column that starts at i, behind its quote if it has
// one, and gives its end, -1 if the record is torn.
func (p *Parser) value(i, col int) int {
	if p.cols[col].kind == endpoint.Number {
		end, ok := scan.JSONNumber(p.data[:p.end], i)
		if !ok {
			p.place(col)
			p.syntax(end)
			return -1
		}
		p.b.Vals = append(p.b.Vals, endpoint.MakeValue(i, end-i, col, endpoint.Plain|endpoint.Bare))
		return end
	}
	if !p.trail.escape {
		if end, comma := scan.JSONString(p.data, i); end < p.end && p.data[end] == '"' {
			p.b.Vals = append(p.b.Vals, endpoint.MakeValue(i, end-i, col, literal(comma)))
			return end
		}
	}
	v, end := p.slow(i, col)
	if end >= 0 {
		p.b.Vals = append(p.b.Vals, v)
	}
	return end
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
		number := col >= 0 && p.cols[col].kind == endpoint.Number
		p.states[at].learn(p.data[from:i], col, number, col+1 == at, p.opens)
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
