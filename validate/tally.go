// This file counts: the custom names of a record, the values of a name, and the
// faults in the values of a name. Counts are kept by the first column of a name.

package validate

import (
	"strconv"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// tallies count by column. They start at zero for each turn without being cleared:
// a count holds only for the turn that stands beside it.
type tallies struct {
	turn   uint64
	counts []tally
}

type tally struct {
	turn uint64
	n    int
}

// fit makes room for the columns of a schema.
func (t *tallies) fit(s *endpoint.Schema) {
	for len(t.counts) < s.Len() {
		t.counts = append(t.counts, tally{})
	}
}

// next begins a new turn.
func (t *tallies) next() { t.turn++ }

// bump counts one for a column and gives the count.
func (t *tallies) bump(head int) int {
	c := &t.counts[head]
	if c.turn != t.turn {
		c.turn, c.n = t.turn, 0
	}
	c.n++
	return c.n
}

// of gives the count of a column that was bumped in this turn.
func (t *tallies) of(head int) int { return t.counts[head].n }

// kinds gives the largest number of names that a kind has in a schema.
func kinds(s *endpoint.Schema) int {
	var kinds [endpoint.FieldCount]int
	most := 0
	for i, c := range s.Columns {
		if c.Field.Custom() && s.Head(i) == i {
			kinds[c.Field]++
			most = max(most, kinds[c.Field])
		}
	}
	return most
}

// widest gives the largest number of columns that a name has in a schema.
func (t *tallies) widest(s *endpoint.Schema) int {
	t.next()
	most := 0
	for i := range s.Columns {
		most = max(most, t.bump(s.Head(i)))
	}
	return most
}

// first reports whether a finding about a value of a sparse record is still among
// the first maxValues of its name. The rest is not told: such a list is too long
// anyway, and a hostile record could hold a million faults. In a dense batch the
// number of columns is bound enough.
//
// Rows must come in order. A pass over a batch begins with faultsRow = 0.
func (c *Checker) first(row int, v endpoint.Value) bool {
	if c.b.Dense {
		return true
	}
	if c.faultsRow != row+1 {
		c.faultsRow = row + 1
		c.faults.next()
	}
	return c.faults.bump(c.schema.Head(v.Column())) <= maxValues
}

// count checks how many names a record has of each kind and how many values of
// each name. A fault stands at the first name or value that is too many.
func (c *Checker) count(row int) {
	if !c.names {
		if c.manyValues(row) {
			c.longLists(row)
		}
		return
	}
	b := c.b
	r := &b.Rows[row]
	c.seen.next()
	var names, beyond [endpoint.FieldCount]int // names, and the place of the first too many
	lists := false
	for at := int(r.First); at < int(r.First+r.N); at++ {
		v := b.Vals[at]
		head := c.schema.Head(v.Column())
		field := c.schema.Columns[head].Field
		if !field.Custom() || v.Len() == 0 {
			continue
		}
		switch c.seen.bump(head) {
		case 1:
			if names[field]++; names[field] == maxNamesOfKind+1 {
				beyond[field] = at
			}
		case maxValues + 1:
			lists = true
		}
	}
	for field, n := range names {
		if n > maxNamesOfKind {
			group := endpoint.Field(field).Info().Group.String()
			detail := "has " + strconv.Itoa(n) + " names on one endpoint, where " + strconv.Itoa(maxNamesOfKind) + " are allowed"
			c.addAt(row, b.Offset(b.Vals[beyond[field]]), noColumn, finding{rule: fault.AttributeCount, detail: detail}, "", group)
		}
	}
	if lists {
		c.longLists(row)
	}
}

// manyValues reports whether some list of a record has too many values.
func (c *Checker) manyValues(row int) bool {
	c.seen.next()
	for _, v := range c.b.Values(row) {
		if column := v.Column(); c.ops[column] == opList && v.Len() > 0 && c.seen.bump(c.schema.Head(column)) > maxValues {
			return true
		}
	}
	return false
}

// longLists tells of the names of a record that have too many values.
func (c *Checker) longLists(row int) {
	b := c.b
	r := &b.Rows[row]
	first := len(c.found)
	c.seen.next()
	for at := int(r.First); at < int(r.First+r.N); at++ {
		v := b.Vals[at]
		if v.Len() > 0 && c.ops[v.Column()] == opList && c.seen.bump(c.schema.Head(v.Column())) == maxValues+1 {
			c.add(row, v, finding{rule: fault.ValueCount}, "")
		}
	}
	for _, f := range c.found[first:] {
		n := c.seen.of(c.schema.Head(int(f.column)))
		c.wordings[f.wording].detail = "has " + strconv.Itoa(n) + " values, where " + strconv.Itoa(maxValues) + " are allowed"
	}
}
