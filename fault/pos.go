package fault

import "strconv"

// Pos is a place in the text of an input, after decompression and transcoding.
type Pos struct {
	File   string // name of the input as the caller gave it
	Line   int64  // physical line, from 1; line feeds inside quoted cells count
	Column int    // byte within the line, from 1; 0 when only the line is known
	Offset int64  // byte within the input, from 0; a byte-order mark counts
}

// String gives file:line:column, leaving out what is not known.
func (p Pos) String() string { return string(p.append(nil)) }

func (p Pos) append(dst []byte) []byte {
	dst = appendPrintable(dst, p.File)
	if p.Line > 0 {
		if p.File != "" {
			dst = append(dst, ':')
		}
		dst = strconv.AppendInt(dst, p.Line, 10)
		if p.Column > 0 {
			dst = append(dst, ':')
			dst = strconv.AppendInt(dst, int64(p.Column), 10)
		}
	}
	return dst
}
