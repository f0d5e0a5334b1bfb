package main

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRun runs everything once on very little data and looks at what is written, not at the times.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	page, readme := filepath.Join(dir, "docs.md"), filepath.Join(dir, "README.md")
	require.NoError(t, os.WriteFile(readme, []byte("before\n"+blockStart+"\nold\n"+blockEnd+"\nafter\n"), 0o666))
	args := []string{"-size", "400kB", "-rounds", "2", "-shapes", "default,wide", "-out", page, "-readme", readme, "-work", dir}
	var stdout, stderr bytes.Buffer
	require.Zero(t, run(args, &stdout, &stderr), stderr.String())
	assert.Empty(t, stdout.String())

	text := read(t, page)
	assert.Contains(t, text, "`go run ./cmd/compare -rounds=2 -shapes=default,wide -size=400kB`")
	assert.NotContains(t, text, dir, "paths of this machine are of no use to a reader")
	tables := tablesOf(t, text)
	for _, w := range []way{csv2json, json2csv} {
		programs := tables["## "+w.String()]
		require.Len(t, programs, 1)
		for _, row := range programs[0] {
			assert.Positive(t, number(t, row[2]), "a rate in %q", row)
			assert.Positive(t, number(t, row[3]), "a ratio in %q", row)
			if strings.Contains(row[0], "endpointfile") || strings.Contains(row[0], "R0") {
				assert.Regexp(t, "^(yes, the same bytes|writes nothing)$", row[1], row)
			}
		}
		assert.Equal(t, "1.0x", programs[0][0][3], "R0 is the unit")
	}
	shapes := tables["## Every shape"]
	require.Len(t, shapes, 2, "one for each way")
	for _, table := range shapes {
		require.Len(t, table, 2)
		assert.Equal(t, "default", table[0][0])
		assert.Equal(t, "wide", table[1][0])
		assert.Contains(t, table[1], "-", "csvutil does not take 250 columns")
		assert.Positive(t, number(t, table[1][len(table[1])-1]))
	}
	require.Len(t, tables["## To files"][0], 2)
	for _, row := range tables["## Commands"][0] {
		assert.NotContains(t, strings.Join(row, " "), "{", "a word in braces was left")
	}

	block := read(t, readme)
	assert.Regexp(t, `(?s)^before\n`+blockStart+`\n!\[.*\]\(docs\.svg\)\n.*`+blockEnd+`\nafter\n$`, block)
	assert.NotContains(t, block, "old")
	for _, name := range []string{"docs.svg", "docs-shapes.svg"} {
		wellFormed(t, read(t, filepath.Join(dir, name)))
	}
	left, err := filepath.Glob(filepath.Join(dir, "compare-*"))
	require.NoError(t, err)
	assert.Empty(t, left, "the generated files are gone")
}

func TestExitStatus(t *testing.T) {
	for _, tt := range []struct {
		args string
		exit int
	}{
		{"-h", 0},
		{"-what", 2},
		{"-size lots", 2},
		{"-size 5XB", 2},
		{"-size 0", 2},
		{"-size -3MB", 2},
		{"-rounds 0", 2},
		{"-dir there", 2},
		{"-shapes default,round", 2},
		{"more", 2},
		{"-quick -work /there/is/no/such/folder", 1},
	} {
		var stdout, stderr bytes.Buffer
		assert.Equal(t, tt.exit, run(strings.Fields(tt.args), &stdout, &stderr), tt.args)
		assert.NotEmpty(t, stderr.String(), tt.args)
		assert.Empty(t, stdout.String(), tt.args)
	}
}

func TestWhereItIsWritten(t *testing.T) {
	for args, want := range map[string][2]string{
		"":                          {usualOut, "../README.md"},
		"-rounds 5 -size 1GB":       {usualOut, "../README.md"},
		"-out -":                    {"", ""},
		"-quick":                    {"", ""},
		"-shapes wide":              {"", ""},
		"-dir json2csv":             {"", ""},
		"-quick -out x.md":          {"x.md", ""},
		"-out x.md -readme READ.md": {"x.md", "READ.md"},
	} {
		opt, err := parse(strings.Fields(args), io.Discard)
		require.NoError(t, err)
		assert.Equal(t, want, [2]string{opt.out, opt.readme}, args)
	}
}

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{"1": 1, "20kB": 20_000, "64MB": 64_000_000, "1GB": 1_000_000_000} {
		n, err := parseSize(text)
		require.NoError(t, err)
		assert.Equal(t, want, n)
	}
}

func TestJudge(t *testing.T) {
	const (
		lines = `{"Address":"a","Metrics":{"Spend":9.50},"Attributes":{"Note":["x","y"]}}` + "\n" + `{"Address":"b"}` + "\n"
		cells = "Address,Metrics.Spend,Attributes.Note,Attributes.Note\na,9.50,x,y\nb,,,\n"
	)
	for _, tt := range []struct {
		way       way
		got, text string
		ok        bool
	}{
		{csv2json, lines, "yes, the same bytes", true},
		{csv2json, strings.ReplaceAll(lines, ":", ": "), "yes, in other bytes", true},
		{csv2json, strings.Replace(lines, "9.50", "9.5", 1), "yes, numbers in other digits: Metrics.Spend is `9.5` for `9.50`", true},
		{csv2json, strings.Replace(lines, "9.50", `"9.50"`, 1), "no: right in 1 of 2 records; Metrics.Spend is `\"9.50\"` for `9.50`", false},
		{csv2json, strings.Replace(lines, `["x","y"]`, `["x"]`, 1), "no: right in 1 of 2 records; Attributes.Note[1] is missing", false},
		{csv2json, strings.Replace(lines, `"b"`, `"b","Id":null`, 1), "no: right in 1 of 2 records; Id is there, as `null`", false},
		{csv2json, lines + lines, "no: 4 instead of 2 records", false},
		{csv2json, "[" + lines, "no: right in 1 of 2 records; Address is missing", false},
		{csv2json, "", "no: 0 instead of 2 records", false},
		{json2csv, strings.ReplaceAll(cells, "a,", `"a",`), "yes, in other bytes", true},
		{json2csv, strings.Replace(cells, "9.50", "9.5", 1), "yes, numbers in other digits: Metrics.Spend is `9.5` for `9.50`", true},
		{json2csv, strings.Replace(cells, "x,y", "x,", 1), "no: right in 2 of 3 records; Attributes.Note[1] is missing", false},
		{json2csv, strings.Replace(cells, "Note,A", "Note.1,A", 1), "no: right in 2 of 3 records; column 3 is `\"Attributes.Note.1\"` for `\"Attributes.Note\"`", false},
		{json2csv, "a,b\nc\n", "no: 2 instead of 3 records", false},
		{json2csv, "a\"b", "no: it is not CSV: parse error on line 1, column 2: " + csv.ErrBareQuote.Error(), false},
	} {
		dir := t.TempDir()
		want, got := filepath.Join(dir, "want"), filepath.Join(dir, "got")
		require.NoError(t, os.WriteFile(want, []byte([]string{lines, cells}[tt.way]), 0o666))
		require.NoError(t, os.WriteFile(got, []byte(tt.got), 0o666))
		v, err := judge(&program{}, tt.way, want, got)
		require.NoError(t, err)
		assert.Equal(t, verdict{ok: tt.ok, text: tt.text}, v)
	}
}

func TestRatioIsTheMedianOfTheRounds(t *testing.T) {
	base := &measured{size: 100e6, runs: []usage{{CPU: 1}, {CPU: 4}, {CPU: 2}}}
	fast := &measured{size: 200e6, runs: []usage{{CPU: 1}, {CPU: 1}, {CPU: 4}}}
	assert.InDelta(t, 50, base.rate(), 1e-9)
	assert.InDelta(t, 2, fast.ratio(base), 1e-9, "of 2, 8 and 1")
	fast.runs, base.runs = fast.runs[:2], base.runs[:2]
	assert.InDelta(t, 5, fast.ratio(base), 1e-9, "of 2 and 8")
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}

// tablesOf takes the tables out of Markdown: the cells of their rows, without the heads, by the
// heading above.
func tablesOf(t *testing.T, text string) map[string][][][]string {
	t.Helper()
	tables := map[string][][][]string{}
	heading, width := "", 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch cells := strings.Split(strings.Trim(line, "|"), "|"); {
		case strings.HasPrefix(line, "#"):
			heading = line
		case !strings.HasPrefix(line, "|"):
			width = 0
		case width == 0:
			width = len(cells)
			tables[heading] = append(tables[heading], nil)
		default:
			require.Len(t, cells, width, line)
			if strings.HasPrefix(line, "|---") {
				continue
			}
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			last := len(tables[heading]) - 1
			tables[heading][last] = append(tables[heading][last], cells)
		}
	}
	return tables
}

var figureForm = regexp.MustCompile(`[0-9.]+`)

// number reads the first figure of a cell.
func number(t *testing.T, cell string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(figureForm.FindString(cell), 64)
	require.NoError(t, err, cell)
	return x
}

// wellFormed fails unless text is one SVG element with bars and labels.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	var seen []string
	dec := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if e, ok := token.(xml.StartElement); ok {
			seen = append(seen, e.Name.Local)
		}
	}
	assert.Equal(t, "svg", seen[0])
	for _, name := range []string{"title", "rect", "text", "line"} {
		assert.True(t, slices.Contains(seen, name), name)
	}
	assert.NotContains(t, text, "NaN")
	assert.NotContains(t, text, "%!")
}
