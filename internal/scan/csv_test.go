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
	ends, rows []uint32
	marked     []int // bytes that need care, before end
	around     []int // those of them that are the quotes around a cell
	end        int
}

// naiveCSV is the contract of CSVIndex.Scan, byte by byte.
func naiveCSV(src []byte) (r csvResult) {
	quoted, closed, start := false, false, true
	for i, c := range src {
		lineEnd := c == '\n' || c == '\r' && (i+1 == len(src) || src[i+1] == '\n')
		switch {
		case quoted && c == '"':
			quoted, closed = false, true
			r.marked = append(r.marked, i)
			if next := string(src[i+1 : min(i+3, len(src))]); next == "\r\n" || strings.HasPrefix(next, ",") || strings.HasPrefix(next, "\n") {
				r.around = append(r.around, i)
			}
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
			if r.marked = append(r.marked, i); start {
				r.around = append(r.around, i)
			}
			quoted, closed, start = true, false, false
			continue
		}
		start, closed = false, false
		switch {
		case c == ',':
			r.ends = append(r.ends, uint32(i))
			start = true
		case c == '\n':
			r.ends = append(r.ends, uint32(i))
			r.rows = append(r.rows, uint32(i))
			start = true
		case c == '\r' && i+1 < len(src) && src[i+1] == '\n':
		case c < ' ' || c == '\\':
			r.marked = append(r.marked, i)
		}
	}
	r.end = len(src)
	return r
}

// result scans src and gives what the index says then.
func (x *CSVIndex) result(src []byte) csvResult {
	for i := range x.Special {
		x.Special[i], x.Hard[i] = 0xAAAAAAAAAAAAAAAA, 0xAAAAAAAAAAAAAAAA // what was there before must not matter
	}
	var r csvResult
	r.end, _ = x.Scan(src)
	r.ends = append(r.ends, x.Bounds[1:]...)
	r.rows = append(r.rows, x.Rows...)
	for i := range r.end {
		special, hard := x.Special[i/64]>>(i%64)&1, x.Hard[i/64]>>(i%64)&1
		if special != 0 {
			r.marked = append(r.marked, i)
		}
		if special != hard {
			r.around = append(r.around, i)
		}
	}
	return r
}

// checkCSV holds each body against the contract.
func checkCSV(t *testing.T, src []byte) {
	t.Helper()
	want := naiveCSV(src)
	x := NewCSVIndex(len(src) + CSVSlack)
	eachBody(func(body string) {
		got := x.result(src)
		// The quote that closes a cell may be missing at the end of a block, or of all.
		at := 0
		for _, i := range want.around {
			if at < len(got.around) && got.around[at] == i {
				at++
			} else if i%64 < 62 && i+2 < got.end || src[i] != '"' || i == 0 {
				break
			}
		}
		if at == len(got.around) {
			got.around = want.around
		}
		if !assert.ObjectsAreEqual(want, got) {
			require.Equal(t, want, got, "%s: %q", body, src)
		}
	})
	require.EqualValues(t, uint32(before), x.Bounds[0])
	checkLastRow(t, src)
}

func TestCSVIndex(t *testing.T) {
	eachBody(func(body string) {
		x := NewCSVIndex(100)
		text := "a,\"b,\"\"c\"\r\n\\,d\n"
		end, full := x.Scan([]byte(text))
		assert.Equal(t, []uint32{before, 1, 10, 12, 14}, x.Bounds, body)
		assert.Equal(t, []uint32{10, 14}, x.Rows, body)
		assert.Equal(t, 15, end)
		assert.False(t, full)
		assert.EqualValues(t, 1<<2|1<<4|1<<5|1<<6|1<<8|1<<11, x.Special[0])

		end, _ = x.Scan([]byte("a,b\nc\"d"))
		assert.Equal(t, []uint32{before, 1, 3}, x.Bounds, "it stops before a bare quote")
		assert.Equal(t, 5, end)

		end, _ = x.Scan([]byte("a\n\"b\"c,"))
		assert.Equal(t, []uint32{before, 1}, x.Bounds, "it stops before text behind a closing quote")
		assert.Equal(t, 5, end)

		end, full = x.Scan(nil)
		assert.Zero(t, end)
		assert.False(t, full)
		assert.Len(t, x.Bounds, 1)
	})
}

// TestCSVIndexEveryPlace moves each pair of bytes that matter over the places
// around the borders of words and blocks.
func TestCSVIndexEveryPlace(t *testing.T) {
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

func TestCSVIndexRandom(t *testing.T) {
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

// TestCSVIndexFull wants a small index to tell the beginning, and scans one after
// the other, from the last whole record on, to tell it all.
func TestCSVIndexFull(t *testing.T) {
	src := bytes.Repeat([]byte(",,,\"a,\"\n"), 200)
	want := naiveCSV(src)
	eachBody(func(body string) {
		x := NewCSVIndex(CSVSlack)
		var got []uint32
		for at := 0; at < len(src); {
			end, full := x.Scan(src[at:])
			require.Equal(t, at+end < len(src), full, body)
			require.NotEmpty(t, x.Rows, "at %d: stopped at %d", at, end)
			require.LessOrEqual(t, len(x.Bounds), 1+2*CSVSlack, "a block more than there is room for, at most")
			last := x.Rows[len(x.Rows)-1]
			for _, bound := range x.Bounds[1:] {
				if bound <= last {
					got = append(got, bound+uint32(at))
				}
			}
			at += int(last) + 1
		}
		assert.Equal(t, want.ends, got)

		end, full := NewCSVIndex(0).Scan(src)
		assert.Zero(t, end, "no room, no work")
		assert.True(t, full)
	})
}

// TestCSVIndexCrowded fills every place of a block, where what is packed is most.
func TestCSVIndexCrowded(t *testing.T) {
	for n := range 200 {
		for _, piece := range []string{",", "\n", ",\n", "x,,,\n", "\n\n\n\n,", "\"\",\n"} {
			checkCSV(t, []byte(strings.Repeat("a", n%7)+strings.Repeat(piece, n)))
		}
	}
}

func TestCSVIndexAllocs(t *testing.T) {
	src := bytes.Repeat([]byte("abc,\"d\"\n"), 100)
	x := NewCSVIndex(1000)
	x.Scan(src)
	assert.Zero(t, testing.AllocsPerRun(10, func() { x.Scan(src) }))
}

func TestCellBytes(t *testing.T) {
	for c := range 256 {
		for size := range 20 {
			for at := range size {
				cell := bytes.Repeat([]byte{'x'}, size)
				cell[at] = byte(c)
				name := fmt.Sprintf("byte %#x at %d of %d", c, at, size)
				assert.Equal(t, strings.IndexByte(",\"\n\r", byte(c)) >= 0, CSVQuoted(cell), name)
				want := Care(0)
				switch {
				case c == '"':
					want = CareQuote
				case c == ',':
					want = CareComma
				case c < ' ' || c == '\\':
					want = CareControl
				}
				eachBody(func(body string) {
					if CSVCare(cell) != want {
						t.Errorf("%s: %s: %b", body, name, CSVCare(cell))
					}
				})
			}
		}
	}
	assert.False(t, CSVQuoted(nil))
	assert.Zero(t, CSVCare(nil))
	eachBody(func(body string) {
		long := strings.Repeat("x", 200)
		assert.Equal(t, CareQuote|CareComma|CareControl, CSVCare([]byte(`"`+long+","+long+"\n")), body)
		assert.Zero(t, CSVCare([]byte(long+"\x7f\x80é")), body)
	})
}

func FuzzCSVIndex(f *testing.F) {
	f.Add([]byte("a,\"b,\"\"c\"\r\n\\,d\n"))
	f.Add([]byte(strings.Repeat("abc,\"d\"\n", 20)))
	f.Add([]byte("a\"b\n"))
	f.Fuzz(func(t *testing.T, src []byte) { checkCSV(t, src) })
}

// checkLastRow holds LastRow against the naive reading.
func checkLastRow(t *testing.T, src []byte) {
	t.Helper()
	want := naiveCSV(src)
	last := 0
	if n := len(want.rows); n > 0 {
		last = int(want.rows[n-1]) + 1
	}
	eachBody(func(body string) {
		end, ok := LastRow(src)
		sound := want.end == len(src) && len(src) > 0
		require.Equal(t, sound && !(body == "portable" && fewQuotes(src)), ok, "%s: %q", body, src)
		if ok {
			require.Equal(t, last, end, "%s: %q", body, src)
		}
	})
}
