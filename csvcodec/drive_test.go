package csvcodec

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// This file reads texts as a reader would, cut into blocks of every size, and
// writes down all that came of it, so that the readings can be compared.

// reading is what came of one text.
type reading struct {
	header []string
	err    string
	rows   []readRow
	faults []readFault
}

// readRow is a record, or all fragments of a line that is too long.
type readRow struct {
	fate   string // sound, torn or fragment
	raw    string
	cells  []string
	places []int64 // of the cells, in the text
}

// readFault is a fault, with all that a reader sees of it.
type readFault struct {
	record int64
	offset int64
	rule   fault.Rule
	text   string
}

// conditions are what a reading must not depend on.
type conditions struct {
	block int // bytes that each step adds to what the cutter sees
	batch int // bytes that a batch may have
	limit int // Options.MaxRecord
	fix   bool
	width int // columns if there is no header; 0 = read one
}

// drive reads a text.
func drive(t *testing.T, text string, c conditions) reading {
	t.Helper()
	opt := &Options{MaxRecord: c.limit, Fix: c.fix}
	d := driver{t: t, cutter: NewCutter(opt), parser: NewParser(opt), pos: fault.Pos{File: "f", Line: 1, Column: 1}, record: 1}
	if c.batch > 0 {
		d.parser.size = c.batch
	}
	if c.width > 0 {
		d.parser.SetSchema(columns(c.width))
		d.open = true
	}
	var buf []byte
	for rest := []byte(text); ; {
		n := min(c.block, len(rest))
		buf = append(buf, rest[:n]...)
		rest = rest[n:]
		atEOF := n < c.block // as a reader finds out: by reading nothing more
		for len(buf) > 0 && d.out.err == "" {
			cut := d.cutter.Cut(buf, atEOF)
			require.LessOrEqual(t, cut.N, len(buf))
			if cut.N == 0 {
				require.False(t, atEOF, "bytes are left at the end: %q", buf)
				break
			}
			d.block(buf[:cut.N:cut.N], cut)
			buf = append([]byte(nil), buf[cut.N:]...)
		}
		if atEOF || d.out.err != "" {
			break
		}
	}
	if !d.open {
		d.header(nil)
	}
	require.False(t, d.inFragment, "a fragment without an end")
	for _, e := range d.rep.Faults {
		d.out.faults = append(d.out.faults, readFault{e.Record, e.Offset, e.Rule, e.Severity.String() + " " + e.Error()})
	}
	return d.out
}

func columns(n int) *endpoint.Schema {
	s := endpoint.NewSchema()
	for i := range n {
		s.Add(endpoint.Column{Field: endpoint.Attributes, Key: string(rune('a' + i))})
	}
	return s
}

type driver struct {
	t          *testing.T
	cutter     *Cutter
	parser     *Parser
	batch      endpoint.Batch
	rep        fault.Report
	pos        fault.Pos
	record     int64
	open       bool
	inFragment bool
	out        reading
}

func (d *driver) header(data []byte) int {
	d.open = true
	schema, n, err := d.parser.Header(data, d.pos, &d.rep)
	if err != nil {
		d.out.err = err.Error()
		return n
	}
	require.Equal(d.t, schema.Len(), d.parser.Width())
	for _, c := range schema.Columns {
		d.out.header = append(d.out.header, c.String())
	}
	return n
}

// block takes what the cutter cut, as a reader would.
func (d *driver) block(data []byte, cut endpoint.Cut) {
	if !d.open {
		n := d.header(data)
		if d.out.err != "" {
			return
		}
		d.advance(data[:n])
		data = data[n:]
	}
	if cut.Fragment {
		require.Equal(d.t, !d.inFragment, cut.First)
		if cut.First {
			require.Equal(d.t, fault.RecordSize, cut.Rule)
			lead := blankLines(data, false) // only at the start of the input
			d.advance(data[:lead])
			data = data[lead:]
			require.NoError(d.t, d.rep.Add(&fault.Error{Pos: d.pos, Record: d.record, Rule: cut.Rule}))
			d.out.rows = append(d.out.rows, readRow{fate: "fragment"})
			d.record++
		}
		d.out.rows[len(d.out.rows)-1].raw += string(data)
		d.inFragment = !cut.Last
		d.advance(data)
		return
	}
	for len(data) > 0 {
		n, err := d.parser.Parse(&d.batch, data, d.pos, d.record, &d.rep)
		require.NoError(d.t, err)
		require.Positive(d.t, n)
		require.Equal(d.t, string(data[:n]), string(d.batch.Data))
		d.rows()
		d.record += int64(len(d.batch.Rows))
		d.advance(data[:n])
		data = data[n:]
	}
}

func (d *driver) rows() {
	b := &d.batch
	require.True(d.t, b.Dense)
	end := uint32(0)
	vals := uint32(0)
	for i := range b.Rows {
		row := &b.Rows[i]
		require.Empty(d.t, strings.Trim(string(b.Data[end:row.Start]), "\r\n"), "only blank lines lie between rows")
		require.Equal(d.t, vals, row.First)
		require.EqualValues(d.t, d.parser.Width(), row.N)
		end, vals = row.End, row.First+row.N
		out := readRow{fate: "sound", raw: string(b.Raw(i))}
		for k, v := range b.Values(i) {
			require.Equal(d.t, k, v.Column())
			require.False(d.t, v.Is(endpoint.Bare))
			if row.Flags == 0 {
				require.Equal(d.t, isPlain(b.Bytes(v)), v.Is(endpoint.Plain), "%q", b.Bytes(v))
				out.cells = append(out.cells, string(b.Bytes(v)))
				out.places = append(out.places, b.Base.Offset+int64(b.Offset(v)))
			} else {
				require.Zero(d.t, v.Len())
			}
		}
		if row.Flags != 0 {
			require.Equal(d.t, endpoint.Rejected|endpoint.Torn, row.Flags)
			out.fate = "torn"
		}
		d.out.rows = append(d.out.rows, out)
	}
	require.EqualValues(d.t, vals, len(b.Vals))
}

func isPlain(p []byte) bool {
	return !bytes.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == '"' || r == ',' || r == '\\' })
}

func (d *driver) advance(p []byte) {
	for _, c := range p {
		d.pos.Offset++
		d.pos.Column++
		if c == '\n' {
			d.pos.Line++
			d.pos.Column = 1
		}
	}
}

// everySize reads a text in blocks of every size and under batches of several
// sizes, wants the same each time, and gives it.
func everySize(t *testing.T, text string, c conditions) reading {
	t.Helper()
	c.block, c.batch = len(text)+1, 0
	want := drive(t, text, c)
	for k := 1; k <= len(text); k++ {
		for _, batch := range []int{1, 3, 70, 0} {
			c.block, c.batch = k, batch
			require.Equal(t, want, drive(t, text, c), "block of %d, batch of %d: %q", k, batch, text)
		}
	}
	return want
}

// feeder reads long texts and counts, without writing anything down.
type feeder struct {
	t        *testing.T
	cutter   *Cutter
	parser   *Parser
	batch    endpoint.Batch
	rep      fault.Report
	consumed int
	rows     int
}

func newFeeder(t *testing.T, c *Cutter, p *Parser) *feeder {
	return &feeder{t: t, cutter: c, parser: p, rep: fault.Report{Keep: 10}}
}

// feed reads a text in blocks that grow by step while nothing can be cut.
func (f *feeder) feed(text []byte, step int) {
	for shown := step; len(text) > 0; {
		shown = min(shown, len(text))
		cut := f.cutter.Cut(text[:shown], shown == len(text))
		if cut.N == 0 {
			require.Less(f.t, shown, len(text))
			shown *= 2
			continue
		}
		block := text[:cut.N]
		text = text[cut.N:]
		shown = max(step, shown-cut.N)
		f.consumed += len(block)
		for len(block) > 0 && !cut.Fragment {
			n, err := f.parser.Parse(&f.batch, block, fault.Pos{Line: 1}, 1, &f.rep)
			require.NoError(f.t, err)
			require.Positive(f.t, n)
			f.rows += len(f.batch.Rows)
			block = block[n:]
		}
	}
}
