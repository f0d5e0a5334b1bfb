package csvcodec

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/corpus"
)

var _ endpoint.Codec = struct {
	*Cutter
	*Parser
}{}

// TestShapes reads generated files of all kinds, in large blocks and small
// ones, and writes them again.
func TestShapes(t *testing.T) {
	for _, shape := range corpus.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			var buf bytes.Buffer
			rows, err := shape.WriteCSV(&buf, 150<<10, 1)
			require.NoError(t, err)
			text := buf.String()
			want := drive(t, text, conditions{block: len(text) + 1})
			require.Empty(t, want.err)
			require.Empty(t, want.faults)
			assert.EqualValues(t, rows, len(want.rows))
			assert.Equal(t, shape.Header(), want.header)
			for _, c := range []conditions{{block: 997}, {block: 5000, batch: 1}, {block: 64 << 10, batch: 3000}} {
				require.Equal(t, want, drive(t, text, c))
			}

			var rep fault.Report
			p := NewParser(nil)
			schema, n, err := p.Header([]byte(text), fault.Pos{}, &rep)
			require.NoError(t, err)
			a := NewAppender(schema, nil)
			out := a.Header(nil)
			var b endpoint.Batch
			for rest := []byte(text[n:]); len(rest) > 0; rest = rest[n:] {
				n, err = p.Parse(&b, rest, fault.Pos{}, 1, &rep)
				require.NoError(t, err)
				out, err = a.Append(out, &b, &rep)
				require.NoError(t, err)
			}
			again := drive(t, string(out), conditions{block: len(out) + 1})
			require.Len(t, again.rows, len(want.rows))
			for i, row := range want.rows {
				require.Equal(t, row.cells, again.rows[i].cells)
			}
		})
	}
}

// TestSpoiledShapes reads generated files with faults in them: what the
// generator spoiled is found, and no more.
func TestSpoiledShapes(t *testing.T) {
	for _, name := range []string{"default", "quoted"} {
		shape, ok := corpus.Lookup(name)
		require.True(t, ok)
		var buf bytes.Buffer
		res, err := shape.Generate(&buf, &corpus.Options{Bytes: 200 << 10, Seed: 3, FaultRate: 0.3})
		require.NoError(t, err)
		text := buf.String()
		want := drive(t, text, conditions{block: len(text) + 1})
		assert.NotEmpty(t, want.faults)
		assert.LessOrEqual(t, len(want.faults), int(res.Spoiled))
		require.Equal(t, want, drive(t, text, conditions{block: 1001, batch: 700}))
	}
}

func TestParseStops(t *testing.T) {
	text := []byte("a,b\nc\nd,e\nf\n")
	p := NewParser(nil)
	p.SetSchema(columns(2))
	var b endpoint.Batch
	rep := fault.Report{Max: 1}
	n, err := p.Parse(&b, text, fault.Pos{Line: 1}, 1, &rep)
	assert.ErrorIs(t, err, fault.ErrStop)
	assert.Equal(t, 6, n)
	assert.Equal(t, "a,b\nc\n", string(b.Data))
	require.Len(t, b.Rows, 2, "whole rows only, the faulty one last")
	assert.Equal(t, endpoint.Rejected|endpoint.Torn, b.Rows[1].Flags)
	assert.Len(t, b.Values(1), 2)
	assert.Equal(t, 1, b.Kept())

	n, err = p.Parse(&b, nil, fault.Pos{Line: 1}, 1, &rep)
	require.NoError(t, err)
	assert.Zero(t, n)
	assert.Empty(t, b.Rows)
}

// TestParseLong gives the Parser what a Cutter would not: a line that is too
// long among others.
func TestParseLong(t *testing.T) {
	text := "a,b\n" + strings.Repeat("x", 50) + "\nc,d\n" + strings.Repeat("x", 20)
	p := NewParser(&Options{MaxRecord: 20})
	p.SetSchema(columns(2))
	f := newFeeder(t, nil, p)
	var fates []endpoint.RowFlags
	for rest := []byte(text); len(rest) > 0; {
		n, err := p.Parse(&f.batch, rest, fault.Pos{Line: 1}, 1, &f.rep)
		require.NoError(t, err)
		require.Positive(t, n)
		for _, row := range f.batch.Rows {
			fates = append(fates, row.Flags)
		}
		rest = rest[n:]
	}
	torn := endpoint.Rejected | endpoint.Torn
	assert.Equal(t, []endpoint.RowFlags{0, torn, 0, torn}, fates)
	require.Len(t, f.rep.Faults, 2)
	assert.ErrorIs(t, f.rep.Faults[0], fault.RecordSize)
	assert.ErrorIs(t, f.rep.Faults[1], fault.RecordSize)
}

func TestZeroCutter(t *testing.T) {
	var c Cutter
	assert.Equal(t, endpoint.Cut{N: 3}, c.Cut([]byte("Id\n1"), false))
	assert.Equal(t, endpoint.Cut{}, c.Cut([]byte("1"), false))
	assert.Equal(t, endpoint.Cut{N: 2}, c.Cut([]byte("1\n2"), false))
	assert.Equal(t, endpoint.Cut{N: 1}, c.Cut([]byte("2"), true))
}

func TestFaultTexts(t *testing.T) {
	cases := []struct{ text, fault string }{
		{"x,5'11\" tall,z\n", `1:7: csv-bare-quote: Attributes.b "5'11" tall" has a double quote inside but does not start with one`},
		{"x,y,z\"\r\n", `1:6: csv-bare-quote: Attributes.c "z"" has a double quote inside but does not start with one`},
		{"x,y,z,\"a\nb\",c\"d\n", `2:5: csv-bare-quote: "c"d" has a double quote inside but does not start with one`},
		{"\"a\"b,y,z\r\n", `1:4: csv-quote-text: Attributes.a "b" follows the closing quote of a cell`},
		{"x,\"y\nz,z,z\n", `1:3: csv-quote-open: Attributes.b ""y" opens a quoted cell that is not closed`},
		{"x,y\n", `1:1: csv-cells: "x,y" has 2 cells, the header names 3`},
		{"x,\"a\nb\"\r\n", `1:1: csv-cells: "x,"a\nb"" has 2 cells, the header names 3`},
		{"x,caf\xe9 au lait,z\n", `1:6: utf8: "\xe9 au lait,z" is not valid UTF-8`},
	}
	for _, c := range cases {
		got := everySize(t, c.text, conditions{limit: 1000, width: 3})
		require.NotEmpty(t, got.faults, c.text)
		text, _, _ := strings.Cut(strings.TrimPrefix(got.faults[0].text, "fault f:"), " (")
		assert.Equal(t, c.fault, text)
	}

	hints := []struct{ text, hint string }{
		{"  \n", "the line holds nothing but white space: remove it"},
		{"a;b;c\n", "cells are separated by commas, not by semicolons"},
		{"a\tb\tc\n", "cells are separated by commas, not by tabs"},
		{"a\n", fault.CSVCells.Row().Hint},
	}
	for _, c := range hints {
		got := everySize(t, c.text, conditions{limit: 1000, width: 3})
		require.Len(t, got.faults, 1)
		assert.Contains(t, got.faults[0].text, "has 1 cell, ")
		assert.Contains(t, got.faults[0].text, "("+c.hint+")")
	}
}

func TestAllocs(t *testing.T) {
	shape, ok := corpus.Lookup("escaped")
	require.True(t, ok)
	var buf bytes.Buffer
	_, err := shape.WriteCSV(&buf, 100<<10, 1)
	require.NoError(t, err)
	var rep fault.Report
	p := NewParser(nil)
	schema, n, err := p.Header(buf.Bytes(), fault.Pos{}, &rep)
	require.NoError(t, err)
	data := buf.Bytes()[n:]
	var b endpoint.Batch
	same := NewAppender(schema, nil)
	other := NewAppender(schemaOf(t, append([]string{"RequestId"}, shape.Header()...)...), nil)
	out := make([]byte, 0, 1<<20)
	cutter := NewCutter(nil)
	read := func() {
		cut := cutter.Cut(data, false)
		for rest := data[:cut.N]; len(rest) > 0; {
			n, err := p.Parse(&b, rest, fault.Pos{Line: 1}, 1, &rep)
			require.NoError(t, err)
			out, err = same.Append(out[:0], &b, &rep)
			require.NoError(t, err)
			out, err = other.Append(out[:0], &b, &rep)
			require.NoError(t, err)
			rest = rest[n:]
		}
	}
	read()
	assert.Zero(t, testing.AllocsPerRun(5, read))
	assert.Empty(t, rep.Faults)
}

// A report that only counts gets the counts of one that holds all, of the same rows, and
// a torn record costs no allocation.
func TestTornRecordsAreCounted(t *testing.T) {
	long := strings.Repeat("x", 300)
	text := []byte(strings.Repeat("a,b,c\nonly one\na,b\"b,c\n\"a\"x,b,c\na,\xff,c\n"+long+",b,c\n1,2,3\na,b,c,d\n", 40) + "a,b,\"open\n")
	for _, fields := range []int{0, 1, 3} {
		held, counted := fault.Report{Fields: fields}, fault.Report{Fields: fields, Keep: -1}
		var rows [2][]endpoint.Row
		for i, rep := range []*fault.Report{&held, &counted} {
			p := NewParser(&Options{MaxRecord: 200})
			p.SetSchema(columns(3))
			var b endpoint.Batch
			for rest := text; len(rest) > 0; {
				n, err := p.Parse(&b, rest, fault.Pos{Line: 1}, 1, rep)
				require.NoError(t, err)
				rows[i] = append(rows[i], b.Rows...)
				rest = rest[n:]
			}
		}
		require.Equal(t, rows[0], rows[1])
		require.Equal(t, held.Counts(), counted.Counts())
		require.NotEmpty(t, held.Faults)
		require.Empty(t, counted.Faults)
		if fields == 0 {
			for _, rule := range []fault.Rule{fault.CSVCells, fault.CSVBareQuote, fault.CSVQuoteText, fault.CSVQuoteOpen, fault.UTF8, fault.RecordSize} {
				require.True(t, slices.ContainsFunc(counted.Counts(), func(c fault.Count) bool { return c.Rule == rule.Code() }), rule)
			}
		}
	}

	p := NewParser(nil)
	p.SetSchema(schemaOf(t, "ChannelType", "Address", "Id"))
	var b endpoint.Batch
	rep := fault.Report{Keep: -1}
	read := func() {
		_, err := p.Parse(&b, text, fault.Pos{Line: 1}, 1, &rep)
		require.NoError(t, err)
	}
	read()
	assert.Zero(t, testing.AllocsPerRun(5, read))
}
