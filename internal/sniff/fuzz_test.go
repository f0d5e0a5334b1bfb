package sniff_test

import (
	"bytes"
	"io"
	"testing"
	"unicode/utf8"

	"github.com/klauspost/compress/zlib"

	"github.com/endpointfile/endpointfile/internal/sniff"
)

// FuzzDetect holds the promise to text: whatever is UTF-8 without control
// characters is Text, unless it truly is a zlib stream.
func FuzzDetect(f *testing.F) {
	for _, s := range lookAlikes {
		f.Add([]byte(s))
	}
	for _, c := range packed(f) {
		f.Add(c.data[:min(len(c.data), 300)])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		k := sniff.Detect(b)
		if k.Compressed() && (k.Hint() == "" || k.Charset() != "") {
			t.Fatalf("%v: hint %q, charset %q", k, k.Hint(), k.Charset())
		}
		if len(b) > sniff.Peek && sniff.Detect(b[:sniff.Peek]) != k {
			t.Fatalf("%v depends on bytes behind the head", k)
		}
		if k.Compressed() && isText(b) {
			r, err := zlib.NewReader(bytes.NewReader(b))
			if err == nil {
				_, err = io.Copy(io.Discard, r)
			}
			if k != sniff.Zlib || err != nil {
				t.Fatalf("text taken for %v: %v", k, err)
			}
		}
		names := 0
		whole := sniff.Guess(b, true, func([]byte) bool { names++; return true })
		if part := sniff.Guess(b, false, func([]byte) bool { return true }); part != whole && part != sniff.Unclear {
			t.Fatalf("%v with the rest to come, %v without", part, whole)
		}
		if whole == sniff.CSV && names != 1 {
			t.Fatalf("asked %d times after a yes", names)
		}
	})
}

func isText(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	for _, c := range b {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}
