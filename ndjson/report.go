// How faults of records are made.

package ndjson

import (
	"bytes"
	"strconv"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// fault makes a fault at off in the data, with the place in the record that the
// parser stands at.
func (p *Parser) fault(off int, rule fault.Rule) *fault.Error {
	e := p.b.FaultAt(p.row, off, rule)
	e.Pointer, e.Field = p.pointer(), p.known
	if p.col >= 0 {
		e.Field = p.schema.Columns[p.col].String()
	}
	return e
}

// pointer gives the place in the record as RFC 6901 writes it.
func (p *Parser) pointer() string {
	var s string
	switch {
	case p.col >= 0:
		s = p.schema.Columns[p.col].Pointer()
	default:
		for g := p.g; g != endpoint.InRecord; g = g.Info().Parent {
			s = "/" + g.Info().Member + s
		}
		if p.key != nil {
			s += "/" + endpoint.EscapePointer(fault.Clip(p.key))
		}
	}
	if p.item >= 0 {
		s += "/" + strconv.Itoa(p.item)
	}
	return s
}

// report hands a fault to the report and marks the row. Once the report has had
// enough, faults only mark the row.
func (p *Parser) report(e *fault.Error) {
	p.clean, p.more = false, false
	if e.Severity == fault.Unset {
		e.Severity = e.Rule.Severity(fault.Classic)
	}
	if e.Severity == fault.Reject {
		p.flags |= endpoint.Rejected
	}
	if p.stop == nil {
		p.stop = p.rep.Add(e)
	}
}

// repair reports a fault as repaired.
func (p *Parser) repair(e *fault.Error, text string) {
	e.Severity, e.Repair = fault.Repaired, text
	p.flags |= endpoint.Changed
	p.report(e)
}

// mend reports a fault, as repaired if repairs are asked for.
func (p *Parser) mend(e *fault.Error, text string) {
	if p.fix {
		p.repair(e, text)
	} else {
		p.report(e)
	}
}

// torn reports a fault after which the record cannot be read on. A detail, if
// there is one, takes the place of the rule's own sentence. Such a fault is not
// counted for an attribute: it only happens to stand there.
func (p *Parser) torn(e *fault.Error, detail string) {
	if detail != "" {
		e.Detail = detail
	}
	e.Field = ""
	p.flags |= endpoint.Rejected | endpoint.Torn
	p.report(e)
}

// syntax reports a byte that cannot stand where it stands.
func (p *Parser) syntax(i int) int {
	if i >= p.end {
		return p.short(i)
	}
	e := p.fault(i, fault.JSONSyntax)
	e.Value = p.show(i)
	p.torn(e, "")
	return colTorn
}

// short reports a record that ends too early, at i.
func (p *Parser) short(i int) int {
	if p.eof {
		p.torn(p.fault(i, fault.JSONTorn), "")
		return colTorn
	}
	e, detail := p.fault(i, fault.JSONSyntax), "the element ends too early"
	if !p.array {
		e.Hint, detail = oneLine, "the line ends within the object"
	}
	p.torn(e, detail)
	return colTorn
}

const oneLine = "write each object on one line"

// notObject reports a record that is something else than an object.
func (p *Parser) notObject(i int) int {
	if at := wrongAt(p.data[:p.end], i); at >= 0 {
		return p.syntax(at)
	}
	e := p.fault(i, fault.JSONType)
	e.Value, e.Hint = p.show(i), oneLine
	if p.array {
		e.Hint = "every element of the array is an object"
	}
	p.torn(e, "is not a JSON object")
	return colTorn
}

// tooMany reports a record that has more names than a schema can hold.
func (p *Parser) tooMany(i int) int {
	p.torn(p.fault(i, fault.RecordSize), "the record has more names than can be read")
	return colTorn
}

// show gives what stands at i, as far as a fault shows it: a string without its
// quotes, any other value as it is written.
func (p *Parser) show(i int) string {
	raw := p.data[i:min(p.end, i+fault.MaxValue+8)]
	var s slot
	s.scan(raw)
	switch {
	case s.part == ended && s.start == s.end:
		raw = raw[:1] // a comma or a bracket
	case s.end > s.start:
		raw = raw[s.start:s.end]
	}
	if c := raw[0]; c != '"' && c != '{' && c != '[' {
		// A number or a word ends where the token does, whatever closes behind it.
		if i := bytes.IndexAny(raw, " \t\r\n,]}"); i > 0 {
			raw = raw[:i]
		}
	}
	if raw[0] == '"' {
		raw = raw[1:]
		if n := len(raw); n > 0 && s.end > s.start && raw[n-1] == '"' {
			raw = raw[:n-1]
		}
	}
	return fault.Clip(raw)
}
