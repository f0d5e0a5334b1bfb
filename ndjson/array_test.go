package ndjson

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// arrays is the table of cases: rows are given as raw text, with ! before one
// that is rejected, ? before one that is torn, # before a fragment.
var arrays = []struct {
	name   string
	text   string
	rows   string
	faults string
}{
	{"empty array", "[]", "", ""},
	{"empty array with space", " \n[ \n ] \n", "", ""},
	{"one", `[{"Id":"a"}]`, `{"Id":"a"}`, ""},
	{"several", " [{\"Id\":\"a\"} ,\n {\n\"Id\":\n\"b\"\n}\n,{}]\n\n", "{\"Id\":\"a\"} | {\n\"Id\":\n\"b\"\n} | {}", ""},
	{"brackets and quotes in strings", `[{"Id":"]},{["},{"Id":"\"]"},{"Id":"\\"}]`, `{"Id":"]},{["} | {"Id":"\"]"} | {"Id":"\\"}`, ""},
	{"byte-order mark", "\ufeff[{}]", "{}", ""},

	{
		"not objects", `[1, "a,]" ,[{}], null,{"Id":"a"},tru]`, `?1 | ?"a,]" | ?[{}] | ?null | {"Id":"a"} | ?tru`,
		"1:2 json-type 1:5 json-type 1:12 json-type 1:18 json-type 1:37 json-syntax",
	},
	{"broken element", `[{"Id":"a"},{"Id" "b"},{"Id":"c"}]`, `{"Id":"a"} | ?{"Id" "b"} | {"Id":"c"}`, "1:19 json-syntax"},
	{"faulty element", `[{"Id":"a"},{"Id":1},{"Id":"c"}]`, `{"Id":"a"} | !{"Id":1} | {"Id":"c"}`, "1:19 json-type"},
	{"invalid UTF-8", "[{\"Id\":\"a\"},{\"Id\":\"\xff\"},{\"Id\":\"c\"}]", "{\"Id\":\"a\"} | ?{\"Id\":\"\xff\"} | {\"Id\":\"c\"}", "1:20 utf8"},
	{"no comma", `[{"Id":"a"} {"Id":"b"},{"Id":"c"}{"Id":"d"}]`, `!{"Id":"a"} | {"Id":"b"} | !{"Id":"c"} | {"Id":"d"}`, "1:12 json-array 1:34 json-array"},
	{"no commas, lines", "[{\"Id\":\"a\"}\n{\"Id\":\"b\"}\n]", "!{\"Id\":\"a\"} | {\"Id\":\"b\"}", "1:12 json-array"},
	{"comma before the end", `[{"Id":"a"}, ]`, `{"Id":"a"} | #]`, "1:14 json-array"},
	{"leading comma", `[,{"Id":"a"}]`, `?, | {"Id":"a"}`, "1:2 json-array"},
	{"two commas", `[{"Id":"a"}, ,{"Id":"b"}]`, `{"Id":"a"} | ?, | {"Id":"b"}`, "1:14 json-array"},
	{"comma alone", `[,]`, `?, | #]`, "1:2 json-array 1:3 json-array"},
	{"one brace too many", `[{"Id":"a"}},{"Id":"b"}]`, `!{"Id":"a"} | {"Id":"b"}`, "1:12 json-array"},
	{"text behind an element", `[{"Id":"a"} x y,{"Id":"b"}]`, `!{"Id":"a"} | {"Id":"b"}`, "1:13 json-array"},
	{"stray brace", `[},{"Id":"b"}]`, `?} | {"Id":"b"}`, "1:2 json-syntax"},
	{"one brace too few", `[{"User":{"UserId":"a"},{"Id":"b"}]`, `?{"User":{"UserId":"a"},{"Id":"b"}]`, "1:25 json-syntax"},
	{"quote left open", "[{\"Id\":\"a},\n{\"Id\":\"b\"},\n{\"Id\":\"c\"}}]", "?{\"Id\":\"a},\n{\"Id\":\"b\"},\n{\"Id\":\"c\"}}", "1:12 json-string"},
	{"quote left open, the brace on its own line", "[{\"Id\":\"a,\n},{\"Id\":\"b\"}]", "?{\"Id\":\"a,\n} | {\"Id\":\"b\"}", "1:11 json-string"},
	{"backslash before the line feed", "[{\"Id\":\"a\\\n},{\"Id\":\"b\"}]", "?{\"Id\":\"a\\\n} | {\"Id\":\"b\"}", "1:10 json-string 1:11 json-string"},
	{"line feed in a name", "[{\"I\n\":1},{\"Id\":\"b\"}]", "?{\"I\n\":1},{\"Id\":\"b\"}]", "1:5 json-string"},

	{"text behind the array", "[{\"Id\":\"a\"}] \n {\"Id\":\"b\"}\n", "{\"Id\":\"a\"} | #{\"Id\":\"b\"}\n", "2:2 json-array"},
	{"second array", `[][]`, `#[]`, "1:3 json-array"},
	{"not closed", `[{"Id":"a"}`, `!{"Id":"a"}`, "1:12 json-array"},
	{"not closed, space at the end", "[{\"Id\":\"a\"}\n", "!{\"Id\":\"a\"}", "1:12 json-array"},
	{"not closed behind a comma", "[{\"Id\":\"a\"},\n", `{"Id":"a"}`, "2:1 json-array"},
	{"nothing but a bracket", `[`, "", "1:2 json-array"},
	{"nothing but a bracket and space", "[ \n", "", "2:1 json-array"},
	{"torn", `[{"Id":"a"},{"Id":"b`, `{"Id":"a"} | ?{"Id":"b`, "1:21 json-torn"},
	{"torn in a backslash", `[{"Id":"\`, `?{"Id":"\`, "1:9 json-string 1:10 json-torn"},
	{"torn in a literal", `[nul`, `?nul`, "1:5 json-syntax"},
	{"values without commas", `[nul"x"1[]`, `?nul | ?"x" | ?[]`, "1:5 json-syntax 1:5 json-type 1:9 json-type"},
	{"torn behind a missing comma", `[{"Id":"a"} {`, `!{"Id":"a"} | ?{`, "1:12 json-array 1:14 json-torn"},
}

func TestArrays(t *testing.T) {
	for _, c := range arrays {
		t.Run(c.name, func(t *testing.T) {
			got := read(t, c.text, nil)
			assert.Equal(t, c.rows, marked(got))
			assert.Equal(t, c.faults, places(got))
		})
	}
}

// marked gives the raw rows with a mark of their fate.
func marked(r reading) string {
	var rows []string
	for _, row := range r.Rows {
		mark := ""
		switch {
		case row.Bad != fault.None:
			mark = "#"
		case row.Flags&endpoint.Torn != 0:
			mark = "?"
		case row.Flags&endpoint.Rejected != 0:
			mark = "!"
		}
		rows = append(rows, mark+row.Raw)
	}
	return strings.Join(rows, " | ")
}

// places gives the faults, each as line:column code.
func places(r reading) string {
	var faults []string
	for _, f := range r.Faults {
		part := strings.SplitN(f, ": ", 3)
		_, place, _ := strings.Cut(part[0], " f:")
		faults = append(faults, place+" "+part[1])
	}
	return strings.Join(faults, " ")
}

// TestSizes: what is longer than a record may be is cut away in pieces, in both
// forms, and reading is in step behind it.
func TestSizes(t *testing.T) {
	opt := &Options{MaxRecord: 20}
	long := `{"Id":"` + strings.Repeat("x", 30) + `"}`
	most := `{"Id":"12345678901"}`
	require.Len(t, most, 20)
	for _, c := range []struct{ text, rows, faults string }{
		{most + "\n" + long + "\n" + most + "\n", most + "\n | #" + long + "\n | " + most + "\n", "2:1 record-size"},
		{long, "#" + long, "1:1 record-size"},
		{long + "\n", "#" + long + "\n", "1:1 record-size"},
		{long + "\n" + long + "\n\n" + most, "#" + long + "\n | #" + long + "\n | " + most, "1:1 record-size 2:1 record-size"},
		{strings.Repeat(most+"\n", 5), strings.TrimSuffix(strings.Repeat(most+"\n | ", 5), " | "), ""},
		{strings.Repeat(" ", 30) + "\n" + most, "#" + strings.Repeat(" ", 30) + "\n | " + most, "1:1 record-size"},
		{"\n\n\n" + strings.Repeat("\n", 40) + most, most, ""},
		{"[" + most + "," + long + "," + most + "]", most + " | #" + long + ", | " + most, "1:23 record-size"},
		{"[ " + long + " ]", "#" + long + " ]", "1:3 record-size"},
		{"[" + long + "  " + most + "]", "#" + long + "   | " + most, "1:2 record-size"},
		{"[" + long, "#" + long, "1:2 record-size"},
		{"[" + long + "] x", "#" + long + "] | #x", "1:2 record-size 1:43 json-array"},
		{"[" + long + ", ]", "#" + long + ", | #]", "1:2 record-size 1:43 json-array"},
		{"[" + long + ", ", "#" + long + ",", "1:2 record-size 1:43 json-array"},
		{`["` + strings.Repeat("x", 30) + `\`, `#"` + strings.Repeat("x", 30) + `\`, "1:2 record-size"},
		{"[" + strings.Repeat(" ", 60) + most + strings.Repeat(" ", 60) + "]", "#" + most + strings.Repeat(" ", 60) + "]", "1:62 record-size"},
		{strings.Repeat(" ", 25) + "[]", "#" + strings.Repeat(" ", 25) + "[]", "1:1 record-size"},
		{strings.Repeat("\n", 20) + "[]", "", ""},
		{strings.Repeat("\n", 21) + "[]", "?[]", "22:1 json-type"},
	} {
		got := read(t, c.text, opt)
		assert.Equal(t, c.rows, marked(got), c.text)
		assert.Equal(t, c.faults, places(got), c.text)
	}
}

// TestParserBound: a record that is too long and reaches the parser all the same
// is torn.
func TestParserBound(t *testing.T) {
	p, b, rep := NewParser(&Options{MaxRecord: 10}), &endpoint.Batch{}, &fault.Report{}
	n, err := p.Parse(b, []byte("{\"Id\":\"0123456789\"}\n{}\n"), fault.Pos{Line: 1}, 1, rep)
	require.NoError(t, err)
	assert.Equal(t, 23, n)
	require.Len(t, b.Rows, 2)
	assert.Equal(t, endpoint.Rejected|endpoint.Torn, b.Rows[0].Flags)
	assert.Zero(t, b.Rows[1].Flags)
	require.ErrorIs(t, rep.Err(), fault.RecordSize)
}

// TestParserAlone: the parser does not take text behind the closing bracket for
// records, also when no cutter has kept it away.
func TestParserAlone(t *testing.T) {
	p, b, rep := NewParser(nil), &endpoint.Batch{}, &fault.Report{}
	data := []byte(`[{"Id":"a"}] {"Id":"b"}`)
	_, n, err := p.Header(data, fault.Pos{Line: 1}, rep)
	require.NoError(t, err)
	m, err := p.Parse(b, data[n:], fault.Pos{Line: 1}, 1, rep)
	require.NoError(t, err)
	assert.Equal(t, len(data), n+m)
	assert.Equal(t, 1, b.Kept())
	require.ErrorIs(t, rep.Err(), fault.JSONArray)
}

// TestAgenticFlow reads the sample of AgenticFlow's Import PinPoint Segment.
func TestAgenticFlow(t *testing.T) {
	const sample = `  [
    {
      "ChannelType": "APNS",
      "Address": "device_token_abc123",
      "User": {
        "UserId": "user_101",
        "UserAttributes": {
          "AppVersion": ["2.0.0-beta"],
          "BetaTester": ["true"]
        }
      }
    },
    {
      "ChannelType": "GCM",
      "Address": "device_token_xyz789",
      "User": {
        "UserId": "user_102",
        "UserAttributes": {
          "AppVersion": ["2.0.0-beta"],
          "BetaTester": ["true"]
        }
      }
    }
  ]
`
	got := read(t, sample, nil)
	assert.Empty(t, got.Faults)
	require.Len(t, got.Rows, 2)
	assert.Equal(t, []string{"ChannelType=APNS", "Address=device_token_abc123", "User.UserId=user_101", "User.UserAttributes.AppVersion=2.0.0-beta", "User.UserAttributes.BetaTester=true"}, got.Rows[0].values())
	assert.Equal(t, []string{"ChannelType=GCM", "Address=device_token_xyz789", "User.UserId=user_102", "User.UserAttributes.AppVersion=2.0.0-beta", "User.UserAttributes.BetaTester=true"}, got.Rows[1].values())
}
