// The plan of output: what a schema means for an appender. The text between two
// values has two parts: the join, which depends on what kind of value is left,
// on its group and on the group of the next value, and the name of the next
// value.

package ndjson

import (
	"cmp"
	"slices"

	"github.com/endpointfile/endpointfile/endpoint"
)

const (
	kinds      = int(endpoint.List) + 1
	groups     = int(endpoint.GroupCount)
	startClass = kinds * groups // the class of the place before the first value
	endGroup   = groups         // the group of the place behind the last value
)

// joins has the text that closes a value and its groups and opens the groups of the
// next value, by class of the last value and group of the next.
type joins [kinds*groups + 1][groups + 1]string

// step is what an appender knows of a column.
type step struct {
	group uint8  // the group of the column: which joins lead to it
	class uint8  // kind and group: which joins leave it
	need  uint8  // the flags that a value must have to be copied without another look; [never] if its name is too long for the table
	head  uint16 // the first column of the same name
	kind  endpoint.Kind
}

// never is what no value has as its flags.
const never = 0xff

// plan is a schema compiled for output.
type plan struct {
	schema *endpoint.Schema
	cols   []step
	keys   []string // by column: the name up to where the value begins: `"City":"`, `"Team":["`, `"Spend":`
	joins  joins

	dense  bool // what it was compiled for
	tabled bool // the table was made
	rows   int  // what was written without it
	table       // has no cells if it would be too large
	sorted bool // dense: the columns are in the order of output

	// Of sparse batches.
	seen   []uint32 // by column: the last row that had it
	at     []uint32 // by column: where that row has it first
	mark   uint32   // of the row at hand, for seen
	places []place
}

// top gives the member of the record that a group lies in.
func top(g endpoint.Group) endpoint.Group {
	for g != endpoint.InRecord && g.Info().Parent != endpoint.InRecord {
		g = g.Info().Parent
	}
	return g
}

// makeJoins makes the joins, which are the same for all schemas.
func (p *plan) makeJoins() {
	tails := [kinds]string{endpoint.Text: `"`, endpoint.Number: ``, endpoint.List: `"]`}
	for to := endpoint.InRecord; to <= endpoint.Group(endGroup); to++ {
		for from := endpoint.InRecord; from < endpoint.GroupCount; from++ {
			for kind, tail := range tails {
				p.joins[kind*groups+int(from)][to] = tail + between(from, to)
			}
		}
		if to == endpoint.Group(endGroup) {
			p.joins[startClass][to] = "{}\n"
		} else {
			p.joins[startClass][to] = "{" + opening(endpoint.InRecord, to)
		}
	}
}

// between gives what stands between a value of one group and one of another.
func between(from, to endpoint.Group) string {
	s := ""
	if to == endpoint.Group(endGroup) {
		for g := from; g != endpoint.InRecord; g = g.Info().Parent {
			s += "}"
		}
		return s + "}\n"
	}
	for !within(to, from) {
		s += "}"
		from = from.Info().Parent
	}
	return s + "," + opening(from, to)
}

// within reports whether a group is another one or lies in it.
func within(g, outer endpoint.Group) bool {
	for g != outer && g != endpoint.InRecord {
		g = g.Info().Parent
	}
	return g == outer
}

// opening opens the groups on the way from an outer group to one within.
func opening(outer, g endpoint.Group) string {
	s := ""
	for ; g != outer; g = g.Info().Parent {
		s = `"` + g.Info().Member + `":{` + s
	}
	return s
}

// compile makes the plan fit a batch of which some rows are written. A schema that
// has grown costs no more than its new columns, but for the table: that is made once
// the rows that it serves are worth it.
func (p *plan) compile(b *endpoint.Batch, rows int) {
	same := p.schema == b.Schema && len(p.cols) == b.Len()
	if same && p.dense == b.Dense && p.tabled {
		return
	}
	if p.schema != b.Schema || len(p.cols) > b.Len() {
		p.schema, p.cols, p.keys = b.Schema, p.cols[:0], p.keys[:0]
	}
	for i := len(p.cols); i < b.Len(); i++ {
		s, key := makeStep(b.Columns[i], b.Head(i))
		p.cols, p.keys = append(p.cols, s), append(p.keys, key)
	}
	if grow := b.Len() - len(p.seen); grow > 0 {
		p.seen = append(p.seen, make([]uint32, grow)...)
		p.at = append(p.at, make([]uint32, grow)...)
	}
	if !same || p.dense != b.Dense {
		p.dense, p.tabled, p.rows = b.Dense, false, 0
		p.cells, p.order = p.cells[:0], p.order[:0]
	}
	if p.rows += rows; !b.Dense && p.rows <= min(len(p.cols)*len(p.cols), maxTable)/rowCells {
		return
	}
	if b.Dense {
		vals := make([]endpoint.Value, b.Len())
		for i := range vals {
			vals[i] = endpoint.MakeValue(0, 0, i, 0)
		}
		for _, v := range p.arrange(nil, vals) {
			p.order = append(p.order, uint16(v.Column()))
		}
		p.sorted = slices.IsSorted(p.order)
	}
	p.makeTable()
	p.tabled = true
}

// makeStep makes the step of a column, and its key.
func makeStep(c endpoint.Column, head int) (s step, key string) {
	info := c.Field.Info()
	name := info.Member
	if info.Custom {
		name = c.Key
	}
	text := append(appendString(nil, name), ':')
	s = step{
		head: uint16(head), group: uint8(info.Group), kind: info.Kind, class: uint8(int(info.Kind)*groups + int(info.Group)),
		need: uint8(endpoint.Literal),
	}
	switch info.Kind {
	case endpoint.Text:
		text = append(text, '"')
	case endpoint.List:
		text = append(text, `["`...)
	case endpoint.Number:
		s.need |= uint8(endpoint.Bare)
	}
	return s, string(text)
}

// appendString appends a JSON string.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		if e := escapes[s[i]]; e != "" {
			dst = append(dst, e...)
		} else {
			dst = append(dst, s[i])
		}
	}
	return append(dst, '"')
}

// regular reports whether the values come group by group and list by list, as a
// parser gives them, and no other name twice.
func (p *plan) regular(vals []endpoint.Value) bool {
	p.nextRow()
	g, open := endpoint.InRecord, groupSet(0)
	last := -1
	for _, v := range vals {
		c := &p.cols[v.Column()]
		if int(c.head) == last {
			if c.kind != endpoint.List {
				return false
			}
			continue
		}
		last = int(c.head)
		if p.seen[last] == p.mark {
			return false
		}
		p.seen[last] = p.mark
		to := endpoint.Group(c.group)
		if to == g {
			continue
		}
		for in := to; !within(g, in); in = in.Info().Parent {
			if open&(1<<in) != 0 {
				return false
			}
			open |= 1 << in
		}
		g = to
	}
	return true
}

func (p *plan) nextRow() {
	if p.mark++; p.mark == 0 {
		p.mark = 1
		clear(p.seen)
	}
}

// place is a value with the keys that it is sorted by: where its member of the
// record, its group within that, and its column first appear.
type place struct {
	unit, part, head uint32
	v                endpoint.Value
}

// arrange appends the values in an order in which groups and lists are whole,
// each where its first value stands.
func (p *plan) arrange(dst, vals []endpoint.Value) []endpoint.Value {
	p.nextRow()
	var firsts [endpoint.GroupCount]uint32 // place of the first value in or below a group, plus one
	p.places = p.places[:0]
	for i, v := range vals {
		c := &p.cols[v.Column()]
		if p.seen[c.head] != p.mark {
			p.seen[c.head], p.at[c.head] = p.mark, uint32(i)
		}
		for g := endpoint.Group(c.group); g != endpoint.InRecord; g = g.Info().Parent {
			if firsts[g] == 0 {
				firsts[g] = uint32(i) + 1
			}
		}
		head := p.at[c.head]
		at := place{unit: head, head: head, v: v}
		if g := endpoint.Group(c.group); g != endpoint.InRecord {
			outer := top(g)
			at.unit, at.part = firsts[outer]-1, head
			if g != outer {
				at.part = firsts[g] - 1
			}
		}
		p.places = append(p.places, at)
	}
	slices.SortStableFunc(p.places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.part, b.part), cmp.Compare(a.head, b.head))
	})
	for i := range p.places {
		dst = append(dst, p.places[i].v)
	}
	return dst
}
