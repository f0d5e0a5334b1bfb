package scan

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/internal/corpus"
)

func TestValidUTF8(t *testing.T) { eachBody(func(string) { testValidUTF8(t) }) }

func testValidUTF8(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"a", "ü", "北", "😀", "\xff", "\xc3", "\xe5\x8c", "\xf0\x9f\x98", "\xed\xa0\x80", "\xc0\x80"}
	for n := range 300 {
		for _, p := range pieces { // each piece somewhere in an ASCII text of each length
			at := rng.IntN(n + 1)
			src := bytes.Repeat([]byte{'x'}, at)
			src = append(src, p...)
			src = append(src, bytes.Repeat([]byte{'x'}, n-at)...)
			require.Equal(t, utf8.Valid(src), ValidUTF8(src), "%q at %d of %d", p, at, n)
			require.Equal(t, utf8.Valid(src), validUTF8Go(src), "%q at %d of %d", p, at, n)
		}
	}
	for range 3000 {
		var src []byte
		k := 4
		if rng.IntN(2) == 0 {
			k = len(pieces)
		}
		for range rng.IntN(40) {
			if rng.IntN(2) == 0 {
				src = append(src, bytes.Repeat([]byte{'y'}, rng.IntN(90))...)
			}
			src = append(src, pieces[rng.IntN(k)]...)
		}
		require.Equal(t, utf8.Valid(src), ValidUTF8(src), "%q", src)
		require.Equal(t, utf8.Valid(src), validUTF8Go(src), "%q", src)
	}
}

// Every sequence of two bytes, and every one of three or four that begins beyond
// ASCII and has bytes from the edges of their ranges, at places that straddle the
// vectors and blocks of the assembly.
func TestValidUTF8Sequences(t *testing.T) { eachBody(func(string) { testSequences(t) }) }

func testSequences(t *testing.T) {
	edges := []byte{0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xf0, 0xff}
	src := bytes.Repeat([]byte{'x'}, 200)
	check := func(seq ...byte) {
		want := utf8.Valid(seq)
		for _, at := range []int{0, 30, 31, 62, 63, 125, 126, 127, 196} {
			copy(src[at:], seq)
			want := want || at+len(seq) > len(src) && utf8.Valid(src)
			if got, portable := ValidUTF8(src), validUTF8Go(src); got != want || portable != want {
				t.Fatalf("%x at %d: %v, %v", seq, at, got, portable)
			}
			for i := range src[at:min(len(src), at+4)] {
				src[at+i] = 'x'
			}
		}
	}
	for a := range 256 {
		for b := range 256 {
			check(byte(a), byte(b))
			if a >= 0xe0 {
				for _, c := range edges {
					check(byte(a), byte(b), c)
					if a >= 0xf0 {
						for _, d := range edges {
							check(byte(a), byte(b), c, d)
						}
					}
				}
			}
		}
	}
}

func FuzzValidUTF8(f *testing.F) {
	f.Add([]byte("plain"))
	f.Add(append(bytes.Repeat([]byte{'x'}, 64), "ü\xff"...))
	f.Fuzz(func(t *testing.T, src []byte) {
		eachBody(func(body string) {
			if ValidUTF8(src) != utf8.Valid(src) || validUTF8Go(src) != utf8.Valid(src) {
				t.Fatalf("%s: %q", body, src)
			}
		})
	})
}

// BenchmarkValidUTF8 checks varied text in pieces that stay in the cache.
func BenchmarkValidUTF8(b *testing.B) {
	for _, shape := range []string{"default", "unicode"} {
		s, _ := corpus.Lookup(shape)
		var buf bytes.Buffer
		_, err := s.WriteCSV(&buf, 4<<20, 1)
		require.NoError(b, err)
		text := buf.Bytes()
		eachBody(func(body string) {
			b.Run("shape="+shape+"/body="+body, func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					for at := 0; at < len(text); {
						end := min(len(text), at+16<<10)
						end = at + bytes.LastIndexByte(text[at:end], '\n') + 1
						if !ValidUTF8(text[at:end]) {
							b.Fatal(at)
						}
						at = end
					}
				}
			})
		})
	}
}
