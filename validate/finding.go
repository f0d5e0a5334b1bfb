// This file makes findings out of values that the accept functions refused:
// judge has the last word on a value, look acts on it, and tell hands what was found
// to the report, in the order of order.go.

package validate

import (
	"strings"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// finding is what is to be said of a value. The zero finding says nothing: the
// value is legal. A finding with a repair says by what the value can be replaced
// without loss.
type finding struct {
	rule                 fault.Rule
	detail, hint, repair string
}

// found is a finding in its place, kept until the batch is through. Faults are made
// only then, in the order of the input, since a batch counts lines forward.
type found struct {
	row, off uint32
	column   int32  // of the schema, or noColumn
	wording  uint32 // index in Checker.wordings
	rule     fault.Rule
	severity fault.Severity
}

// wording is what a fault says of a finding.
type wording struct {
	detail, hint, repair string
	value                string // what was found, clipped
	field                string // for findings that are not about one column
}

// count is how often something was found where nobody asks for more than the number.
type count struct {
	found         // the first of them
	field  string // as in wording
	number int64
}

const noColumn = -1

// maxKept is how much room for findings is kept from one batch to the next.
const maxKept = 1 << 12

// judge says what is wrong with the value of an operation. For what its accept
// function lets pass it gives the zero finding. Where it is brief it searches for no
// hint and words no detail: rule and repair are the same.
func (v *Validator) judge(o op, s string, brief bool) finding {
	if f := judgeSpaces(s); f.rule != fault.None {
		return f
	}
	switch o {
	case opChannel:
		return judgeChannel(s, v.profile, brief)
	case opEmail:
		return judgeEmail(s, brief)
	case opPhone:
		return judgePhone(s, v.profile)
	case opID:
		if i := strings.IndexAny(s, "${}"); i >= 0 {
			return finding{rule: fault.IDCharacters, detail: "holds the character " + s[i:i+1]}
		}
	case opStatus:
		return judgeWord(fault.EndpointStatus, s, []string{"ACTIVE", "INACTIVE"}, brief)
	case opOptOut:
		return judgeWord(fault.OptOut, s, []string{"ALL", "NONE"}, brief)
	case opDate:
		return judgeDate(s, brief)
	case opLocale:
		return judgeLocale(s, brief)
	case opTimezone:
		return judgeTimezone(s, brief)
	case opCountry:
		return judgeCountry(s, v.profile, brief)
	case opLatitude:
		return judgeDegrees(fault.Latitude, s, 90, brief)
	case opLongitude:
		return judgeDegrees(fault.Longitude, s, 180, brief)
	case opMetric:
		return judgeMetric(s, brief)
	}
	return finding{}
}

// maxRepairs is more than one value can need: its spaces, and its form.
const maxRepairs = 4

// look judges the value at index at of Vals and tells of all that is wrong with
// it, or repairs it. It gives the legal text that the value has, or would have if
// it were repaired, and whether there is one.
func (c *Checker) look(row, at int, o op) (string, bool) {
	b := c.b
	v := b.Vals[at]
	text := string(b.Bytes(v))
	var steps [maxRepairs]finding
	n, now := 0, text
	for {
		f := c.v.judge(o, now, c.brief)
		if f.rule == fault.None {
			break
		}
		if f.repair == "" || n == maxRepairs {
			warning := f.rule.Severity(c.v.profile) == fault.Warning
			if !warning {
				// What would be left after the repairs is wrong, so none is made.
				c.add(row, v, f, text)
				return "", false
			}
			c.add(row, v, f, now)
			break
		}
		steps[n] = f
		n++
		now = f.repair
	}
	for was, i := text, 0; i < n; i++ {
		c.add(row, v, steps[i], was)
		was = steps[i].repair
	}
	if n > 0 && c.v.fix {
		b.Replace(row, at, []byte(now), v.Flags()&endpoint.Bare)
	}
	return now, true
}

// emptyValue tells of an empty string in a sparse batch.
func (c *Checker) emptyValue(row, at int) {
	if v := c.b.Vals[at]; c.first(row, v) {
		c.add(row, v, finding{rule: fault.EmptyValue}, "")
	}
}

// required tells which of ChannelType and Address is missing in a record without
// an id. A record of a user id alone is another matter.
//
// A record that the parser has rejected already may lack a value only because
// its fault has swallowed it: nothing is said of such a one.
func (c *Checker) required(row int, s subject) {
	if s.rejected {
		return
	}
	if s.channel == 0 && s.address == 0 {
		if at := c.userAlone(row); at >= 0 {
			if c.v.profile == fault.Classic {
				c.add(row, c.b.Vals[at], finding{rule: fault.UserOnly}, "")
			}
			return
		}
	}
	off := int(c.b.Rows[row].Start)
	if s.address == 0 {
		c.addAt(row, off, noColumn, finding{rule: fault.AddressRequired}, "", endpoint.Address.String())
	}
	if s.channel == 0 {
		c.addAt(row, off, noColumn, finding{rule: fault.ChannelRequired}, "", endpoint.ChannelType.String())
	}
}

// userAlone gives the place of a user id that is the only value of its record, or
// -1.
func (c *Checker) userAlone(row int) int {
	r := &c.b.Rows[row]
	user := -1
	for at := int(r.First); at < int(r.First+r.N); at++ {
		v := c.b.Vals[at]
		if v.Len() == 0 {
			continue
		}
		if c.schema.Columns[v.Column()].Field != endpoint.UserID {
			return -1
		}
		user = at
	}
	return user
}

// oddColumns tells of columns that are wrong in themselves, once for each name
// that has a value in the record.
func (c *Checker) oddColumns(row int) {
	r := &c.b.Rows[row]
	c.seen.next()
	look := func(at int) {
		v := c.b.Vals[at]
		column := v.Column()
		if odd := c.odd[column]; odd != 0 && c.named(v) && c.seen.bump(c.schema.Head(column)) == 1 {
			for _, rule := range oddityRules(odd) {
				c.add(row, v, finding{rule: rule, detail: oddityDetail(c.schema.Columns[column], rule)}, "")
			}
		}
	}
	if c.b.Dense {
		for _, column := range c.oddities {
			look(int(r.First) + column)
		}
		return
	}
	for at := int(r.First); at < int(r.First+r.N); at++ {
		look(at)
	}
}

// named reports whether a value says that its record has the attribute. An empty
// string of JSON does for a custom one: its name is written, with nothing under it.
func (c *Checker) named(v endpoint.Value) bool {
	return v.Len() > 0 || !c.b.Dense && c.schema.Columns[v.Column()].Field.Custom()
}

// add keeps a finding about a value.
func (c *Checker) add(row int, v endpoint.Value, f finding, value string) {
	c.addAt(row, c.b.Offset(v), v.Column(), f, value, "")
}

// addAt keeps a finding at a place, and rejects its row if that is its severity. The
// value is what is shown of it; the field is for findings without a column.
func (c *Checker) addAt(row, off, column int, f finding, value, field string) {
	severity := f.rule.Severity(c.v.profile)
	if f.repair != "" && c.v.fix {
		severity = fault.Repaired
	} else {
		f.repair = ""
	}
	switch severity {
	case fault.Off:
		return
	case fault.Reject:
		c.b.Reject(row)
	}
	at := found{row: uint32(row), off: uint32(off), column: int32(column), rule: f.rule, severity: severity}
	if c.brief {
		c.countOne(at, field)
		return
	}
	at.wording = uint32(len(c.wordings))
	c.wordings = append(c.wordings, wording{f.detail, f.hint, shown(f.repair), shown(value), field})
	c.found = append(c.found, at)
}

// shown gives what a fault shows of a text that nobody else holds.
func shown(s string) string {
	if len(s) <= fault.MaxValue {
		return s
	}
	return fault.Clip(s)
}

// countOne counts a finding. Findings of one kind mostly come one after the other.
func (c *Checker) countOne(at found, field string) {
	if c.latest >= len(c.counts) || !c.counts[c.latest].counts(at, field) {
		c.latest = c.countOf(at, field)
	}
	n := &c.counts[c.latest]
	n.number++
	if at.off < n.off {
		n.row, n.off = at.row, at.off
	}
}

// counts reports whether a finding is one of those that n counts.
func (n *count) counts(at found, field string) bool {
	return n.rule == at.rule && n.column == at.column && n.severity == at.severity && n.field == field
}

// tell puts what was found in order and hands it to the report.
func (c *Checker) tell(rep *fault.Report) error {
	if len(c.counts) > 0 {
		return c.tellCounts(rep)
	}
	if len(c.found) == 0 {
		return nil
	}
	c.sort()
	var err error
	for i := 0; i < len(c.found) && err == nil; i++ {
		f := &c.found[i]
		w := &c.wordings[f.wording]
		e := c.b.FaultAt(int(f.row), int(f.off), f.rule)
		e.Field, e.Severity, e.Value = w.field, f.severity, w.value
		e.Detail, e.Hint, e.Repair = w.detail, w.hint, w.repair
		if f.column != noColumn {
			column := c.schema.Columns[f.column]
			e.Field = column.String()
			if !c.b.Dense {
				e.Pointer = column.Pointer()
			}
		}
		err = rep.Add(e)
	}
	clear(c.wordings)
	c.found, c.wordings = c.found[:0], c.wordings[:0]
	if cap(c.found) > maxKept {
		c.found, c.sorted, c.wordings = nil, nil, nil
	}
	return err
}
