package ndjson

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// TestWording: what a person and a program are told of each fault.
func TestWording(t *testing.T) {
	// Sentence and hint stand here only where they are not those of the rule.
	for _, c := range []struct{ text, place, field, value, detail, hint, pointer string }{
		{`{"Address":2065550182}`, "1:12 json-type", "Address", "2065550182", "", "a string belongs here", "/Address"},
		{`{"Location":"Köln, DE"}`, "1:13 json-type", "Location", "Köln, DE", "", "an object belongs here", "/Location"},
		{`{"Location":{"Latitude":"47.6"}}`, "1:25 json-type", "Location.Latitude", "47.6", "", "write it without quotes: 47.6", "/Location/Latitude"},
		{`{"Attributes":{"a/b":["x",{"y":[1,"]"]},"z"]}}`, "1:27 json-type", "Attributes.a/b", `{"y":[1,"]"]}`, "", "every value of a list is a string", "/Attributes/a~1b/1"},
		{`{"Attributes":{"a":true}}`, "1:20 json-type", "Attributes.a", "true", "", "an array of strings belongs here", "/Attributes/a"},
		{`{"User":{"UserAttributes":{"Team":"red"}}}`, "1:35 json-scalar", "User.UserAttributes.Team", "red", "", `write ["red"]`, "/User/UserAttributes/Team"},
		{`{"User":null}`, "1:9 json-null", "User", "null", "", "", "/User"},
		{`{"Attributes":{"a":[null]}}`, "1:21 json-null", "Attributes.a", "null", "", "", "/Attributes/a/0"},
		{`{"Attributes":{"a":[]}}`, "1:20 json-empty", "Attributes.a", "", "", "", "/Attributes/a"},
		{`{"Adress":"x"}`, "1:2 json-unknown", "", "Adress", "", "did you mean Address?", "/Adress"},
		{`{"email":"x"}`, "1:2 json-unknown", "", "email", "", "did you mean Address?", "/email"},
		{`{"Country":"x"}`, "1:2 json-unknown", "", "Country", "", `did you mean Location.Country? write it as {"Location":{"Country":"..."}}`, "/Country"},
		{`{"Team":"x"}`, "1:2 json-unknown", "", "Team", "", `did you mean User.UserAttributes.Team? write it as {"User":{"UserAttributes":{"Team":["..."]}}}`, "/Team"},
		{`{"User":{"UserAtributes":{}}}`, "1:10 json-unknown", "", "UserAtributes", "", "did you mean User.UserAttributes?", "/User/UserAtributes"},
		{`{"` + strings.Repeat("x", 65) + `":1}`, "1:2 json-unknown", "", strings.Repeat("x", 65), "", "", "/" + strings.Repeat("x", 65)},
		{`{"Location":{"country":"USA"}}`, "1:14 json-case", "Location.Country", "country", "", "did you mean Country?", "/Location/country"},
		{`{"Location.Country":"USA"}`, "1:2 json-group", "Location.Country", "Location.Country", "", `write it as {"Location":{"Country":"..."}}`, "/Location.Country"},
		{`{"Metrics.n":1}`, "1:2 json-group", "Metrics.n", "Metrics.n", "", `write it as {"Metrics":{"n":0}}`, "/Metrics.n"},
		{`{"Id":"1","Id":"2"}`, "1:11 json-duplicate", "Id", "", "", "", "/Id"},
		{`{"User":{},"User":{}}`, "1:12 json-duplicate", "User", "", "", "", "/User"},
		{`{"CohortId":"7"}`, "1:2 export-only", "CohortId", "", "", "", "/CohortId"},
		{`{"Address":"a\qb"}`, "1:14 json-string", "Address", `a\qb`, "", "", "/Address"},
		{`{"Attributes":{"a":["x","\ud800"]}}`, "1:26 json-surrogate", "Attributes.a", `\ud800`, "", "", "/Attributes/a/1"},
		{"{\"Address\":\"x\n", "1:12 json-syntax", "", "", "the string that opens here is not closed", "", "/Address"},
		{"{\"Address\":\n", "1:12 json-syntax", "", "", "the line ends within the object", "write each object on one line", ""},
		{`{"Address":"x`, "1:14 json-torn", "", "", "", "", "/Address"},
		{`{"Address":x}`, "1:12 json-syntax", "", "x", "", "", "/Address"},
		{`{"Id":"a"} {}`, "1:12 json-trailing", "", "{}", "", "", ""},
		{`[1]`, "1:2 json-type", "", "1", "is not a JSON object", "every element of the array is an object", ""},
		{`"Id":"a"`, "1:1 json-type", "", "Id", "is not a JSON object", "write each object on one line", ""},
		{`[{} {}]`, "1:4 json-array", "", "", "neither a comma nor a closing bracket follows the element", "", ""},
	} {
		p, cutter, rep := NewParser(nil), NewCutter(nil), &fault.Report{}
		cut := cutter.Cut([]byte(c.text), true)
		_, n, _ := p.Header([]byte(c.text)[:cut.N], fault.Pos{}, rep)
		_, err := p.Parse(&endpoint.Batch{}, []byte(c.text)[n:], fault.Pos{Line: 1, Column: n + 1, Offset: int64(n)}, 1, rep)
		require.NoError(t, err)
		require.NotEmpty(t, rep.Faults, c.text)
		e := rep.Faults[0]
		assert.Equal(t, c.place, e.Pos.String()+" "+e.Rule.Code(), c.text)
		assert.Equal(t, []string{c.field, c.value, c.detail, c.hint, c.pointer}, []string{e.Field, e.Value, e.Detail, e.Hint, e.Pointer}, c.text)
		assert.Equal(t, int64(1), e.Record)
	}
}

// TestFix: what repairs make of a record, what they report, and that the same
// text is rejected without them.
func TestFix(t *testing.T) {
	for _, c := range []struct{ text, values, faults string }{
		{`{"Attributes":{"a":"x","b":"y,\u00e9"}}`, "Attributes.a=x; Attributes.b=y,é", `json-scalar ["x"] | json-scalar ["y,\u00e9"]`},
		{`{"Location":{"Latitude":"47.60"},"Metrics":{"a":"-1e5"}}`, "Location.Latitude=47.60; Metrics.a=-1e5", `json-type 47.60 | json-type -1e5`},
		{`{"Id":null,"User":null,"Attributes":{"a":[null,"x",null],"b":null}}`, "Attributes.a=x", `json-null | json-null | json-null | json-null | json-null`},
		{`{"address":"x","LOCATION":{"city":"c"},"metrics":{"A":1}}`, "Address=x; Location.City=c; Metrics.A=1", `json-case Address | json-case Location | json-case City | json-case Metrics`},
		{`{"Id":"1","ApplicationId":"a","CohortId":{"x":[1]},"CreationDate":null}`, "Id=1", `export-only | export-only | export-only`},
	} {
		got := read(t, c.text, &Options{Fix: true})
		require.Len(t, got.Rows, 1)
		assert.Equal(t, endpoint.Changed, got.Rows[0].Flags, c.text)
		assert.Equal(t, c.values, strings.Join(got.Rows[0].values(), "; "))
		var faults []string
		for i, f := range got.Faults {
			require.True(t, strings.HasPrefix(f, "repaired "), f)
			_, repair, _ := strings.Cut(f[strings.LastIndex(f, "@"):], " ")
			faults = append(faults, strings.TrimSpace(got.rules[i].Code()+" "+repair))
		}
		assert.Equal(t, c.faults, strings.Join(faults, " | "))

		got = read(t, c.text, nil)
		assert.Equal(t, endpoint.Rejected, got.Rows[0].Flags, c.text)
	}
}

// TestNoFix: what is not mended because something would be lost or guessed.
func TestNoFix(t *testing.T) {
	for _, text := range []string{
		`{"Address":5}`, `{"Attributes":{"a":1}}`, `{"Attributes":{"a":true}}`, `{"Metrics":{"a":"x"}}`, `{"Metrics":{"a":""}}`, `{"Metrics":{"a":"1 "}}`, `{"Metrics":{"a":"01"}}`,
		`{"Id":"1","id":"2"}`, `{"id":null,"Id":"1"}`, `{"Location":{},"location":{}}`, `{"Location.City":"c"}`, `{"foo":null}`, `{"CohortId":"1","CohortId":"2"}`, `{"CohortId":"\ud800"}`,
		`{"Attributes":{"a":"\q"}}`, `{"Attributes":{"a":[["x"]]}}`,
	} {
		got := read(t, text, &Options{Fix: true})
		require.Len(t, got.Rows, 1)
		assert.NotZero(t, got.Rows[0].Flags&endpoint.Rejected, text)
	}
}

// TestDropExport drops the members of exports and mends nothing else.
func TestDropExport(t *testing.T) {
	text := `{"Id":"1","ApplicationId":"a"}` + "\n" + `{"Id":null}`
	got := read(t, text, &Options{DropExport: true})
	require.Len(t, got.Rows, 2)
	assert.Equal(t, endpoint.Changed, got.Rows[0].Flags)
	assert.Equal(t, endpoint.Rejected, got.Rows[1].Flags)
}

// TestWarning: an empty list is told of and harms nothing.
func TestWarning(t *testing.T) {
	got := read(t, `{"Attributes":{"a":[]}}`, nil)
	require.Len(t, got.Faults, 1)
	assert.True(t, strings.HasPrefix(got.Faults[0], "warning "), got.Faults[0])
	assert.Zero(t, got.Rows[0].Flags)
}

// TestStop: when the report has had enough, the batch ends with the record in
// which it had, and no other fault is told of.
func TestStop(t *testing.T) {
	for form, text := range map[string]string{
		"lines": "{}\n" + `{"x":1,"y":2}` + "\n" + `{"z":3}` + "\n",
		"array": "{},\n" + `{"x":1,"y":2},` + "\n" + `{"z":3}]`,
	} {
		p, b, rep := NewParser(nil), &endpoint.Batch{}, &fault.Report{Max: 1}
		p.array = form == "array"
		n, err := p.Parse(b, []byte(text), fault.Pos{Line: 1}, 1, rep)
		require.ErrorIs(t, err, fault.ErrStop)
		assert.Len(t, rep.Faults, 1)
		require.Len(t, b.Rows, 2)
		assert.Equal(t, strings.Index(text, `{"z"`)-1, n-strings.Count(text[n-1:n], "\n"), form)
		assert.Len(t, b.Data, n)

		n, err = p.Parse(b, []byte("{}\n"), fault.Pos{Line: 1}, 1, &fault.Report{})
		require.NoError(t, err, "the parser can be used again")
		assert.Equal(t, 3, n)
	}
}

// TestManyNames: guesses at what names were meant to be are remembered, but not
// without bound.
func TestManyNames(t *testing.T) {
	var text strings.Builder
	for i := range 2 * maxVerdicts {
		text.WriteString(`{"x` + strings.Repeat("y", i%50) + string(rune('A'+i%26)) + `":1}` + "\n")
	}
	p, rep := NewParser(nil), &fault.Report{}
	_, err := p.Parse(&endpoint.Batch{}, []byte(text.String()), fault.Pos{Line: 1}, 1, rep)
	require.NoError(t, err)
	assert.Len(t, rep.Faults, 2*maxVerdicts)
	assert.LessOrEqual(t, len(p.verdicts), maxVerdicts)
}
