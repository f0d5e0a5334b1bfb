// Values that are read past. They are checked like any other text.

package ndjson

import (
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// skip reads past the value that starts at i and gives the place behind it, or
// -1 if the record is torn. The open objects and arrays within it are bits of a
// word: how deep the input goes costs no stack.
func (p *Parser) skip(i int) int {
	d := p.data[:p.end]
	around := 1 // objects and arrays that the value lies in
	for g := p.g; g != endpoint.InRecord; g = g.Info().Parent {
		around++
	}
	if p.item >= 0 {
		around++
	}
	depth := 0
	objects := uint64(0) // a bit for each open object or array, the innermost lowest: set for objects
	for {
		// A value starts at i.
		if i = scan.JSONSpace(d, i); i == len(d) {
			return p.short(i)
		}
		if at := wrongAt(d, i); at >= 0 {
			return p.syntax(at)
		}
		open := d[i] == '{' || d[i] == '['
		if open {
			if depth++; around+depth > maxDepth {
				p.torn(p.fault(i, fault.JSONDepth), "")
				return colTorn
			}
			objects <<= 1
			if d[i] == '{' {
				objects |= 1
			}
			i++
		} else if i = p.skipScalar(d, i); i < 0 {
			return i
		}
		// Behind a value, or behind an opening bracket if open is set.
		for {
			if depth == 0 {
				return i
			}
			if i = scan.JSONSpace(d, i); i == len(d) {
				return p.short(i)
			}
			if d[i] == "]}"[objects&1] {
				objects >>= 1
				depth--
				open = false
				i++
				continue
			}
			break
		}
		if !open {
			if d[i] != ',' {
				return p.syntax(i)
			}
			i++
		}
		if objects&1 != 0 {
			if i = p.skipName(d, i); i < 0 {
				return i
			}
		}
	}
}

// skipName reads past the name of a member and its colon.
func (p *Parser) skipName(d []byte, i int) int {
	if i = scan.JSONSpace(d, i); i == len(d) || d[i] != '"' {
		return p.syntax(i)
	}
	if i = p.skipScalar(d, i); i < 0 {
		return i
	}
	if i = scan.JSONSpace(d, i); i == len(d) || d[i] != ':' {
		return p.syntax(i)
	}
	return i + 1
}

// skipScalar reads past a string, a number or a literal that [wrongAt] has let
// pass.
func (p *Parser) skipScalar(d []byte, i int) int {
	switch d[i] {
	case '"':
		_, t := decode(nil, d, i+1)
		if !p.reportText(i, t) {
			return colTorn
		}
		return t.end + 1
	case 't', 'n':
		return i + 4
	case 'f':
		return i + 5
	}
	i, _ = scan.JSONNumber(d, i)
	return i
}

// wrongAt looks at the start of a value: it gives the place of the byte that
// makes it no value, len(d) if the text ends too early, -1 if nothing is wrong.
// Numbers and literals are looked at whole, what has brackets or quotes is not.
func wrongAt(d []byte, i int) int {
	word := ""
	switch c := d[i]; {
	case c == '"' || c == '{' || c == '[':
		return -1
	case c == '-' || c-'0' <= 9:
		if end, ok := scan.JSONNumber(d, i); !ok {
			return end
		}
		return -1
	case c == 't':
		word = "true"
	case c == 'f':
		word = "false"
	case c == 'n':
		word = "null"
	default:
		return i
	}
	for k := range len(word) {
		if i+k == len(d) || d[i+k] != word[k] {
			return i + k
		}
	}
	return -1
}
