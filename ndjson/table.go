// The table: all text between any two values of a row, ready to be copied. A
// class says all about the value before that the text depends on: its kind and
// its group, or, where a list has several columns, the list. So one cell has the
// end of a value, the groups that end and begin, and the name of the next value,
// and a row costs one copy for the text before a value and one for the value.

package ndjson

import (
	"slices"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

const (
	// cellText is the size in bytes of the longest text in a cell.
	cellText = 63
	// noText is the size of a text that is too long.
	noText = 0xff
	// maxTable is how many cells a table has at most: 4 MiB.
	maxTable = 1 << 16
	// rowCells is how many cells are made in the time that a row takes, or less.
	rowCells = 16
)

// cell is the text between two values. The assembly knows its layout.
type cell struct {
	text [cellText]byte
	n    uint8 // bytes of text, or noText
}

// table has the cells of a schema.
type table struct {
	cells []cell         // by class, and in a class by column; behind the last column what stands at the end
	from  []classOf      // by class
	next  []uint32       // by column: where the cells begin that follow its value
	order []uint16       // the columns in the order of output
	end   endpoint.Value // stands for the end of a record in a list of values
	packs []packing
}

// classOf is what a class of the table stands for.
type classOf struct {
	class int // the row of the joins
	head  int // the list that may go on, or -1
}

// makeTable makes the table of the plan's columns, unless it would be too large or
// a name stands twice that cannot. In a sparse batch any list may go on.
func (p *plan) makeTable() {
	width := len(p.cols) + 1
	p.table = table{order: p.order, from: p.from[:0], next: p.next[:0], cells: p.cells[:0], packs: p.packs[:0]}
	var general [kinds * groups]int // place in from, plus one
	lists := map[int]int{}          // by head: place in from
	for i, c := range p.cols {
		repeated := int(c.head) != i
		if repeated && c.kind != endpoint.List {
			p.table = table{order: p.order}
			return
		}
		if repeated || !p.dense && c.kind == endpoint.List {
			lists[int(c.head)] = 0
		}
	}
	p.from = append(p.from, classOf{startClass, -1})
	for i := range p.cols {
		c := &p.cols[i]
		row, repeated := lists[int(c.head)]
		switch {
		case repeated && row == 0:
			row = len(p.from)
			lists[int(c.head)] = row
			p.from = append(p.from, classOf{int(c.class), int(c.head)})
		case !repeated && general[c.class] == 0:
			row = len(p.from)
			general[c.class] = row
			p.from = append(p.from, classOf{int(c.class), -1})
		case !repeated:
			row = general[c.class]
		}
		p.next = append(p.next, uint32(row*width))
	}
	if len(p.from)*width > maxTable {
		p.table = table{order: p.order}
		return
	}
	p.next = append(p.next, 0)
	p.cells = slices.Grow(p.cells, len(p.from)*width)[:len(p.from)*width]
	for row, from := range p.from {
		for col := range width {
			c := &p.cells[row*width+col]
			*c = cell{n: noText}
			if join, key := p.between(from, col); len(join)+len(key) <= cellText {
				c.n = uint8(copy(c.text[:], join+key))
			} else if col < len(p.cols) {
				p.cols[col].need = never
			}
		}
	}
	p.end = endpoint.MakeValue(0, 0, len(p.cols), endpoint.Literal)
	p.makePacks()
}

// between gives the text between a value of a class and one of a column, or the end
// for the column behind the last, in two parts.
func (p *plan) between(from classOf, col int) (join, key string) {
	if col == len(p.cols) {
		return p.joins[from.class][endGroup], ""
	}
	if c := &p.cols[col]; int(c.head) != from.head {
		return p.joins[from.class][c.group], p.keys[col]
	}
	return `","`, ""
}

// careful reports whether a value needs more than to be copied.
func (p *plan) careful(v endpoint.Value) bool {
	if v == p.end {
		return false
	}
	need := p.cols[v.Column()].need
	return uint8(v.Flags())&(need|uint8(endpoint.InAux)) != need
}

// untilCare counts the values before the first careful one.
func (p *plan) untilCare(list []endpoint.Value) int {
	for i, v := range list {
		if p.careful(v) {
			return i
		}
	}
	return len(list)
}

// slow writes one value, or the end of a record, with care. If it cannot be written,
// the rule says why.
func (p *plan) slow(e *emission, b *endpoint.Batch, v endpoint.Value) (rule fault.Rule) {
	width, col := len(p.cols)+1, v.Column()
	if c := &p.cells[int(e.row)+col]; c.n != noText {
		e.buf = grow(e.buf, e.n, room)
		*(*[cellText]byte)(e.buf[e.n:]) = c.text
		e.n += int(c.n)
	} else {
		join, key := p.between(p.from[int(e.row)/width], col)
		e.buf, e.n = appendText(e.buf, e.n, join)
		e.buf, e.n = appendText(e.buf, e.n, key)
	}
	e.row = p.next[col]
	if v != p.end {
		e.buf, e.n, rule = p.value(e.buf, e.n, b, v)
	}
	return rule
}
