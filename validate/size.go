// This file has the rules that only profile current knows: no line breaks or tabs
// in values, and a limit to the size of an endpoint.

package validate

import (
	"bytes"
	"sort"
	"strconv"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// lineBreaks looks for line breaks and tabs in all values. Most values are known
// to be plain; the others are few, and only then it matters which row they are of.
func (c *Checker) lineBreaks() {
	b := c.b
	c.faultsRow = 0
	for at, v := range b.Vals {
		if v.Is(endpoint.Plain) || v.Len() == 0 || !breaks(b.Bytes(v)) {
			continue
		}
		row := sort.Search(len(b.Rows), func(i int) bool { return int(b.Rows[i].First+b.Rows[i].N) > at })
		if row == len(b.Rows) || at < int(b.Rows[row].First) || b.Rows[row].Flags&endpoint.Torn != 0 {
			continue
		}
		if c.breakMatters(row, v) && c.first(row, v) {
			c.add(row, v, finding{rule: fault.LineBreak}, fault.Clip(b.Bytes(v)))
		}
	}
}

func breaks(b []byte) bool {
	for _, c := range b {
		if c == '\n' || c == '\r' || c == '\t' {
			return true
		}
	}
	return false
}

// breakMatters reports whether a line break in a value is to be told. Where the
// value has a form, the break is a fault of the form and has been told as such; tabs
// around a value count as spaces there.
func (c *Checker) breakMatters(row int, v endpoint.Value) bool {
	switch c.ops[v.Column()] {
	case opFree, opList:
		return true
	case opID, opReference:
	case opAddress:
		if ch := c.channelOf(row); ch != notChannel && ch != channelPush {
			return false
		}
	default:
		return false
	}
	return breaks(bytes.Trim(c.b.Bytes(v), " \t"))
}

// channelOf finds the channel that the address of a row was judged by.
func (c *Checker) channelOf(row int) channel {
	ch := notChannel
	for _, v := range c.b.Values(row) {
		if c.ops[v.Column()] != opChannel || v.Len() == 0 {
			continue
		}
		text := bytes.Trim(c.b.Bytes(v), " \t")
		if ch = channelOf(text, c.v.profile); ch == notChannel {
			ch = channelOf(upperASCII(text), c.v.profile)
		}
		if c.b.Dense {
			break
		}
	}
	return ch
}

// The size of an endpoint is that of its shortest JSON form: the bytes of names
// and values in UTF-8 without escapes, the quotes around names and strings, the
// braces, brackets, colons and commas, and no space. The service does not say how
// it counts; this is the form in which an import file carries the endpoint.

// sizes looks for endpoints that are too large.
func (c *Checker) sizes() {
	b := c.b
	for r := range b.Rows {
		row := &b.Rows[r]
		if row.Flags&endpoint.Torn != 0 {
			continue
		}
		// Text that was read is no shorter than the values in it, which may save
		// looking at them. Values that were made or mended may be longer.
		raw := int(row.End - row.Start)
		if b.Dense && raw > 0 && row.Flags&endpoint.Changed == 0 && raw+c.overheads <= maxEndpoint {
			continue
		}
		if c.sizeAtMost(r) <= maxEndpoint {
			continue
		}
		if n := c.size(r); n > maxEndpoint {
			detail := "the endpoint has " + strconv.Itoa(n) + " bytes, where " + strconv.Itoa(maxEndpoint) + " are allowed"
			c.addAt(r, int(row.Start), noColumn, finding{rule: fault.EndpointSize, detail: detail}, "", "")
		}
	}
}

// sizeAtMost gives a bound of the size of an endpoint: as if it had all columns.
func (c *Checker) sizeAtMost(row int) int {
	vals := c.b.Values(row)
	n := len("{}") + c.overheads + len(`"",`)*len(vals)
	for _, v := range vals {
		n += v.Len()
	}
	return n
}

// overhead gives what a value adds to the size of an endpoint beside its own
// bytes, if it is the only one of its name and its group.
func overhead(c endpoint.Column) int {
	info := c.Field.Info()
	n := len(info.Member) + len(c.Key) + len(`"":[""],`)
	for g := info.Group; g != endpoint.InRecord; g = g.Info().Parent {
		n += len(g.Info().Member) + len(`"":{},`)
	}
	return n
}

// size gives the size of an endpoint.
func (c *Checker) size(row int) int {
	b := c.b
	c.seen.next()
	var members [endpoint.GroupCount]int // of each group
	n := len("{}")
	var open func(g endpoint.Group)
	open = func(g endpoint.Group) {
		if g == endpoint.InRecord {
			return
		}
		if members[g] == 0 {
			parent := g.Info().Parent
			open(parent)
			members[parent]++
			n += len(g.Info().Member) + len(`"":{}`)
		}
	}
	for _, v := range b.Values(row) {
		if v.Len() == 0 && b.Dense {
			continue
		}
		column := c.schema.Columns[v.Column()]
		info := column.Field.Info()
		n += v.Len()
		if info.Kind != endpoint.Number {
			n += len(`""`)
		}
		if seen := c.seen.bump(c.schema.Head(v.Column())); seen > 1 && info.Kind == endpoint.List {
			n += len(`,`)
			continue
		}
		open(info.Group)
		members[info.Group]++
		n += len(info.Member) + len(column.Key) + len(`"":`)
		if info.Kind == endpoint.List {
			n += len(`[]`)
		}
	}
	for _, m := range members {
		n += max(0, m-1) // commas
	}
	return n
}
