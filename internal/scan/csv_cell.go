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

// CSVPlain reports whether no byte of a cell is a quote, a comma, a backslash
// or a control character.
func CSVPlain(cell []byte) bool {
	for len(cell) >= 8 {
		w := binary.LittleEndian.Uint64(cell)
		if (below(w^2*ones, '!')|below(w^','*ones, 1)|below(w^'\\'*ones, 1))&highs != 0 {
			return false
		}
		cell = cell[8:]
	}
	for _, c := range cell {
		if c < ' ' || c == '"' || c == ',' || c == '\\' {
			return false
		}
	}
	return true
}
