// Strings with escapes: how they are undone and what can be wrong with them.

package ndjson

import (
	"encoding/binary"
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

// hex4 reads four hexadecimal digits, a byte each of a word.
func hex4(s []byte) (r rune, ok bool) {
	const each = 0x01010101
	if len(s) < 4 {
		return 0, false
	}
	w := binary.LittleEndian.Uint32(s)
	v := w&(0x0f*each) + 9*(w>>6&each) // what it is, if it is one
	text := v + '0'*each + ('a'-'9'-1)*((v+6*each)>>4&each)
	if v&(0xf0*each) != 0 || text != w|w>>1&(0x20*each) { // letters may be large
		return 0, false
	}
	return rune(v&0xff<<12 | v>>8&0xff<<8 | v>>16&0xff<<4 | v>>24), true
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
	if n, end, marked := p.usual(aux[start:cap(aux)], i); end >= 0 {
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

// usual undoes the escapes of the string text at i, if they are such as most texts
// have and dst has room for it. It gives the bytes written, the place of the closing quote, -1 if
// something else stands there, and whether there is a character that needs care in
// some format.
func (p *Parser) usual(dst []byte, i int) (n, end int, marked bool) {
	for {
		written, read, some := scan.JSONUnescape(dst[n:], p.data[i:])
		n += written
		i += read
		marked = marked || some
		switch {
		case i+6 > p.end || n+utf8.UTFMax > len(dst):
			if i < p.end && p.data[i] == '"' {
				return n, i, marked
			}
			return 0, -1, false
		case p.data[i] == '"':
			return n, i, marked
		case p.data[i] != '\\' || p.data[i+1] != 'u':
			return 0, -1, false
		}
		r, ok := hex4(p.data[i+2:])
		if !ok || r >= 0xD800 && r <= 0xDFFF {
			return 0, -1, false
		}
		if i += 6; r < utf8.RuneSelf {
			dst[n] = byte(r)
			n++
			marked = marked || r < ' ' || r == '"' || r == '\\' || r == ','
		} else {
			n += utf8.EncodeRune(dst[n:], r)
		}
	}
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
