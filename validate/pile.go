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
	n    uint
	vals [pileSize]endpoint.Value // copies
	at   [pileSize]uint32         // where they stand in Vals
}

// addressPiles tells by channel on which pile an address belongs, a bit each: that of
// opEmail, of opPhone, of opToken.
var addressPiles = [8]uint{notChannel: 4, channelEmail: 1, channelSMS: 2, channelVoice: 2, channelPush: 4}

// clearPiles judges all values that still wait.
func (c *Checker) clearPiles() {
	for o := range opCount {
		if c.piles[o].n > 0 {
			c.clearPile(o)
		}
	}
}

// clearPile judges the values of a pile. They are in the order of the batch, which
// [Checker.first] asks for. On the pile of lists there are only values of which
// something is to be told.
func (c *Checker) clearPile(o op) {
	p := &c.piles[o]
	vals := p.vals[:p.n]
	p.n = 0
	quick := c.quick[o&31]
	for i := 0; i < len(vals); i++ {
		if quick != nil {
			if i += quick(vals[i:], 1, c.b.Data); i == len(vals) {
				return
			}
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
