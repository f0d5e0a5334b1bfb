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

// CSVCare reports what stands in a cell: literal if no byte is a quote, a backslash
// or a control character, and unitary if none is a comma.
func CSVCare(cell []byte) (literal, unitary bool) {
	var care, comma uint64
	for len(cell) >= 8 {
		w := binary.LittleEndian.Uint64(cell)
		care |= below(w^2*ones, '!') | below(w^'\\'*ones, 1)
		comma |= below(w^','*ones, 1)
		cell = cell[8:]
	}
	literal, unitary = care&highs == 0, comma&highs == 0
	for _, c := range cell {
		literal = literal && c >= ' ' && c != '"' && c != '\\'
		unitary = unitary && c != ','
	}
	return literal, unitary
}
