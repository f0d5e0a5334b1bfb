// Strings with escapes: how they are undone and what can be wrong with them.

package ndjson

import (
	"slices"
	"unicode/utf8"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// text is what was found in a string. Places are indices of the text; -1 stands
// for nowhere.
type text struct {
	end  int // the closing quote
	bad  int // the first illegal escape or raw control character
	half int // the first escape that is half of a surrogate pair
	cut  int // the line feed at which the string was given up
}

// decode reads a string from behind its opening quote at i and appends what it
// says to dst, unless dst is nil. What is wrong in it is stepped over. A string
// ends at the latest with the line, see [slot.element].
func decode(dst, s []byte, i int) ([]byte, text) {
	t := text{-1, -1, -1, -1}
	for {
		j, _ := scan.JSONString(s, i)
		if dst != nil {
			dst = append(dst, s[i:j]...)
		}
		if i = j; i == len(s) {
			return dst, t
		}
		switch c := s[i]; {
		case c == '"':
			t.end = i
			return dst, t
		case c == '\n':
			t.cut = i
			return dst, t
		case c != '\\':
			t.bad = first(t.bad, i)
			i++
		default:
			r, n, rule := escape(s[i:])
			switch rule {
			case fault.JSONString:
				t.bad = first(t.bad, i)
			case fault.JSONSurrogate:
				t.half = first(t.half, i)
			}
			if dst != nil && rule != fault.JSONString {
				dst = utf8.AppendRune(dst, r)
			}
			i += n
		}
	}
}

func first(old, i int) int {
	if old >= 0 {
		return old
	}
	return i
}

// escape reads the escape at the head of s and gives the character, the bytes
// that it took, and the rule that it breaks, if any.
func escape(s []byte) (r rune, n int, rule fault.Rule) {
	if len(s) < 2 {
		return 0, 1, fault.JSONString
	}
	switch s[1] {
	case '"', '\\', '/':
		return rune(s[1]), 2, fault.None
	case 'b':
		return '\b', 2, fault.None
	case 'f':
		return '\f', 2, fault.None
	case 'n':
		return '\n', 2, fault.None
	case 'r':
		return '\r', 2, fault.None
	case 't':
		return '\t', 2, fault.None
	case 'u':
		return unicodeEscape(s)
	}
	return 0, 1, fault.JSONString
}

// unicodeEscape reads an escape that begins with a backslash and u, with its
// second half if it is the first of a surrogate pair.
func unicodeEscape(s []byte) (r rune, n int, rule fault.Rule) {
	r, ok := hex4(s[2:])
	switch {
	case !ok:
		return 0, 2, fault.JSONString
	case r < 0xD800 || r > 0xDFFF:
		return r, 6, fault.None
	case r < 0xDC00 && len(s) >= 12 && s[6] == '\\' && s[7] == 'u':
		if low, ok := hex4(s[8:]); ok && low >= 0xDC00 && low <= 0xDFFF {
			return 0x10000 + (r-0xD800)<<10 + (low - 0xDC00), 12, fault.None
		}
	}
	return utf8.RuneError, 6, fault.JSONSurrogate
}

// hex4 reads four hexadecimal digits.
func hex4(s []byte) (r rune, ok bool) {
	if len(s) < 4 {
		return 0, false
	}
	for _, c := range s[:4] {
		switch low := c | 0x20; {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case low >= 'a' && low <= 'f':
			r = r<<4 | rune(low-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// reportText reports what is wrong within a string that begins, with its quote,
// at i. If it is not closed, the record is torn and the answer is false.
func (p *Parser) reportText(i int, t text) bool {
	if t.half >= 0 && (t.bad < 0 || t.half < t.bad) {
		p.reportAt(t.half, i, fault.JSONSurrogate)
		t.half = -1
	}
	if t.bad >= 0 {
		p.reportAt(t.bad, i, fault.JSONString)
	}
	if t.half >= 0 {
		p.reportAt(t.half, i, fault.JSONSurrogate)
	}
	switch {
	case t.end >= 0:
		return true
	case t.cut >= 0:
		p.torn(p.fault(t.cut, fault.JSONString), "a line ends within the string")
	case p.eof:
		p.short(p.end)
	default:
		p.torn(p.fault(i, fault.JSONSyntax), "the string that opens here is not closed")
	}
	return false
}

// reportAt reports something at off within the value that starts at i.
func (p *Parser) reportAt(off, i int, rule fault.Rule) {
	e := p.fault(off, rule)
	e.Value = p.show(i)
	p.report(e)
}

// slow reads a string value that is more than plain text: one with an escape or
// a control character, or one that is not closed. It gives the value and the
// place of the closing quote, -1 if the record is torn.
func (p *Parser) slow(i, col int) (endpoint.Value, int) {
	b := p.b
	size := len(b.Aux)
	start := b.StartAux(i - 1)
	aux := slices.Grow(b.Aux, usualText)
	n, read, marked := scan.JSONUnescape(aux[start:cap(aux)], p.data[i:])
	if end := i + read; end < p.end && p.data[end] == '"' {
		b.Aux = aux[:start+n]
		flags := endpoint.InAux | endpoint.Plain
		if marked {
			flags = endpoint.InAux
		}
		return endpoint.MakeValue(start, n, col, flags), end
	}
	aux, t := decode(aux, p.data[:p.end], i)
	b.Aux = aux
	if t.bad >= 0 || t.half >= 0 || t.end < 0 {
		p.place(col)
		if !p.reportText(i-1, t) {
			b.Aux = b.Aux[:size]
			return 0, -1
		}
	}
	return endpoint.MakeValue(start, len(aux)-start, col, care(aux[start:])|endpoint.InAux), t.end
}

// usualText is the size in bytes that values with escapes seldom exceed.
const usualText = 512

// care gives the flags of a text.
func care(s []byte) endpoint.Flags {
	end, comma := scan.JSONString(s, 0)
	if end < len(s) {
		return 0
	}
	return literal(comma)
}

// literal gives the flags of a text that JSON may copy as it is.
func literal(comma bool) endpoint.Flags {
	if comma {
		return endpoint.Literal
	}
	return endpoint.Plain
}
