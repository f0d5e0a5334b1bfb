package unwrap

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// Every byte and every pair of bytes: what comes out is what x/text gives, but
// where x/text gives U+FFFD it is an error, at the right place.
func TestDecodeAllPairs(t *testing.T) {
	for _, name := range []string{
		"iso-8859-1", "iso-8859-6", "windows-1252", "windows-874", "macintosh", "ibm850", "ibm037",
		"shift_jis", "euc-jp", "gb18030", "gbk", "big5", "euc-kr", "iso-8859-8-i",
	} {
		enc, err := ianaindex.IANA.Encoding(name)
		if err != nil || enc == nil {
			enc, err = htmlindex.Get(name)
		}
		require.NoError(t, err, name)
		c, err := lookup(name)
		require.NoError(t, err, name)
		decode := c.decode()
		ref := enc.NewDecoder()
		var out, in []byte
		for i := range 0x10000 {
			in = append(in[:0], byte(i>>8), byte(i), '!')
			if i < 0x100 {
				in = in[1:]
			}
			want, err := ref.Bytes(in)
			require.NoError(t, err)
			bad := bytes.Index(want, []byte(replacement))
			got, n, ok := decode(out[:0], in, true)
			if bad >= 0 {
				if ok || string(got) != string(want[:bad]) || n == len(in) {
					t.Fatalf("%s: % x gave %q, %d, %v", name, in, got, n, ok)
				}
			} else if !ok || n != len(in) || string(got) != string(want) {
				t.Fatalf("%s: % x gave %q, %d, %v; want %q", name, in, got, n, ok, want)
			}
			out = got
		}
	}
}

// However the input is cut, nothing is decoded before it is whole.
func TestDecodeAnyCut(t *testing.T) {
	for name, in := range map[string]string{
		"utf-16le":  "a\x00\x3d\xd8\x00\xde\xfd\xff",
		"utf-32be":  "\x00\x00\x00a\x00\x01\xf6\x00",
		"shift_jis": "a\x83\x4a\xb1\x83\x5c",
		"euc-jp":    "a\xa4\xa2\x8e\xb1\x8f\xb0\xa1",
		"gb18030":   "a\x84\x31\xa4\x37\xd6\xd0\x94\x39\xfc\x36\x84\x31\xa4\x37",
		"big5":      "a\xa4\xa4\x88\x62\x88\x66",
	} {
		c, err := lookup(name)
		require.NoError(t, err)
		decode := c.decode()
		want, n, ok := decode(nil, []byte(in), true)
		require.True(t, ok, name)
		require.Equal(t, len(in), n)
		for cut := range len(in) {
			first, n, ok := decode(nil, []byte(in[:cut]), false)
			require.True(t, ok, name)
			require.LessOrEqual(t, n, cut)
			all, m, ok := decode(first, []byte(in[n:]), true)
			require.True(t, ok, name)
			require.Equal(t, len(in), n+m)
			require.Equal(t, string(want), string(all), "%s cut at %d", name, cut)
		}
	}
}
