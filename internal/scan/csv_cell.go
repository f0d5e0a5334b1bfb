package scan

import "encoding/binary"

// CSVQuoted reports whether a cell must stand in quotes: whether it holds a
// comma, a quote, a line feed or a carriage return (RFC 4180).
func CSVQuoted(cell []byte) bool {
	for len(cell) >= 8 {
		w := binary.LittleEndian.Uint64(cell)
		if csvQuoted(w) {
			return true
		}
		cell = cell[8:]
	}
	for _, c := range cell {
		if c == ',' || c == '"' || c == '\n' || c == '\r' {
			return true
		}
	}
	return false
}

func csvQuoted(w uint64) bool {
	return (below(w^','*ones, 1)|below(w^'"'*ones, 1)|below(w^'\n'*ones, 1)|below(w^'\r'*ones, 1))&highs != 0
}

// Care tells what stands in a text, a bit each.
type Care uint8

const (
	CareQuote   Care = 1 << iota // a quote
	CareComma                    // a comma
	CareControl                  // a backslash or a control character
)

// CSVCare tells what stands in a cell.
func CSVCare(cell []byte) Care { return csvCare(cell) }

// csvCareGo is the body of CSVCare for every machine, and the one that others are
// held against.
func csvCareGo(cell []byte) (found Care) {
	var quote, comma, control uint64
	for len(cell) >= 8 {
		w := binary.LittleEndian.Uint64(cell)
		quote |= below(w^'"'*ones, 1)
		comma |= below(w^','*ones, 1)
		control |= below(w, ' ') | below(w^'\\'*ones, 1)
		cell = cell[8:]
	}
	if quote&highs != 0 {
		found |= CareQuote
	}
	if comma&highs != 0 {
		found |= CareComma
	}
	if control&highs != 0 {
		found |= CareControl
	}
	for _, c := range cell {
		switch {
		case c == '"':
			found |= CareQuote
		case c == ',':
			found |= CareComma
		case c == '\\' || c < ' ':
			found |= CareControl
		}
	}
	return found
}
