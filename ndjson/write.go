// The way to write any values in any order: what the table of table.go is too
// small for, and what a single value asks for that needs care.

package ndjson

import (
	"slices"
	"strconv"
	"strings"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// room is what must be free behind a value's own bytes: the text before it, and
// what is copied too much.
const room = 128

// write appends an object of the values, which come group by group and list by
// list. If one cannot be written, it is bad, and rule says why.
func (p *plan) write(dst []byte, b *endpoint.Batch, vals []endpoint.Value) (out []byte, bad endpoint.Value, rule fault.Rule) {
	buf, n := dst[:cap(dst)], len(dst)
	class, last := startClass, -1
	for _, v := range vals {
		c := &p.cols[v.Column()]
		if int(c.head) == last {
			if c.kind != endpoint.List {
				return buf, v, fault.JSONDuplicate
			}
			buf, n = appendText(buf, n, `","`)
		} else {
			buf, n = appendText(buf, n, p.joins[class][c.group])
			buf, n = appendText(buf, n, p.keys[v.Column()])
			class, last = int(c.class), int(c.head)
		}
		if buf, n, rule = p.value(buf, n, b, v); rule != fault.None {
			return buf, v, rule
		}
	}
	buf, n = appendText(buf, n, p.joins[class][endGroup])
	return buf[:n], 0, fault.None
}

// value writes a value, whatever is in it.
func (p *plan) value(buf []byte, n int, b *endpoint.Batch, v endpoint.Value) ([]byte, int, fault.Rule) {
	text := b.Bytes(v)
	if p.cols[v.Column()].kind == endpoint.Number && !v.Is(endpoint.Bare) {
		if end, ok := scan.JSONNumber(text, 0); !ok || end < len(text) {
			return buf, n, numberRule(b.Columns[v.Column()].Field, text)
		}
	}
	buf = grow(buf, n, len(text)+room)
	if v.Is(endpoint.Literal) {
		n += copy(buf[n:], text)
	} else {
		buf, n = escaped(buf, n, text)
	}
	return buf, n, fault.None
}

// appendText writes text that needs no escape.
func appendText(buf []byte, n int, text string) ([]byte, int) {
	buf = grow(buf, n, len(text)+room)
	return buf, n + copy(buf[n:], text)
}

// grow makes room for more bytes behind the first n.
func grow(buf []byte, n, more int) []byte {
	if len(buf)-n >= more {
		return buf
	}
	buf = slices.Grow(buf[:n], more)
	return buf[:cap(buf)]
}

// escaped writes text that may need escapes. There is room for the text and more.
func escaped(buf []byte, n int, src []byte) ([]byte, int) {
	for {
		written, read := scan.JSONEscape(buf[n:], src)
		n += written
		if src = src[read:]; len(src) == 0 {
			return buf, n
		}
		if len(buf)-n < room { // escapes have taken it
			buf = grow(buf, n, 2*len(src)+room)
			continue
		}
		n += copy(buf[n:], escapes[src[0]])
		src = src[1:]
		buf = grow(buf, n, len(src)+room)
	}
}

// escapes are the bytes that a JSON string cannot hold as they are.
var escapes = [256]string{
	'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`,
	0x00: `\u0000`, 0x01: `\u0001`, 0x02: `\u0002`, 0x03: `\u0003`, 0x04: `\u0004`, 0x05: `\u0005`, 0x06: `\u0006`, 0x07: `\u0007`,
	0x0b: `\u000b`, 0x0e: `\u000e`, 0x0f: `\u000f`,
	0x10: `\u0010`, 0x11: `\u0011`, 0x12: `\u0012`, 0x13: `\u0013`, 0x14: `\u0014`, 0x15: `\u0015`, 0x16: `\u0016`, 0x17: `\u0017`,
	0x18: `\u0018`, 0x19: `\u0019`, 0x1a: `\u001a`, 0x1b: `\u001b`, 0x1c: `\u001c`, 0x1d: `\u001d`, 0x1e: `\u001e`, 0x1f: `\u001f`,
}

// numberRule gives the rule that text breaks which is no JSON number: that of
// the form if it is a decimal number otherwise written, else that of the
// attribute.
func numberRule(f endpoint.Field, text []byte) fault.Rule {
	if strings.Trim(string(text), "0123456789.+-eE") == "" {
		if _, err := strconv.ParseFloat(string(text), 64); err == nil {
			return fault.NumberForm
		}
	}
	switch f {
	case endpoint.LocationLatitude:
		return fault.Latitude
	case endpoint.LocationLongitude:
		return fault.Longitude
	}
	return fault.MetricNumber
}
