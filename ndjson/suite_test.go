package ndjson

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// JSON texts in the manner of the public conformance suites: each is put where a
// value of any type is read past (the member x, which no endpoint has), and some
// also where a record stands.

// legal are values that every parser must take.
var legal = []string{
	"[]", "[ ]", "[[]   ]", `[""]`, "[false]", "[null, 1, \"1\", {}]", "[null]", "[1\t]", " [1]", "[1,null,null,null,2]", "[2] ",
	"0", "-0", "0e+1", "0e1", " 4", "-0.000000000000000000000000000000000000000000000000000000000000000000000000000001", "20e1", "-123", "-1", "1E22", "1E-2", "1E+2", "123e45", "123.456e78", "1e-2", "1e+2", "123", "123.456789", "1e99999",
	"{}", `{"a":[]}`, `{"":0}`, `{"a":"b","a":"c"}`, `{"a":"b","a":"b"}`, `{"foo\u0000bar": 42}`, `{ "min": -1.0e+28, "max": 1.0e+28 }`, `{"title":"\u041f\u043e" }`,
	`"\u0060\u012a\u12AB"`, `"\uD801\udc37"`, `"\ud83d\ude39\ud83d\udc8d"`, `"\"\\\/\b\f\n\r\t"`, `"\\u0000"`, `"\""`, `"a/*b*/c/*d//e"`, `"\\a"`, `"\\n"`, `"\u0012"`, `"\uFFFF"`, `"asd"`, `"\uDBFF\uDFFF"`, `"new\u00A0line"`, "\"\U0010ffff\"", "\"\uffff\"", `"\u0000"`, `"\u002c"`, "\"π\"", "\"\U0001bfff\"", `" "`, `"\u0821"`, "\"\u2028\"", "\"\u2029\"", `"\u0061\u30af\u30EA\u30b9"`, "\"new\u0085line\"", `"\uA66D"`, `"\u005C"`, `"\u0022"`, `"\u200B"`, `"\u2064"`, `"\uFDD0"`, `"\uFFFE"`, "\"a\x7fa\"", "\"€𝄞\"",
	"true", "false", "null", `""`, " [] ",
}

// illegal are values that every parser must refuse.
var illegal = []string{
	"[1 true]", "[a", "[a\xe5]", `["": 1]`, `[""],`, "[,1]", "[1,,2]", `["x",,]`, `["x"]]`, `["",]`, `["x"`, "[x", "[3[4]]", "[\xff]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",4,1,", "[1,]", "[1,,]", "[\"\va\"\\f]", "[*]", `[""`, "[1,", "[{}", "[fals]", "[nul]", "[tru]",
	"++1234", "+1", "+Inf", "-01", "-1.0.", "-2.", "-NaN", ".-1", ".2e-3", "0.1.2", "0.3e+", "0.3e", "0.e1", "0E", "0E+", "1.0e", "1.0e-", "1.0e+", "1 000.0", "1eE2", "2.e+3", "2.e-3", "2.e3", "9.e+", "Inf", "NaN", "\uff11", "1+2", "0x1", "0x42", "Infinity", "0e+-1", "-123.123foo", "123\xe5", "1e1\xe5", "0\xe5", "-Infinity", "-foo", "- 1", "-012", "-.123", "-1x", "1ea", "1e\xe5", "1.", ".123", "1.2a-3", "1.8011670033376514H-308", "012",
	`["x", truth]`, `{"x", null}`, `{"x"::"b"}`, "{\U0001f1e8\U0001f1ed}", `{"a":"a" 123}`, `{key: 'value'}`, "{\"\xb9\":\"0\",}", `{"a" b}`, `{:"b"}`, `{"a" "b"}`, `{"a":`, `{"a"`, `{1:1}`, `{9999E9999:1}`, `{null:null,null:null}`, `{"id":0,,,,,}`, `{'a':0}`, `{"id":0,}`, `{"a":"b"}/**/`, `{"a":"b"}/**//`, `{"a":"b"}//`, `{"a":"b"}/`, `{"a":"b",,"c":"d"}`, `{a: "b"}`, `{"a":"a`, `{ "foo" : "bar", "a" }`, `{"a":"b"}#`,
	`"\uD800\"`, `"\uD800\u"`, `"\uD800\u1"`, `"\uD800\u1x"`, `"\x00"`, `"\\\"`, "\"\\\t\"", "\"\\\U0001f300\"", `"\"`, `"\u00A"`, `"\uD834\uDd"`, `"\uD800\uD800\x"`, `"\u` + "\xe5" + `"`, `"\a"`, `"\uqqqq"`, "\"\\\xe5\"", `\u0020"asd"`, `\n`, `"`, "'x'", "abc", `"\`, "\"a\x00a\"", "\"\t\"", `"\UA66D"`, `""x`,
	"<.>", "<null>", "[1]x", "aå", "[True]", "1]", `{"x": true,`, "[][", "]", "\xef\xbb{}", "\xe5", "[", `{"a": true} "x"`, "[\f]", "[\u2060]", "\ufeff", "", "{]", "{,", "{[", `{"a`, `{'a'`, `["\{["\{`, "*", `{"a":"b"}#{}`, `["asd]`, "True", "1]1", "[}", "\u00e5", "\xa0 1",
}

// lenient are values about which the standard says nothing or leaves a choice;
// here each has its place.
var lenient = map[string]fault.Rule{
	`"\uDADA"`: fault.JSONSurrogate, `"\uD888\u1234"`: fault.JSONSurrogate, `"\uD800\n"`: fault.JSONSurrogate, `"\uDd1ea"`: fault.JSONSurrogate, `"\uD800\uD800\n"`: fault.JSONSurrogate,
	`"\ud800"`: fault.JSONSurrogate, `"\ud800abc"`: fault.JSONSurrogate, `"\uDd1e\uD834"`: fault.JSONSurrogate, `"\uDFAA"`: fault.JSONSurrogate,
	"\"\xe6\x97\xa5\xd1\xfa\"": fault.UTF8, "\"\xff\"": fault.UTF8, "\"\xe0\xff\"": fault.UTF8, "\"\x81\"": fault.UTF8, "\"\xf4\xbf\xbf\xbf\"": fault.UTF8, "\"\xc0\xaf\"": fault.UTF8, "\"\xfc\x83\xbf\xbf\xbf\xbf\"": fault.UTF8, "\"\xed\xa0\x80\"": fault.UTF8, "\xff\xfe[\x00\"\x00": fault.UTF8,
	strings.Repeat("[", 500) + strings.Repeat("]", 500): fault.JSONDepth,
	strings.Repeat("[", 100_000):                        fault.JSONDepth,
	strings.Repeat(`[{"":`, 50_000):                     fault.JSONDepth,
	"123123e100000":                                     fault.None, "-1e+9999": fault.None, "1.5e+9999": fault.None, "0.4e00669999999999999999999999999999999999999999999999999999999999999": fault.None, "-123123123123123123123123123123": fault.None,
}

// parseLine reads one line and gives its flags and rules.
func parseLine(t *testing.T, line string) (endpoint.RowFlags, []fault.Rule) {
	t.Helper()
	p, b, rep := NewParser(nil), &endpoint.Batch{}, newReport()
	n, err := p.Parse(b, []byte(line+"\n"), start, 1, rep)
	require.NoError(t, err)
	require.Equal(t, len(line)+1, n)
	require.Len(t, b.Rows, 1, line)
	var rules []fault.Rule
	for _, e := range rep.Faults {
		rules = append(rules, e.Rule)
	}
	return b.Rows[0].Flags, rules
}

func TestLegalValues(t *testing.T) {
	for _, v := range legal {
		flags, rules := parseLine(t, `{"x":`+v+`}`)
		assert.Equal(t, []fault.Rule{fault.JSONUnknown}, rules, v)
		assert.Equal(t, endpoint.Rejected, flags, v)

		flags, rules = parseLine(t, `{"x":[{"y":[`+v+`,`+v+`]}],"Id":"a"}`)
		assert.Equal(t, []fault.Rule{fault.JSONUnknown}, rules, v)
		assert.Equal(t, endpoint.Rejected, flags, v)

		if v = strings.TrimSpace(v); v[0] != '{' {
			_, rules = parseLine(t, v)
			assert.Equal(t, []fault.Rule{fault.JSONType}, rules, v)
		}
		if v[0] == '"' {
			flags, rules = parseLine(t, `{"Address":`+v+`,"Attributes":{"x":[`+v+`,`+v+`]}}`)
			assert.Empty(t, rules, v)
			assert.Zero(t, flags, v)
		}
		if v[0] == '-' || v[0] >= '0' && v[0] <= '9' {
			flags, rules = parseLine(t, `{"Location":{"Longitude":`+v+`},"Metrics":{"a":`+v+`}}`)
			assert.Empty(t, rules, v)
			assert.Zero(t, flags, v)
		}
	}
}

func TestIllegalValues(t *testing.T) {
	broken := func(rules []fault.Rule) bool {
		for _, r := range rules {
			switch r {
			case fault.JSONSyntax, fault.JSONString, fault.JSONTrailing, fault.UTF8:
				return true
			}
		}
		return false
	}
	for _, v := range illegal {
		for _, line := range []string{`{"x":` + v + `}`, `{"x":[` + v + `]}`, `{"Address":` + v + `}`, `{"Metrics":{"a":` + v + `}}`, `{"Attributes":{"a":[` + v + `]}}`} {
			if v == "" && strings.Contains(line, "[]") {
				continue
			}
			flags, rules := parseLine(t, line)
			assert.NotZero(t, flags&endpoint.Rejected, line)
			assert.True(t, broken(rules), "%q: %v", line, rules)
		}
	}
	for _, line := range []string{"{", "}", `{"Id":"a"}}`, `{"Id":"a"}{}`, `{"Id":"a"},`, "{}[]", "{}\x00", "\x00", "{}{", "{\"Id\":\"a\"}\"", "{}'", "{}\u00a0"} {
		flags, rules := parseLine(t, line)
		assert.NotZero(t, flags&endpoint.Rejected, line)
		assert.True(t, broken(rules), "%q: %v", line, rules)
	}
}

func TestLenientValues(t *testing.T) {
	for v, rule := range lenient {
		_, rules := parseLine(t, `{"x":`+v+`}`)
		switch rule {
		case fault.None:
			assert.Equal(t, []fault.Rule{fault.JSONUnknown}, rules, v)
		case fault.UTF8:
			assert.Equal(t, []fault.Rule{fault.UTF8}, rules, v)
		default:
			assert.Equal(t, []fault.Rule{fault.JSONUnknown, rule}, rules, fault.Clip(v))
		}
	}
}
