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

// put lays the value that stands at a place of Vals on the pile of an operation, and
// counts it: by zero, if there is nothing to judge. That is quicker than to ask.
func (c *Checker) put(o op, v endpoint.Value, at int, count uint) {
	p := &c.piles[o&31]
	i := p.n % pileSize
	p.vals[i], p.at[i] = v, uint32(at)
	if p.n = i + count; p.n == pileSize {
		c.clearPile(o)
	}
}

// addressPiles tells by channel on which pile an address belongs, a bit each: that of
// opEmail, of opPhone, of opToken.
var addressPiles = [8]uint{notChannel: 4, channelEmail: 1, channelSMS: 2, channelVoice: 2, channelPush: 4}

// putAddress lays down the address at a place of Vals. It lays it on all three piles
// and lets it count on one: the channels of records come in no order.
func (c *Checker) putAddress(ch channel, at int) {
	v, which := c.b.Vals[at], addressPiles[ch&7]
	email, phone, token := &c.piles[opEmail], &c.piles[opPhone], &c.piles[opToken]
	i, j, k := email.n%pileSize, phone.n%pileSize, token.n%pileSize
	email.vals[i], email.at[i] = v, uint32(at)
	phone.vals[j], phone.at[j] = v, uint32(at)
	token.vals[k], token.at[k] = v, uint32(at)
	email.n = i + which&1
	phone.n = j + which>>1&1
	token.n = k + which>>2
	if (email.n|phone.n|token.n)&pileSize != 0 { // one is full
		c.clearPile([...]op{1: opEmail, 2: opPhone, 4: opToken}[which])
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
