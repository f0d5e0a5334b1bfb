package csvcodec

import (
	"bytes"
	"encoding/csv"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/fault"
)

// agree wants a reading without a header to be what the plain grammar of
// reference_test.go says of the text.
func agree(t *testing.T, text string, limit, width int, got reading) {
	t.Helper()
	want := refRead([]byte(text), limit)
	require.Len(t, got.rows, len(want), "%q", text)
	faults := got.faults
	for i, r := range want {
		row := got.rows[i]
		bad := firstBad([]byte(r.raw)) // the plain grammar does not care for UTF-8
		require.Equal(t, r.raw, row.raw, "%q", text)
		switch {
		case r.rule == fault.None && len(r.cells) == width && bad == len(r.raw):
			require.Equal(t, "sound", row.fate, "%q", text)
			require.Equal(t, r.cells, row.cells, "%q", text)
			continue
		case r.rule == fault.RecordSize:
			require.Equal(t, "fragment", row.fate, "%q", text)
		default:
			require.Equal(t, "torn", row.fate, "%q", text)
		}
		if r.rule == fault.None {
			r.rule, r.at = fault.CSVCells, r.start
		}
		if bad < len(r.raw) && r.rule != fault.RecordSize {
			r.rule, r.at = fault.UTF8, r.start+bad
		}
		require.NotEmpty(t, faults, "%q wants %v", text, r)
		require.EqualValues(t, i+1, faults[0].record, "%q", text)
		require.Equal(t, r.rule, faults[0].rule, "%q: %s", text, faults[0].text)
		require.EqualValues(t, r.at, faults[0].offset, "%q: %s", text, faults[0].text)
		faults = faults[1:]
	}
	require.Empty(t, faults, "%q", text)
}

// cellCase is a text of records without a header and what it holds.
type cellCase struct {
	name  string
	text  string
	width int
	cells [][]string // of the sound records
	rules []fault.Rule
	at    []int64 // of the faults
	limit int
}

func cellCases() []cellCase {
	two := func(cells ...string) (out [][]string) {
		for pair := range slices.Chunk(cells, 2) {
			out = append(out, pair)
		}
		return out
	}
	rules := func(r ...fault.Rule) []fault.Rule { return r }
	at := func(p ...int64) []int64 { return p }
	return []cellCase{
		{name: "one record", text: "a,b\n", width: 2, cells: two("a", "b")},
		{name: "no final line end", text: "a,b\nc,d", width: 2, cells: two("a", "b", "c", "d")},
		{name: "CRLF", text: "a,b\r\nc,d\r\n", width: 2, cells: two("a", "b", "c", "d")},
		{name: "mixed line ends", text: "a,b\r\nc,d\ne,f\r\n", width: 2, cells: two("a", "b", "c", "d", "e", "f")},
		{name: "CR before the end of the input", text: "a,b\r", width: 2, cells: two("a", "b")},
		{name: "CR after a quoted cell at the end", text: "a,\"b\"\r", width: 2, cells: two("a", "b")},
		{name: "lone CR is data", text: "a\rb,\rc\n", width: 2, cells: two("a\rb", "\rc")},
		{name: "two CR before LF", text: "a,b\r\r\n", width: 2, cells: two("a", "b\r")},
		{name: "empty cells", text: ",\n", width: 2, cells: two("", "")},
		{name: "empty last cell before CRLF", text: "a,\r\n", width: 2, cells: two("a", "")},
		{name: "spaces are data", text: " a , b \n", width: 2, cells: two(" a ", " b ")},
		{name: "blank lines", text: "\n\r\n\na,b\n\n\r\nc,d\n\n\r\n\r", width: 2, cells: two("a", "b", "c", "d")},
		{name: "blank lines only", text: "\n\r\n\r", width: 2},
		{name: "blank lines in one column", text: "a\n\nb\r\n\r\nc\n\r", width: 1, cells: [][]string{{"a"}, {"b"}, {"c"}}},
		{name: "a record of one empty quoted cell", text: "\"\"\n\n\"\"\r\n\"\"", width: 1, cells: [][]string{{""}, {""}, {""}}},
		{name: "a line of two CR is data", text: "\r\r\n", width: 1, cells: [][]string{{"\r"}}},

		{name: "quoted", text: "\"a\",\"b\"\n", width: 2, cells: two("a", "b")},
		{name: "quoted comma", text: "\"a,b\",c\n", width: 2, cells: two("a,b", "c")},
		{name: "doubled quote", text: "\"a \"\"b\"\"\",\"\"\"\"\n", width: 2, cells: two(`a "b"`, `"`)},
		{name: "only doubled quotes", text: "\"\"\"\"\"\",\"\"\n", width: 2, cells: two(`""`, "")},
		{name: "line feed in quotes", text: "\"a\nb\",c\nd,e\n", width: 2, cells: two("a\nb", "c", "d", "e")},
		{name: "CRLF in quotes is kept", text: "\"a\r\nb\",\"\r\n\"\r\n", width: 2, cells: two("a\r\nb", "\r\n")},
		{name: "blank line in quotes", text: "a,\"\n\n\"\n", width: 2, cells: two("a", "\n\n")},
		{name: "backslashes and controls", text: "a\\b,\x01\x1f\n\"\t\\\",\x7f\n", width: 2, cells: two("a\\b", "\x01\x1f", "\t\\", "\x7f")},
		{name: "UTF-8", text: "é,\"日本\"\n", width: 2, cells: two("é", "日本")},

		{name: "bare quote", text: "a\"b,c\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVBareQuote), at: at(1)},
		{name: "bare quote after a space", text: "a, \"b\"\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVBareQuote), at: at(3)},
		{name: "bare quote hides what follows", text: "a\"b,\"c\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVBareQuote), at: at(1)},
		{name: "bare quote at the end", text: "a,b\"", width: 2, rules: rules(fault.CSVBareQuote), at: at(3)},
		{name: "bare quote in the second line of a record", text: "\"a\nb\",c\"\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVBareQuote), at: at(7)},
		{name: "text after a quote", text: "\"a\"b,c\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVQuoteText), at: at(3)},
		{name: "space after a quote", text: "\"a\" ,c\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVQuoteText), at: at(3)},
		{name: "CR after a quote", text: "\"a\"\r,c\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVQuoteText), at: at(3)},
		{name: "two CR after a quote", text: "d,\"a\"\r\r\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVQuoteText), at: at(5)},
		{name: "text after a quote and another quote", text: "\"a\"b\"\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVQuoteText), at: at(3)},

		{name: "a missing quote costs one line", text: "a,\"b\nc,d\ne,\"f\"\ng,h\n", width: 2, cells: two("c", "d", "e", "f", "g", "h"), rules: rules(fault.CSVQuoteOpen), at: at(2)},
		{name: "a quote never closed", text: "a,b\n\"c,d\ne,f\ng,h", width: 2, cells: two("a", "b", "e", "f", "g", "h"), rules: rules(fault.CSVQuoteOpen), at: at(4)},
		{name: "a quote open at the end", text: "a,b\nc,\"", width: 2, cells: two("a", "b"), rules: rules(fault.CSVQuoteOpen), at: at(6)},
		{name: "an open quote after a closed break", text: "\"a\nb\",\"c\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVQuoteOpen), at: at(6)},
		{name: "open quotes in each line", text: "\"a\n\"b\n\"c\nd,e\n", width: 2, cells: two("d", "e"), rules: rules(fault.CSVQuoteOpen, fault.CSVQuoteOpen, fault.CSVQuoteOpen), at: at(0, 3, 6)},
		{name: "a quote that closes on a later line after all", text: "\"a\n\"\nd,e\n", width: 1, cells: [][]string{{"a\n"}}, rules: rules(fault.CSVCells), at: at(5)},

		{name: "too few and too many cells", text: "a\na,b\na,b,c\n", width: 2, cells: two("a", "b"), rules: rules(fault.CSVCells, fault.CSVCells), at: at(0, 6)},
		{name: "too many cells in one column", text: "a\na,\n", width: 1, cells: [][]string{{"a"}}, rules: rules(fault.CSVCells), at: at(2)},
		{name: "too few lines look like enough", text: "a\nb\nc,d\n", width: 2, cells: two("c", "d"), rules: rules(fault.CSVCells, fault.CSVCells), at: at(0, 2)},
		{name: "not UTF-8", text: "a,\xff\nb,c\n\"\xc3\",d\n", width: 2, cells: two("b", "c"), rules: rules(fault.UTF8, fault.UTF8), at: at(2, 9)},
		{name: "not UTF-8 is all that is said", text: "\xe9\"a\n\xe9,b,c\n", width: 2, rules: rules(fault.UTF8, fault.UTF8), at: at(0, 4)},

		{name: "a line as long as it may be", text: "12345678,\nb,c\n", width: 2, limit: 10, cells: two("12345678", "", "b", "c")},
		{name: "a line that is too long", text: "a,b\n123456789,\nb,c\n", width: 2, limit: 10, cells: two("a", "b", "b", "c"), rules: rules(fault.RecordSize), at: at(4)},
		{name: "a last line as long as it may be", text: "1234567,", width: 2, limit: 9, cells: two("1234567", "")},
		{name: "a last line that is too long", text: "12345678,", width: 2, limit: 9, rules: rules(fault.RecordSize), at: at(0)},
		{name: "a far closing quote", text: "\"a\n345678901\",b\nc,d\n", width: 2, limit: 12, rules: rules(fault.CSVQuoteOpen, fault.RecordSize), at: at(0, 3), cells: two("c", "d")},
		{name: "a closed break in a long record", text: "\"a\nb\",\"c\nd\",78901234\ne,f\n", width: 2, limit: 16, rules: rules(fault.CSVQuoteOpen, fault.CSVBareQuote), at: at(6, 10), cells: two("e", "f")},
		{name: "a quote in a long line", text: "a,\"34567890123\ne,f\n", width: 2, limit: 10, rules: rules(fault.RecordSize), at: at(0), cells: two("e", "f")},
	}
}

func TestCells(t *testing.T) {
	for _, c := range cellCases() {
		t.Run(c.name, func(t *testing.T) {
			limit := c.limit
			if limit == 0 {
				limit = 1000
			}
			got := everySize(t, c.text, conditions{limit: limit, width: c.width})
			var cells [][]string
			for _, row := range got.rows {
				if row.fate == "sound" {
					cells = append(cells, row.cells)
				}
			}
			assert.Equal(t, c.cells, cells)
			require.Len(t, got.faults, len(c.rules), "%v", got.faults)
			for i, f := range got.faults {
				assert.Equal(t, c.rules[i], f.rule)
				assert.Equal(t, c.at[i], f.offset)
			}
			agree(t, c.text, limit, c.width, got)
		})
	}
}

// TestEverySmallText reads every text of up to six bytes of an alphabet that
// holds nothing but trouble, and many longer ones.
func TestEverySmallText(t *testing.T) {
	const alphabet = "a,\"\n\r"
	var text func(prefix string, n int)
	text = func(prefix string, n int) {
		for _, limit := range []int{5, 100} {
			got := drive(t, prefix, conditions{block: 100, limit: limit, width: 2})
			agree(t, prefix, limit, 2, got)
		}
		if n > 0 {
			for i := range len(alphabet) {
				text(prefix+alphabet[i:i+1], n-1)
			}
		}
	}
	text("", 6)
}

func TestRandomTexts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2500 {
		text := randomText(rng, 60)
		width := 1 + rng.IntN(3)
		limit := 4 + rng.IntN(40)
		want := drive(t, text, conditions{block: len(text) + 1, limit: limit, width: width})
		agree(t, text, limit, width, want)
		for range 4 {
			c := conditions{block: 1 + rng.IntN(len(text)+1), batch: 1 + rng.IntN(50), limit: limit, width: width}
			require.Equal(t, want, drive(t, text, c), "%+v: %q", c, text)
		}
	}
}

// randomText makes a text of cells that are mostly in order.
func randomText(rng *rand.Rand, n int) string {
	pieces := []string{"a", "b", ",", ",", "\n", "\n", "\r\n", "\r", `"`, `"`, `""`, `"x"`, `"x,y",`, "\"x\ny\"", "é", "\xff", "\\", "\x00", "long cell", "\n\"", "\",", "\"\n"}
	var s strings.Builder
	for s.Len() < n {
		s.WriteString(pieces[rng.IntN(len(pieces))])
	}
	return s.String()
}

// standard wants a text that encoding/csv accepts to be read the same way, and
// one that it refuses to have a fault.
func standard(t *testing.T, text string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	var want [][]string
	var err error
	for {
		var rec []string
		if rec, err = r.Read(); err != nil {
			break
		}
		want = append(want, rec)
	}
	got := refRead([]byte(text), 1<<20)
	if err != io.EOF {
		require.True(t, slices.ContainsFunc(got, func(r refRecord) bool { return r.rule != fault.None }), "%q: %v", text, err)
		return
	}
	require.Len(t, got, len(want), "%q", text)
	for i, r := range got {
		require.Equal(t, fault.None, r.rule, "%q", text)
		for k, c := range r.cells {
			if strings.Contains(r.raw, `"`) {
				c = strings.ReplaceAll(c, "\r\n", "\n")
			}
			require.Equal(t, want[i][k], c, "%q", text)
		}
		require.Len(t, r.cells, len(want[i]), "%q", text)
	}
}

func TestStandard(t *testing.T) {
	for _, c := range cellCases() {
		standard(t, c.text)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	alphabet := "a,\"\n\r"
	for range 20000 {
		var s []byte
		for range rng.IntN(14) {
			s = append(s, alphabet[rng.IntN(len(alphabet))])
		}
		standard(t, string(s))
		standard(t, randomText(rng, 30))
	}
}

// TestHostile reads texts for which a reader that looks at things twice would
// take hours.
func TestHostile(t *testing.T) {
	const size = 1 << 20
	texts := map[string]string{
		"open quotes":         strings.Repeat("\"a\n", size/3),
		"open and doubled":    strings.Repeat("a,\"x\"\"\n", size/7),
		"doubled for ever":    "\"" + strings.Repeat("\"\"\n", size/3),
		"doubled in cells":    "\"\n" + strings.Repeat("a\"\"b\n", size/6),
		"empty quoted cells":  strings.Repeat("\"\",", size/3),
		"quoted breaks":       strings.Repeat("\"\n\",", size/4),
		"bare quotes":         strings.Repeat("a\"\n", size/3),
		"text after quotes":   strings.Repeat("\"a\"b\n", size/5),
		"one line":            strings.Repeat("a", size),
		"one line of commas":  strings.Repeat(",", size),
		"one line of quotes":  strings.Repeat("\"", size+1),
		"blank lines":         strings.Repeat("\n", size),
		"one cell a line":     strings.Repeat("a\n", size/2),
		"carriage returns":    strings.Repeat("\r", size),
		"quote, CR":           strings.Repeat("\"\r", size/2),
		"not UTF-8":           strings.Repeat("\xff,\n", size/3),
		"quoted and not":      strings.Repeat("\"\n\",a\"\n", size/7),
		"breaks, then a line": strings.Repeat("\"\n\",", size/8) + strings.Repeat("a", size/2),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			for _, limit := range []int{0, 256 << 10} {
				opt := &Options{MaxRecord: limit}
				cutter, parser := NewCutter(opt), NewParser(opt)
				parser.SetSchema(columns(2))
				f := newFeeder(t, cutter, parser)
				f.feed([]byte(text), 64<<10)
				require.EqualValues(t, len(text), f.consumed)
			}
		})
	}
}

func TestWideHeaderShortRows(t *testing.T) {
	p := NewParser(nil)
	p.SetSchema(columns(10000))
	f := newFeeder(t, NewCutter(nil), p)
	f.feed(bytes.Repeat([]byte("a\n"), 500), 1<<20)
	require.EqualValues(t, 1000, f.consumed)
	require.LessOrEqual(t, cap(f.batch.Vals), 4*batchValues, "padding is bounded")
}
