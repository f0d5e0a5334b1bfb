package csvcodec

import (
	"bytes"
	"slices"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// AppendOptions say how CSV is written. Nil stands for the defaults.
type AppendOptions struct {
	// MaxOut is the size of the largest record in bytes, its line feed
	// included; a record that would be larger is rejected with
	// [fault.ChunkSize]. Default: no bound.
	MaxOut int
}

// Appender writes batches as CSV under a header of its own: LF as line end, and
// quotes only around cells that hold a comma, a quote or a line break.
//
// Batches may have other columns than the output. The values of a name go into
// the columns of that name, in order; those that find no column are faults. An
// empty cell of a dense batch stands for an absent value and keeps its place
// among the columns of its name where the output has as many of them.
//
// An Appender belongs to one goroutine.
type Appender struct {
	out    *endpoint.Schema
	maxOut int
	plan   plan
	cells  []endpoint.Value // the row being written, by output column; between rows all absent
	blank  []endpoint.Value // cells that are all absent
	ends   []uint32

	emission emission
}

// NewAppender makes an Appender for output with the columns of schema, which
// must not grow afterwards. Nil options are the defaults.
func NewAppender(schema *endpoint.Schema, opt *AppendOptions) *Appender {
	a := &Appender{out: schema}
	for range schema.Len() {
		a.blank = append(a.blank, absent)
	}
	a.cells = slices.Clone(a.blank)
	if opt != nil {
		a.maxOut = opt.MaxOut
	}
	a.plan.out(schema)
	return a
}

// Header appends the header line.
func (a *Appender) Header(dst []byte) []byte {
	for i, c := range a.out.Columns {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendCell(dst, []byte(c.String()))
	}
	return append(dst, '\n')
}

// Ends gives the end of each record that the last call of [Appender.Append] or
// [Appender.AppendRow] wrote, counted from len(dst) at its start. It is borrowed
// until the next call.
func (a *Appender) Ends() []uint32 { return a.ends }

// Append appends the rows of b that are not rejected. A row with a value that
// has no column, or larger than [AppendOptions.MaxOut], is not written: it is
// marked as rejected and the fault goes to rep. The error is [fault.ErrStop],
// if rep says so, or nil; what was written before stands in the result.
func (a *Appender) Append(dst []byte, b *endpoint.Batch, rep *fault.Report) ([]byte, error) {
	a.ends = a.ends[:0]
	a.in(b)
	defer a.done()
	start := len(dst)
	for row := range b.Rows {
		if b.Rows[row].Flags&endpoint.Rejected != 0 {
			continue
		}
		var err error
		if dst, err = a.row(dst, start, b, row, rep); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// AppendRow appends one row of b, as [Appender.Append] does, unless it is
// rejected.
func (a *Appender) AppendRow(dst []byte, b *endpoint.Batch, row int, rep *fault.Report) ([]byte, error) {
	a.ends = a.ends[:0]
	if b.Rows[row].Flags&endpoint.Rejected != 0 {
		return dst, nil
	}
	a.in(b)
	defer a.done()
	return a.row(dst, len(dst), b, row, rep)
}

// in makes ready for the rows of b.
func (a *Appender) in(b *endpoint.Batch) {
	a.plan.in(a.out, b)
	a.emission.src = [2][]byte{b.Data[:cap(b.Data)], b.Aux[:cap(b.Aux)]}
}

// done lets go of what is borrowed.
func (a *Appender) done() { a.emission = emission{} }

// row appends a row, or rejects it. Ends count from start.
func (a *Appender) row(dst []byte, start int, b *endpoint.Batch, row int, rep *fault.Report) ([]byte, error) {
	at := len(dst)
	vals := b.Values(row)
	if !a.plan.same {
		if err := a.place(b, row, vals, rep); err != nil {
			return dst, err
		}
		if b.Rows[row].Flags&endpoint.Rejected != 0 {
			copy(a.cells, a.blank)
			return dst, nil
		}
		vals = a.cells
	}
	dst = a.text(dst, b, vals)
	if !a.plan.same {
		copy(a.cells, a.blank)
	}
	if a.maxOut > 0 && len(dst)-at > a.maxOut {
		e := b.FaultAt(row, int(b.Rows[row].Start), fault.ChunkSize)
		b.Reject(row)
		return dst[:at], rep.Add(e)
	}
	a.ends = append(a.ends, uint32(len(dst)-start))
	return dst, nil
}

// place puts the values of a row into the cells of the output.
func (a *Appender) place(b *endpoint.Batch, row int, vals []endpoint.Value, rep *fault.Report) error {
	p := &a.plan
	if p.scatter(a.cells, vals) {
		return nil
	}
	var err error
	for _, v := range vals {
		c := v.Column()
		if to := p.direct[c]; to >= 0 {
			a.cells[to] = v
			continue
		}
		if b.Dense && v.Len() == 0 {
			continue
		}
		head := b.Head(c)
		switch to := p.next[head]; {
		case to >= 0:
			a.cells[to] = v
			p.next[head] = p.after[to]
		case to != told && err == nil:
			e := b.FaultOf(row, v, fault.NoColumn)
			if to == noMore {
				e.Detail = "has more values than the CSV output has columns of that name"
			}
			b.Reject(row)
			err = rep.Add(e)
			p.next[head] = told
		}
	}
	for _, v := range vals {
		head := b.Head(v.Column())
		p.next[head] = p.first[head]
	}
	return err
}

// text appends the text of a record with its line feed.
func (a *Appender) text(dst []byte, b *endpoint.Batch, vals []endpoint.Value) []byte {
	start := len(dst)
	e := &a.emission
	for e.vals, e.k = vals, 0; ; e.k++ {
		e.buf, e.n = dst[:cap(dst)], len(dst)
		emit(e)
		if dst = dst[:e.n]; e.k == len(vals) {
			break
		}
		// There was no room behind the value, or for it: with every quote
		// doubled, quotes around it, the comma, and what emit writes too much.
		text := b.Bytes(vals[e.k])
		dst = slices.Grow(dst, 2*len(text)+3+2*stride)
		dst = append(appendCell(dst, text), ',')
	}
	switch {
	case len(vals) == 0:
		return append(dst, '\n')
	case len(vals) == 1 && len(dst) == start+1:
		// One empty cell would be a blank line, which is no record.
		return append(dst[:start], '"', '"', '\n')
	}
	dst[len(dst)-1] = '\n'
	return dst
}

// appendQuoted appends the text of a cell in quotes.
func appendQuoted(dst, text []byte) []byte {
	dst = append(dst, '"')
	for {
		i := bytes.IndexByte(text, '"') + 1
		if i == 0 {
			break
		}
		dst = append(dst, text[:i]...)
		dst = append(dst, '"')
		text = text[i:]
	}
	dst = append(dst, text...)
	return append(dst, '"')
}
