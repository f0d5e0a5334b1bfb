package endpoint

import (
	"strings"
	"unicode/utf8"

	"github.com/endpointfile/endpointfile/fault"
)

// Append adds an endpoint to a sparse batch as one more row. Columns that the
// schema lacks are added to it; a batch without a schema gets a new one. The
// strings are copied: e need not outlive the call. Absent members, lists without
// values and metrics without a number leave nothing behind.
//
// The error is a *[fault.Error]: text that is not UTF-8 ([fault.UTF8]), an
// endpoint that is larger than [MaxRecord] or a batch that is full, which is at
// [MaxData] ([fault.RecordSize]), or names beyond [MaxColumns]
// ([fault.HeaderColumns]). The rows are then as before.
func (b *Batch) Append(e *Endpoint) error {
	if b.Schema == nil {
		b.Reset(NewSchema(), b.Base)
	}
	a := appender{b: b, vals: len(b.Vals), aux: len(b.Aux), row: len(b.Rows)}
	for f := ID; f < Attributes; f++ {
		switch f {
		case LocationLatitude:
			a.number(Column{Field: f}, e.Location.Latitude)
		case LocationLongitude:
			a.number(Column{Field: f}, e.Location.Longitude)
		default:
			if s := *e.member(f); s != "" {
				a.value(Column{Field: f}, s, 0)
			}
		}
	}
	a.lists(Attributes, e.Attributes)
	for i := range e.Metrics {
		a.number(Column{Metrics, e.Metrics[i].Name}, e.Metrics[i].Value)
	}
	a.lists(UserAttributes, e.User.UserAttributes)
	if a.err == nil && len(b.Aux)-a.aux > MaxRecord {
		a.fail(fault.RecordSize, Column{}, "", "")
	}
	if a.err != nil {
		b.Vals, b.Aux = b.Vals[:a.vals], b.Aux[:a.aux]
		return a.err
	}
	b.Rows = append(b.Rows, Row{First: uint32(a.vals), N: uint32(len(b.Vals) - a.vals)})
	return nil
}

// appender is the state of one Append.
type appender struct {
	b              *Batch
	vals, aux, row int
	err            error
}

func (a *appender) lists(f Field, l Lists) {
	for i := range l {
		for _, s := range l[i].Values {
			a.value(Column{f, l[i].Name}, s, 0)
		}
	}
}

func (a *appender) number(c Column, d Decimal) {
	switch {
	case d == "":
	case d.valid():
		a.value(c, string(d), Bare)
	default: // for the validator to judge
		a.value(c, string(d), 0)
	}
}

func (a *appender) value(c Column, s string, flags Flags) {
	if a.err != nil {
		return
	}
	if !utf8.ValidString(s) || !utf8.ValidString(c.Key) {
		a.fail(fault.UTF8, c, s, "")
		return
	}
	switch room := MaxData - len(a.b.Aux) - 4; {
	case len(s) > MaxRecord:
		a.fail(fault.RecordSize, c, "", "")
		return
	case len(s) > room && a.row > 0:
		a.fail(fault.RecordSize, c, "", "the batch is full")
		return
	case len(s) > room:
		a.fail(fault.RecordSize, c, "", "")
		return
	}
	n, ok := a.b.Lookup(c)
	if !ok {
		c.Key = strings.Clone(c.Key)
		if n = a.b.Add(c); n < 0 {
			a.fail(fault.HeaderColumns, c, s, "")
			return
		}
	}
	if isPlain(s) {
		flags |= Plain
	}
	start := a.b.StartAux(0)
	a.b.Aux = append(a.b.Aux, s...)
	a.b.Vals = append(a.b.Vals, MakeValue(start, len(s), n, flags|InAux))
}

func (a *appender) fail(rule fault.Rule, c Column, value, detail string) {
	e := &fault.Error{
		Pos: fault.Pos{File: a.b.Base.File}, Record: a.b.Record + int64(a.row),
		Rule: rule, Severity: fault.Reject, Value: fault.Clip(value), Detail: detail,
	}
	if c.Field != NoField {
		e.Field = c.String()
	}
	a.err = e
}

// isPlain reports whether no byte of s needs care in any format.
func isPlain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ', c == '"', c == ',', c == '\\':
			return false
		}
	}
	return true
}
