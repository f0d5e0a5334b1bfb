package ndjson

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// metrics gives a record with n metrics whose names begin with prefix.
func metrics(prefix string, n int) string {
	var s strings.Builder
	s.WriteString(`{"Metrics":{`)
	for i := range n {
		if i > 0 {
			s.WriteByte(',')
		}
		fmt.Fprintf(&s, `"%s%d":1`, prefix, i)
	}
	s.WriteString("}}\n")
	return s.String()
}

// parseAll reads lines and gives the flags of the rows and the largest schema.
func parseAll(t *testing.T, p *Parser, text string, rep *fault.Report) (flags []endpoint.RowFlags, columns int) {
	t.Helper()
	b := &endpoint.Batch{}
	for data := []byte(text); len(data) > 0; {
		n, err := p.Parse(b, data, start, 1, rep)
		require.NoError(t, err)
		require.Positive(t, n)
		data = data[n:]
		for i := range b.Rows {
			flags = append(flags, b.Rows[i].Flags)
			for _, v := range b.Values(i) {
				require.Less(t, v.Column(), b.Len())
			}
		}
		columns = max(columns, b.Len())
	}
	return flags, columns
}

// TestNewNamesForEver: ever new names do not make a parser grow for ever, and
// harm no record.
func TestNewNamesForEver(t *testing.T) {
	p, rep := NewParser(nil), newReport()
	most := 0
	for i := range 100 {
		flags, columns := parseAll(t, p, metrics(fmt.Sprintf("r%d-", i), 900), rep)
		require.Equal(t, []endpoint.RowFlags{0}, flags)
		most = max(most, columns)
	}
	assert.Empty(t, rep.Faults)
	assert.Less(t, most, maxSchema+1000)
	assert.Less(t, cap(p.cols), 2*endpoint.MaxColumns)
	assert.LessOrEqual(t, len(p.states), maxStates)
}

// TestTooManyNames: a record may have as many names as fit, whatever came before
// it; one more tears it.
func TestTooManyNames(t *testing.T) {
	small := metrics("small", 3000)
	for _, before := range []string{"", "{}\n", small, strings.Repeat("{}\n", 100) + small} {
		rep := newReport()
		flags, columns := parseAll(t, NewParser(nil), before+metrics("m", maxNames)+metrics("m", maxNames+1)+"{}\n", rep)
		n := len(flags)
		assert.Equal(t, []endpoint.RowFlags{0, endpoint.Rejected | endpoint.Torn, 0}, flags[n-3:])
		assert.Equal(t, maxNames, columns)
		require.Len(t, rep.Faults, 1)
		assert.Equal(t, fault.RecordSize, rep.Faults[0].Rule)
	}
}

// TestTooManyNamesInArray is the same for an array.
func TestTooManyNamesInArray(t *testing.T) {
	text := "[" + metrics("small", 3000) + "," + metrics("m", maxNames) + "," + metrics("m", maxNames+1) + ",{}]"
	got := drive(t, []byte(text), nil, len(text)+1, batchSize)
	require.Len(t, got.Rows, 4)
	for i, want := range []endpoint.RowFlags{0, 0, endpoint.Rejected | endpoint.Torn, 0} {
		assert.Equal(t, want, got.Rows[i].Flags)
	}
	assert.Len(t, got.Rows[1].Values, maxNames)
}

// TestLargest: a record as large as can be is read, from any place of a batch.
func TestLargest(t *testing.T) {
	big := `{"Attributes":{"a":["` + strings.Repeat("x", endpoint.MaxRecord-len(`{"Attributes":{"a":[""]}}`)) + `"]}}`
	require.Len(t, big, endpoint.MaxRecord)
	text := strings.Repeat("{}\n", 1000) + big + "\n{}\n" + big + " \n" + big
	got := drive(t, []byte(text), nil, 1<<20, batchSize)
	assert.Equal(t, []fault.Rule{fault.RecordSize}, got.rules)
	require.Len(t, got.Rows, 1004)
	assert.Zero(t, got.Rows[1000].Flags)
	assert.Equal(t, fault.RecordSize, got.Rows[1002].Bad)
	assert.Zero(t, got.Rows[1003].Flags)
	assert.Len(t, got.Rows[1003].Values[0], len("2 Attributes.a=")+strings.Count(big, "x"))
}

// TestHostile: texts that are large and strange are read in time that grows with
// their length only: each of these takes a fraction of a second.
func TestHostile(t *testing.T) {
	const n = 100_000
	for name, c := range map[string]struct {
		text string
		rule fault.Rule
	}{
		"names":    {"{" + strings.TrimSuffix(strings.Repeat(`"a":1,`, n), ",") + "}", fault.JSONUnknown},
		"nulls":    {`{"Attributes":{"a":[` + strings.TrimSuffix(strings.Repeat("null,", n), ",") + "]}}", fault.JSONNull},
		"scalars":  {`{"Attributes":{` + strings.TrimSuffix(strings.Repeat(`"a":"\x",`, n), ",") + "}}", fault.JSONScalar},
		"escapes":  {`{"Id":"` + strings.Repeat(`\u00e9`, n) + `"}`, fault.None},
		"bad":      {`{"Id":"` + strings.Repeat("\x01", n) + `"}`, fault.JSONString},
		"brackets": {strings.Repeat("[", n), fault.JSONType},
		"quotes":   {strings.Repeat(`"`, n), fault.JSONType},
		"braces":   {`{"x":` + strings.Repeat(`{"a":`, n), fault.JSONUnknown},
		"groups":   {"{" + strings.TrimSuffix(strings.Repeat(`"User":{},`, n), ",") + "}", fault.JSONDuplicate},
		"lines":    {strings.Repeat("x\n", n), fault.JSONSyntax},
		"commas":   {"[" + strings.Repeat(",", n), fault.JSONArray},
		"open":     {"[" + strings.Repeat("{", n), fault.JSONSyntax},
		"objects":  {"[" + strings.Repeat("{}", n), fault.JSONArray},
	} {
		t.Run(name, func(t *testing.T) {
			rep := &fault.Report{Keep: 1}
			p, cutter, b := NewParser(nil), NewCutter(nil), &endpoint.Batch{}
			data := []byte("{}\n" + c.text)
			if c.text[0] == '[' && name != "brackets" {
				data = data[3:]
			}
			for head := true; len(data) > 0; head = false {
				cut := cutter.Cut(data, true)
				require.Positive(t, cut.N)
				block := data[:cut.N]
				if data = data[cut.N:]; cut.Fragment {
					continue
				}
				if head {
					_, n, _ := p.Header(block, start, rep)
					block = block[n:]
				}
				for len(block) > 0 {
					n, err := p.Parse(b, block, start, 1, rep)
					require.NoError(t, err)
					block = block[n:]
				}
			}
			if c.rule == fault.None {
				require.Empty(t, rep.Faults)
				return
			}
			require.ErrorIs(t, rep.Err(), c.rule)
		})
	}
}

// TestAllocations: reading and writing clean records, of one form or of ever new
// ones, costs no memory once the first have been seen.
func TestAllocations(t *testing.T) {
	for _, shuffled := range []bool{false, true} {
		data := sampleLines(t, 100, shuffled)
		p, a, b, rep := NewParser(nil), NewAppender(nil), &endpoint.Batch{}, newReport()
		var out []byte
		run := func() {
			n, err := p.Parse(b, data, start, 1, rep)
			if err != nil || n != len(data) {
				t.Fatal(n, err)
			}
			out, err = a.Append(out[:0], b, rep)
			if err != nil || len(a.Ends()) != 100 {
				t.Fatal(len(a.Ends()), err)
			}
		}
		run()
		assert.Zero(t, testing.AllocsPerRun(20, run))
		assert.Len(t, bytes.Split(out, []byte("\n")), 101)
	}
	dense, a := sampleBatch(100), NewAppender(nil)
	out, err := a.Append(nil, dense, newReport())
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(20, func() { out, _ = a.Append(out[:0], dense, nil) }))
	cutter := NewCutter(nil)
	assert.Zero(t, testing.AllocsPerRun(20, func() { cutter.Cut(out, false) }))
}

// TestSpaceForEver: space between records is cut away as it comes, however much
// there is, and is not counted for the size of a batch.
func TestSpaceForEver(t *testing.T) {
	space := bytes.Repeat([]byte(" \n"), batchSize)
	for _, form := range []string{"{}\n", "[{},", "[", "[{}]"} {
		c := NewCutter(nil)
		for block := []byte(form); len(block) > 0; {
			block = block[c.Cut(block, false).N:]
		}
		for range 3 {
			assert.Equal(t, len(space), c.Cut(space, false).N, form)
		}
	}
	p, b := NewParser(nil), &endpoint.Batch{}
	_, _, err := p.Header([]byte("["), start, nil)
	require.NoError(t, err)
	data := append(bytes.Clone(space), `{"Id":"a"}]`...)
	n, err := p.Parse(b, data, start, 1, nil)
	require.NoError(t, err)
	assert.Equal(t, len(space), n)
	assert.Empty(t, b.Rows)
	n, err = p.Parse(b, data[n:], start, 1, nil)
	require.NoError(t, err)
	assert.Equal(t, 11, n)
	assert.Len(t, b.Rows, 1)
}

// TestZeroCutter: the zero value works like one without options.
func TestZeroCutter(t *testing.T) {
	var c Cutter
	assert.Equal(t, endpoint.Cut{N: 3}, c.Cut([]byte("{}\n{"), false))
	assert.Equal(t, endpoint.Cut{}, c.Cut([]byte("{"), false))
	assert.Equal(t, endpoint.Cut{N: 2}, c.Cut([]byte("{}"), true))
	assert.Equal(t, endpoint.Cut{}, c.Cut(nil, true))
	require.NoError(t, c.Finish(start, nil))
}

// TestHeaderOfEachParser: two parsers of one input read it alike.
func TestHeaderOfEachParser(t *testing.T) {
	head := []byte(" [")
	for range 2 {
		p := NewParser(nil)
		s, n, err := p.Header(head, start, newReport())
		require.NoError(t, err)
		assert.Equal(t, 2, n)
		assert.Zero(t, s.Len())
		b := &endpoint.Batch{}
		n, err = p.Parse(b, []byte(`{"Id":"a"},`), start, 1, newReport())
		require.NoError(t, err)
		assert.Equal(t, 11, n)
		assert.Same(t, s, b.Schema)
		assert.Equal(t, 1, b.Kept())
	}
}
