package fault

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxValue is how many bytes of an offending value an [Error] shows.
const MaxValue = 120

// Error is one fault, warning or repair: where it is, which rule it concerns,
// what was found and what to do about it.
//
// An Error owns its strings: it may be kept after the batch that it speaks of
// is gone.
type Error struct {
	Pos
	Record   int64    // number of the record within its input, from 1; 0 for a header or a whole input
	Field    string   // dotted name of the attribute, "Location.Country"; empty when no one attribute is meant
	Pointer  string   // RFC 6901 pointer within a JSON record, "/Location/Country"; empty for CSV
	Rule     Rule     // the rule that was broken
	Severity Severity // what became of the record; zero means the rule's own (see [Rule.Severity])
	Value    string   // what was found, at most MaxValue bytes; empty when there is nothing to show
	Detail   string   // a sentence that fits this case better than the rule's own; it completes "Field value ..."
	Hint     string   // how to mend this very case; empty means the rule's general hint
	Repair   string   // what the value was replaced by, for Severity Repaired; empty: it was dropped
	Err      error    // an underlying error, if there is one
}

// Says gives the sentence of the fault without its place and hint.
func (e *Error) Says() string {
	if e.Detail != "" {
		return e.Detail
	}
	return e.Rule.row().Says
}

// Advice gives the hint of this case, or else the general hint of the rule.
func (e *Error) Advice() string {
	if e.Hint != "" {
		return e.Hint
	}
	return e.Rule.row().Hint
}

// Error gives the whole fault in one printable line:
//
//	crm.csv:3:27: location-country: Location.Country "UK" is not an assigned code (did you mean GBR?)
//
// Control characters, bidirectional controls and bytes that are not UTF-8 are
// escaped wherever they stand, also in details and hints that quote the input,
// so that a hostile value cannot steer a terminal.
func (e *Error) Error() string { return string(e.AppendText(nil)) }

// AppendText appends the line that [Error.Error] returns.
func (e *Error) AppendText(dst []byte) []byte {
	n := len(dst)
	dst = e.append(dst)
	if len(dst) > n {
		dst = append(dst, ": "...)
	}
	dst = append(dst, e.Rule.Code()...)
	dst = append(dst, ": "...)
	if e.Field != "" {
		dst = appendPrintable(dst, e.Field)
		dst = append(dst, ' ')
	}
	if e.Value != "" {
		dst = append(dst, quote(e.Value)...)
		dst = append(dst, ' ')
	}
	dst = appendPrintable(dst, e.Says())
	if e.Severity == Repaired && e.Repair == "" {
		dst = append(dst, "; dropped"...)
	} else if e.Severity == Repaired {
		dst = append(dst, "; repaired to "...)
		dst = append(dst, quote(e.Repair)...)
	} else if hint := e.Advice(); hint != "" {
		dst = append(dst, " ("...)
		dst = appendPrintable(dst, hint)
		dst = append(dst, ')')
	}
	if e.Err != nil {
		dst = append(dst, ": "...)
		dst = appendPrintable(dst, e.Err.Error())
	}
	return dst
}

// Is reports whether target is the rule of e, which makes
// errors.Is(err, fault.Country) work.
func (e *Error) Is(target error) bool {
	r, ok := target.(Rule)
	return ok && r == e.Rule
}

// Unwrap gives the underlying error, if there is one.
func (e *Error) Unwrap() error { return e.Err }

// AppendJSON appends e as one JSON object on one line, without a line feed.
// Members that have no content are left out; "rule", "severity" and "message"
// are always there. Bytes that are not UTF-8 become U+FFFD.
func (e *Error) AppendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	text := func(name, s string) {
		if s == "" {
			return
		}
		dst = appendMember(dst, name)
		dst = AppendJSONString(dst, s)
	}
	number := func(name string, n int64) {
		dst = appendMember(dst, name)
		dst = strconv.AppendInt(dst, n, 10)
	}
	text("file", e.File)
	if e.Line > 0 {
		number("line", e.Line)
		if e.Column > 0 {
			number("column", int64(e.Column))
		}
	}
	if e.Line > 0 || e.Offset > 0 {
		number("offset", e.Offset)
	}
	if e.Record > 0 {
		number("record", e.Record)
	}
	text("field", e.Field)
	text("pointer", e.Pointer)
	text("rule", e.Rule.Code())
	text("severity", e.severity().String())
	text("value", e.Value)
	text("repair", e.Repair)
	text("hint", e.Advice())
	text("message", e.Says())
	if e.Err != nil {
		text("cause", e.Err.Error())
	}
	return append(dst, '}')
}

func (e *Error) severity() Severity {
	if e.Severity != Unset {
		return e.Severity
	}
	return e.Rule.Severity(Classic)
}

func appendMember(dst []byte, name string) []byte {
	if dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	dst = append(dst, '"')
	dst = append(dst, name...)
	return append(dst, `":`...)
}

// Clip gives the part of a value that an [Error] shows: at most MaxValue bytes,
// cut between characters, with an ellipsis where something was left out. The
// result is a copy.
func Clip[T string | []byte](value T) string {
	if len(value) <= MaxValue {
		return strings.Clone(string(value))
	}
	return clip(string(value[:MaxValue+1]), MaxValue)
}

// clip shortens s to limit bytes. What is not UTF-8 has no characters: such a
// value is cut where it is long enough.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	end := limit - len("…")
	for n := end; n > end-utf8.UTFMax; n-- {
		if utf8.RuneStart(s[n]) {
			return s[:n] + "…"
		}
	}
	return s[:end] + "…"
}

// AppendJSONString appends s as a JSON string: quotes, backslashes and control
// characters are escaped, bytes that are not UTF-8 become U+FFFD.
func AppendJSONString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r < ' ' || r == 0x7f:
			dst = append(dst, `\u00`...)
			dst = append(dst, hex[s[i]>>4], hex[s[i]&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}

// quote shows a value between double quotes. Only what a terminal would act on,
// or would not show, is escaped: strconv.Quote would also escape backslashes
// and quotes twice over for a reader who looks for them in a file.
func quote(s string) string {
	return `"` + string(appendPrintable(nil, s)) + `"`
}

func appendPrintable(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			const hex = "0123456789abcdef"
			dst = append(dst, '\\', 'x', hex[s[i]>>4], hex[s[i]&15])
		case r == ' ' || unicode.IsPrint(r):
			dst = append(dst, s[i:i+n]...)
		default:
			q := strconv.QuoteRuneToASCII(r)
			dst = append(dst, q[1:len(q)-1]...)
		}
		i += n
	}
	return dst
}
