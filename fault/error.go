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
		dst = appendQuoted(dst, e.Value)
		dst = append(dst, ' ')
	}
	dst = appendPrintable(dst, e.Says())
	if e.Severity == Repaired && e.Repair == "" {
		dst = append(dst, "; dropped"...)
	} else if e.Severity == Repaired {
		dst = append(dst, "; repaired to "...)
		dst = appendQuoted(dst, e.Repair)
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
	dst = e.appendPlace(dst)
	if e.Record > 0 {
		dst = appendNumber(dst, "record", e.Record)
	}
	return e.appendCase(dst)
}

// AppendUnnumbered is AppendJSON for an error whose record is not counted yet: the
// digits of its number are left out. They belong at out[at]; at is -1 if the error
// concerns no record.
func (e *Error) AppendUnnumbered(dst []byte) (out []byte, at int) {
	dst, at = e.appendPlace(dst), -1
	if e.Record > 0 {
		dst = appendMember(dst, "record")
		at = len(dst)
	}
	return e.appendCase(dst), at
}

// appendPlace appends the members before the record number.
func (e *Error) appendPlace(dst []byte) []byte {
	dst = appendText(append(dst, '{'), "file", e.File)
	if e.Line > 0 {
		dst = appendNumber(dst, "line", e.Line)
		if e.Column > 0 {
			dst = appendNumber(dst, "column", int64(e.Column))
		}
	}
	if e.Line > 0 || e.Offset > 0 {
		dst = appendNumber(dst, "offset", e.Offset)
	}
	return dst
}

// appendCase appends the members behind the record number.
func (e *Error) appendCase(dst []byte) []byte {
	dst = appendText(dst, "field", e.Field)
	dst = appendText(dst, "pointer", e.Pointer)
	dst = appendText(dst, "rule", e.Rule.Code())
	dst = appendText(dst, "severity", e.severity().String())
	dst = appendText(dst, "value", e.Value)
	dst = appendText(dst, "repair", e.Repair)
	dst = appendText(dst, "hint", e.Advice())
	dst = appendText(dst, "message", e.Says())
	if e.Err != nil {
		dst = appendText(dst, "cause", e.Err.Error())
	}
	return append(dst, '}')
}

func (e *Error) severity() Severity {
	if e.Severity != Unset {
		return e.Severity
	}
	return e.Rule.Severity(Classic)
}

// appendText appends a member unless it has no content.
func appendText(dst []byte, name, s string) []byte {
	if s == "" {
		return dst
	}
	return AppendJSONString(appendMember(dst, name), s)
}

func appendNumber(dst []byte, name string, n int64) []byte {
	return strconv.AppendInt(appendMember(dst, name), n, 10)
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
	for {
		n := plain(s)
		dst = append(dst, s[:n]...)
		if s = s[n:]; s == "" {
			return append(dst, '"')
		}
		c := s[0]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s)
			dst = utf8.AppendRune(dst, r)
			s = s[n:]
			continue
		}
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, `\n`...)
		case '\t':
			dst = append(dst, `\t`...)
		case '\r':
			dst = append(dst, `\r`...)
		default:
			dst = append(dst, `\u00`...)
			dst = append(dst, hex[c>>4], hex[c&15])
		}
		s = s[1:]
	}
}

// plain gives the length of the longest head of s that is ASCII and stands in a
// JSON string as it is.
func plain(s string) int {
	const each, high = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		// Eight bytes as a word. A byte that is not plain sets its high bit in odd,
		// and may set that of the byte behind it: what follows looks closer.
		p := s[i : i+8]
		w := uint64(p[0]) | uint64(p[1])<<8 | uint64(p[2])<<16 | uint64(p[3])<<24 |
			uint64(p[4])<<32 | uint64(p[5])<<40 | uint64(p[6])<<48 | uint64(p[7])<<56
		quote, slash, del := w^'"'*each, w^'\\'*each, w^0x7f*each
		odd := (w - ' '*each) | (quote - each) | (slash - each) | (del - each) | w
		if odd&high != 0 {
			break
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			break
		}
	}
	return i
}

// appendQuoted shows a value between double quotes. Only what a terminal would act on,
// or would not show, is escaped: strconv.Quote would also escape backslashes
// and quotes twice over for a reader who looks for them in a file.
func appendQuoted(dst []byte, s string) []byte {
	return append(appendPrintable(append(dst, '"'), s), '"')
}

// Printable gives s with everything escaped that a terminal would act on or would not
// show: control characters, bidirectional controls, bytes that are not UTF-8. Names of
// files and texts of errors go through it before a person reads them.
func Printable(s string) string { return string(appendPrintable(nil, s)) }

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
