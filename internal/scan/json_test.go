package scan

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each leaf has a second body here that goes byte by byte and is judged right
// by reading it.

func isJSONStop(b byte) bool { return b == '"' || b == '\\' || b < ' ' }

func naiveString(s []byte, i int) (int, bool) {
	comma := false
	for i < len(s) && !isJSONStop(s[i]) {
		comma = comma || s[i] == ','
		i++
	}
	return i, comma
}

func naiveBracket(s []byte, i int) int {
	for i < len(s) && !strings.ContainsRune(`"{}[]`, rune(s[i])) {
		i++
	}
	return i
}

// texts gives every byte at every place of a short text, and random texts that
// are full of the bytes that matter and of their neighbours.
func texts() [][]byte {
	var out [][]byte
	for n := range 20 {
		for at := range n {
			for b := range 256 {
				s := bytes.Repeat([]byte{'x'}, n)
				s[at] = byte(b)
				out = append(out, s)
			}
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	const alphabet = "aaaaaaaaaaaaaa,,-+\"\\\x00\x01\x1f !#[]{}\x7f\x80\xa2\xac\xdb\xdc\xdd\xfb\xff\n\t"
	for range 4000 {
		s := make([]byte, rng.IntN(70))
		for i := range s {
			s[i] = alphabet[rng.IntN(len(alphabet))]
		}
		out = append(out, s)
	}
	return out
}

func TestJSONString(t *testing.T) {
	for _, s := range texts() {
		for i := range min(len(s)+1, 12) {
			end, comma := JSONString(s, i)
			wantEnd, wantComma := naiveString(s, i)
			if end != wantEnd || comma != wantComma {
				t.Fatalf("JSONString(%q, %d) = %d, %v; want %d, %v", s, i, end, comma, wantEnd, wantComma)
			}
		}
	}
}

func TestJSONCopy(t *testing.T) {
	for _, s := range texts() {
		dst := bytes.Repeat([]byte{0xEE}, len(s)+8)
		n := JSONCopy(dst[:len(s)], s)
		want, _ := naiveString(s, 0)
		if n != want || !bytes.Equal(dst[:n], s[:n]) || !bytes.Equal(dst[len(s):], bytes.Repeat([]byte{0xEE}, 8)) {
			t.Fatalf("JSONCopy(%q) = %d, %q; want %d", s, n, dst, want)
		}
	}
}

func TestJSONBracket(t *testing.T) {
	for _, s := range texts() {
		for i := range min(len(s)+1, 12) {
			if got, want := JSONBracket(s, i), naiveBracket(s, i); got != want {
				t.Fatalf("JSONBracket(%q, %d) = %d; want %d", s, i, got, want)
			}
		}
	}
}

func TestJSONSpace(t *testing.T) {
	assert.Equal(t, 5, JSONSpace([]byte(" \t\r\n x"), 0))
	assert.Equal(t, 2, JSONSpace([]byte("  "), 1))
	assert.Equal(t, 0, JSONSpace([]byte("\v"), 0))
	assert.Equal(t, 0, JSONSpace(nil, 0))
	assert.Equal(t, 1, JSONSpace([]byte(" \u00a0"), 0))
}

func TestJSONNumber(t *testing.T) {
	for _, c := range []struct {
		in  string
		end int
		ok  bool
	}{
		{"0", 1, true},
		{"-0", 2, true},
		{"10.25e-3,", 8, true},
		{"1E5}", 3, true},
		{"01", 1, true},
		{"", 0, false},
		{"-", 1, false},
		{"-x", 1, false},
		{"+1", 0, false},
		{".5", 0, false},
		{"1.", 2, false},
		{"1.e1", 2, false},
		{"1e", 2, false},
		{"1e+", 3, false},
		{"1e+x", 3, false},
		{"NaN", 0, false},
		{"Infinity", 0, false},
		{"-Infinity", 1, false},
		{"0x10", 1, true},
		{"1_0", 1, true},
		{"٣", 0, false},
	} {
		end, ok := JSONNumber([]byte(c.in), 0)
		assert.Equal(t, c.end, end, c.in)
		assert.Equal(t, c.ok, ok, c.in)
	}
}

// TestJSONNumberAgainstTheStandardLibrary tries every text of up to five of the
// bytes that numbers are made of.
func TestJSONNumberAgainstTheStandardLibrary(t *testing.T) {
	const alphabet = "01-+.eE"
	var try func(s []byte)
	try = func(s []byte) {
		end, ok := JSONNumber(s, 0)
		require.Equal(t, json.Valid(s), ok && end == len(s), "%q", s)
		if len(s) < 5 {
			for i := range len(alphabet) {
				try(append(s[:len(s):len(s)], alphabet[i]))
			}
		}
	}
	try(nil)
}

func FuzzJSONString(f *testing.F) {
	f.Add([]byte(`abc,def"`), 0)
	f.Fuzz(func(t *testing.T, s []byte, i int) {
		if i < 0 || i > len(s) {
			return
		}
		end, comma := JSONString(s, i)
		wantEnd, wantComma := naiveString(s, i)
		assert.Equal(t, wantEnd, end)
		assert.Equal(t, wantComma, comma)
		assert.Equal(t, naiveBracket(s, i), JSONBracket(s, i))
		n := JSONCopy(make([]byte, len(s)), s)
		want, _ := naiveString(s, 0)
		assert.Equal(t, want, n)
	})
}

func BenchmarkJSONString(b *testing.B) {
	for _, n := range []int{4, 9, 30, 100} {
		s := append(bytes.Repeat([]byte{'x'}, n), `","Address":"`...)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.SetBytes(int64(n))
			for b.Loop() {
				JSONString(s, 0)
			}
		})
	}
}

// naiveUnescape gives what JSONUnescape may write and read at most.
func naiveUnescape(s []byte) (out []byte, read int) {
	for read < len(s) {
		switch {
		case !isJSONStop(s[read]):
			out = append(out, s[read])
			read++
		case s[read] == '\\' && read+1 < len(s) && strings.IndexByte(`"\/bfnrt`, s[read+1]) >= 0:
			out = append(out, "\"\\/\b\f\n\r\t"[strings.IndexByte(`"\/bfnrt`, s[read+1])])
			read += 2
		default:
			return out, read
		}
	}
	return out, read
}

func TestJSONUnescape(t *testing.T) {
	check := func(text []byte) {
		src := append(bytes.Clone(text), "\x01"+strings.Repeat("x", textReach)...)
		want, read := naiveUnescape(src)
		dst := make([]byte, len(want)+textBlock)
		n, i, marked := JSONUnescape(dst, src)
		require.Equalf(t, string(want), string(dst[:n]), "%q", text)
		require.Equalf(t, read, i, "%q", text)
		require.Equalf(t, bytes.ContainsAny(want, ",\"\\\b\f\n\r\t"), marked, "%q", text)
		n, i, _ = JSONUnescape(dst[:len(dst)-len(dst)/2], src) // there is less room, for the whole or a part
		require.Equalf(t, string(want[:n]), string(dst[:n]), "%q", text)
		part, _ := naiveUnescape(src[:i])
		require.Equalf(t, string(part), string(dst[:n]), "%q", text)
	}
	for _, s := range texts() {
		check(s)
		check(bytes.ReplaceAll(s, []byte("a"), []byte(`\n`)))
		check(bytes.ReplaceAll(s, []byte(","), []byte(`\/`)))
	}
}
