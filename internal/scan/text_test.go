package scan

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// checkEscape escapes a text with each body, piece by piece as callers do, and wants
// what reads as the text again.
func checkEscape(t *testing.T, src []byte) {
	t.Helper()
	eachBody(func(body string) {
		var got []byte
		for rest := src; len(rest) > 0; {
			dst := bytes.Repeat([]byte{0xA5}, EscapeSlack+len(src)+64)
			room := EscapeSlack + len(src)
			n, read := JSONEscape(dst[:room], rest)
			require.Equal(t, strings.Repeat("\xa5", 64), string(dst[room:]), body)
			got = append(got, dst[:n]...)
			if rest = rest[read:]; read == 0 {
				require.Less(t, rest[0], byte(' '), "%s: it stops for nothing at %q", body, rest)
				require.Zero(t, shortEscape[rest[0]])
				got = append(got, "\\u00"...)
				got = append(got, "0123456789abcdef"[rest[0]>>4], "0123456789abcdef"[rest[0]&15])
				rest = rest[1:]
			}
		}
		var back string
		require.NoError(t, json.Unmarshal([]byte(`"`+string(got)+`"`), &back), "%s: %q", body, got)
		require.Equal(t, string(src), back, body)
		for _, c := range []string{`\u0008`, `\u0009`, `\u000a`, `\u000c`, `\u000d`, `\/`, `\u0022`} {
			require.NotContains(t, strings.ReplaceAll(string(got), `\\`, ""), c)
		}
	})
}

func TestJSONEscape(t *testing.T) {
	for c := range 128 {
		for size := range 70 {
			for _, at := range []int{0, size / 2, size - 1} {
				src := bytes.Repeat([]byte{'x'}, size)
				if at >= 0 && size > 0 {
					src[at] = byte(c)
				}
				checkEscape(t, src)
			}
		}
	}
	rng := rand.New(rand.NewPCG(21, 22))
	for range 3000 {
		src := make([]byte, rng.IntN(200))
		for i := range src {
			src[i] = "abcdefghij\"\\\n\t\r\x01\x1f\x0b /,"[rng.IntN(21)]
			if rng.IntN(2) == 0 {
				src[i] = 'x'
			}
		}
		checkEscape(t, src)
	}
	n, read := JSONEscape(make([]byte, EscapeSlack-1), []byte("abc"))
	assert.Zero(t, n+read, "no room, no work")
}

func TestCSVUndouble(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	for i := range 5000 {
		src := make([]byte, rng.IntN(300))
		for i := range src {
			src[i] = "ab\"\"\""[rng.IntN(5)]
			if rng.IntN(3) == 0 {
				src[i] = 'x'
			}
		}
		if i < 200 {
			src = bytes.Repeat([]byte{'"'}, i)
		}
		doubled := bytes.ReplaceAll(src, []byte{'"'}, []byte(`""`))
		eachBody(func(body string) {
			dst := bytes.Repeat([]byte{0xA5}, len(doubled)+UndoubleSlack+8)
			n := CSVUndouble(dst[:len(doubled)+UndoubleSlack], doubled)
			require.Equal(t, string(src), string(dst[:n]), body)
			require.Equal(t, strings.Repeat("\xa5", 8), string(dst[len(doubled)+UndoubleSlack:]), body)
		})
	}
}
