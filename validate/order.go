// This file brings findings in order: those that are told one by one in that of the
// input, and those that are only counted under their kinds.

package validate

import (
	"cmp"
	"slices"

	"github.com/endpointfile/endpointfile/fault"
)

// sort puts the findings in the order of the input. They come column by column, each
// in the order of the rows: rows are told apart by counting, and the few findings of
// a row are sorted.
func (c *Checker) sort() {
	rows := len(c.b.Rows)
	c.ends = append(c.ends[:0], make([]uint32, rows+1)...)
	ends := c.ends
	for i := range c.found {
		ends[c.found[i].row+1]++
	}
	for r := range rows {
		ends[r+1] += ends[r]
	}
	c.sorted = slices.Grow(c.sorted[:0], len(c.found))[:len(c.found)]
	for _, f := range c.found {
		c.sorted[ends[f.row]] = f
		ends[f.row]++
	}
	c.found, c.sorted = c.sorted, c.found
	from := uint32(0)
	for _, to := range ends[:rows] {
		if of := c.found[from:to]; len(of) > 1 {
			slices.SortStableFunc(of, inRow)
		}
		from = to
	}
}

// inRow orders the findings of a row.
func inRow(x, y found) int {
	return cmp.Or(cmp.Compare(x.off, y.off), cmp.Compare(rank(x.rule), rank(y.rule)))
}

// rank orders the findings of one place: by rule, but that spaces around a value
// are mended before what is between them.
func rank(r fault.Rule) fault.Rule {
	if r == fault.Spaces {
		return 0
	}
	return r
}

// countKey tells counts apart.
type countKey struct {
	rule     fault.Rule
	severity fault.Severity
	column   int32
	field    string
}

// countOf finds the count for a finding, or begins it.
func (c *Checker) countOf(at found, field string) int {
	key := countKey{at.rule, at.severity, at.column, field}
	i, ok := c.countAt[key]
	if !ok {
		if c.countAt == nil {
			c.countAt = make(map[countKey]int)
		}
		i = len(c.counts)
		c.countAt[key] = i
		c.counts = append(c.counts, count{found: at, field: field})
	}
	return i
}

// tellCounts hands what was counted to the report, in the order in which it would
// have met the first of each.
func (c *Checker) tellCounts(rep *fault.Report) error {
	slices.SortFunc(c.counts, func(x, y count) int {
		return cmp.Or(inRow(x.found, y.found), cmp.Compare(x.column, y.column), cmp.Compare(x.field, y.field))
	})
	var err error
	for i := range c.counts {
		if n := &c.counts[i]; rep != nil && err == nil {
			e := fault.Error{Rule: n.rule, Severity: n.severity, Field: n.field, Record: c.b.Record + int64(n.row)}
			e.Offset = c.b.Base.Offset + int64(n.off)
			if n.column != noColumn {
				e.Field = c.schema.Columns[n.column].String()
			}
			err = rep.AddCount(&e, n.number)
		}
	}
	clear(c.counts)
	c.counts = c.counts[:0]
	clear(c.countAt)
	return err
}
