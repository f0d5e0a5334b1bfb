package scan

// Sizes for [JSONUnescape], in bytes.
const (
	textBlock = 32            // what is copied at a time
	textReach = textBlock + 8 // what must be left of src before that
)

// escapes says what a backslash and a byte stand for, 0 if not for one byte.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// JSONUnescape copies the text of a JSON string to dst, and undoes the escapes
// that are a backslash and one byte. It stops before the first quote or control
// character, any other escape, and where less than textBlock bytes of dst or
// textReach of src are left. It gives the bytes written and read, and whether
// they hold a comma, or a quote, a backslash or a control character that was an
// escape. Bytes of dst behind those may be overwritten.
func JSONUnescape(dst, src []byte) (written, read int, marked bool) { return unescape(dst, src) }

// unescapeGo is the body of JSONUnescape for every machine, and the one that
// others are held against.
func unescapeGo(dst, src []byte) (n, i int, marked bool) {
	for n+textBlock <= len(dst) && i+textReach <= len(src) {
		end, comma := JSONString(src[:i+textBlock], i)
		marked = marked || comma
		n += copy(dst[n:], src[i:end])
		whole := end == i+textBlock
		if i = end; whole {
			continue
		}
		c := escapes[src[i+1]]
		if src[i] != '\\' || c == 0 {
			break
		}
		marked = marked || c != '/'
		dst[n] = c
		n++
		i += 2
	}
	return n, i, marked
}
