package csvcodec

import (
	"encoding/csv"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// schemaOf makes a schema of dotted names.
func schemaOf(t testing.TB, names ...string) *endpoint.Schema {
	t.Helper()
	s := endpoint.NewSchema()
	for _, name := range names {
		c, err := endpoint.ParseColumn([]byte(name))
		require.NoError(t, err)
		s.Add(c)
	}
	return s
}

// parseAll reads a text, header and all, into one batch.
func parseAll(t testing.TB, text string) *endpoint.Batch {
	t.Helper()
	var rep fault.Report
	b := new(endpoint.Batch)
	p := NewParser(nil)
	_, n, err := p.Header([]byte(text), fault.Pos{Line: 1, Column: 1}, &rep)
	require.NoError(t, err)
	used, err := p.Parse(b, []byte(text[n:]), fault.Pos{Line: 2, Column: 1}, 1, &rep)
	require.NoError(t, err)
	require.Equal(t, len(text)-n, used)
	return b
}

// sparse makes a batch as JSON gives one: a column a name, only what is there.
func sparse(records ...[][2]string) *endpoint.Batch {
	b := new(endpoint.Batch)
	b.Reset(endpoint.NewSchema(), fault.Pos{Line: 1})
	for _, rec := range records {
		row := endpoint.Row{First: uint32(len(b.Vals)), N: uint32(len(rec))}
		for _, pair := range rec {
			c, err := endpoint.ParseColumn([]byte(pair[0]))
			if err != nil {
				panic(err)
			}
			n, ok := b.Lookup(c)
			if !ok {
				n = b.Add(c)
			}
			start := b.StartAux(0)
			b.Aux = append(b.Aux, pair[1]...)
			var flags endpoint.Flags
			if isPlain([]byte(pair[1])) {
				flags = endpoint.Plain
			}
			b.Vals = append(b.Vals, endpoint.MakeValue(start, len(pair[1]), n, flags|endpoint.InAux))
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

func TestAppendSame(t *testing.T) {
	text := "Id,Attributes.a,Attributes.a,\"Attributes.b,\"\"c\"\n" +
		"1,x,y,z\n" +
		",,,\n" +
		"\"a,b\",\"c\"\"d\",\"e\nf\",\"g\rh\"\n" +
		"\"\"\"\",back\\slash, spaces ,a value of more than sixteen bytes\n" +
		"é,日本,\ttab,\x01\n"
	b := parseAll(t, text)
	a := NewAppender(b.Schema, nil)
	var rep fault.Report
	got, err := a.Append(a.Header(nil), b, &rep)
	require.NoError(t, err)
	assert.Equal(t, text, string(got), "what was written well is written as it was")
	assert.Empty(t, rep.Faults)

	ends := append([]uint32(nil), a.Ends()...)
	require.Len(t, ends, len(b.Rows))
	head := len(a.Header(nil))
	start := 0
	for i, end := range ends {
		one, err := a.AppendRow([]byte("x"), b, i, &rep)
		require.NoError(t, err)
		assert.Equal(t, "x"+text[head+start:head+int(end)], string(one))
		assert.Equal(t, []uint32{end - uint32(start)}, a.Ends())
		start = int(end)
	}
}

func TestAppendNeedlessQuotes(t *testing.T) {
	b := parseAll(t, "Id,Address\r\n\"a\",\" b\"\r\n\"\",\"c\"\r\n")
	a := NewAppender(b.Schema, nil)
	got, err := a.Append(nil, b, &fault.Report{})
	require.NoError(t, err)
	assert.Equal(t, "a, b\n,c\n", string(got))
}

func TestAppendOneColumn(t *testing.T) {
	b := parseAll(t, "Id\na\n\"\"\n\"\"\"\"\n")
	a := NewAppender(b.Schema, nil)
	got, err := a.Append(nil, b, &fault.Report{})
	require.NoError(t, err)
	assert.Equal(t, "a\n\"\"\n\"\"\"\"\n", string(got), "an empty cell alone is no blank line")
	assert.Equal(t, []uint32{2, 5, 10}, a.Ends())

	s := sparse([][2]string{}, [][2]string{{"Id", ""}})
	got, err = a.Append(nil, s, &fault.Report{})
	require.NoError(t, err)
	assert.Equal(t, "\"\"\n\"\"\n", string(got))
}

func TestAppendNoColumns(t *testing.T) {
	a := NewAppender(endpoint.NewSchema(), nil)
	var rep fault.Report
	got, err := a.Append(a.Header(nil), sparse([][2]string{}, [][2]string{{"Id", "1"}}), &rep)
	require.NoError(t, err)
	assert.Equal(t, "\n\n", string(got))
	assert.Len(t, rep.Faults, 1)
}

func TestAppendOtherColumns(t *testing.T) {
	cases := []struct {
		name  string
		out   []string
		in    string
		want  string
		fault []string
	}{
		{
			name: "another order", out: []string{"Address", "Id"},
			in: "Id,Address\n1,a\n2,b\n", want: "a,1\nb,2\n",
		},
		{
			name: "more columns", out: []string{"Address", "OptOut", "Id"},
			in: "Id,Address\n1,a\n2,\n", want: "a,,1\n,,2\n",
		},
		{
			name: "fewer columns, all empty", out: []string{"Id"},
			in: "Id,Address\n1,\n,\n", want: "1\n\"\"\n",
		},
		{
			name: "fewer columns", out: []string{"Id"},
			in: "Id,Address,OptOut\n1,,\n2,x,y\n3,,\n", want: "1\n3\n",
			fault: []string{`3:3: no-column: Address "x" has no column in the CSV output`, `3:5: no-column: OptOut "y" has no column in the CSV output`},
		},
		{
			name: "a list keeps its places", out: []string{"Attributes.a", "Id", "Attributes.a", "Attributes.a"},
			in: "Id,Attributes.a,Attributes.a\n1,,x\n2,y,\n", want: ",1,x,\ny,2,,\n",
		},
		{
			name: "a list moves together", out: []string{"Attributes.a", "Id", "Attributes.a"},
			in: "Attributes.a,Attributes.a,Attributes.a,Id\n,x,y,1\nx,,y,2\n,,,3\nx,,,4\n", want: "x,1,y\nx,2,y\n,3,\nx,4,\n",
		},
		{
			name: "a list that is too long", out: []string{"Attributes.a", "Id", "Attributes.a"},
			in: "Attributes.a,Attributes.a,Attributes.a,Id,Attributes.a\nx,y,z,1,w\nx,,,2,y\n", want: "x,2,y\n",
			fault: []string{`2:5: no-column: Attributes.a "z" has more values than the CSV output has columns of that name`},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := parseAll(t, c.in)
			a := NewAppender(schemaOf(t, c.out...), nil)
			var rep fault.Report
			got, err := a.Append([]byte("head"), b, &rep)
			require.NoError(t, err)
			assert.Equal(t, "head"+c.want, string(got))
			assert.Len(t, a.Ends(), strings.Count(c.want, "\n"))
			checkFaults(t, c.fault, &rep)

			again, err := a.Append(nil, b, &rep)
			require.NoError(t, err)
			assert.Equal(t, c.want, string(again), "rejected rows are left out")
		})
	}
}

func checkFaults(t *testing.T, want []string, rep *fault.Report) {
	t.Helper()
	require.Len(t, rep.Faults, len(want))
	for i, e := range rep.Faults {
		text, _, _ := strings.Cut(e.Error(), " (")
		assert.Equal(t, want[i], text)
	}
}

func TestAppendSparse(t *testing.T) {
	b := sparse(
		[][2]string{{"Id", "1"}, {"Attributes.a", "x"}, {"Metrics.m", "1.50"}, {"Attributes.a", "y,z"}},
		[][2]string{{"Metrics.m", "2"}, {"Id", "a longer value than sixteen"}},
		[][2]string{},
		[][2]string{{"Attributes.a", ""}, {"Attributes.a", "second"}},
		[][2]string{{"Attributes.a", "1"}, {"Attributes.a", "2"}, {"Attributes.a", "3"}, {"Attributes.a", "4"}, {"Address", "no"}, {"Metrics.m", "1"}, {"Metrics.m", "2"}},
		[][2]string{{"Id", "5"}},
	)
	a := NewAppender(schemaOf(t, "Attributes.a", "Id", "Attributes.a", "Metrics.m"), nil)
	var rep fault.Report
	got, err := a.Append(nil, b, &rep)
	require.NoError(t, err)
	assert.Equal(t, "x,1,\"y,z\",1.50\n,a longer value than sixteen,,2\n,,,\n,,second,\n,5,,\n", string(got))
	require.Len(t, rep.Faults, 3, "one fault a name")
	assert.Equal(t, "3", rep.Faults[0].Value)
	assert.Equal(t, "/Attributes/a", rep.Faults[0].Pointer)
	assert.Equal(t, "has no column in the CSV output", rep.Faults[1].Says())
	assert.Equal(t, "Metrics.m", rep.Faults[2].Field)
	assert.ErrorIs(t, rep.Faults[2], fault.NoColumn)
	assert.EqualValues(t, 5, rep.Faults[2].Record)
	assert.Equal(t, endpoint.Rejected, b.Rows[4].Flags)

	// The schema of JSON grows, and the next batch may have another one.
	b = sparse([][2]string{{"Id", "1"}})
	for range 3 {
		got, err = a.Append(got[:0], b, &rep)
		require.NoError(t, err)
		assert.Equal(t, ",1,,\n", string(got))
		b.Add(endpoint.Column{Field: endpoint.Metrics, Key: "other"})
	}
}

func TestAppendTooLong(t *testing.T) {
	b := parseAll(t, "Id,Address\n1,23\n1,234\n\"1\"\"\",2\n\"1\"\"\",\n")
	a := NewAppender(b.Schema, &AppendOptions{MaxOut: 6})
	var rep fault.Report
	got, err := a.Append([]byte("head"), b, &rep)
	require.NoError(t, err)
	assert.Equal(t, "head1,23\n1,234\n", string(got))
	assert.Equal(t, []uint32{5, 11}, a.Ends())
	require.Len(t, rep.Faults, 2)
	assert.ErrorIs(t, rep.Faults[0], fault.ChunkSize)
	assert.EqualValues(t, 3, rep.Faults[0].Record)
	assert.EqualValues(t, 4, rep.Faults[0].Line)
	assert.Equal(t, endpoint.Rejected, b.Rows[2].Flags)
}

func TestAppendStops(t *testing.T) {
	b := parseAll(t, "Id,Address,OptOut\n1,,\n2,x,y\n3,,\n")
	a := NewAppender(schemaOf(t, "Id"), nil)
	rep := fault.Report{Max: 1}
	got, err := a.Append(nil, b, &rep)
	assert.ErrorIs(t, err, fault.ErrStop)
	assert.Equal(t, "1\n", string(got))
	assert.Len(t, rep.Faults, 1)

	got, err = a.AppendRow(nil, b, 2, &rep)
	require.NoError(t, err)
	assert.Equal(t, "3\n", string(got), "nothing of the row before is left")
	got, err = a.AppendRow(nil, b, 1, &rep)
	require.NoError(t, err)
	assert.Empty(t, got, "it is rejected already")

	long := NewAppender(b.Schema, &AppendOptions{MaxOut: 1})
	_, err = long.Append(nil, b, &rep)
	assert.ErrorIs(t, err, fault.ErrStop)
}

// TestAppendRoundTrip wants any cells to be read again as they were, by this
// package and by encoding/csv.
func TestAppendRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	pieces := []string{"", "a", " ", ",", `"`, "\n", "\r", "\r\n", `\`, `\.`, "#", "é", "\x00", "a text of some length, with a comma", "0123456789abcdef", "0123456789abcde", "'"}
	for range 3000 {
		width := 1 + rng.IntN(3)
		names := []string{"Id", "Address", "OptOut"}[:width]
		var recs [][][2]string
		for range 1 + rng.IntN(4) {
			var rec [][2]string
			for i := range width {
				rec = append(rec, [2]string{names[i], pieces[rng.IntN(len(pieces))] + pieces[rng.IntN(len(pieces))]})
			}
			recs = append(recs, rec)
		}
		a := NewAppender(schemaOf(t, names...), nil)
		var rep fault.Report
		text, err := a.Append(a.Header(nil), sparse(recs...), &rep)
		require.NoError(t, err)

		back := parseAll(t, string(text))
		require.Len(t, back.Rows, len(recs))
		standard, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		require.NoError(t, err, "%q", text)
		require.Len(t, standard, len(recs)+1, "%q", text)
		for i, rec := range recs {
			for k, v := range back.Values(i) {
				require.Equal(t, rec[k][1], string(back.Bytes(v)), "%q", text)
				require.Equal(t, strings.ReplaceAll(rec[k][1], "\r\n", "\n"), standard[i+1][k], "%q", text)
			}
		}
		again, err := NewAppender(back.Schema, nil).Append(nil, back, &rep)
		require.NoError(t, err)
		require.Equal(t, string(text[len(a.Header(nil)):]), string(again))
	}
}
