package scan

import "bytes"

// EscapeSlack is how much longer than the text it has room for the buffer of
// [JSONEscape] must be, in bytes.
const EscapeSlack = 64

// JSONEscape copies src to dst with a backslash before each quote and backslash,
// and with the escapes of two bytes that JSON has for control characters. It stops
// before the first control character that has none of these (it needs \u), and
// where fewer than [EscapeSlack] bytes of dst are left. It gives the bytes written
// and read. Bytes of dst behind those may be overwritten.
func JSONEscape(dst, src []byte) (written, read int) { return jsonEscape(dst, src) }

// jsonEscapeGo is the body of JSONEscape for every machine, and the one that others
// are held against.
func jsonEscapeGo(dst, src []byte) (n, i int) {
	for i < len(src) && len(dst)-n >= EscapeSlack {
		part := src[i:min(i+EscapeSlack/2, len(src))]
		k := JSONCopy(dst[n:], part)
		n += k
		i += k
		if k == len(part) {
			continue
		}
		c := shortEscape[src[i]]
		if c == 0 {
			break
		}
		dst[n], dst[n+1] = '\\', c
		n += 2
		i++
	}
	return n, i
}

// shortEscape is what stands behind the backslash, 0 where no escape of two bytes is
// needed or possible.
var shortEscape = [256]byte{'"': '"', '\\': '\\', '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r'}

// UndoubleSlack is how much longer than src the buffer of [CSVUndouble] must be, in
// bytes.
const UndoubleSlack = 64

// CSVUndouble copies the inside of a quoted cell, whose quotes come in pairs, to dst
// with one quote for two, and gives the bytes written. Bytes of dst behind those, up
// to len(src)+UndoubleSlack, may be overwritten.
func CSVUndouble(dst, src []byte) int {
	_ = dst[:len(src)+UndoubleSlack]
	return undouble(dst, src)
}

// undoubleGo is the body of CSVUndouble for every machine, and the one that others
// are held against.
func undoubleGo(dst, src []byte) int {
	n := 0
	for {
		i := bytes.IndexByte(src, '"')
		if i < 0 {
			return n + copy(dst[n:], src)
		}
		n += copy(dst[n:], src[:i+1])
		if i+2 > len(src) {
			return n
		}
		src = src[i+2:]
	}
}
