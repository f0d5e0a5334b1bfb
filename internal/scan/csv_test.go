package scan

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// csvResult is what an index says of a text, in a form that can be compared.
type csvResult struct {
	entries []uint32
	marked  []int // bytes that need care, before end
	end     int
}

// naiveCSV is the contract of IndexCSV, byte by byte.
func naiveCSV(src []byte) (r csvResult) {
	quoted, closed, start := false, false, true
	for i, c := range src {
		lineEnd := c == '\n' || c == '\r' && (i+1 == len(src) || src[i+1] == '\n')
		switch {
		case quoted && c == '"':
			quoted, closed = false, true
			r.marked = append(r.marked, i)
			continue
		case quoted:
			if c < ' ' || c == ',' || c == '\\' {
				r.marked = append(r.marked, i)
			}
			continue
		case c == '"' && !closed && !start, closed && c != '"' && c != ',' && !lineEnd:
			r.end = i
			return r
		case c == '"':
			quoted, closed, start = true, false, false
			r.marked = append(r.marked, i)
			continue
		}
		start, closed = false, false
		switch {
		case c == ',':
			r.entries = append(r.entries, uint32(i))
			start = true
		case c == '\n':
			r.entries = append(r.entries, uint32(i)|LineFeed)
			start = true
		case c == '\r' && i+1 < len(src) && src[i+1] == '\n':
		case c < ' ' || c == '\\':
			r.marked = append(r.marked, i)
		}
	}
	r.end = len(src)
	return r
}

// indexAll calls a body of IndexCSV with room for everything.
func indexAll(t *testing.T, body func([]uint32, []uint64, []byte) (int, int), src []byte) csvResult {
	t.Helper()
	index, special := make([]uint32, len(src)+2*IndexSlack), make([]uint64, len(src)/64+2)
	for i := range special {
		special[i] = 0xAAAAAAAAAAAAAAAA // what was there before must not matter
	}
	n, end := body(index, special, src)
	r := csvResult{end: end}
	r.entries = append(r.entries, index[:n]...)
	for i := range end {
		if special[i/64]>>(i%64)&1 != 0 {
			r.marked = append(r.marked, i)
		}
	}
	return r
}

var csvBodies = map[string]func([]uint32, []uint64, []byte) (int, int){
	"chosen":  IndexCSV,
	"generic": indexCSV,
}

func checkCSV(t *testing.T, src []byte) {
	t.Helper()
	want := naiveCSV(src)
	for name, body := range csvBodies {
		require.Equal(t, want, indexAll(t, body, src), "%s: %q", name, src)
	}
}

func TestIndexCSV(t *testing.T) {
	index, special := make([]uint32, 2*IndexSlack), make([]uint64, 2)
	n, end := IndexCSV(index, special, []byte("a,\"b,\"\"c\"\r\n\\,d\n"))
	assert.Equal(t, []uint32{1, 10 | LineFeed, 12, 14 | LineFeed}, index[:n])
	assert.Equal(t, 15, end)
	assert.EqualValues(t, 1<<2|1<<4|1<<5|1<<6|1<<8|1<<11, special[0])

	n, end = IndexCSV(index, special, []byte("a,b\nc\"d"))
	assert.Equal(t, []uint32{1, 3 | LineFeed}, index[:n], "it stops before a bare quote")
	assert.Equal(t, 5, end)

	n, end = IndexCSV(index, special, []byte("a\n\"b\"c,"))
	assert.Equal(t, []uint32{1 | LineFeed}, index[:n], "it stops before text behind a closing quote")
	assert.Equal(t, 5, end)

	n, end = IndexCSV(index, special, nil)
	assert.Zero(t, n+end)
}

// TestIndexCSVEveryPlace moves each pair of bytes that matter over the places
// around the borders of words and blocks.
func TestIndexCSVEveryPlace(t *testing.T) {
	bytes3 := []string{`"`, `""`, `","`, "\"\n", "\"\r\n", "\"\r", "\r\n", "\r", `"x`, `x"`, ",", "\n", `\`, "\x1f", " ", "\x7f", "\x80", "\xff", "\xac", "\xa2", "\x8a"}
	for _, a := range bytes3 {
		for _, b := range bytes3 {
			for at := range 140 {
				for _, prefix := range []string{"", `"`, ","} {
					text := prefix + strings.Repeat("x", at) + a + b
					checkCSV(t, []byte(text))
				}
				checkCSV(t, []byte(strings.Repeat("y,", at/2)+a+strings.Repeat("z", 3)+b+strings.Repeat(",q", 40)))
			}
		}
	}
}

func TestIndexCSVRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	alphabets := []string{"a,\"\n\r", "abcdefghijklm,\n", "ab\",\"\",\n", "\"\"\"a,\n\r\\\x00\xff", `"","`}
	pieces := []string{`"a,b"`, `"x""y"`, "abc", ",", ",", "\n", "\r\n", "\"\n\"", "é"}
	for range 3000 {
		var src []byte
		size := rng.IntN(300)
		if rng.IntN(2) == 0 {
			alphabet := alphabets[rng.IntN(len(alphabets))]
			for range size {
				src = append(src, alphabet[rng.IntN(len(alphabet))])
			}
		} else {
			for len(src) < size {
				src = append(src, pieces[rng.IntN(len(pieces))]...)
			}
		}
		checkCSV(t, src)
	}
}

// TestIndexCSVFull wants a call with a small index to tell the beginning, and
// calls one after the other, from the last whole record on, to tell it all.
func TestIndexCSVFull(t *testing.T) {
	src := bytes.Repeat([]byte(",,,\"a,\"\n"), 200)
	want := naiveCSV(src)
	index, special := make([]uint32, 3*IndexSlack), make([]uint64, len(src)/64+2)
	var got []uint32
	for at := 0; at < len(src); {
		n, end := IndexCSV(index, special, src[at:])
		for n > 0 && index[n-1]&LineFeed == 0 {
			n--
		}
		require.Positive(t, n, "at %d: stopped at %d", at, end)
		for _, x := range index[:n] {
			got = append(got, x+uint32(at))
		}
		at += int(index[n-1]&^LineFeed) + 1
	}
	assert.Equal(t, want.entries, got)

	n, end := IndexCSV(index[:IndexSlack-1], special, src)
	assert.Zero(t, n+end, "no room, no work")
}

func TestIndexCSVAllocs(t *testing.T) {
	src := bytes.Repeat([]byte("abc,\"d\"\n"), 100)
	index, special := make([]uint32, 1000), make([]uint64, len(src)/64+2)
	assert.Zero(t, testing.AllocsPerRun(10, func() { IndexCSV(index, special, src) }))
}

func TestCellBytes(t *testing.T) {
	for c := range 256 {
		for size := range 20 {
			for at := range size {
				cell := bytes.Repeat([]byte{'x'}, size)
				cell[at] = byte(c)
				name := fmt.Sprintf("byte %#x at %d of %d", c, at, size)
				assert.Equal(t, strings.IndexByte(",\"\n\r", byte(c)) >= 0, CSVQuoted(cell), name)
				assert.Equal(t, c >= ' ' && strings.IndexByte(",\"\\", byte(c)) < 0, CSVPlain(cell), name)
			}
		}
	}
	assert.False(t, CSVQuoted(nil))
	assert.True(t, CSVPlain(nil))
}

func FuzzIndexCSV(f *testing.F) {
	f.Add([]byte("a,\"b,\"\"c\"\r\n\\,d\n"))
	f.Add([]byte(strings.Repeat("abc,\"d\"\n", 20)))
	f.Add([]byte("a\"b\n"))
	f.Fuzz(func(t *testing.T, src []byte) { checkCSV(t, src) })
}
