package endpoint

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/endpointfile/endpointfile/fault"
)

// Append adds an endpoint to a sparse batch as one more row. Columns that the
// schema lacks are added to it; a batch without a schema gets a new one. The
// strings are copied behind what the batch has read: e need not outlive the call,
// and Data becomes the batch's own memory. Absent members, lists without values and
// metrics without a number leave nothing behind. The record has no raw bytes, and no
// place but that of the batch.
//
// The error is a *[fault.Error]: text that is not UTF-8 ([fault.UTF8]), an
// endpoint that is larger than [MaxRecord] or a batch that is full, which is at
// [MaxData] ([fault.RecordSize]), or names beyond [MaxColumns]
// ([fault.HeaderColumns]). The rows are then as before.
func (b *Batch) Append(e *Endpoint) error {
	if b.Schema == nil {
		b.Reset(NewSchema(), b.Base)
	}
	b.own()
	a := appender{b: b, ok: true}
	vals, text := len(b.Vals), len(b.text)
	a.attributes(e)
	a.lists(UserAttributes, e.User.UserAttributes) // behind UserID: a group is not torn, so JSON takes the values as they come
	a.lists(Attributes, e.Attributes)
	a.metrics(e.Metrics)
	a.flush()
	var err error
	if !a.ok || len(b.text)-text > MaxRecord {
		b.Vals, b.text = b.Vals[:vals], b.text[:text]
		err = b.flaw(e)
	} else {
		b.Rows = append(b.Rows, Row{First: uint32(vals), N: uint32(len(b.Vals) - vals)})
	}
	b.Data = b.text
	return err
}

// own sees to it that Data is the batch's own text, to which values can be
// added. What was read stands in front of them.
func (b *Batch) own() {
	if b.made == 0 {
		b.text = append(append(b.text[:0], b.Data...), 0) // so that no value of what was read ends where others begin
		b.made = len(b.text)
	}
}

// appender is the state of one Append. It gathers values and lets them be
// written together.
type appender struct {
	b    *Batch
	ok   bool // else something is wrong with the endpoint
	n    int
	list [gatherMost]piece
}

// attributes takes those that are not custom. Which are there changes from
// record to record, so that is not asked: the next takes the place of one that
// is not.
func (a *appender) attributes(e *Endpoint) {
	n := 0
	for f := ID; f < Attributes; f++ {
		s, flags := *e.member(f), Flags(0)
		column, ok := a.b.lookupPlain(f)
		if !ok {
			if s == "" {
				continue
			}
			column = a.column(Column{Field: f})
		}
		if f.number() && Decimal(s).valid() { // others are for the validator to judge
			flags = Bare
		}
		a.list[n] = piece{s, MakeValue(0, 0, column, flags)}
		if s != "" {
			n++
		}
	}
	a.n = n
}

// number reports whether f is one of the attributes that are not custom and are
// numbers.
func (f Field) number() bool { return f == LocationLatitude || f == LocationLongitude }

func (a *appender) lists(f Field, l Lists) {
	for i := range l {
		if len(l[i].Values) == 0 {
			continue
		}
		tag := MakeValue(0, 0, a.column(Column{f, l[i].Name}), 0)
		for _, s := range l[i].Values {
			a.add(s, tag)
		}
	}
}

func (a *appender) metrics(m Values) {
	for i := range m {
		d := m[i].Value
		if d == "" {
			continue
		}
		flags := Flags(0)
		if d.valid() {
			flags = Bare
		}
		a.add(string(d), MakeValue(0, 0, a.column(Column{Metrics, m[i].Name}), flags))
	}
}

func (a *appender) add(s string, tag Value) {
	if a.n == len(a.list) {
		a.flush()
	}
	a.list[a.n] = piece{s, tag}
	a.n++
}

// flush writes what was gathered.
func (a *appender) flush() {
	b, list := a.b, a.list[:a.n]
	a.n = 0
	for a.ok && len(list) > 0 {
		b.Vals = slices.Grow(b.Vals, len(list))
		first := len(b.Vals)
		g := gathering{
			list: list, buf: b.text[:min(cap(b.text), MaxData+gatherSlack)], at: len(b.text), vals: b.Vals[first : first+len(list)],
		}
		gather(&g)
		for high := g.high; high != 0; high &= high - 1 {
			a.ok = a.ok && utf8.ValidString(list[bits.TrailingZeros64(high)].text)
		}
		b.text, b.Vals, list = b.text[:g.at], b.Vals[:first+g.k], list[g.k:]
		if len(list) > 0 {
			n := len(list[0].text)
			a.ok = a.ok && n <= MaxRecord && len(b.text)+n <= MaxData
			if a.ok {
				b.text = slices.Grow(b.text, n+2*gatherSlack)
			}
		}
	}
}

// column gives the column of c, a new one if there is none. If that cannot be,
// the endpoint is not ok.
func (a *appender) column(c Column) int {
	b := a.b
	n, ok := b.lookup(c)
	switch {
	case ok:
		return n
	case a.ok && utf8.ValidString(c.Key):
		c.Key = strings.Clone(c.Key)
		if n = b.Add(c); n >= 0 {
			return n
		}
	}
	a.ok = false
	return 0
}

// flaw finds what is wrong with an endpoint that could not be appended.
func (b *Batch) flaw(e *Endpoint) error {
	size := 0
	flaw := func(c Column, s string) error {
		_, known := b.lookup(c)
		room := MaxData - len(b.text) - size
		switch size += len(s); {
		case !known && !utf8.ValidString(c.Key), !utf8.ValidString(s):
			return b.unfit(fault.UTF8, c, s, "")
		case len(s) > MaxRecord, len(s) > room && len(b.Rows) == 0:
			return b.unfit(fault.RecordSize, c, "", "")
		case len(s) > room:
			return b.unfit(fault.RecordSize, c, "", "the batch is full")
		case !known:
			return b.unfit(fault.HeaderColumns, c, s, "")
		}
		return nil
	}
	for f := ID; f < Attributes; f++ {
		if s := *e.member(f); s != "" {
			if err := flaw(Column{Field: f}, s); err != nil {
				return err
			}
		}
	}
	for i, lists := range [...]Lists{e.User.UserAttributes, e.Attributes} {
		for _, l := range lists {
			for _, s := range l.Values {
				if err := flaw(Column{[...]Field{UserAttributes, Attributes}[i], l.Name}, s); err != nil {
					return err
				}
			}
		}
	}
	for _, m := range e.Metrics {
		if m.Value != "" {
			if err := flaw(Column{Metrics, m.Name}, string(m.Value)); err != nil {
				return err
			}
		}
	}
	return b.unfit(fault.RecordSize, Column{}, "", "") // all of it together
}

// lookup finds the column of c. Names that were looked up lately are found
// without hashing the whole of them.
func (b *Batch) lookup(c Column) (int, bool) {
	if c.Field.plain() {
		return b.lookupPlain(c.Field)
	}
	k := uint(len(c.Key))
	if k > 0 {
		k += uint(c.Key[0])*5 + uint(c.Key[k/2])*11 + uint(c.Key[k-1])*3
	}
	memo := &b.memo[(k+uint(c.Field))%uint(len(b.memo))]
	if n := int(*memo); n < b.Len() && b.Columns[n] == c {
		return b.Head(n), true
	}
	n, ok := b.Lookup(c)
	if ok {
		*memo = uint16(n)
	}
	return n, ok
}

// unfit makes the fault of an endpoint that cannot be appended.
func (b *Batch) unfit(rule fault.Rule, c Column, value, detail string) error {
	e := &fault.Error{
		Pos: fault.Pos{File: b.Base.File}, Record: b.Record + int64(len(b.Rows)),
		Rule: rule, Severity: fault.Reject, Value: fault.Clip(value), Detail: detail,
	}
	if c.Field != NoField {
		e.Field = c.String()
	}
	return e
}
