package ndjson

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// This file reads texts as a reader would, cut into blocks of every size, and
// writes down all that came of it, so that readings can be compared.

// reading is what came of a text.
type reading struct {
	Rows   []readRow
	Faults []string // as a person sees them, in order
	rules  []fault.Rule
}

// readRow is a record, or all pieces of something that is none.
type readRow struct {
	Raw    string
	Flags  endpoint.RowFlags
	Bad    fault.Rule // of a fragment
	Values []string   // column=value, with the flags of the value
}

// values gives the values of a row without their flags.
func (r *readRow) values() []string {
	var out []string
	for _, v := range r.Values {
		out = append(out, v[2:])
	}
	return out
}

// drive reads a text that grows by size bytes at a time, into batches of about
// batch bytes.
func drive(t testing.TB, text []byte, opt *Options, size, batch int) reading {
	d := driver{t: t, cutter: NewCutter(opt), parser: NewParser(opt), record: 1}
	d.pos = fault.Pos{File: "f", Line: 1, Column: 1}
	d.parser.batch = batch
	var buf []byte
	for rest, eof := text, false; !eof; {
		n := min(size, len(rest))
		buf = append(buf, rest[:n]...)
		rest = rest[n:]
		eof = n < size // as a reader finds out: by reading nothing more
		for len(buf) > 0 {
			cut := d.cutter.Cut(buf, eof)
			require.LessOrEqual(t, cut.N, len(buf))
			if cut.N == 0 {
				require.Falsef(t, eof, "%q is left at the end of %q", buf, text)
				require.False(t, cut.Fragment)
				break
			}
			d.block(bytes.Clone(buf[:cut.N]), cut)
			buf = bytes.Clone(buf[cut.N:])
		}
	}
	require.Falsef(t, d.torn, "a fragment of %q has no end", text)
	require.NoError(t, d.cutter.Finish(d.pos, &d.rep))
	for _, e := range d.rep.Faults {
		require.NotEqual(t, fault.Unset, e.Severity)
		d.out.Faults = append(d.out.Faults, fmt.Sprintf("%v %v %v#%d@%d %v", e.Severity, e, e.Pointer, e.Record, e.Offset, e.Repair))
		d.out.rules = append(d.out.rules, e.Rule)
	}
	return d.out
}

type driver struct {
	t      testing.TB
	cutter *Cutter
	parser *Parser
	batch  endpoint.Batch
	rep    fault.Report
	pos    fault.Pos
	record int64
	headed bool
	torn   bool // in a fragment
	out    reading
}

func (d *driver) block(data []byte, cut endpoint.Cut) {
	if !d.headed {
		d.headed = true
		_, n, err := d.parser.Header(data, d.pos, &d.rep)
		require.NoError(d.t, err)
		d.pos = after(d.pos, data[:n])
		data = data[n:]
	}
	if cut.Fragment {
		d.fragment(data, cut)
		return
	}
	require.Falsef(d.t, d.torn, "records within a fragment: %q %+v", data, d.out.Rows)
	for len(data) > 0 {
		n, err := d.parser.Parse(&d.batch, data, d.pos, d.record, &d.rep)
		require.NoError(d.t, err)
		require.Positive(d.t, n)
		require.Len(d.t, d.batch.Data, n)
		d.rows()
		d.pos, data = after(d.pos, data[:n]), data[n:]
	}
}

func (d *driver) fragment(data []byte, cut endpoint.Cut) {
	require.Equal(d.t, cut.First, !d.torn)
	if cut.First {
		require.NotEqual(d.t, fault.None, cut.Rule)
		require.NoError(d.t, d.rep.Add(&fault.Error{Pos: d.pos, Record: d.record, Rule: cut.Rule}))
		d.out.Rows = append(d.out.Rows, readRow{Bad: cut.Rule})
		d.record++
	}
	row := &d.out.Rows[len(d.out.Rows)-1]
	row.Raw += string(data)
	d.pos = after(d.pos, data)
	d.torn = !cut.Last
}

func (d *driver) rows() {
	b := &d.batch
	require.False(d.t, b.Dense)
	last := uint32(0)
	for i := range b.Rows {
		r := &b.Rows[i]
		require.GreaterOrEqual(d.t, r.Start, last)
		last = r.End
		row := readRow{Raw: string(b.Raw(i)), Flags: r.Flags}
		if r.Flags&endpoint.Torn != 0 {
			require.NotZero(d.t, r.Flags&endpoint.Rejected)
			require.Zero(d.t, r.N)
		}
		for _, v := range b.Values(i) {
			row.Values = append(row.Values, fmt.Sprintf("%x %s=%s", v.Flags(), b.Columns[v.Column()], b.Bytes(v)))
			require.GreaterOrEqual(d.t, b.Offset(v), int(r.Start))
			require.Less(d.t, b.Offset(v), int(r.End))
			if v.Is(endpoint.InAux) {
				require.Equal(d.t, byte('"'), b.Data[b.Offset(v)])
			}
		}
		d.out.Rows = append(d.out.Rows, row)
	}
	require.Equal(d.t, d.record, b.Record)
	d.record += int64(len(b.Rows))
}

// after gives the place behind text that stands at p.
func after(p fault.Pos, text []byte) fault.Pos {
	for _, c := range text {
		p.Offset++
		p.Column++
		if c == '\n' {
			p.Line, p.Column = p.Line+1, 1
		}
	}
	return p
}

// read reads a text whole, and requires that reading it in blocks and batches of
// every size comes to the same.
func read(t testing.TB, text string, opt *Options) reading {
	t.Helper()
	want := drive(t, []byte(text), opt, len(text)+1, batchSize)
	for size := 1; size <= len(text); size++ {
		if size > 40 && size%17 != 0 {
			continue // enough to meet every place
		}
		got := drive(t, []byte(text), opt, size, 1+size%29)
		require.Equalf(t, want, got, "blocks of %d bytes of %q", size, text)
	}
	return want
}

// start is the place of an input that is parsed without a cutter.
var start = fault.Pos{File: "f", Line: 1}

func newReport() *fault.Report { return &fault.Report{} }
