package endpoint

import (
	"encoding/binary"
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
		s := *e.member(f)
		if s == "" {
			continue
		}
		var flags Flags
		if f.Kind() == Number && Decimal(s).valid() { // others are for the validator to judge
			flags = Bare
		}
		a.value(Column{Field: f}, s, flags)
	}
	a.lists(UserAttributes, e.User.UserAttributes) // behind UserID: a group is not torn, so JSON takes the values as they come
	a.lists(Attributes, e.Attributes)
	a.metrics(e.Metrics)
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
		c := Column{f, l[i].Name}
		for _, s := range l[i].Values {
			a.value(c, s, 0)
		}
	}
}

func (a *appender) metrics(m Values) {
	for i := range m {
		c, d := Column{Metrics, m[i].Name}, m[i].Value
		switch {
		case d == "":
		case d.valid():
			a.value(c, string(d), Bare)
		default:
			a.value(c, string(d), 0)
		}
	}
}

// value appends a value of c.
func (a *appender) value(c Column, s string, flags Flags) {
	if a.err != nil {
		return
	}
	b := a.b
	n, known := a.lookup(c)
	if !known && !utf8.ValidString(c.Key) {
		a.fail(fault.UTF8, c, s, "")
		return
	}
	switch room := MaxData - len(b.Aux) - 4; {
	case len(s) <= min(room, MaxRecord):
	case !utf8.ValidString(s):
		a.fail(fault.UTF8, c, s, "")
		return
	case len(s) > MaxRecord, a.row == 0:
		a.fail(fault.RecordSize, c, "", "")
		return
	default:
		a.fail(fault.RecordSize, c, "", "the batch is full")
		return
	}
	start := b.StartAux(0)
	b.Aux = append(b.Aux, s...)
	ascii, plain := look(b.Aux[start:])
	if !ascii && !utf8.ValidString(s) {
		a.fail(fault.UTF8, c, s, "")
		return
	}
	if !known {
		c.Key = strings.Clone(c.Key)
		if n = b.Add(c); n < 0 {
			a.fail(fault.HeaderColumns, c, s, "")
			return
		}
	}
	if plain {
		flags |= Plain
	}
	b.Vals = append(b.Vals, MakeValue(start, len(s), n, flags|InAux))
}

// lookup finds the column of c. Names that were looked up lately are found
// without hashing the whole of them.
func (a *appender) lookup(c Column) (int, bool) {
	b := a.b
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

// look reports whether text is ASCII, and whether no byte of it needs care in any
// format: no quote, comma, backslash or control character. It looks at eight
// bytes at once.
func look(text []byte) (ascii, plain bool) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	var high, care uint64
	word := func(x uint64) {
		// A byte below k borrows from its highest bit when k is taken away from it;
		// what that does to the bytes above it does not matter, since care is told
		// already. Bytes with the highest bit set are left out.
		quote, comma, backslash := x^('"'*ones), x^(','*ones), x^('\\'*ones)
		care |= ((x - ' '*ones) | (quote - ones) | (comma - ones) | (backslash - ones)) &^ x
		high |= x
	}
	n := len(text)
	switch {
	case n >= 8:
		for i := 0; i < n-8; i += 8 {
			word(binary.LittleEndian.Uint64(text[i:]))
		}
		word(binary.LittleEndian.Uint64(text[n-8:]))
	case n >= 4:
		x := uint64(binary.LittleEndian.Uint32(text[n-4:]))
		word(x<<32 | uint64(binary.LittleEndian.Uint32(text)))
	default:
		x := uint64(0x6161616161616161)
		for _, c := range text {
			x = x<<8 | uint64(c)
		}
		word(x)
	}
	return high&highs == 0, care&highs == 0
}
