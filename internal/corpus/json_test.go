package corpus

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inForm returns n clean records of a shape in a form, a record a line.
func inForm(s *Shape, form Form, n int) []string {
	g := newGenerator(s, &Options{Form: form, Seed: 3})
	lines := make([]string, n)
	for i := range lines {
		lines[i] = string(g.appendRecord(nil))
	}
	return lines
}

// nested is the object that a row asks for, with the leaves as the JSON texts of its cells.
func nested(header, row []string) map[string]any {
	root := map[string]any{}
	for i, name := range header {
		if row[i] == "" {
			continue
		}
		path := strings.Split(name, ".")
		last := path[len(path)-1]
		at := root
		for _, key := range path[:len(path)-1] {
			if at[key] == nil {
				at[key] = map[string]any{}
			}
			at = at[key].(map[string]any)
		}
		switch {
		case path[0] == "Metrics", last == "Latitude", last == "Longitude":
			at[last] = json.Number(row[i])
		case path[0] == "Attributes", len(path) == 3:
			list, _ := at[last].([]any)
			at[last] = append(list, row[i])
		default:
			at[last] = row[i]
		}
	}
	return root
}

// object reads a line.
func object(t *testing.T, line string) (o map[string]any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(line))
	dec.UseNumber()
	require.NoError(t, dec.Decode(&o), line)
	require.Equal(t, len(line)-1, int(dec.InputOffset()), "one object and a line feed")
	return o
}

func TestFormsHoldTheSameRecords(t *testing.T) {
	const n = 300
	for _, s := range append(Shapes(), Warned()...) {
		header := string(newGenerator(&s, &Options{Seed: 3}).appendHeader(nil))
		names, rows := rowsOf(t, []byte(header+strings.Join(inForm(&s, CSV, n), "")))
		usual, escaped := inForm(&s, JSON, n), inForm(&s, Escaped, n)
		for i, row := range rows {
			want := nested(names, row)
			require.Equal(t, want, object(t, usual[i]), s.Name)
			require.Equal(t, want, object(t, escaped[i]), s.Name)
			require.True(t, isASCII(escaped[i]))
		}
		require.Greater(t, strings.Count(strings.Join(escaped, ""), `\u`), 5*n, s.Name)
	}
}

func TestSparseLeavesOutAndShuffles(t *testing.T) {
	const n = 2000
	s, _ := Lookup("default")
	usual, sparse := inForm(&s, JSON, n), inForm(&s, Sparse, n)
	orders := map[string]bool{}
	least, most, sum := 1.0, 0.0, 0.0
	for i := range n {
		all, some := object(t, usual[i]), object(t, sparse[i])
		missing := 1 - float64(part(t, some, all))/float64(part(t, all, all))
		least, most, sum = min(least, missing), max(most, missing), sum+missing
		require.Equal(t, all["Address"], some["Address"])
		require.Equal(t, all["ChannelType"], some["ChannelType"])
		orders[keys(t, sparse[i])] = true
	}
	assert.InDelta(t, 0.32, sum/n, 0.03, "missing members, two being always there")
	assert.Less(t, least, 0.1)
	assert.Greater(t, most, 0.5)
	assert.Greater(t, len(orders), n/2)
}

// part checks that what some holds is that of all and counts the leaves.
func part(t *testing.T, some, all map[string]any) int {
	t.Helper()
	n := 0
	for key, v := range some {
		if m, ok := v.(map[string]any); ok {
			require.NotEmpty(t, m)
			n += part(t, m, all[key].(map[string]any))
			continue
		}
		require.Equal(t, all[key], v)
		n++
	}
	return n
}

// keys gives the names of the outer members in the order of the text.
func keys(t *testing.T, line string) string {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(line))
	_, err := dec.Token()
	require.NoError(t, err)
	var list []string
	for dec.More() {
		key, err := dec.Token()
		require.NoError(t, err)
		var v json.RawMessage
		require.NoError(t, dec.Decode(&v))
		list = append(list, key.(string))
	}
	return strings.Join(list, " ")
}

func TestFormsOfFiles(t *testing.T) {
	s, _ := Lookup("default")
	for form := range forms {
		var a, b bytes.Buffer
		res, err := s.Generate(&a, &Options{Form: form, Bytes: 600_000, Seed: 1})
		require.NoError(t, err)
		assert.GreaterOrEqual(t, res.Bytes, int64(600_000))
		if form != CSV {
			assert.EqualValues(t, res.Rows, bytes.Count(a.Bytes(), []byte("\n")))
		}
		_, err = s.Generate(&b, &Options{Form: form, Bytes: 600_000, Seed: 1})
		require.NoError(t, err)
		assert.True(t, bytes.Equal(a.Bytes(), b.Bytes()), "the same on every run")

		got, ok := LookupForm(form.String())
		assert.True(t, ok)
		assert.Equal(t, form, got)
	}
	_, ok := LookupForm("xml")
	assert.False(t, ok)
	assert.Equal(t, "unknown-form", Form(math.MaxUint8).String())

	_, err := s.Generate(io.Discard, &Options{Form: JSON, FaultRate: 0.1})
	require.ErrorIs(t, err, ErrSpoiledJSON)
	res, err := s.Generate(io.Discard, &Options{Form: JSON})
	require.NoError(t, err)
	assert.Equal(t, Result{}, res)
}
