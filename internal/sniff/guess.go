// This file guesses which endpoint format a text is in.

package sniff

import "bytes"

// Format is one of the two formats of an endpoint file, or Unclear.
type Format uint8

// The formats Guess can return.
const (
	Unclear Format = iota // the first bytes do not say
	CSV                   // comma-separated values behind a header
	JSON                  // JSON objects, one a line or in one array
)

// String gives "unclear", "csv" or "json".
func (f Format) String() string {
	switch f {
	case CSV:
		return "csv"
	case JSON:
		return "json"
	}
	return "unclear"
}

// Guess tells the format of a text from its first bytes. atEOF says that head
// is the whole text. isHeaderName must report whether a name may head a column
// of an endpoint file; its argument is borrowed for the call, and nil means no
// name may.
//
// Behind an optional UTF-8 byte order mark and white space, a brace or a
// bracket means JSON. Otherwise the first line is cut into cells at commas,
// semicolons and tabs, quotes and outer spaces are taken off, and one good name
// among the cells means CSV: a file with the wrong separator is then reported
// as what it is, a CSV file with the wrong separator. A cell that the end of
// the head cuts short is not asked about. A control character in the first line
// that is not blank (tab and the line ends aside) makes the answer Unclear; what
// stands behind that line is for the parsers to judge.
func Guess(head []byte, atEOF bool, isHeaderName func(name []byte) bool) Format {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	head = bytes.TrimLeft(head, " \t\r\n")
	first := head
	if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
		first = head[:i]
	}
	if len(first) == 0 || controlIn(first) {
		return Unclear
	}
	if head[0] == '{' || head[0] == '[' {
		return JSON
	}
	if isHeaderName == nil {
		return Unclear
	}
	for {
		cell, n := cutCell(head)
		if n == len(head) && !atEOF {
			return Unclear // the cell may go on
		}
		if isHeaderName(cell) {
			return CSV
		}
		if n == len(head) || head[n] == '\n' || head[n] == '\r' {
			return Unclear
		}
		head = head[n+1:]
	}
}

// cutCell returns the first cell of b without quotes and outer spaces, and the
// offset of the byte that ends it, len(b) when b ends first.
func cutCell(b []byte) (cell []byte, n int) {
	start := 0
	for start < len(b) && b[start] == ' ' {
		start++
	}
	if start == len(b) || b[start] != '"' {
		n = endOfCell(b)
		return bytes.Trim(b[:n], " "), n
	}
	for end := start + 1; end < len(b); end++ {
		if b[end] != '"' {
			continue
		}
		if end+1 < len(b) && b[end+1] == '"' { // a doubled quote
			end++
			continue
		}
		cell = b[start+1 : end]
		if bytes.Contains(cell, []byte(`""`)) {
			cell = bytes.ReplaceAll(cell, []byte(`""`), []byte(`"`))
		}
		return bytes.Trim(cell, " "), end + 1 + endOfCell(b[end+1:])
	}
	return bytes.Trim(b[start+1:], " "), len(b)
}

// endOfCell returns the offset of the first separator or line end in b, or
// len(b).
func endOfCell(b []byte) int {
	if n := bytes.IndexAny(b, ",;\t\r\n"); n >= 0 {
		return n
	}
	return len(b)
}
