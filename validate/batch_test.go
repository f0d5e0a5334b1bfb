package validate

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/corpus"
)

// record is a record of a test: pairs of a dotted name and a value, in order.
type record [][2]string

// rec reads a record of lines "Name=value".
func rec(lines ...string) record {
	var r record
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		r = append(r, [2]string{name, value})
	}
	return r
}

// column is endpoint.ParseColumn for names that tests make, legal or not.
func column(name string) endpoint.Column {
	for _, f := range []endpoint.Field{endpoint.Attributes, endpoint.Metrics, endpoint.UserAttributes} {
		if key, ok := strings.CutPrefix(name, f.Info().Name); ok {
			return endpoint.Column{Field: f, Key: key}
		}
	}
	c, err := endpoint.ParseColumn([]byte(name))
	if err != nil {
		panic(err)
	}
	return c
}

// put appends a value behind a separator and makes a Value of it.
func put(b *endpoint.Batch, s string, column int) {
	start := len(b.Data)
	b.Data = append(append(b.Data, s...), ';')
	flags := endpoint.Plain
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == '"' || r == ',' || r == '\\' }) {
		flags = 0
	}
	b.Vals = append(b.Vals, endpoint.MakeValue(start, len(s), column, flags))
}

func start(b *endpoint.Batch) {
	b.Rows = append(b.Rows, endpoint.Row{Start: uint32(len(b.Data)), First: uint32(len(b.Vals))})
}

func end(b *endpoint.Batch) {
	b.Data[len(b.Data)-1] = '\n'
	r := &b.Rows[len(b.Rows)-1]
	r.End, r.N = uint32(len(b.Data)), uint32(len(b.Vals))-r.First
}

// sparse makes a sparse batch.
func sparse(s *endpoint.Schema, records ...record) *endpoint.Batch {
	b := &endpoint.Batch{}
	b.Reset(s, fault.Pos{File: "in", Line: 1})
	for _, r := range records {
		start(b)
		b.Data = append(b.Data, ';')
		for _, pair := range r {
			n, ok := s.Lookup(column(pair[0]))
			if !ok {
				n = s.Add(column(pair[0]))
			}
			put(b, pair[1], n)
		}
		end(b)
	}
	return b
}

// dense makes a dense batch. A name has as many columns as it has in the record
// that repeats it most.
func dense(s *endpoint.Schema, records ...record) *endpoint.Batch {
	for _, r := range records {
		seen := map[string]int{}
		for _, pair := range r {
			seen[pair[0]]++
			have := 0
			for _, c := range s.Columns {
				if c == column(pair[0]) {
					have++
				}
			}
			if have < seen[pair[0]] {
				s.Add(column(pair[0]))
			}
		}
	}
	b := &endpoint.Batch{}
	b.Reset(s, fault.Pos{File: "in", Line: 1})
	b.Dense = true
	for _, r := range records {
		start(b)
		used := map[int]bool{}
		for i, c := range s.Columns {
			value := ""
			for j, pair := range r {
				if !used[j] && column(pair[0]) == c {
					value, used[j] = pair[1], true
					break
				}
			}
			put(b, value, i)
		}
		end(b)
	}
	return b
}

// messages gives the findings of a report without their places.
func messages(rep *fault.Report) []string {
	out := []string{}
	for _, e := range rep.Faults {
		n := *e
		n.Pos = fault.Pos{}
		text := n.Error()
		if n.Severity == fault.Warning {
			text = "warning " + text
		}
		out = append(out, text)
	}
	return out
}

// check checks a batch with a fresh checker that was given no header.
func check(t testing.TB, v *Validator, b *endpoint.Batch) *fault.Report {
	t.Helper()
	c, err := v.For(nil, nil)
	require.NoError(t, err)
	rep := &fault.Report{}
	require.NoError(t, c.Check(b, rep))
	return rep
}

// valuesOf gives a row as a record again.
func valuesOf(b *endpoint.Batch, row int) record {
	var r record
	for c, value := range b.At(row).All() {
		r = append(r, [2]string{c.String(), string(value)})
	}
	return r
}

// readCSV makes one dense batch of a file, the values where a parser would put them.
func readCSV(t testing.TB, text []byte) *endpoint.Batch {
	t.Helper()
	cr := csv.NewReader(bytes.NewReader(text))
	header, err := cr.Read()
	require.NoError(t, err)
	s := endpoint.NewSchema()
	for _, name := range header {
		s.Add(column(name))
	}
	b := &endpoint.Batch{}
	b.Reset(s, fault.Pos{File: "in", Line: 2})
	b.Dense = true
	for {
		cells, err := cr.Read()
		if err == io.EOF {
			return b
		}
		require.NoError(t, err)
		start(b)
		for i, cell := range cells {
			put(b, cell, i)
		}
		end(b)
	}
}

// corpusBatch makes a batch of about n bytes of a shape of the corpus.
func corpusBatch(t testing.TB, shape string, n int64) *endpoint.Batch {
	t.Helper()
	return seededBatch(t, shape, n, 1)
}

func seededBatch(t testing.TB, shape string, n int64, seed uint64) *endpoint.Batch {
	t.Helper()
	s, ok := corpus.Lookup(shape)
	require.True(t, ok)
	var out bytes.Buffer
	_, err := s.WriteCSV(&out, n, seed)
	require.NoError(t, err)
	return readCSV(t, out.Bytes())
}

// toSparse makes a sparse batch of the rows of a dense one.
func toSparse(b *endpoint.Batch) *endpoint.Batch {
	out := &endpoint.Batch{}
	s := endpoint.NewSchema()
	for i, c := range b.Columns {
		if b.Head(i) == i {
			s.Add(c)
		}
	}
	out.Reset(s, b.Base)
	for r := range b.Rows {
		start(out)
		for c, value := range b.At(r).All() {
			n, _ := s.Lookup(c)
			put(out, string(value), n)
		}
		end(out)
	}
	return out
}
