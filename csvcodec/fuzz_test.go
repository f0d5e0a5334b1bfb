package csvcodec

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzParse reads a text in several ways and holds them against each other,
// against the plain grammar and against encoding/csv.
func FuzzParse(f *testing.F) {
	for _, c := range cellCases() {
		f.Add(c.text, uint8(7), uint8(c.width), uint16(c.limit))
	}
	f.Add("\ufeffId,Address\n1,2\n", uint8(1), uint8(0), uint16(40))
	f.Fuzz(func(t *testing.T, text string, block, width uint8, limit uint16) {
		c := conditions{width: int(width % 8), limit: max(4, int(limit))}
		if limit == 0 {
			c.limit = 1 << 20
		}
		c.block = len(text) + 1
		want := drive(t, text, c)
		if c.width > 0 && (len(text) < 3 || text[:3] != string(byteOrderMark)) {
			agree(t, text, c.limit, c.width, want)
		}
		standard(t, text)
		c.block, c.batch = 1+int(block), 1+int(block)*3
		require.Equal(t, want, drive(t, text, c))
	})
}

// FuzzAppend writes what was read and wants it to be read again.
func FuzzAppend(f *testing.F) {
	for _, c := range cellCases() {
		f.Add("Id,Attributes.a,Attributes.a\n" + c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := drive(t, text, conditions{block: len(text) + 1, limit: 1 << 20})
		if want.err != "" || len(want.header) == 0 {
			return
		}
		s := schemaOf(t, want.header...)
		a := NewAppender(s, nil)
		out := a.Header(nil)
		var cells [][]string
		for _, row := range want.rows {
			if row.fate != "sound" {
				continue
			}
			cells = append(cells, row.cells)
			for i, c := range row.cells {
				if i > 0 {
					out = append(out, ',')
				}
				if c == "" && len(row.cells) == 1 {
					out = append(out, '"', '"')
				}
				out = appendCell(out, []byte(c))
			}
			out = append(out, '\n')
		}
		back := drive(t, string(out), conditions{block: len(out) + 1, limit: 1 << 20})
		require.Empty(t, back.faults)
		require.Equal(t, want.header, back.header)
		require.Len(t, back.rows, len(cells))
		for i, row := range back.rows {
			require.Equal(t, cells[i], row.cells)
		}
		if len(cells) > 0 && len(out) < batchSize {
			got, err := a.Append(a.Header(nil), parseAll(t, string(out)), nil)
			require.NoError(t, err)
			require.Equal(t, string(out), string(got))
		}
	})
}
