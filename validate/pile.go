// This file sorts values by what is done with them, so that values of one kind are
// judged in a run where they do not stand one below the other: those of a sparse
// batch, and addresses, whose kind is told by the channel of their record.

package validate

import (
	"sort"

	"github.com/endpointfile/endpointfile/endpoint"
)

// pileSize is how many values wait for others of their kind.
const pileSize = 64

// pile are values of one operation, in the order of the batch.
type pile struct {
	n    int
	vals [pileSize]endpoint.Value // copies
	at   [pileSize]uint32         // where they stand in Vals
}

// put lays the value at a place of Vals on the pile of an operation. Values that
// have no rule are laid down, too: it is quicker than to ask.
func (c *Checker) put(o op, at int) {
	p := &c.piles[o&31]
	i := p.n % pileSize
	p.vals[i], p.at[i] = c.b.Vals[at], uint32(at)
	if p.n++; p.n == pileSize {
		c.clearPile(o)
	}
}

// clearPiles judges all values that still wait.
func (c *Checker) clearPiles() {
	for o := range opCount {
		if c.piles[o].n > 0 {
			c.clearPile(o)
		}
	}
}

// clearPile judges the values of a pile. They are in the order of the batch, which
// [Checker.first] asks for.
func (c *Checker) clearPile(o op) {
	p := &c.piles[o]
	vals := p.vals[:p.n]
	p.n = 0
	quick := c.quick[o]
	if o == opList {
		quick = lists
	}
	if quick == nil {
		return
	}
	for i := 0; i < len(vals); i++ {
		if i += quick(vals[i:], 1, c.b.Data); i == len(vals) {
			return
		}
		at := int(p.at[i])
		switch row := c.rowOf(at); {
		case o != opList:
			c.lookAgain(row, at, o)
		case vals[i].Len() == 0:
			c.emptyValue(row, at)
		default:
			c.longValue(row, at)
		}
	}
}

// rowOf gives the row that has the value at a place of Vals.
func (c *Checker) rowOf(at int) int {
	rows := c.b.Rows
	return sort.Search(len(rows), func(i int) bool { return int(rows[i].First+rows[i].N) > at })
}
