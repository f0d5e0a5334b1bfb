package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPosString(t *testing.T) {
	for _, c := range []struct {
		pos  Pos
		want string
	}{
		{Pos{}, ""},
		{Pos{File: "a.csv"}, "a.csv"},
		{Pos{File: "a.csv", Line: 3}, "a.csv:3"},
		{Pos{File: "a.csv", Line: 3, Column: 27, Offset: 99}, "a.csv:3:27"},
		{Pos{Line: 3, Column: 27}, "3:27"},
		{Pos{File: "a.csv", Column: 27}, "a.csv"},
		{Pos{File: "a\x1b[2J\n.csv", Line: 1}, `a\x1b[2J\n.csv:1`},
	} {
		assert.Equal(t, c.want, c.pos.String())
	}
}

func TestErrorText(t *testing.T) {
	place := Pos{File: "crm.csv", Line: 3, Column: 27, Offset: 90}
	for _, c := range []struct {
		err  Error
		want string
	}{
		{
			Error{Pos: place, Field: "Location.Country", Rule: Country, Value: "UK", Detail: "is not an assigned code", Hint: "did you mean GBR?"},
			`crm.csv:3:27: location-country: Location.Country "UK" is not an assigned code (did you mean GBR?)`,
		},
		{
			Error{Pos: place, Rule: ValueCount, Field: "Attributes.x"},
			`crm.csv:3:27: value-count: Attributes.x has more than 50 values (keep at most 50 values of a name)`,
		},
		{
			Error{Rule: Compressed, Pos: Pos{File: "a.gz"}, Detail: "the input is gzip"},
			`a.gz: compressed: the input is gzip (import files must be plain text: use --decompress)`,
		},
		{
			Error{Pos: place, Rule: CountryForm, Field: "Location.Country", Value: "US", Severity: Repaired, Repair: "USA"},
			`crm.csv:3:27: location-country-form: Location.Country "US" is the country code of the other profile; repaired to "USA"`,
		},
		{
			Error{Rule: Encoding, Err: io.ErrUnexpectedEOF},
			`encoding: the input is not UTF-8 text (save it as UTF-8, or name its charset with --charset): unexpected EOF`,
		},
		{
			Error{Rule: ValueLength, Value: `say "5\6"`, Hint: "h"},
			`value-length: "say "5\6"" is longer than 100 characters (h)`,
		},
	} {
		assert.Equal(t, c.want, c.err.Error())
		assert.Equal(t, "> "+c.want, string(c.err.AppendText([]byte("> "))))
	}
	// A place without a file starts where the text starts, whatever stands before.
	e := Error{Pos: Pos{Line: 1, Column: 2}, Rule: JSONTorn, Hint: "h"}
	assert.Equal(t, "> 1:2: json-torn: the input ends within this record (h)", string(e.AppendText([]byte("> "))))
}

// hostile are texts that would steer a terminal or deceive a reader.
var hostile = map[string]string{
	"\x1b[31mred\x07":         `\x1b[31mred\a`,
	"a\nb\r\tc\x00":           `a\nb\r\tc\x00`,
	"\x7f\u0080\u009b2J":      `\x7f\u0080\u009b2J`,
	"\u202egnp.exe\u2066":     `\u202egnp.exe\u2066`,
	"zero\u200bwidth\ufeff":   `zero\u200bwidth\ufeff`,
	"\xff\xfe caf\xe9":        `\xff\xfe caf\xe9`,
	"\xed\xa0\x80":            `\xed\xa0\x80`,
	"\u2028\u2029\u00a0":      `\u2028\u2029\u00a0`,
	"Zoë 東京 🚀 \ufffd":         "Zoë 東京 🚀 \ufffd",
	`back\slash "q" <b>&amp;`: `back\slash "q" <b>&amp;`,
}

func TestErrorTextEscapesWhatATerminalActsOn(t *testing.T) {
	for raw, want := range hostile {
		e := Error{
			Pos: Pos{File: raw, Line: 1}, Rule: Country, Field: raw, Value: raw, Detail: raw, Hint: raw, Err: errors.New(raw),
		}
		assert.Equal(t, fmt.Sprintf(`%[1]s:1: location-country: %[1]s "%[1]s" %[1]s (%[1]s): %[1]s`, want), e.Error())
		e.Severity, e.Repair = Repaired, raw
		assert.Equal(t, fmt.Sprintf(`%[1]s:1: location-country: %[1]s "%[1]s" %[1]s; repaired to "%[1]s": %[1]s`, want), e.Error())
	}
}

// isPrintable reports whether s is one line of characters that can be seen.
func isPrintable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// wireError is what AppendJSON writes, as another JSON reader sees it.
type wireError struct {
	File, Field, Pointer, Rule, Severity, Value, Repair, Hint, Message, Cause string
	Line, Column, Offset, Record                                              int64
}

func TestAppendJSON(t *testing.T) {
	e := &Error{
		Pos: Pos{File: "a.json", Line: 3, Column: 27, Offset: 90}, Record: 2, Field: "Location.Country", Pointer: "/Location/Country",
		Rule: Country, Value: "UK", Hint: "did you mean GBR?", Err: io.ErrUnexpectedEOF,
	}
	assert.JSONEq(t, `{"file":"a.json","line":3,"column":27,"offset":90,"record":2,"field":"Location.Country","pointer":"/Location/Country",
		"rule":"location-country","severity":"fault","value":"UK","hint":"did you mean GBR?",
		"message":"is not an assigned ISO 3166-1 code","cause":"unexpected EOF"}`, string(e.AppendJSON(nil)))

	least := &Error{Rule: HeaderMissing, Severity: Warning, Detail: "d", Hint: "h"}
	assert.Equal(t, `x{"rule":"header-missing","severity":"warning","hint":"h","message":"d"}`, string(least.AppendJSON([]byte("x"))))

	start := &Error{Pos: Pos{Line: 1, Column: 1}, Rule: JSONTorn}
	assert.Contains(t, string(start.AppendJSON(nil)), `"line":1,"column":1,"offset":0,`)
	line := &Error{Pos: Pos{Line: 7, Offset: 5}, Rule: JSONTorn}
	assert.Contains(t, string(line.AppendJSON(nil)), `"line":7,"offset":5,`)
}

func TestAppendUnnumbered(t *testing.T) {
	for _, e := range []*Error{
		{Pos: Pos{File: "a.json", Line: 3, Column: 27}, Record: 2, Rule: Country, Value: "UK"},
		{Record: 12345678901, Rule: AddressRequired},
		{Pos: Pos{File: "a.csv"}, Rule: HeaderMissing},
	} {
		text, at := e.AppendUnnumbered([]byte("x"))
		if e.Record == 0 {
			assert.Negative(t, at)
		} else {
			text = slices.Insert(text, at, strconv.AppendInt(nil, e.Record, 10)...)
		}
		assert.Equal(t, string(e.AppendJSON([]byte("x"))), string(text))
	}
}

// Each byte at each place of a word is told, between bytes on the edges of what is plain.
func TestPlain(t *testing.T) {
	for c := range 256 {
		odd := c < ' ' || c == '"' || c == '\\' || c >= 0x7f
		for n := range 20 {
			for at := range n {
				for _, fill := range " !#[]~" {
					s := []byte(strings.Repeat(string(fill), n))
					s[at] = byte(c)
					want := n
					if odd {
						want = at
					}
					require.Equal(t, want, plain(string(s)), "%q", s)
				}
			}
		}
	}
}

func TestAppendJSONOfHostileText(t *testing.T) {
	for raw := range hostile {
		checkJSON(t, raw)
	}
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	checkJSON(t, string(all))
}

// checkJSON compares AppendJSON with what encoding/json makes of the same text.
func checkJSON(t *testing.T, raw string) {
	t.Helper()
	e := Error{
		Pos: Pos{File: raw, Line: 1}, Rule: Country, Field: raw, Pointer: raw, Value: raw,
		Repair: raw, Detail: raw, Hint: raw, Err: errors.New(raw),
	}
	got := e.AppendJSON(nil)
	require.NotContains(t, string(got), "\n", "one object, one line")
	var w wireError
	require.NoError(t, json.Unmarshal(got, &w), "%q", got)
	want := string([]rune(raw)) // one U+FFFD for each byte that is not UTF-8
	if raw == "" {
		assert.Equal(t, Country.Row().Says, w.Message)
		assert.Equal(t, Country.Row().Hint, w.Hint)
		return
	}
	for name, s := range map[string]string{
		"file": w.File, "field": w.Field, "pointer": w.Pointer, "value": w.Value,
		"repair": w.Repair, "hint": w.Hint, "message": w.Message, "cause": w.Cause,
	} {
		assert.Equal(t, want, s, name)
	}
}

func TestErrorIs(t *testing.T) {
	e := &Error{Rule: Country, Err: io.ErrUnexpectedEOF}
	wrapped := fmt.Errorf("reading: %w", e)
	assert.ErrorIs(t, wrapped, Country)
	assert.NotErrorIs(t, wrapped, CountryForm)
	assert.ErrorIs(t, wrapped, io.ErrUnexpectedEOF)
	assert.NotErrorIs(t, wrapped, io.EOF)
	got, ok := errors.AsType[*Error](wrapped)
	require.True(t, ok)
	assert.Same(t, e, got)
	assert.NoError(t, (&Error{Rule: Country}).Unwrap())
}

func TestClip(t *testing.T) {
	whole := strings.Repeat("a", MaxValue)
	for _, s := range []string{"", "a", "é", whole, strings.Repeat("é", MaxValue/2), "\xff"} {
		assert.Equal(t, s, Clip(s))
		assert.Equal(t, s, Clip([]byte(s)))
	}
	assert.Equal(t, whole[:MaxValue-3]+"…", Clip(whole+"a"))

	// Characters of every width, cut at every place, stay whole.
	for _, r := range []string{"a", "é", "東", "🚀"} {
		for pad := range 8 {
			s := strings.Repeat("x", pad) + strings.Repeat(r, MaxValue)
			got := Clip(s)
			require.LessOrEqual(t, len(got), MaxValue)
			require.Greater(t, len(got), MaxValue-utf8.UTFMax)
			require.True(t, utf8.ValidString(got), "%q", got)
			require.True(t, strings.HasPrefix(s, strings.TrimSuffix(got, "…")))
			require.Equal(t, got, Clip([]byte(s)))
		}
	}

	// Bytes that are no characters are shown as well.
	assert.Equal(t, strings.Repeat("\x80", MaxValue-3)+"…", Clip(strings.Repeat("\x80", 1000)))
}

func TestClipOwnsItsText(t *testing.T) {
	for _, n := range []int{5, MaxValue, 1000} {
		memory := []byte(strings.Repeat("a", n))
		got := Clip(memory)
		clear(memory)
		assert.NotContains(t, got, "\x00")
	}
	s := strings.Repeat("a", 50)
	assert.NotSame(t, unsafeData(s), unsafeData(Clip(s)), "the text of a borrowed string is copied too")
}

func FuzzError(f *testing.F) {
	for raw := range hostile {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		checkJSON(t, raw)
		e := Error{
			Pos: Pos{File: raw, Line: 1}, Rule: Country, Field: raw, Value: raw,
			Detail: raw, Hint: raw, Err: errors.New(raw),
		}
		if s := e.Error(); !isPrintable(s) {
			t.Errorf("%q", s)
		}
		if s := Clip(raw); len(s) > MaxValue || (utf8.ValidString(raw) && !utf8.ValidString(s)) {
			t.Errorf("%q", s)
		}
	})
}
